"""Files that come in pieces over a bad line."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from ocop.files import actions, disk
from ocop.files.models import StoredFile, Upload
from ocop.files.rules import limits
from ocop.files.tests.factories import PersonFactory, pdf, picture, sent
from ocop.kit import clock
from ocop.kit.errors import Refused

pytestmark = pytest.mark.django_db

CONTENT = pdf(30)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def line(client, person):
    client.force_login(person)
    return client


def begin(line, name="giấy.pdf", content=CONTENT, **more):
    return line.post("/tep/tai-len/", {"name": name, "size": len(content), **more})


def send(line, key, chunk, offset, **headers):
    return line.patch(
        f"/tep/tai-len/{key}/",
        chunk,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
        **headers,
    )


def test_whole_way(line, person):
    opened = begin(line)
    key = opened.json()["id"]
    assert (opened.status_code, opened.json()) == (201, {"id": key, "offset": 0, "size": len(CONTENT)})
    half = send(line, key, CONTENT[:700], 0)
    assert (half.status_code, half.json()["offset"], half["Upload-Offset"]) == (200, 700, "700")
    done = send(line, key, CONTENT[700:], 700)
    stored = StoredFile.objects.get()
    assert (done.status_code, done.json()) == (
        201,
        {
            "key": str(stored.key),
            "name": "giấy.pdf",
            "size": len(CONTENT),
            "url": f"/tep/{stored.key}/",
        },
    )
    assert (stored.uploaded_by, disk.path_of(stored.sha256).read_bytes()) == (person, CONTENT)
    assert not disk.part_path(key).exists()


class BrokenLine(io.BytesIO):
    """What a server reads from when the phone has gone."""

    def read(self, *args):
        raise ConnectionResetError


@pytest.mark.parametrize("arrived", [io.BytesIO(CONTENT[500:600]), BrokenLine()], ids=["short", "reset"])
def test_goes_on_after_a_piece_that_was_cut_short(line, arrived):
    key = begin(line).json()["id"]
    send(line, key, CONTENT[:500], 0)
    cut = send(line, key, CONTENT[500:600], 500, CONTENT_LENGTH="400", **{"wsgi.input": arrived})
    assert (cut.status_code, cut.json()["code"], cut.json()["offset"]) == (400, "upload.cut", 500)
    assert line.head(f"/tep/tai-len/{key}/")["Upload-Offset"] == "500"
    assert send(line, key, CONTENT[500:], 500).status_code == 201


def test_goes_on_after_the_server_died_between_disk_and_database(line):
    key = begin(line).json()["id"]
    send(line, key, CONTENT[:500], 0)
    with disk.part_path(key).open("ab") as file:
        file.write(b"written, never committed")
    assert send(line, key, CONTENT[500:], 500).status_code == 201
    assert disk.path_of(StoredFile.objects.get().sha256).read_bytes() == CONTENT


@pytest.mark.parametrize("offset", [0, 300, 900])
def test_piece_at_a_wrong_place_is_told_the_right_one(line, offset):
    key = begin(line).json()["id"]
    send(line, key, CONTENT[:500], 0)
    answer = send(line, key, CONTENT[offset : offset + 100], offset)
    assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (409, "upload.offset", 500)


def test_finishing_twice_answers_the_same_file(line):
    key = begin(line).json()["id"]
    first = send(line, key, CONTENT, 0)
    again = send(line, key, b"", len(CONTENT))
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert StoredFile.objects.count() == 1


def test_bytes_that_the_person_has_are_not_sent_again(line, person):
    stored = actions.store(sent("cũ.pdf", CONTENT), by=person)
    answer = begin(line, sha256=hashlib.sha256(CONTENT).hexdigest())
    assert (answer.status_code, answer.json()["key"]) == (200, str(stored.key))
    assert Upload.objects.count() == 0


def test_bytes_of_somebody_else_are_sent(line):
    actions.store(sent("cũ.pdf", CONTENT), by=PersonFactory())
    assert begin(line, sha256=hashlib.sha256(CONTENT).hexdigest()).status_code == 201


def test_same_file_sent_twice_side_by_side_is_one_row(line):
    keys = [begin(line).json()["id"] for _ in range(2)]
    assert len({send(line, key, CONTENT, 0).json()["key"] for key in keys}) == 1


def test_refusal_is_a_sentence_and_stays_the_same(line):
    content = b"MZ" + b"\0" * 500
    key = begin(line, "a.pdf", content).json()["id"]
    first = send(line, key, content, 0)
    again = send(line, key, b"", len(content))
    assert (first.status_code, first.json()["code"]) == (422, "file.mismatch")
    assert (again.status_code, again.json()) == (422, first.json())
    assert not disk.part_path(key).exists()


def test_bytes_that_changed_on_the_way_are_refused(line):
    key = begin(line, sha256="0" * 64).json()["id"]
    assert send(line, key, CONTENT, 0).json()["code"] == "upload.digest"


def test_more_than_was_said_is_refused(line):
    key = begin(line).json()["id"]
    answer = send(line, key, CONTENT + b"x", 0)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload.too_long")
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(
    ("size", "code"), [("0", "file.empty"), (str(21 * 1024 * 1024), "file.too_large"), ("x", "upload.form")]
)
def test_size_is_asked_before_the_first_byte(line, size, code):
    answer = line.post("/tep/tai-len/", {"name": "a.pdf", "size": size})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_piece_of_more_than_two_megabytes_is_refused(line):
    key = begin(line).json()["id"]
    assert send(line, key, b"x" * (limits.MAX_CHUNK + 1), 0).status_code == 413


def test_too_many_at_once(line, monkeypatch):
    monkeypatch.setattr(limits, "MAX_OPEN_UPLOADS", 2)
    assert [begin(line).status_code for _ in range(3)] == [201, 201, 422]


def test_stranger_gets_404_and_a_lost_session_401(line):
    key = begin(line).json()["id"]
    other = Client()
    assert send(other, key, CONTENT, 0).status_code == 401
    assert begin(other).json()["code"] == "signed_out"
    other.force_login(PersonFactory())
    assert [send(other, key, CONTENT, 0).status_code, other.head(f"/tep/tai-len/{key}/").status_code] == [
        404,
        404,
    ]


def test_needs_the_csrf_header(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert begin(strict).status_code == 403


def test_sweep_forgets_what_nobody_continues(line, person):
    old, new = (begin(line).json()["id"] for _ in range(2))
    for key in (old, new):
        send(line, key, CONTENT[:100], 0)
    Upload.objects.filter(key=old).update(touched_at=clock.now() - timedelta(days=4))
    disk.part_path("0").write_bytes(b"left behind")
    assert actions.sweep_uploads() == 1
    assert [path.name for path in disk.part_path(new).parent.iterdir()] == [f"{new}.part"]


class TestReceived:
    """The attach form, with and without JavaScript."""

    def test_by_key(self, person):
        stored = actions.store(sent("a.pdf", CONTENT), by=person)
        assert actions.received(QueryDict(f"key={stored.key}"), MultiValueDict(), by=person) == [stored]

    def test_by_file(self, person):
        files = MultiValueDict({"file": [sent("a.pdf", CONTENT), sent("b.jpg", picture())]})
        assert [stored.name for stored in actions.received(QueryDict(), files, by=person)] == [
            "a.pdf",
            "b.jpg",
        ]

    @pytest.mark.parametrize("key", ["theirs", "nonsense"])
    def test_not_by_the_key_of_somebody_else(self, person, key):
        stored = actions.store(sent("a.pdf", CONTENT), by=PersonFactory())
        post = QueryDict(f"key={stored.key if key == 'theirs' else key}")
        with pytest.raises(Refused) as refused:
            actions.received(post, MultiValueDict(), by=person)
        assert refused.value.code == "file.not_yours"

    def test_nothing_chosen(self, person):
        with pytest.raises(Refused, match="Chưa chọn tệp nào"):
            actions.received(QueryDict(), MultiValueDict(), by=person)
