"""Scans of many certificates at once: files of an upload or a zip, kept, and fitted to certificates by name."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.files.actions import size_limit, store
from ocop.files.models import StoredFile
from ocop.kit import formats
from ocop.kit.errors import Refused, require
from ocop.recognition.models import Certificate, PaperCopy
from ocop.recognition.permissions import COPY_KEEPERS, may_keep_copies
from ocop.recognition.rules.copies import Names

MOST = 100
MAX_UNPACKED = 500 * 1024 * 1024


@dataclass
class Fitted:
    """One file of the upload: kept or refused, and the certificates that its name fits."""

    name: str
    file: StoredFile | None = None
    certificates: list[Certificate] = field(default_factory=list)
    held: bool = False
    refusal: str = ""

    @property
    def fits(self) -> bool:
        """True when there is one certificate to attach it to, and it is not there yet."""
        return self.file is not None and len(self.certificates) == 1 and not self.held


def unpacked(uploads: Sequence[UploadedFile]) -> list[UploadedFile]:
    """The files of an upload, those of a zip one by one; folders and what Finder and Windows add are left out.

    Raises `Refused` for a zip that is broken, locked, too large unpacked, and for more than `MOST` files.
    """
    found: list[UploadedFile] = []
    for upload in uploads:
        is_zip = (upload.name or "").lower().endswith(".zip")
        found += _of_zip(upload) if is_zip else [upload]
    if len(found) > MOST:
        raise Refused("copies.many", f"Có {len(found)} tệp; mỗi lần tối đa {MOST} tệp.")
    return found


def _of_zip(upload: UploadedFile) -> Iterator[UploadedFile]:
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = [part for part in archive.infolist() if _is_wanted(part)]
            if len(parts) > MOST:
                raise Refused("copies.many", f"Tệp zip có {len(parts)} tệp; mỗi lần tối đa {MOST} tệp.")
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused(
                    "copies.large", "Nội dung tệp zip quá lớn khi giải nén; hãy chia thành nhiều tệp."
                )
            for part in parts:
                with archive.open(part) as stream:
                    data = stream.read(size_limit() + 1)
                yield SimpleUploadedFile(part.filename.rsplit("/", 1)[-1], data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Refused(
            "copies.broken", "Tệp zip bị hỏng hoặc có mật khẩu; hãy nén lại không đặt mật khẩu."
        ) from None


def _is_wanted(part: zipfile.ZipInfo) -> bool:
    name = part.filename.rsplit("/", 1)[-1]
    return (
        not part.is_dir()
        and not part.filename.startswith("__MACOSX/")
        and not name.startswith(".")
        and name != "Thumbs.db"
    )


def fit(uploads: Sequence[UploadedFile], *, by: User) -> list[Fitted]:
    """Keep the files and say of each which certificate in reach its name fits; nothing is attached yet.

    Three queries beside those that keep the files. Raises `Forbidden`, and `Refused` for the upload as a whole.
    """
    require(may_keep_copies(by))
    found = [_kept(upload, by) for upload in unpacked(uploads)]
    rows = Certificate.objects.filter(unit_id__in=scope_of(by).unit_ids(*COPY_KEEPERS)).order_by("pk")
    names = Names(rows.values_list("pk", "number", "code"))
    meant = {id(one): names.meant(one.name) for one in found}
    wanted = {pk for ids in meant.values() for pk in ids[:10]}
    stars = {row.pk: row for row in Certificate.objects.filter(pk__in=wanted).select_related("unit")}
    held = set(
        PaperCopy.objects.kept().filter(certificate__in=wanted).values_list("certificate_id", "sha256")
    )
    for one in found:
        one.certificates = [stars[pk] for pk in meant[id(one)] if pk in stars]
        if len(meant[id(one)]) == 1 and one.file is not None:
            one.held = (meant[id(one)][0], one.file.sha256) in held
    return found


def _kept(upload: UploadedFile, by: User) -> Fitted:
    name = (upload.name or "")[-150:]
    try:
        return Fitted(name, file=store(upload, by=by))
    except Refused as refused:
        return Fitted(name, refusal=refused.reason)


def summary(found: Sequence[Fitted]) -> dict[str, Any]:
    """The files by what became of them, for the page."""
    return {
        "fitting": [one for one in found if one.fits],
        "several": [one for one in found if one.file and len(one.certificates) > 1],
        "nothing": [one for one in found if one.file and not one.certificates],
        "held": [one for one in found if one.held],
        "refused": [one for one in found if one.refusal],
        "total": formats.number(len(found)),
    }
