"""Who gets the bytes, and how."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from PIL import Image

from ocop.audit.models import Event
from ocop.files import actions, disk
from ocop.files.tests.factories import PersonFactory, pdf, picture, sent
from ocop.kit import registry

pytestmark = pytest.mark.django_db

CONTENT = pdf(5)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def stored(person):
    return actions.store(sent("CCCD Nguyễn Văn A.pdf", CONTENT), by=person)


@pytest.fixture
def mine(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def reader(monkeypatch):
    """Has one more file reader say yes to a person."""

    def let(allowed):
        entries = {"test": registry.FileReader("test", lambda user, file: allowed(user))}
        monkeypatch.setattr(registry.file_readers, "_entries", entries)

    return let


def body(response):
    return b"".join(response.streaming_content)


def test_whole_file_with_its_headers(mine, stored):
    response = mine.get(f"/tep/{stored.key}/")
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Accept-Ranges",
            "ETag",
            "Cache-Control",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Content-Disposition",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(CONTENT)),
        "Accept-Ranges": "bytes",
        "ETag": f'"{stored.sha256}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Disposition": (
            f'inline; filename="tep-ocop-{stored.key.hex[:8]}.pdf"; '
            f"filename*=UTF-8''tep-ocop-{stored.key.hex[:8]}.pdf"
        ),
    }
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_copy_to_keep_has_no_name_that_a_person_typed(mine, stored):
    disposition = mine.get(f"/tep/{stored.key}/?tai=1")["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "CCCD" not in disposition


def test_paper_of_the_system_keeps_its_name(mine, person):
    made = actions.store_generated(b"x", name="Biên bản.docx", content_type="application/x-docx", by=person)
    assert mine.get(f"/tep/{made.key}/")["Content-Disposition"] == (
        "attachment; filename=\"Bien ban.docx\"; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n.docx"
    )


def test_picture_is_in_a_sandbox(mine, person):
    photo = actions.store(sent("a.jpg", picture()), by=person)
    response = mine.get(f"/tep/{photo.key}/")
    assert response["Content-Security-Policy"].endswith("; sandbox")


@pytest.mark.parametrize(
    ("header", "span"), [("bytes=0-99", (0, 99)), ("bytes=100-", (100, None)), ("bytes=-50", (-50, None))]
)
def test_range(mine, stored, header, span):
    first, last = span
    wanted = CONTENT[first:] if last is None else CONTENT[first : last + 1]
    response = mine.get(f"/tep/{stored.key}/", headers={"Range": header})
    start = first % len(CONTENT)
    assert (response.status_code, body(response)) == (206, wanted)
    assert response["Content-Range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(len(wanted))


def test_range_outside(mine, stored):
    response = mine.get(f"/tep/{stored.key}/", headers={"Range": f"bytes={len(CONTENT)}-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


@pytest.mark.parametrize(("tag", "status"), [("{sha}", 206), ("other", 200)])
def test_range_of_another_version_is_not_a_range(mine, stored, tag, status):
    headers = {"Range": "bytes=0-9", "If-Range": f'"{tag.format(sha=stored.sha256)}"'}
    assert mine.get(f"/tep/{stored.key}/", headers=headers).status_code == status


def test_not_modified(mine, stored):
    response = mine.get(f"/tep/{stored.key}/", headers={"If-None-Match": f'"{stored.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_head_has_the_length_and_no_bytes(mine, stored):
    response = mine.head(f"/tep/{stored.key}/")
    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(len(CONTENT)), b"")


def test_stranger_superuser_and_signed_out_get_404(client, stored):
    assert client.get(f"/tep/{stored.key}/").status_code == 404
    for stranger in (PersonFactory(), PersonFactory(is_superuser=True, is_staff=True)):
        client.force_login(stranger)
        assert client.get(f"/tep/{stored.key}/").status_code == 404


def test_whoever_a_reader_says_yes_to(client, stored, reader):
    friend, stranger = PersonFactory(), PersonFactory()
    reader(lambda user: user == friend)
    seen = []
    for person in (friend, stranger):
        client.force_login(person)
        seen.append(client.get(f"/tep/{stored.key}/").status_code)
    assert seen == [200, 404]


def test_what_anybody_may_read_may_be_cached(client, stored, reader):
    reader(lambda user: isinstance(user, AnonymousUser))
    assert client.get(f"/tep/{stored.key}/")["Cache-Control"] == "public, max-age=3600"


def test_view_of_personal_data_is_logged(mine, person):
    quiet = actions.store(sent("a.pdf", pdf(2)), by=person)
    loud = actions.store(sent("b.pdf", pdf(3)), by=person, sensitive=True)
    for file in (quiet, loud):
        mine.get(f"/tep/{file.key}/")
    mine.get(f"/tep/{loud.key}/", headers={"Range": "bytes=10-20"})  # a viewer that reads on is one view
    assert list(Event.objects.filter(verb="file.viewed").values_list("actor", "subject_id")) == [
        (person.pk, str(loud.pk))
    ]


def test_erased_file_is_gone(mine, stored, person):
    actions.erase(stored, by=person, reason="Theo yêu cầu")
    assert mine.get(f"/tep/{stored.key}/").status_code == 404


class TestRendition:
    """Smaller pictures."""

    def test_is_made_once_and_kept(self, mine, person):
        photo = actions.store(sent("a.jpg", picture(size=(1000, 500))), by=person)
        response = mine.get(f"/tep/{photo.key}/240.webp")
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        path = disk.rendition_path(photo.sha256, 240)
        assert body(response) == path.read_bytes()
        with Image.open(path) as small:
            assert (small.format, small.size) == ("WEBP", (240, 120))
        made_at = path.stat().st_mtime_ns
        mine.get(f"/tep/{photo.key}/240.webp")
        assert path.stat().st_mtime_ns == made_at

    @pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "1"])
    def test_any_mode_of_png(self, mine, person, mode):
        out = io.BytesIO()
        Image.new(mode, (300, 300)).save(out, "PNG")
        photo = actions.store(sent("a.png", out.getvalue()), by=person)
        assert mine.get(f"/tep/{photo.key}/240.webp").status_code == 200

    def test_other_widths_and_papers_have_none(self, mine, person, stored):
        photo = actions.store(sent("a.jpg", picture()), by=person)
        assert [
            mine.get(f"/tep/{photo.key}/9999.webp").status_code,
            mine.get(f"/tep/{stored.key}/240.webp").status_code,
        ] == [
            404,
            404,
        ]

    def test_stranger_gets_404(self, client, person):
        photo = actions.store(sent("a.jpg", picture()), by=person)
        client.force_login(PersonFactory())
        assert client.get(f"/tep/{photo.key}/240.webp").status_code == 404
