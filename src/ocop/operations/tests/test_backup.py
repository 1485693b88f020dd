"""Backup and restore by the commands themselves, as an operator runs them, on the engine that the tests run on."""

import json
import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ocop.operations.tests.places import Place, empty_databases

pytestmark = [pytest.mark.slow, pytest.mark.engine]

FILL = """
from io import BytesIO
from pathlib import Path
from ocop.accounts.actions import create_user
from ocop.audit.actions import record
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.kit import clock
from django.utils import timezone
user = create_user(full_name="Nguyễn Thị Sao Lưu", username="saoluu", by=None)
for number in range(3):
    with disk.working_copy([b"minh chung %d" % number * 1000]) as copy:
        digest, size = disk.digest_of(copy), copy.stat().st_size
        target = disk.path_of(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(copy.read_bytes())
    StoredFile.objects.create(sha256=digest, source_sha256=digest, size=size, content_type="text/plain",
        name=f"tep-{number}.txt", at=clock.now(), uploaded_by=user)
record("accounts.signed_in", by=user)
"""
WRITE = """
from ocop.accounts.models import User
from ocop.audit.actions import record
user = User.objects.get(username="saoluu")
for number in range(200):
    record("accounts.signed_in", by=user)
    if number == 5:
        print("under way", flush=True)
"""

UPLOAD = """
import os
from django.db import transaction
from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.kit import clock
user = User.objects.get(username="saoluu")
for number in range(60):
    with disk.working_copy([os.urandom(50_000)]) as copy:
        digest, size = disk.digest_of(copy), copy.stat().st_size
        disk.path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        disk.keep(copy, disk.path_of(digest))
    with transaction.atomic():
        file = StoredFile.objects.create(sha256=digest, source_sha256=digest, size=size, content_type="text/plain",
            name="dang-tai.txt", at=clock.now(), uploaded_by=user)
        record("files.stored", by=user, subject=file)
    if number == 3:
        print("under way", flush=True)
"""
WHOLE = """
from ocop.audit.models import Event
from ocop.files import disk
from ocop.files.models import StoredFile
rows = StoredFile.objects.filter(name="dang-tai.txt")
lost = [row.pk for row in StoredFile.objects.all() if disk.digest_of(disk.path_of(row.sha256)) != row.sha256]
told = set(Event.objects.filter(verb="files.stored").values_list("subject_id", flat=True))
print(rows.count(), lost, told == {str(row.pk) for row in rows})
"""
USERS = "from ocop.accounts.models import User; print(User.objects.count())"


@pytest.fixture(scope="module")
def databases(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[str]]:
    """URLs of the databases of the place that is saved and of the one that is restored."""
    with empty_databases("saved", "restored") as urls:
        yield urls


@pytest.fixture(scope="module")
def saved(databases: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Path]:
    """An installation with people, files and a log, and its backup taken while another process wrote to it."""
    place = Place(tmp_path_factory.mktemp("saved"), databases[0])
    assert place.manage("migrate", "-v0") == (0, "")
    code, said = place.manage("shell", "-v0", "-c", FILL)
    assert code == 0, said
    writer = place.start("shell", "-v0", "-c", WRITE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "under way\n"
    code, said = place.manage("backup", str(place.folder / "copies"))
    assert code == 0, said
    assert writer.wait(timeout=120) == 0
    (copy,) = (place.folder / "copies").iterdir()
    return place, copy


@pytest.fixture
def empty(databases: list[str], tmp_path: Path) -> Place:
    return Place(tmp_path / "restored", databases[1])


def test_backup_under_load_comes_back_whole_and_only_where_nothing_is_lost(saved, empty):
    place, copy = saved
    code, said = empty.manage("restore", str(copy))
    assert code == 0, said
    assert "nhật ký nguyên vẹn" in said
    kept = {path.name: path.read_bytes() for path in (place.folder / "files").rglob("*") if path.is_file()}
    back = {path.name: path.read_bytes() for path in (empty.folder / "files").rglob("*") if path.is_file()}
    assert (len(back), back) == (3, kept)
    count = "from ocop.audit.models import Event; print(Event.objects.count())"
    events = int(empty.manage("shell", "-v0", "-c", count)[1])
    assert events == json.loads((copy / "manifest.json").read_text())["tables"]["audit_event"]
    assert empty.manage("verify_audit")[0] == 0

    code, said = empty.manage("restore", str(copy))
    assert (code, "đã có dữ liệu" in said) == (1, True)
    code, said = empty.manage("restore", str(copy), "--replace")
    assert code == 0, said


def spoil_database(copy: Path) -> None:
    (path,) = copy.glob("database.*")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"hong")


def spoil_file(copy: Path) -> None:
    next(path for path in (copy / "files").rglob("*") if path.is_file()).write_bytes(b"hong")


def lose_file(copy: Path) -> None:
    next(path for path in (copy / "files").rglob("*") if path.is_file()).unlink()


def lose_manifest(copy: Path) -> None:
    (copy / "manifest.json").unlink()


def write_manifest(copy: Path, **changes: Any) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def from_a_newer_release(copy: Path) -> None:
    write_manifest(copy, migrations=[["audit", "0001_initial"], ["audit", "9999_of_next_year"]])


def from_another_engine(copy: Path) -> None:
    write_manifest(copy, engine="oracle")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_database, "không khớp mã băm"),
        (spoil_file, "đã hỏng"),
        (lose_file, "chỉ có 2"),
        (lose_manifest, "không phải một bản sao lưu hoàn chỉnh"),
        (from_a_newer_release, "phiên bản mới hơn (có audit.9999_of_next_year)"),
        (from_another_engine, "Hai bên phải cùng loại"),
    ],
)
def test_a_copy_that_is_not_sound_changes_nothing(saved, tmp_path, spoil, sentence):
    place, copy = saved
    spoilt = tmp_path / "copy"
    shutil.copytree(copy, spoilt)
    spoil(spoilt)
    count = "from ocop.audit.models import Event; print(Event.objects.count())"
    before = place.manage("shell", "-v0", "-c", count)
    code, said = place.manage("restore", str(spoilt), "--replace")
    assert (code, sentence in said) == (1, True), said
    assert place.manage("shell", "-v0", "-c", count) == before


def small_disk() -> None:
    """No file of the process may grow past 200 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_leaves_a_sentence_and_no_half_copy(saved, tmp_path):
    place, _ = saved

    code, said = place.manage("backup", str(tmp_path), preexec_fn=small_disk)
    assert (code, "Dữ liệu gốc không đổi" in said or "dừng với lỗi" in said) == (1, True), said
    assert list(tmp_path.iterdir()) == []


def test_a_lost_original_is_told_instead_of_saved_over(saved, tmp_path):
    place, _ = saved
    path = next(path for path in (place.folder / "files").rglob("*") if path.is_file())
    hidden = path.rename(path.with_name("hidden"))
    try:
        code, said = place.manage("backup", str(tmp_path))
        assert (code, f"Thiếu tệp {path.name}" in said) == (1, True), said
        assert list(tmp_path.iterdir()) == []
    finally:
        hidden.rename(path)


def test_a_copy_taken_while_two_people_upload_is_of_one_moment(saved, empty, tmp_path):
    place, _ = saved
    writers = [place.start("shell", "-v0", "-c", UPLOAD) for _ in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "under way\n"
    code, said = place.manage("backup", str(tmp_path / "copies"))
    assert code == 0, said
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    (copy,) = (tmp_path / "copies").iterdir()
    code, said = empty.manage("restore", str(copy), "--replace")
    assert code == 0, said
    number, lost, told = empty.manage("shell", "-v0", "-c", WHOLE)[1].split(" ")
    # Some had come when the copy was taken, not all that came by the end; each with its bytes and its event.
    assert (8 <= int(number) <= 120, lost, told) == (True, "[]", "True\n")


def test_a_killed_backup_leaves_nothing_that_looks_whole(saved, empty, tmp_path):
    place, _ = saved
    process = place.start("backup", str(tmp_path))
    while process.poll() is None and not list(tmp_path.iterdir()):
        time.sleep(0.001)
    process.kill()
    process.communicate(timeout=60)
    (left,) = tmp_path.iterdir()
    assert (left.suffix, (left / "manifest.json").exists()) == (".dang-ghi", False)
    code, said = empty.manage("restore", str(left), "--replace")
    assert (code, "không phải một bản sao lưu hoàn chỉnh" in said) == (1, True), said
    assert place.manage("backup", str(tmp_path))[0] == 0


def test_a_disk_that_fills_up_while_restoring_leaves_the_place_as_it_was(saved, tmp_path):
    place, copy = saved
    before = place.manage("shell", "-v0", "-c", USERS)
    code, said = place.manage("restore", str(copy), "--replace", preexec_fn=small_disk)
    assert (code, "không nhận bản chụp" in said or "dừng với lỗi" in said) == (1, True), said
    assert place.manage("shell", "-v0", "-c", USERS) == before
    assert place.manage("verify_audit")[0] == 0


def test_a_manifest_of_a_later_format_is_named_as_such(saved, tmp_path):
    place, copy = saved
    shutil.copytree(copy, tmp_path / "copy")
    write_manifest(tmp_path / "copy", format=2, of_next_year={})
    code, said = place.manage("restore", str(tmp_path / "copy"), "--replace")
    assert (code, "định dạng 2; phiên bản này đọc định dạng 1" in said) == (1, True), said
