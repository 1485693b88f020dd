"""What is kept, what is refused and with which sentence."""

import struct
import zlib

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from PIL import ExifTags, Image

from ocop.audit.models import Event
from ocop.files import actions, disk
from ocop.files.models import StoredFile
from ocop.files.rules import limits
from ocop.files.tests.factories import PersonFactory, exif_with_position, heic, pdf, picture, sent
from ocop.kit.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def code_of(name, content, person):
    """The code with which a file is refused; nothing may be left behind."""
    with pytest.raises(Refused) as refused:
        actions.store(sent(name, content), by=person)
    assert StoredFile.objects.count() == 0
    assert not disk.root().exists()
    assert refused.value.reason.endswith((".", "HEIC."))
    return refused.value.code


def test_pdf_is_kept_byte_for_byte(person):
    content = pdf(3)
    stored = actions.store(sent("../giấy tờ.PDF", content), by=person)
    assert (stored.name, stored.content_type, stored.kind, stored.pages) == (
        "giấy tờ.PDF",
        "application/pdf",
        "pdf",
        3,
    )
    assert (stored.size, stored.sha256, stored.scan_state) == (len(content), stored.source_sha256, "off")
    assert disk.path_of(stored.sha256).read_bytes() == content
    assert disk.path_of(stored.sha256).relative_to(disk.root()).parts == (
        stored.sha256[:2],
        stored.sha256[2:4],
        stored.sha256,
    )


def test_photograph_is_upright_and_has_no_position(person):
    content = picture(size=(64, 48), exif=exif_with_position(orientation=6))
    stored = actions.store(sent("IMG.jpg", content), by=person)
    with Image.open(disk.path_of(stored.sha256)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (48, 64))
        exif = kept.getexif()
        assert exif.get_ifd(ExifTags.IFD.GPSInfo) == {}
        assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == "2026:06:01 08:00:00"
        assert (exif.get(ExifTags.Base.Orientation), exif.get(ExifTags.Base.Artist)) == (None, None)
        red, _, blue = kept.getpixel((24, 4))
        assert blue > 200 > 60 > red  # the left half was blue; turned by a quarter it is on top
    assert (stored.width, stored.height, stored.kind) == (48, 64, "photo")


def test_png_stays_png_without_position(person):
    stored = actions.store(sent("a.png", picture("PNG", exif=exif_with_position())), by=person)
    with Image.open(disk.path_of(stored.sha256)) as kept:
        assert (kept.format, kept.getexif().get_ifd(ExifTags.IFD.GPSInfo)) == ("PNG", {})
    assert (stored.content_type, stored.converted_from) == ("image/png", "")


def test_heic_becomes_jpeg(person):
    stored = actions.store(sent("IMG_0001.HEIC", heic()), by=person)
    assert (stored.name, stored.content_type, stored.converted_from) == (
        "IMG_0001.jpg",
        "image/jpeg",
        "image/heic",
    )
    with Image.open(disk.path_of(stored.sha256)) as kept:
        assert (kept.format, kept.size, kept.getexif().get_ifd(ExifTags.IFD.GPSInfo)) == (
            "JPEG",
            (64, 48),
            {},
        )


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("zalo.png", picture("JPEG"), "zalo.jpg"),
        ("chup.heic", picture("JPEG"), "chup.jpg"),
        ("a.JPEG", picture("JPEG"), "a.JPEG"),
    ],
    ids=["jpeg named png", "jpeg named heic", "extension in capitals"],
)
def test_photograph_under_another_photographs_extension_is_taken(person, name, content, kept):
    assert actions.store(sent(name, content), by=person).name == kept


def encrypted(**passwords):
    return pdf(encryption=pikepdf.Encryption(**passwords))


def with_script(made):
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_launch(made):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(link)])


def with_named_script(made):
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=made.make_stream(b"app.alert(1)"))
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), script]))


def huge_png():
    """A few hundred bytes that claim 40,000 by 40,000 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = b"MZ\x90\x00\x03" + b"\0" * 300
BAD = {
    "empty": ("a.pdf", b"", "file.empty"),
    "HTML named jpg": ("a.jpg", HTML, "file.mismatch"),
    "EXE named pdf": ("a.pdf", EXE, "file.mismatch"),
    "JPEG named pdf": ("a.pdf", picture(), "file.mismatch"),
    "PDF named jpg": ("a.jpg", pdf(), "file.mismatch"),
    "script before a PDF": ("a.pdf", HTML + pdf(), "file.mismatch"),
    "EXE": ("a.exe", EXE, "file.extension"),
    "HTML": ("a.html", HTML, "file.extension"),
    "Word": ("a.docx", b"PK\x03\x04", "file.office"),
    "no extension": ("giayto", pdf(), "file.no_extension"),
    "WebP named jpg": ("a.jpg", picture("WEBP"), "file.mismatch"),
    "text": ("a.pdf", "xin chào".encode(), "file.mismatch"),
    "password to open": ("a.pdf", encrypted(user="secret", owner="secret"), "pdf.encrypted"),
    "password to change": ("a.pdf", encrypted(owner="secret", user=""), "pdf.encrypted"),
    "script on opening": ("a.pdf", pdf(edit=with_script), "pdf.active"),
    "script by name": ("a.pdf", pdf(edit=with_named_script), "pdf.active"),
    "launches a program": ("a.pdf", pdf(edit=with_launch), "pdf.active"),
    "script in an object stream": (
        "a.pdf",
        pdf(edit=with_launch, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "pdf.active",
    ),
    "no pages": ("a.pdf", pdf(0), "pdf.no_pages"),
    "PDF head without body": ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "pdf.broken"),
    "huge dimensions": ("a.png", huge_png(), "photo.too_big"),
    "photograph cut short": ("a.jpg", picture(size=(400, 300))[:1500], "photo.broken"),
    "HEIC cut short": ("a.heic", heic((400, 300))[:200], "photo.broken"),
}


@pytest.mark.parametrize(("name", "content", "code"), BAD.values(), ids=BAD)
def test_refused(person, name, content, code):
    assert code_of(name, content, person) == code


def test_too_large(person, settings):
    settings.OCOP_UPLOAD_MAX_MB = 1
    assert code_of("a.pdf", b"%PDF-" + b"x" * (1024 * 1024), person) == "file.too_large"


def test_too_many_pages(person, monkeypatch):
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    assert code_of("a.pdf", pdf(3), person) == "pdf.too_many_pages"


def test_payload_after_a_picture_is_left_behind(person):
    stored = actions.store(sent("a.jpg", picture() + HTML), by=person)
    assert b"<script>" not in disk.path_of(stored.sha256).read_bytes()


@pytest.mark.parametrize("content", [pdf(), picture(), heic()], ids=["pdf", "jpeg", "heic"])
def test_same_bytes_by_the_same_person_are_one_row(person, content):
    name = "a.pdf" if content.startswith(b"%PDF") else "a.jpg"
    first = actions.store(sent(name, content), by=person)
    again = actions.store(sent("other." + name[-3:], content), by=person, sensitive=True)
    assert (again.pk, again.name, again.sensitive) == (first.pk, name, True)


def test_kept_photograph_sent_back_is_the_same_row(person):
    first = actions.store(sent("a.jpg", picture()), by=person)
    again = actions.store(sent("b.jpg", disk.path_of(first.sha256).read_bytes()), by=person)
    assert again.pk == first.pk


def test_same_bytes_by_two_people_are_two_rows_and_one_file(person):
    content = pdf()
    first, second = (actions.store(sent("a.pdf", content), by=by) for by in (person, PersonFactory()))
    assert first.pk != second.pk
    assert len([path for path in disk.root().rglob("*") if path.is_file()]) == 1


def test_database_keeps_one_row_per_person_and_bytes(person):
    stored = actions.store(sent("a.pdf", pdf()), by=person)
    stored.pk, stored.key = None, "0" * 32
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.save(force_insert=True)


def test_generated_paper_is_kept_as_it_is(person):
    stored = actions.store_generated(
        b"PK..", name="Biên bản.docx", content_type="application/x-docx", by=person
    )
    assert (stored.origin, stored.kind, stored.name, stored.size) == (
        "generated",
        "other",
        "Biên bản.docx",
        4,
    )
    assert disk.path_of(stored.sha256).read_bytes() == b"PK.."


def test_erasing_removes_bytes_and_name_and_is_logged(person, django_capture_on_commit_callbacks):
    content = pdf()
    mine = actions.store(sent("CCCD Nguyễn Văn A.pdf", content), by=person)
    other = actions.store(sent("x.pdf", content), by=PersonFactory())
    for stored, left in ((mine, True), (other, False)):
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase(stored, by=person, reason="Theo yêu cầu")
        assert disk.path_of(stored.sha256).exists() is left
    mine.refresh_from_db()
    assert (mine.name, mine.erased_at is None) == ("tệp đã xóa", False)
    assert Event.objects.filter(verb="file.erased").count() == 2
    assert actions.store(sent("a.pdf", content), by=person).pk != mine.pk


def test_erasing_needs_a_reason(person):
    with pytest.raises(Refused, match="Cần ghi lý do"):
        actions.erase(actions.store(sent("a.pdf", pdf()), by=person), by=person, reason=" ")
