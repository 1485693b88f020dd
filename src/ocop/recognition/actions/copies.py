"""Scans and signed PDFs put on file, taken off, checked; roots loaded and withdrawn."""

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.files.permissions import may_read
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.registry import announce
from ocop.recognition import permissions
from ocop.recognition.enums import CopyStanding
from ocop.recognition.models import Certificate, Decision, PaperCopy, TrustedRoot
from ocop.recognition.rules.signatures import is_trusted, standing_of
from ocop.recognition.signatures import running

MAX_ROOT_BYTES = 100_000


def attach_copy(
    subject: Certificate | Decision, file: StoredFile, *, by: User, at: datetime | None = None
) -> PaperCopy:
    """Put a file on the record of a certificate or a decision; the same bytes again answer the row there is.

    A photograph is a scan of a paper signed by hand; a PDF waits for the check of its signatures (`check_copy`). Raises
    `Forbidden` unless `by` keeps the papers of that unit and may open the file.
    """
    require(permissions.may_keep_copies(by, subject))
    if not may_read(by, file):
        raise Forbidden("copy.file", "Tệp này không phải của bạn.")
    at = at or clock.now()
    key: dict[str, Any] = {"certificate" if isinstance(subject, Certificate) else "decision": subject}
    scan = {} if file.is_pdf else {"standing": CopyStanding.SCAN, "checked_at": at}
    try:
        with transaction.atomic():
            copy, is_new = PaperCopy.objects.kept().get_or_create(
                **key, sha256=file.sha256, defaults={"file": file, "by": by, "at": at, **scan}
            )
            if is_new and isinstance(subject, Decision):
                Decision.objects.filter(pk=subject.pk).update(file=file)
    except IntegrityError:  # the same bytes came twice at the same moment: the other one is it
        return PaperCopy.objects.kept().get(**key, sha256=file.sha256)
    if is_new:
        announce("copy.attached", by=by, subject=subject, sha256=file.sha256)
    return copy


def remove_copy(copy: PaperCopy, *, by: User, reason: str, at: datetime | None = None) -> PaperCopy:
    """Take a file off the record, with the reason; the row and the bytes stay. Raises `Forbidden`, `Refused`."""
    require(permissions.may_keep_copies(by, copy.subject))
    if not reason.strip():
        raise Refused("copy.reason", "Cần ghi lý do gỡ tệp.")
    with transaction.atomic():
        row = PaperCopy.objects.select_for_update().get(pk=copy.pk)
        if row.removed_at is None:
            row.removed_at, row.removed_by, row.removal_reason = at or clock.now(), by, reason.strip()[:300]
            row.save(update_fields=["removed_at", "removed_by", "removal_reason"])
            if row.decision_id and row.decision.file_id == row.file_id:  # type: ignore[union-attr]
                left = PaperCopy.objects.kept().filter(decision=row.decision_id).first()
                Decision.objects.filter(pk=row.decision_id).update(file=left.file if left else None)
            announce("copy.removed", by=by, subject=row.subject, sha256=row.sha256, reason=row.removal_reason)
    return row


def check_copy(copy: PaperCopy, *, at: datetime | None = None) -> PaperCopy:
    """Check the signatures of a PDF against the roots that vouch at the moment it came in; a job calls it.

    What is written depends on the bytes, that moment and the roots alone, so a second run changes nothing.
    """
    if not copy.file.is_pdf:
        return copy
    roots = list(TrustedRoot.objects.vouching_at(copy.at).order_by("pk"))
    ders = [bytes(root.der) for root in roots]
    answer = running.check(disk.path_of(copy.sha256), roots=ders, at=copy.at)
    copy.standing = standing_of(answer.readable, answer.signatures)
    copy.is_trusted = is_trusted(copy.standing, answer.signatures)
    copy.findings, copy.roots, copy.checked_at = answer.signatures, len(roots), at or clock.now()
    copy.save(update_fields=["standing", "is_trusted", "findings", "roots", "checked_at"])
    return copy


def load_root(data: bytes, *, source: str, by: User, at: datetime | None = None) -> TrustedRoot:
    """Vouch for the certificate of an authority (PEM or DER), naming where it was got.

    Raises `Forbidden` for everybody but the administrator; `Refused` for what is no certificate of an authority, has
    ended, or is loaded already.
    """
    require(permissions.may_keep_roots(by))
    at = at or clock.now()
    if not source.strip():
        raise Refused("root.source", "Cần ghi nguồn: tải ở đâu, văn bản nào công bố.")
    found = _certificate(data)
    facts = _facts(found)
    if not _is_authority(found):
        raise Refused(
            "root.authority",
            "Đây không phải chứng thư của cơ quan chứng thực (CA); không nạp chứng thư của người ký.",
        )
    if facts["not_after"] < at:
        raise Refused("root.ended", f"Chứng thư đã hết hiệu lực ngày {facts['not_after']:%d/%m/%Y}.")
    try:
        with transaction.atomic():
            root = TrustedRoot.objects.create(
                **facts, source=source.strip()[:300], loaded_by=by, loaded_at=at
            )
            announce("root.loaded", by=by, subject=root, fingerprint=root.fingerprint)
    except IntegrityError:
        raise Refused("root.again", "Chứng thư này đã được nạp.") from None
    return root


def withdraw_root(root: TrustedRoot, *, by: User, reason: str, at: datetime | None = None) -> TrustedRoot:
    """Vouch for a root no longer; the row stays. Raises `Forbidden`, `Refused` without a reason."""
    require(permissions.may_keep_roots(by))
    if not reason.strip():
        raise Refused("root.reason", "Cần ghi lý do thôi dùng.")
    with transaction.atomic():
        row = TrustedRoot.objects.select_for_update().get(pk=root.pk)
        if row.withdrawn_at is None:
            row.withdrawn_at, row.withdrawn_by = at or clock.now(), by
            row.withdrawal_reason = reason.strip()[:300]
            row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
            announce("root.withdrawn", by=by, subject=row, reason=row.withdrawal_reason)
    return row


UNREADABLE = "Không đọc được: cần tệp chứng thư .cer, .crt, .pem hoặc .der."


def _facts(found: x509.Certificate) -> dict[str, Any]:
    """What the row keeps; raises `Refused` for a certificate whose inside is damaged."""
    try:
        return {
            "name": _shown(found.subject), "issuer": _shown(found.issuer),
            "fingerprint": found.fingerprint(hashes.SHA256()).hex(), "not_before": found.not_valid_before_utc,
            "not_after": found.not_valid_after_utc, "der": found.public_bytes(serialization.Encoding.DER),
        }  # fmt: skip
    except (ValueError, TypeError):
        raise Refused("root.unreadable", UNREADABLE) from None


def _is_authority(found: x509.Certificate) -> bool:
    """True for a certificate that may issue others; one with damaged extensions may not."""
    try:
        return bool(found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def _certificate(data: bytes) -> x509.Certificate:
    if len(data) > MAX_ROOT_BYTES:
        raise Refused("root.size", "Tệp quá lớn; chứng thư gốc chỉ vài kilobyte.")
    try:
        if b"-----BEGIN" not in data:
            return x509.load_der_x509_certificate(data)
        found = x509.load_pem_x509_certificates(data)
    except ValueError:
        raise Refused("root.unreadable", UNREADABLE) from None
    if len(found) != 1:
        raise Refused("root.several", f"Tệp có {len(found)} chứng thư; hãy nạp từng chứng thư một.")
    return found[0]


def _shown(name: x509.Name) -> str:
    """A name as people read it: common name and organisation."""
    parts = [
        str(part.value)
        for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
        for part in name.get_attributes_for_oid(oid)[:1]
    ]
    return (", ".join(parts) or name.rfc4514_string())[:300]
