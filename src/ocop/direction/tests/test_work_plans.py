"""Work plans: begun from the tasks, written by their agency, approved by its leader; Word and Excel."""

import io
from datetime import date

import pytest
import python_calamine as calamine
import time_machine
from docx import Document

from ocop.accounts.enums import Role
from ocop.direction import papers
from ocop.direction.actions.giving import give_out
from ocop.direction.actions.plans import WORK_PLAN_DESK, approve_work_plan, open_work_plan, take_tasks
from ocop.direction.actions.tasks import give_task
from ocop.direction.models import WorkLine
from ocop.direction.tests.world import make_field, task_of
from ocop.inbox.models import Notice
from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-01-06T09:00:00+07:00"):
        yield


@pytest.fixture
def field():
    found = make_field()
    give_out(found.programme, found.offices.province, 2026, by=found.offices[Role.STANDING_OFFICER])
    return found


def words_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_a_commune_plans_and_its_leader_approves(field):
    offices = field.offices
    officer, leader = offices[Role.COMMUNE_OFFICER], offices[Role.COMMUNE_LEADER]
    plan = open_work_plan(offices.agencies["commune"], 2026, by=officer, note="Ưu tiên sản phẩm chủ lực.")
    assert [line.content for line in plan.lines.all()] == ["Việc VI.12.1", "Việc VI.13.1"]
    assert [line.months for line in plan.lines.all()] == ["Tháng 1-12"] * 2
    WorkLine.objects.create(plan=plan, content="Hội nghị xã", month_from=3, month_to=3, person="Bà B")
    press(WORK_PLAN_DESK, plan, "send", by=officer)
    assert list(Notice.objects.filter(kind="case.work_plans").values_list("to_id", flat=True)) == [leader.pk]
    with pytest.raises(Forbidden):
        approve_work_plan(plan, number="5/KH-UBND", approved_on=date(2026, 1, 6), signer="C", by=officer)
    with pytest.raises(Refused, match="Ngày duyệt chưa đến"):
        approve_work_plan(plan, number="5/KH-UBND", approved_on=date(2026, 2, 6), signer="C", by=leader)
    with pytest.raises(Refused, match="Cần số, ngày"):
        approve_work_plan(plan, number="", approved_on=date(2026, 1, 6), signer="C", by=leader)
    approve_work_plan(plan, number="5/KH-UBND", approved_on=date(2026, 1, 6), signer="Phan C", by=leader)
    assert (plan.state, plan.number, plan.signer) == ("approved", "5/KH-UBND", "Phan C")
    words = words_of(papers.work_plan_docx(plan))
    for said in ("Số: 5/KH", "TM. ỦY BAN NHÂN DÂN", "Phan C", "Hội nghị xã", "Ưu tiên sản phẩm chủ lực."):
        assert said in words
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(papers.work_plan_xlsx(plan)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert sum("Hội nghị xã" in row for row in rows) == 1
    with pytest.raises(Refused, match="đã trình hoặc đã duyệt"):
        take_tasks(plan, by=officer)


def test_a_department_has_no_leader_in_the_system_so_the_signed_paper_is_entered(field):
    plan = open_work_plan(field.department, 2026, by=field.officer)
    press(WORK_PLAN_DESK, plan, "send", by=field.officer)
    approve_work_plan(
        plan, number="9/KH-ST", approved_on=date(2026, 1, 5), signer="Giám đốc A", by=field.officer
    )
    assert plan.state == "approved"
    assert "THỦ TRƯỞNG CƠ QUAN" in words_of(papers.work_plan_docx(plan))


def test_one_plan_a_year_of_the_own_agency_new_tasks_come_in_while_it_is_open(field):
    standing = field.offices[Role.STANDING_OFFICER]
    plan = open_work_plan(field.department, 2026, by=field.officer)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        open_work_plan(field.department, 2026, by=field.officer)
    with pytest.raises(Forbidden):
        open_work_plan(field.department, 2027, by=field.offices[Role.COMMUNE_OFFICER])
    give_task(task_of(field), by=standing)
    assert (take_tasks(plan, by=field.officer), take_tasks(plan, by=field.officer)) == (1, 0)
    line = plan.lines.get(content="Báo cáo nhanh")
    assert (line.month_from, line.month_to) == (9, 9)
    plan.lines.all().delete()
    with pytest.raises(Refused, match="chưa có dòng nào"):
        press(WORK_PLAN_DESK, plan, "send", by=field.officer)


def test_the_paper_of_a_task_tells_its_steps(field):
    task = give_task(task_of(field), by=field.offices[Role.STANDING_OFFICER])
    words = words_of(papers.task_docx(task))
    for said in ("Báo cáo nhanh", "Thông báo kết luận số 12/TB-UBND", "Giao nhiệm vụ", "01/09/2026"):
        assert said in words
