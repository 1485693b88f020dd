"""Tasks: given out once, accepted, reported with the system's figure, confirmed by somebody else, handed over."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.accounts.tests.factories import UserFactory as PersonFactory
from ocop.direction.actions import succession
from ocop.direction.actions.calling import KIND, call_tasks
from ocop.direction.actions.giving import Document, give_out
from ocop.direction.actions.tasks import (
    accept_all,
    accept_task,
    extend_task,
    give_task,
    press_task,
    reassign_task,
    report_task,
)
from ocop.direction.enums import Rhythm
from ocop.direction.models import Task
from ocop.direction.permissions.tasks import task_roles
from ocop.direction.queries.tasks import by_agency, said_figure
from ocop.direction.registers import TASKS, overdue_todo
from ocop.direction.rules.tasks import AGENCY, MONITOR
from ocop.direction.tests.world import assignment, make_field, task_of
from ocop.direction.tiles import overdue
from ocop.files.tests.factories import picture, sent
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.indicators import Figure, indicators
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.indicators import STARS
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.enums import AgencyKind, Duty
from ocop.units.models import AgencyDuty, AgencySuccession
from ocop.units.queries.handover import reorganisation_on
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-09-16T09:00:00+07:00"):
        yield


@pytest.fixture
def field():
    return make_field()


@pytest.fixture
def standing(field):
    return field.offices[Role.STANDING_OFFICER]


def accepted(field, standing, **values):
    task = give_task(task_of(field, **values), by=standing)
    accept_task(
        task, planned_from=date(2026, 9, 16), planned_to=date(2026, 9, 25), person="Ông A", by=field.officer
    )
    press_task(task, "start", by=field.officer)
    return task


def test_a_year_is_given_out_once_to_whoever_is_named(field, standing):
    assert give_out(field.programme, field.offices.province, 2026, by=standing) == 5
    assert give_out(field.programme, field.offices.province, 2026, by=standing) == 0
    agencies = {
        one.code: set(Task.objects.filter(assignment=one).values_list("agency__name", flat=True))
        for one in (field.named, field.local, field.commune)
    }
    communes = {"UBND xã Kỳ Thử", "UBND xã Bên Cạnh"}
    assert agencies == {"VI.1.1": {"Sở Thử"}, "VI.12.1": communes, "VI.13.1": communes}
    task = Task.objects.get(assignment=field.named)
    assert (task.state, task.first_on, task.last_on, task.text, task.indicator) == (
        "given", date(2026, 9, 16), date(2026, 12, 31), "Nguyên văn VI.1.1.", "products_recognised",
    )  # fmt: skip
    assert task.due_on == date(2026, 9, 26)
    assert [(move.name, move.by) for move in task.moves.all()] == [("open", standing)]
    told = Notice.objects.get(to=field.officer)
    assert told.title == "Được giao 1 nhiệm vụ năm 2026"


def test_the_same_is_given_again_the_next_year_and_a_task_of_the_period_once(field, standing):
    whole = assignment(field.programme, field.offices.province, "VI.7.2", order=9, rhythm=Rhythm.PERIOD)
    whole.agencies.set([field.department])
    reports = assignment(field.programme, field.offices.province, "VI.14.1", rhythm=Rhythm.REPORTS)
    reports.agencies.set([field.department])
    give_out(field.programme, field.offices.province, 2026, by=standing)
    with time_machine.travel("2027-01-05T09:00:00+07:00"):
        give_out(field.programme, field.offices.province, 2027, by=standing)
    assert list(Task.objects.filter(assignment=field.named).order_by("year").values_list("year", flat=True)) == [
        2026, 2027,
    ]  # fmt: skip
    assert list(Task.objects.filter(assignment=whole).values_list("year", "last_on")) == [
        (2027, date(2027, 12, 31))
    ]
    assert not Task.objects.filter(assignment=reports).exists()


def test_beyond_the_period_a_paper_is_needed(field, standing):
    with pytest.raises(Refused, match="nằm ngoài giai đoạn"):
        give_out(field.programme, field.offices.province, 2028, by=standing)
    paper = Document("Công văn của UBND tỉnh", "15/UBND", date(2028, 1, 3))
    with time_machine.travel("2028-01-05T09:00:00+07:00"):
        assert give_out(field.programme, field.offices.province, 2028, by=standing, document=paper) == 5
    assert Task.objects.filter(year=2028).first().source == "Công văn của UBND tỉnh số 15/UBND"


def test_who_gives(field):
    for role in (Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER, Role.READER):
        with pytest.raises(Forbidden):
            give_out(field.programme, field.offices.province, 2026, by=field.offices[role])
        with pytest.raises(Forbidden):
            give_task(task_of(field), by=field.offices[role])
    gone = AgencyFactory(unit=field.offices.province, kind=AgencyKind.DEPARTMENT, valid_to=date(2026, 1, 31))
    with pytest.raises(Refused, match="không còn hoạt động"):
        give_task(task_of(field, agency=gone), by=field.offices[Role.STANDING_OFFICER])


def test_in_2024_districts_get_the_districts_part_and_follow_their_communes():
    with time_machine.travel("2024-02-05T09:00:00+07:00"):
        field = make_field(with_district=True, first=2023, last=2025)
        offices = field.offices
        give_out(field.programme, offices.province, 2024, by=offices[Role.ADVISORY_OFFICER])
        district = Task.objects.get(assignment=field.local)
        assert (district.agency, district.monitor) == (offices.agencies["district"], offices.province)
        commune = Task.objects.get(assignment=field.commune, agency=offices.agencies["commune"])
        assert commune.monitor == offices.district
        assert task_roles(offices[Role.DISTRICT_OFFICER], commune) == {MONITOR}
        assert task_roles(offices[Role.STANDING_OFFICER], commune) == frozenset()
        assert task_roles(offices[Role.DISTRICT_OFFICER], district) == {AGENCY}
    with time_machine.travel("2025-08-01T09:00:00+07:00"):
        offices.district.valid_to = date(2025, 6, 30)
        offices.district.save()
        commune.refresh_from_db()
        assert task_roles(_fresh(offices[Role.STANDING_OFFICER]), commune) == {MONITOR}


def _fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_a_task_from_its_giving_to_its_end(field, standing):
    product = ProductFactory(producer=ProducerFactory(unit=field.offices.commune))
    CertificateFactory(product=product, stars=4, issued_on=date(2026, 2, 1), valid_to=date(2029, 1, 31))
    task = accepted(field, standing, indicator="products_recognised")
    assert (task.state, task.person, task.due_on, task.year) == ("running", "Ông A", date(2026, 9, 30), 2026)
    with pytest.raises(Refused, match="Cần ghi kết quả"):
        report_task(task, result=" ", by=field.officer)
    report_task(task, result="Đã hướng dẫn.", by=field.officer)
    assert (task.state, task.figure, task.measured_on) == ("reported", Figure(1), date(2026, 9, 16))
    assert said_figure(task) == "Sản phẩm OCOP từ 3 sao trở lên: 1 sản phẩm (đến 16/09/2026)"
    assert task.due_on == date(2026, 10, 1)
    told = Notice.objects.filter(title__startswith="Đã báo cáo").values_list("to_id", flat=True)
    assert set(told) == {
        field.offices[role].pk
        for role in (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER, Role.PROVINCE_LEADER)
    }
    with pytest.raises(Refused, match="Cần ghi lý do"):
        press_task(task, "return", by=standing)
    press_task(task, "return", by=standing, reason="Thiếu danh sách.")
    assert (task.state, task.returns, task.due_on) == ("returned", 1, date(2026, 9, 30))
    report_task(task, result="Có danh sách.", by=field.officer, uploads=[sent("a.jpg", picture())])
    with pytest.raises(Forbidden):
        press_task(task, "confirm", by=field.officer)
    press_task(task, "confirm", by=standing)
    assert (task.state, task.closed_at is not None, task.files.count()) == ("done", True, 1)


def test_a_report_without_a_figure_shows_a_file_or_a_number(field, standing):
    task = accepted(field, standing)
    with pytest.raises(Refused, match="Cần minh chứng"):
        report_task(task, result="Xong.", by=field.officer)
    report_task(task, result="Xong.", quantity=Decimal("3.5"), by=field.officer)
    assert (task.quantity, task.figure, task.measured_on) == (Decimal("3.5"), None, None)


def test_a_figure_that_fails_leaves_the_report_to_its_files(field, standing, monkeypatch):
    def broken():
        raise RuntimeError("no facts")

    known = indicators["products_recognised"]
    bad = replace(known, facts=replace(STARS, rows=broken))
    monkeypatch.setitem(indicators._entries, "products_recognised", bad)
    task = accepted(field, standing, indicator="products_recognised")
    with pytest.raises(Refused, match="chưa tính được"):
        report_task(task, result="Xong.", by=field.officer)
    report_task(task, result="Xong.", by=field.officer, uploads=[sent("a.jpg", picture())])
    assert (task.state, task.figure) == ("reported", None)


def test_the_desk_does_not_confirm_its_own_work(field, standing):
    own = field.offices.agencies["province"]
    task = give_task(task_of(field, agency=own), by=standing)
    accept_all([task], by=standing)
    task.refresh_from_db()
    press_task(task, "start", by=standing)
    report_task(task, result="Xong.", quantity=Decimal(1), by=standing)
    with pytest.raises(Forbidden):
        press_task(task, "confirm", by=standing)
    press_task(task, "confirm", by=field.offices[Role.PROVINCE_LEADER])
    assert task.state == "done"


def test_more_time_another_agency_and_no_task_any_more(field, standing):
    task = accepted(field, standing)
    with pytest.raises(Refused, match="từ ngày bắt đầu"):
        extend_task(task, last_on=date(2026, 8, 1), by=standing, reason="Nhầm")
    extend_task(task, last_on=date(2026, 10, 31), by=standing, reason="Mưa lũ")
    assert (task.state, task.due_on) == ("running", date(2026, 10, 31))
    assert task.moves.last().data == {"last_on": "30/09/2026 → 31/10/2026"}
    with pytest.raises(Refused, match="cơ quan khác"):
        reassign_task(task, agency=field.department, by=standing, reason="Nhầm")
    reassign_task(task, agency=field.offices.agencies["commune"], by=standing, reason="Đúng thẩm quyền")
    assert (task.state, task.agency, task.unit, task.given_to, task.planned_to) == (
        "given", field.offices.agencies["commune"], field.offices.commune, field.department, None,
    )  # fmt: skip
    press_task(task, "stop", by=standing, reason="Không còn cần")
    assert (task.state, task.due_on) == ("stopped", None)


def test_who_sees_a_task(field, standing):
    give_out(field.programme, field.offices.province, 2026, by=standing)
    commune = Task.objects.get(assignment=field.commune, agency=field.offices.agencies["commune"])
    named = Task.objects.get(assignment=field.named)
    offices = field.offices
    seen = {
        "commune": set(Task.objects.visible_to(offices[Role.COMMUNE_OFFICER])),
        "neighbour": set(Task.objects.visible_to(offices.neighbour)),
        "stranger": set(Task.objects.visible_to(offices.stranger)),
        "owner": set(Task.objects.visible_to(offices.owner)),
    }
    local = Task.objects.get(assignment=field.local, agency=offices.agencies["commune"])
    assert seen["commune"] == {commune, local}
    assert (commune in seen["neighbour"], len(seen["neighbour"])) == (False, 2)
    assert seen["stranger"] == seen["owner"] == set()
    assert Task.objects.visible_to(field.officer).count() == 5
    named.cooperating.add(offices.agencies["neighbour"])
    assert named in Task.objects.visible_to(_fresh(offices.neighbour))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-09-22", set()),
        ("2026-09-23", {"officer"}),
        ("2026-09-30", {"officer"}),
        ("2026-10-01", {"officer", "standing", "advisory", "leader"}),
        ("2026-10-05", {"officer", "standing", "advisory", "leader"}),
        ("2026-10-06", set()),
    ],
)
def test_who_is_called_on_which_day(field, standing, day, told):
    accepted(field, standing)
    offices = field.offices
    names = {
        field.officer.pk: "officer", standing.pk: "standing", offices[Role.ADVISORY_OFFICER].pk: "advisory",
        offices[Role.PROVINCE_LEADER].pk: "leader",
    }  # fmt: skip
    with time_machine.travel(f"{day}T07:00:00+07:00"):
        call_tasks(clock.today())
        call_tasks(clock.today())
    found = Notice.objects.filter(kind=KIND).values_list("to_id", flat=True)
    assert {names[pk] for pk in found} == told
    assert len(found) == len(told)
    assert (Task.objects.get().escalated_at is not None) == (day == "2026-10-05")


def test_overdue_stands_on_the_home_of_who_follows(field, standing):
    accepted(field, standing)
    assert list(overdue_todo(standing, clock.today())) == []
    with time_machine.travel("2026-10-02T07:00:00+07:00"):
        (todo,) = overdue_todo(_fresh(standing), clock.today())
        assert (todo.title, todo.kind, todo.due) == (
            "1 nhiệm vụ quá hạn của các cơ quan", "late", date(2026, 9, 30),
        )  # fmt: skip
        assert list(overdue_todo(_fresh(field.officer), clock.today())) == []
        (line,) = by_agency(Task.objects.all(), clock.today())
        assert (line.agency, line.total, line.working, line.overdue) == (field.department, 1, 1, 1)


def test_the_tile_of_the_home_counts_what_the_person_sees(field, standing):
    nothing = overdue(standing, field.offices.province, clock.today())
    assert (nothing.value, nothing.sentence) == ("0", "Không có nhiệm vụ nào đang mở.")
    accepted(field, standing)
    give_task(task_of(field, title="Việc khác", last_on=date(2026, 12, 31)), by=standing)
    reading = overdue(standing, field.offices.province, date(2026, 10, 2))
    assert (reading.value, reading.tone, reading.sentence) == ("1", "seal", "Trong 2 nhiệm vụ chưa xong.")
    assert [(name, number) for name, number, _ in reading.bars.rows] == [
        ("Đã giao, chờ nhận", 1),
        ("Đang làm", 1),
    ]
    assert overdue(field.offices.neighbour, field.offices.beside, date(2026, 10, 2)).value == "0"


def test_todos_of_an_agency_many_new_ones_are_one_line(field, standing):
    for number in range(5):
        give_task(task_of(field, title=f"Việc {number}"), by=standing)
    titles = [one.title for one in TASKS.todos(field.officer, clock.today())]
    assert titles == ["Nhận 5 nhiệm vụ được giao"]
    first = Task.objects.order_by("pk").first()
    Task.objects.exclude(pk=first.pk).update(state="running", last_on=clock.today() + timedelta(days=90))
    titles = [one.title for one in TASKS.todos(_fresh(field.officer), clock.today())]
    assert titles == ["Nhận nhiệm vụ: Việc 0 – Sở Thử"]
    Task.objects.filter(state="running").update(last_on=clock.today() + timedelta(days=20))
    assert len(list(TASKS.todos(_fresh(field.officer), clock.today()))) == 5


def test_an_agency_that_ceases_hands_its_tasks_to_its_one_heir(field, standing):
    heir = AgencyFactory(
        unit=field.offices.province, kind=AgencyKind.DEPARTMENT, name="Sở Mới", valid_from=date(2026, 10, 1)
    )
    task = accepted(field, standing)
    done = accepted(field, standing, title="Xong rồi")
    Task.objects.filter(pk=done.pk).update(state="done", closed_at=clock.now())
    field.department.valid_to = date(2026, 9, 30)
    field.department.save()
    AgencySuccession.objects.create(predecessor=field.department, successor=heir, on=date(2026, 10, 1))
    change = reorganisation_on(field.offices.province, date(2026, 10, 1))
    (way,) = succession.PART.passing(change)
    assert (way.source, way.count) == ("Sở Thử", 1)
    assert succession.PART.carry_out(change, by=standing, at=clock.now()) == 1
    task.refresh_from_db()
    done.refresh_from_db()
    assert (task.agency, task.given_to, task.state, done.agency) == (
        heir, field.department, "running", field.department,
    )  # fmt: skip
    assert task.moves.last().name == "transfer"
    person = PersonFactory()
    MembershipFactory(user=person, agency=heir, role=Role.DEPARTMENT_OFFICER, valid_from=date(2026, 9, 1))
    with time_machine.travel("2026-10-05T09:00:00+07:00"):
        report_task(task, result="Sở Mới làm tiếp.", quantity=Decimal(2), by=person)
    assert task.state == "reported"


def test_a_ceasing_agency_without_a_single_heir_leaves_its_tasks_with_the_desk(field, standing):
    desk = AgencyFactory(unit=field.offices.province, kind=AgencyKind.COORDINATION_OFFICE, name="Văn phòng")
    AgencyDuty.objects.create(agency=desk, duty=Duty.ADVISORY_BODY, valid_from=date(2024, 1, 1))
    task = accepted(field, standing)
    field.department.valid_to = date(2026, 9, 30)
    field.department.save()
    change = reorganisation_on(field.offices.province, date(2026, 10, 1))
    succession.PART.carry_out(change, by=standing, at=clock.now())
    task.refresh_from_db()
    assert task.agency == desk
