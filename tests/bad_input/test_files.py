"""Files that cannot be used, at every page that takes one: a sentence is said, nothing is attached, nothing is lost."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import World, make_world
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.files.rules.limits import SENTENCES
from ocop.files.tests.factories import pdf, picture, sent
from ocop.products.actions import add_paper
from ocop.products.models import Paper

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def zip_bomb() -> bytes:
    """Two hundred megabytes of nothing in two hundred kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 200_000_000)
    return out.getvalue()


def picture_bomb() -> bytes:
    """A few hundred bytes that claim 40,000 by 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "of the wrong kind: Word": ("bao-cao.docx", lambda: b"PK\x03\x04" + bytes(64), "file.office"),
    "of the wrong kind: a program": ("xem.exe", lambda: b"MZ" + bytes(64), "file.extension"),
    "of the wrong kind under a good name: HTML": ("anh.jpg", lambda: HTML, "file.mismatch"),
    "of the wrong kind under a good name: SVG": ("anh.jpg", lambda: SVG, "file.mismatch"),
    "of the wrong kind under a good name: an archive": ("giay.pdf", zip_bomb, "file.mismatch"),
    "a picture that unpacks to gigabytes": ("anh.png", picture_bomb, "photo.too_big"),
    "an encrypted PDF": (
        "khoa.pdf", lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "pdf.encrypted",
    ),
    "a broken PDF": ("hong.pdf", lambda: b"%PDF-1.7\n" + b"x" * 500, "pdf.broken"),
    "an empty file": ("rong.pdf", lambda: b"", "file.empty"),
    "too large": ("to.pdf", lambda: b"%PDF-" + bytes(1024 * 1024), "file.too_large"),
}  # fmt: skip


@pytest.fixture
def world(settings) -> World:
    settings.OCOP_UPLOAD_MAX_MB = 1
    settings.OCOP_MFA_REQUIRED = False
    return make_world()


@pytest.fixture
def owner(client: Client, world: World) -> Client:
    client.force_login(world["owner"])
    return client


def sentence(code: str) -> str:
    """The opening of the sentence of that code, up to what is filled in."""
    return SENTENCES[code].split("{")[0].split("“")[0]


@pytest.fixture
def doors(world: World) -> dict[str, str]:
    """Every page that takes a file of a producer: evidence of a criterion, photographs, a new version of a paper."""
    row = world.open_dossier()
    paper = add_paper(world.producer, kind="tests", by=world["owner"])
    return {
        "evidence": reverse("evaluation:dossier-attach", args=[row.code, "1.1"]),
        "photographs": reverse("products:photos", args=[world.product.public_code]),
        "a version of a paper": reverse("products:paper_attach", args=[paper.code]),
    }


@pytest.mark.parametrize(("name", "content", "code"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_is_explained_on_every_page_that_takes_files(owner, doors, name, content, code):
    data = content()
    for door, url in doors.items():
        page = owner.post(url, {"file": sent(name, data)}, follow=True)
        said = [str(message) for message in page.context["messages"]]
        assert [one.startswith(sentence(code)) for one in said] == [True], (door, said)
        assert said[0] in page.content.decode().replace("&quot;", '"'), door
        script = {"X-Requested-With": "uploader", "Accept": "application/json"}
        answer = owner.post(url, {"file": sent(name, data)}, headers=script)
        assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (422, code), door
    assert StoredFile.objects.count() == 0


def test_a_paper_sent_with_a_bad_file_keeps_what_was_typed(owner, world):
    url = reverse("products:add_paper", args=[world.producer.code, "tests"])
    page = owner.post(url, {"number": "12/KN-2026", "issuer": "Trung tâm Thử", "file": sent("a.exe", b"MZ")})
    assert (page.status_code, Paper.objects.count()) == (422, 0)
    assert (page.context["form"]["number"].value(), page.context["form"]["issuer"].value()) == (
        "12/KN-2026", "Trung tâm Thử",
    )  # fmt: skip
    assert sentence("file.extension") in page.content.decode()


def test_a_duplicate_upload_is_one_file_and_one_piece_of_evidence(owner, world, doors):
    for _ in range(2):
        page = owner.post(doors["evidence"], {"file": sent("giay.pdf", pdf())}, follow=True)
        assert page.status_code == 200
    row = Dossier.objects.get()
    assert (StoredFile.objects.count(), row.evidence.count()) == (1, 1)


def test_a_file_that_was_sent_before_is_not_sent_again(owner, world, doors):
    owner.post(doors["evidence"], {"file": sent("giay.pdf", pdf())})
    held = StoredFile.objects.get()
    facts = {"name": "ten-khac.pdf", "size": held.size, "sha256": held.source_sha256}
    answer = owner.post("/tep/tai-len/", facts)
    assert (answer.status_code, answer.json()["key"], StoredFile.objects.count()) == (200, str(held.key), 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\giay to.pdf", "giay to.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "img src=x onerror=alert(1).pdf"),
    ],
)
def test_a_path_or_markup_in_a_name_leads_nowhere(owner, doors, typed, kept):
    begun = owner.post("/tep/tai-len/", {"name": typed, "size": len(pdf())}).json()["id"]
    piece = {"content_type": "application/octet-stream", "headers": {"Upload-Offset": "0"}}
    key = owner.patch(f"/tep/tai-len/{begun}/", pdf(), **piece).json()["key"]
    page = owner.post(doors["evidence"], {"key": key}, follow=True)
    stored = StoredFile.objects.get()
    assert (stored.name, disk.path_of(stored.sha256).name) == (kept, stored.sha256)
    assert b"<img src=x" not in page.content


def test_a_good_file_beside_a_bad_one_is_said_and_kept_apart(owner, world, doors):
    owner.post(doors["photographs"], {"file": sent("a.jpg", picture())})
    owner.post(doors["photographs"], {"file": sent("b.jpg", HTML)})
    assert world.product.media.count() == 1
