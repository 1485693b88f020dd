"""A large sheet is written by a job: progress, a result per row, once, on after a kill, and refused rows by name."""

import uuid

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse

from ocop.kit import clock, excel
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.excel import in_parts
from ocop.kit.jobs.models import JobProgress
from ocop.kit.models import ImportBatch
from ocop.kit.registers import REGISTERS, jobs
from ocop.kit.registers.register import CLOSED
from ocop.kit.testing import sheet_rows, workbook
from ocop.kit.tests.sample.models import Book, Shelf
from ocop.kit.tests.sample.registers import BOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ocop.kit.tests.sample.urls")]
HEADS = ["Mã", "Tên sách", "Thể loại", "Kệ"]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Three rows at once, two a part: the same road with few rows."""
    monkeypatch.setattr(in_parts, "AT_ONCE", 3)
    monkeypatch.setattr(in_parts, "PART", 2)
    monkeypatch.setitem(REGISTERS._entries, BOOKS.key, BOOKS)


@pytest.fixture
def anna(client):
    user = get_user_model().objects.create(username="anna")
    client.force_login(user)
    client.user = user
    return client


def lines(*codes):
    Shelf.objects.get_or_create(name="Kệ gỗ")
    return workbook([HEADS, *([code, f"Truyện {code}", "tho", "ke go"] for code in codes)])


def previewed(user, *codes):
    sheet = lines(*codes)
    return excel.preview(BOOKS.importer(user), sheet, by=user)


def written():
    return sorted(Book.objects.values_list("code", flat=True))


def test_a_large_sheet_goes_to_a_job_and_the_result_names_every_row(anna):
    book = lines("A1", "A2", "A2", "A3", "A4", "A5")
    there = anna.post(BOOKS.url("import"), {"file": book}).url
    assert anna.get(there).context["is_large"] is True
    started = anna.post(there)
    job = JobProgress.objects.get()
    assert started.url == reverse("kit:job", args=[job.key])
    assert (job.state, job.message, job.result_url) == ("done", "Đã ghi 5 dòng.", there)
    assert written() == ["A1", "A2", "A3", "A4", "A5"]
    batch = ImportBatch.objects.get()
    assert anna.post(there).url == there
    assert (batch.rows, batch.counts["created"], JobProgress.objects.count()) == ([], 5, 1)
    answer = anna.get(BOOKS.url("result", batch.key))
    sheet = sheet_rows(b"".join(answer.streaming_content))
    rows = [row[1:4] for row in sheet if isinstance(row[1], float)]
    assert rows == [
        [2.0, "Đã ghi", "đã ghi"], [3.0, "Đã ghi", "đã ghi"], [4.0, "Trùng trong tệp", "trùng với dòng 3 của tệp"],
        [5.0, "Đã ghi", "đã ghi"], [6.0, "Đã ghi", "đã ghi"], [7.0, "Đã ghi", "đã ghi"],
    ]  # fmt: skip


def test_a_small_sheet_is_written_at_once(anna):
    there = anna.post(BOOKS.url("import"), {"file": lines("A1", "A2")}).url
    assert anna.post(there).url == there
    assert (written(), JobProgress.objects.count()) == (["A1", "A2"], 0)


def test_a_killed_job_goes_on_where_it_stopped_and_doubles_nothing(anna):
    class KilledError(Exception):
        """The worker died."""

    def die(percent, text):
        raise KilledError

    batch = previewed(anna.user, "A1", "A2", "A3", "A4", "A5")
    with pytest.raises(KilledError):
        excel.write_in_parts(BOOKS.importer(anna.user), batch.key, by=anna.user, step=die)
    assert (written(), ImportBatch.objects.get().counts["done"]) == (["A1", "A2"], 2)
    assert "Lần ghi trước dừng giữa chừng" in anna.get(BOOKS.url("batch", batch.key)).content.decode()
    for _ in range(2):
        done = excel.write_in_parts(BOOKS.importer(anna.user), batch.key, by=anna.user)
    assert (written(), done.counts["created"], len(done.problems)) == (["A1", "A2", "A3", "A4", "A5"], 5, 5)


def test_rows_that_somebody_else_wrote_meanwhile_are_known_and_a_refused_row_names_itself(anna, monkeypatch):
    batch = previewed(anna.user, "A1", "A2", "A3", "A4", "A5")
    Book.objects.create(
        code="A3", title="Có rồi", genre="novel", shelf=Shelf.objects.get(), pages=1, owner_name="anna"
    )
    write_rows = type(BOOKS).write_rows

    def picky(self, rows, *, by):
        if any(row["code"] == "A4" for row in rows):
            raise Refused("books.a4", "Không nhận A4.")
        return write_rows(self, rows, by=by)

    monkeypatch.setattr(type(BOOKS), "write_rows", picky)
    done = excel.write_in_parts(BOOKS.importer(anna.user), batch.key, by=anna.user)
    assert [(one["row"], one["kind"], one["texts"][0]) for one in done.problems] == [
        (2, "created", "đã ghi"), (3, "created", "đã ghi"), (4, "known", "đã có trong sổ, bỏ qua"),
        (5, "error", "Không nhận A4."), (6, "created", "đã ghi"),
    ]  # fmt: skip
    assert (done.counts["created"], done.counts["known"], done.counts["wrong"]) == (3, 1, 1)


def test_pressed_twice_one_job_runs_and_a_silent_one_may_be_started_again(anna, monkeypatch):
    batch = previewed(anna.user, "A1", "A2", "A3", "A4")
    monkeypatch.setattr(type(jobs.write_import), "enqueue", lambda *given, **more: None)
    first = jobs.start(BOOKS, batch, by=anna.user)
    assert jobs.start(BOOKS, batch, by=anna.user) == first
    page = anna.get(BOOKS.url("batch", batch.key))
    assert page.context["job_url"] == reverse("kit:job", args=[first.key])
    with time_machine.travel(clock.now() + jobs.SILENT * 2, tick=False):
        assert jobs.start(BOOKS, batch, by=anna.user) != first
    JobProgress.objects.all().update(state=JobProgress.State.FAILED)
    assert jobs.start(BOOKS, batch, by=anna.user).state == JobProgress.State.WAITING


def test_who_lost_the_right_meanwhile_writes_nothing_and_is_told(anna, monkeypatch):
    batch = previewed(anna.user, "A1", "A2", "A3", "A4")
    job = JobProgress.objects.create(
        key=uuid.uuid4(),
        title="Nhập",
        user_id_text=str(anna.user.pk),
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    monkeypatch.setattr(type(BOOKS), "may_import", lambda self, user: CLOSED)
    with pytest.raises(Forbidden):
        jobs.write_import.func(BOOKS.key, batch.key, anna.user.pk, str(job.key))
    job.refresh_from_db()
    assert (written(), job.state, job.message) == ([], "failed", "Bạn không có quyền ghi vào sổ này.")


def test_another_persons_result_is_not_there(anna, client):
    batch = previewed(anna.user, "A1", "A2", "A3", "A4")
    client.force_login(get_user_model().objects.create(username="bao"))
    assert client.get(BOOKS.url("result", batch.key)).status_code == 404
