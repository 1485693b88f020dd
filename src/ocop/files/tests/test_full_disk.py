"""A disk that is full: a sentence, no row, nothing half-written; and all goes well once there is room."""

# ruff: noqa: S603, S607 - mounts a small disk
import os
import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client

from ocop.files import actions, disk
from ocop.files.models import StoredFile, Upload
from ocop.files.tests.factories import PersonFactory, pdf, picture, sent
from ocop.files.tests.test_uploads import begin, send
from ocop.kit.errors import Refused
from ocop.kit.testing import content_of

pytestmark = pytest.mark.django_db
SENTENCE = (
    "Máy chủ đã hết chỗ chứa nên chưa nhận được tệp này; những gì đã lưu vẫn còn. Hãy giữ tệp, báo quản "
    "trị viên hệ thống rồi gửi lại sau."
)
NOISE = os.urandom(120_000)  # nothing that packing makes smaller
LARGE = pdf(3, lambda made: made.Root.__setitem__("/Noise", made.make_stream(NOISE)))


@contextmanager
def quota(folder: Path):
    """No file of this process may grow past 50,000 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path):
    """The data folder is a disk of its own, with less room than the file needs."""
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only; the quota tests the same")
    try:
        (folder / "ballast").write_bytes(b"\0" * 200_000)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def person():
    return PersonFactory()


def left(folder: Path) -> list[str]:
    """What lies in the data folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("narrow", [quota, small_disk])
def test_a_whole_file(person, tmp_path, narrow):
    with narrow(tmp_path):
        before = left(tmp_path)
        with pytest.raises(Refused) as refused:
            actions.store(sent("giấy.pdf", LARGE), by=person)
        assert (refused.value.code, refused.value.reason) == ("file.no_room", SENTENCE)
        assert (left(tmp_path), StoredFile.objects.count()) == (before, 0)
    stored = actions.store(sent("giấy.pdf", LARGE), by=person)
    assert disk.digest_of(disk.path_of(stored.sha256)) == stored.sha256


@pytest.mark.parametrize("narrow", [quota, small_disk])
def test_a_photograph_is_not_called_broken(person, tmp_path, narrow):
    noisy = picture("PNG", size=(150, 150))
    grown = picture("JPEG", size=(5000, 5000), quality=1)  # written anew it is larger than it came
    with narrow(tmp_path):
        actions.store(sent("nhỏ.png", noisy), by=person)
        before = left(tmp_path)
        with pytest.raises(Refused) as refused:
            actions.store(sent("ảnh.jpg", grown), by=person)
        assert refused.value.code == "file.no_room"
        assert (left(tmp_path), StoredFile.objects.count()) == (before, 1)


@pytest.mark.parametrize("narrow", [quota, small_disk])
def test_pieces_go_on_where_they_were(client, person, tmp_path, narrow):
    client.force_login(person)
    key = begin(client, content=LARGE).json()["id"]
    assert send(client, key, LARGE[:30_000], 0).status_code == 200
    part = disk.part_path(key)
    kept = part.read_bytes()
    with narrow(tmp_path):
        if narrow is small_disk:
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(kept)
        told = send(client, key, LARGE[30_000:], 30_000)
        assert (told.status_code, told.json()["code"], told.json()["reason"]) == (
            503,
            "file.no_room",
            SENTENCE,
        )
        assert (Upload.objects.get().offset, StoredFile.objects.count()) == (30_000, 0)
    assert send(client, key, LARGE[30_000:], 30_000).status_code == 201
    stored = StoredFile.objects.get()
    assert disk.digest_of(disk.path_of(stored.sha256)) == stored.sha256


def test_a_paper_that_the_system_makes(person, tmp_path):
    with quota(tmp_path), pytest.raises(Refused) as refused:
        actions.store_generated(NOISE, name="a.bin", content_type="application/octet-stream", by=person)
    assert (refused.value.code, left(tmp_path), StoredFile.objects.count()) == ("file.no_room", [], 0)


def test_a_form_whose_file_does_not_fit_before_anybody_looks_at_it(person, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 1000, str(tmp_path)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    with quota(tmp_path):
        page = client.post("/tep/tai-len/", {"name": "a.pdf", "size": 1, "file": sent("a.pdf", LARGE)})
    assert (page.status_code, "<h1>Máy chủ hết chỗ chứa</h1>" in page.content.decode()) == (507, True)
    assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_smaller_picture_that_finds_no_room_leaves_no_piece(client, person, tmp_path):
    stored = actions.store(sent("ảnh.png", picture("PNG", size=(400, 300))), by=person)
    client.force_login(person)
    before = left(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        assert client.get(f"/tep/{stored.key}/240.webp").status_code == 507
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left(tmp_path) == before
    assert content_of(client.get(f"/tep/{stored.key}/240.webp"))[:4] == b"RIFF"
