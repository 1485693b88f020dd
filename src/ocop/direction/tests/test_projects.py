"""Priority projects: the plan's six, approved, carried out by milestones, their money read from the ledger."""

import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from ocop.accounts.enums import Role
from ocop.direction import papers
from ocop.direction.actions.projects import (
    PROJECT_DESK,
    approve_project,
    finish_project,
    note_progress,
    propose_project,
)
from ocop.direction.models import Milestone, Project, ProjectProgress, ProjectRisk
from ocop.direction.queries.projects import capital_of
from ocop.direction.rules import projects as rules
from ocop.direction.tests.world import make_field
from ocop.files.tests.factories import picture, sent
from ocop.funding.actions import post_entry
from ocop.funding.models import Activity, FundEntry
from ocop.inbox.models import Notice
from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-09-16T09:00:00+07:00"):
        yield


@pytest.fixture
def field():
    return make_field()


def proposed(field, **values):
    row = Project(
        code="duoc-lieu",
        name="Dự án vùng dược liệu",
        agency=field.department,
        unit=field.offices.province,
        **values,
    )
    return propose_project(row, by=field.officer)


def approved(field):
    project = proposed(field)
    approve_project(
        project, number="77/QĐ-UBND", decided_on=date(2026, 2, 1), first_on=FIRST, last_on=LAST,
        by=field.offices[Role.PROVINCE_LEADER],
    )  # fmt: skip
    return project


def test_the_table_has_no_dead_ends():
    assert rules.PROJECT.problems() == []


@pytest.mark.parametrize(
    ("guard", "facts", "codes"),
    [
        (rules.is_decided, {}, ["project.decision", "project.days"]),
        (rules.is_decided, {"number": "1", "decided_on": FIRST, "first_on": LAST, "last_on": FIRST}, ["project.order"]),
        (rules.is_decided, {"number": "1", "decided_on": FIRST, "first_on": FIRST, "last_on": LAST}, []),
        (rules.has_milestones, {}, ["project.milestones"]),
        (rules.all_reached, {"unreached": ("A",)}, ["project.unreached", "project.outcome"]),
        (rules.all_reached, {"outcome": "Xong"}, []),
    ],
)  # fmt: skip
def test_the_guards(guard, facts, codes):
    assert [one.code for one in guard(rules.ProjectFacts(**facts))] == codes


def test_a_project_from_its_proposal_to_its_end(field):
    leader, project = field.offices[Role.PROVINCE_LEADER], proposed(field)
    with pytest.raises(Refused, match="đã dùng"):
        proposed(field)
    with pytest.raises(Forbidden):
        approve_project(
            project, number="77/QĐ-UBND", decided_on=FIRST, first_on=FIRST, last_on=LAST, by=field.officer
        )
    approve_project(project, number="77/QĐ-UBND", decided_on=FIRST, first_on=FIRST, last_on=LAST, by=leader)
    assert (project.state, project.due_on) == ("approved", LAST)
    assert Notice.objects.filter(to=field.officer, title__startswith="Đã duyệt").count() == 1
    with pytest.raises(Refused, match="ít nhất một mốc"):
        press(PROJECT_DESK, project, "begin", by=field.officer)
    stone = Milestone.objects.create(project=project, title="Vườn giống", due_on=date(2026, 6, 30))
    assert stone.standing == "Trễ 78 ngày"
    press(PROJECT_DESK, project, "begin", by=field.officer)
    with pytest.raises(Refused, match="chưa đạt"):
        finish_project(project, outcome="Xong.", by=field.officer)
    stone.reached_on = date(2026, 7, 2)
    stone.save()
    assert stone.standing == "Đạt muộn"
    finish_project(project, outcome="Có 2 ha vườn giống.", by=field.officer)
    assert (project.state, project.due_on) == ("finished", None)
    with pytest.raises(Refused, match="đã kết thúc"):
        note_progress(ProjectProgress(project=project, day=FIRST, percent=100, text="Thêm"), by=field.officer)


def test_a_project_stops_with_a_reason(field):
    project = approved(field)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        press(PROJECT_DESK, project, "stop", by=field.offices[Role.STANDING_OFFICER])
    press(PROJECT_DESK, project, "stop", by=field.offices[Role.STANDING_OFFICER], reason="Không có vốn")
    assert project.state == "stopped"


def test_progress_has_photographs_and_is_not_of_tomorrow(field):
    project = approved(field)
    with pytest.raises(Refused, match="chưa đến"):
        note_progress(
            ProjectProgress(project=project, day=date(2026, 9, 17), percent=10, text="Mai"), by=field.officer
        )
    with pytest.raises(Forbidden):
        note_progress(
            ProjectProgress(project=project, day=FIRST, percent=10, text="A"), by=field.offices.neighbour
        )
    row = note_progress(
        ProjectProgress(project=project, day=FIRST, percent=10, text="Đã khảo sát"), by=field.officer,
        uploads=[sent("a.jpg", picture())],
    )  # fmt: skip
    assert (row.files.count(), row.by) == (1, field.officer)
    note_progress(
        ProjectProgress(project=project, day=date(2026, 5, 1), percent=40, text="B"), by=field.officer
    )
    assert Project.objects.get().percent == 40


def test_the_money_of_a_project_is_the_ledgers(field):
    project = approved(field)
    activity = Activity.objects.create(code="thu", name="Thử", clause="IV.11")
    for kind, amount, number, name in (
        ("planned", 900, "1", "Duoc-Lieu"), ("disbursed", 300, "2", "duoc-lieu"), ("disbursed", 50, "3", "khac"),
    ):  # fmt: skip
        row = FundEntry(
            kind=kind, year=2026, source="central", unit=field.offices.province, activity=activity, amount=amount,
            day=date(2026, 3, 1), document_number=number, project=name,
        )  # fmt: skip
        post_entry(row, by=field.offices[Role.ADVISORY_OFFICER])
    capital = capital_of(project)
    assert [(name, sums.planned, sums.disbursed) for name, sums in capital.sources] == [
        ("Ngân sách trung ương", 900, 300)
    ]
    ProjectRisk.objects.create(project=project, title="Thiếu giống", seen_on=FIRST)
    document = Document(io.BytesIO(papers.project_docx(project)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"Ngân sách trung ương", "900", "300", "Thiếu giống"} <= set(cells)


def test_the_page_shows_money_risks_and_the_way_to_write(field, client):
    project = approved(field)
    ProjectRisk.objects.create(project=project, title="Thiếu giống", seen_on=FIRST, remedy="Mua thêm")
    client.force_login(field.officer)
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Thiếu giống" in page
    assert reverse("funding:fund_entries_create") in page
    client.force_login(field.offices.stranger)
    assert client.get(project.get_absolute_url()).status_code == 404
