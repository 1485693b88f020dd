"""The invented history is what the presses would have left; the demo leaves a case in every state."""

from datetime import date, timedelta

import pytest
from tests.personas import load_reference, silent

from ocop.accounts.demo import load_personas
from ocop.cycle import actions
from ocop.cycle.demo import load_demo
from ocop.cycle.demo.ideas import LOW, MEMBERS, SCORES, WHY_NOT, moment, told_ideas
from ocop.cycle.demo.past import Season
from ocop.cycle.models import (
    BusinessPlan,
    CycleCalendar,
    Idea,
    MeetingLine,
    MeetingMember,
    PlanProgress,
    PlanSupport,
    SeasonalException,
    SelectionMeeting,
)
from ocop.cycle.tests.world import make
from ocop.kit import registry
from ocop.producers.models import Producer
from ocop.rulebook.models import SupportItem
from ocop.rulebook.tests.factories import ProductGroupFactory

pytestmark = pytest.mark.django_db
HELD = date(2025, 9, 10)
LEFT_OUT = {"id", "opened_at", "search_text", "search_exact"}


def content(row, *without):
    """Every stored value of a row; linked rows of the sample by their words."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.name not in (LEFT_OUT - {"opened_at"}) | set(without):
            value = getattr(row, field.name)
            found[field.name] = str(value) if field.is_relation else value
    return found


def moves(row):
    return [
        (
            one.name,
            one.from_state,
            one.to_state,
            one.reason,
            one.legal_basis,
            one.at,
            str(one.by),
            one.data,
            one.flow,
        )
        for one in row.moves.order_by("at", "pk")
    ]


def everything():
    """All that a season leaves behind."""
    return {
        "ideas": [(content(row), moves(row)) for row in Idea.objects.order_by("name")],
        "meetings": [(content(row), moves(row)) for row in SelectionMeeting.objects.all()],
        "members": [content(row) for row in MeetingMember.objects.order_by("name")],
        "lines": [content(row) for row in MeetingLine.objects.order_by("idea__name")],
        "plans": [(content(row), moves(row)) for row in BusinessPlan.objects.all()],
        "milestones": [content(one) for row in BusinessPlan.objects.all() for one in row.milestones.all()],
        "progress": [content(row) for row in PlanProgress.objects.order_by("year", "quarter")],
    }


def pressed(world, told, until):
    """The same season, pressed one by one."""
    officer, leader, day = world["commune_officer"], world["commune_leader"], timedelta(days=1)
    sent, decided = HELD - 20 * day, HELD + 4 * day
    ideas = []
    for one in told:
        idea = actions.open_idea(
            world.producer, by=officer, year=HELD.year, at=moment(sent), is_demo=True, **one.idea()
        )
        actions.register_idea(idea, by=officer, at=moment(sent, 10))
        ideas.append(idea)
    meeting = actions.plan_meeting(
        world.commune, by=officer, held_on=HELD, title=f"Phiên xét chọn ý tưởng năm {HELD.year}",
        at=moment(HELD - 7 * day), place="Hội trường UBND", chaired_by=MEMBERS[0][0], is_demo=True,
        conclusion="Thống nhất danh sách; chủ thể được chọn lập phương án trong tháng.",
    )  # fmt: skip
    for name, position in MEMBERS:
        MeetingMember(meeting=meeting, name=name, position=position).save()
    lines = actions.list_ideas(meeting, ideas, by=officer, at=moment(HELD - 7 * day, 10))
    for number, line in enumerate(lines):
        low = number % 4 == 3
        actions.score_idea(
            line, by=officer, scores=LOW if low else SCORES, reason=WHY_NOT[number % 3] if low else ""
        )
    actions.submit_list(meeting, by=officer, at=moment(HELD, 16))
    actions.approve_list(meeting, by=leader, number="10/QĐ-UBND", at=moment(decided))
    start = HELD + 25 * day
    for number, (one, idea) in enumerate(zip(told, ideas, strict=True)):
        idea.refresh_from_db()
        if idea.state != "selected":
            continue
        plan = actions.open_plan(idea, by=officer, at=moment(start), **one.plan())
        approved = start + 28 * day
        for days, title in ((60, "Hoàn thiện quy trình, bao bì"), (150, "Đưa sản phẩm ra thị trường")):
            plan.milestones.create(title=title, due_on=approved + days * day)
        actions.submit_plan(plan, by=officer, at=moment(start, 15))
        actions.appraise_plan(
            plan, by=officer, appraisal="approve", at=moment(start + 20 * day),
            text="Thực trạng sát thực tế, phương án khả thi, nguồn lực bảo đảm.",
        )  # fmt: skip
        actions.approve_plan(plan, by=leader, number=f"{100 + number}/QĐ-UBND", at=moment(approved))
        for quarter, at in enumerate((date(2026, 1, 5), date(2026, 4, 5), date(2026, 7, 5)), start=1):
            year, named = (2025, 4) if quarter == 1 else (2026, quarter - 1)
            actions.report_quarter(
                plan, by=officer, year=year, quarter=named, at=moment(at), done_percent=25 * quarter,
                revenue=one.revenue // 5 * quarter // 2, spent=one.plan()["cost_1"] // 5,
                labour=plan.labour_total, text="Làm đúng tiến độ.",
            )  # fmt: skip


def test_the_history_is_what_the_presses_leave(time_machine):
    time_machine.move_to("2026-08-01 09:00+07:00")
    world = make()
    for code in ("I", "II"):
        ProductGroupFactory(code=code, name=code)
    told, until = told_ideas()[:4], date(2026, 8, 1)
    pressed(world, told, until)
    by_presses = everything()
    assert [len(by_presses[key]) for key in ("ideas", "plans", "progress")] == [4, 3, 9]
    for model in (PlanProgress, BusinessPlan, MeetingLine, MeetingMember, SelectionMeeting, Idea):
        for row in model.objects.all():
            if hasattr(row, "moves"):
                row.moves.all().delete()
            if hasattr(row, "milestones"):
                row.milestones.all().delete()
        model.objects.all().delete()
    season = Season(
        world.commune, world["commune_officer"], world["commune_leader"], HELD,
        [(world.producer, world.commune)], told, "10/QĐ-UBND",
    )  # fmt: skip
    assert season.run(until=until) == 4
    in_bulk = everything()
    for key, rows in by_presses.items():
        assert in_bulk[key] == rows, key


@pytest.mark.parametrize("day", ["2024-06-10", "2026-01-05"])
def test_the_demo_leaves_a_case_in_every_state(time_machine, day):
    time_machine.move_to(f"{day} 09:00+07:00")
    load_reference()
    registry.demo_steps["units"].run(silent)
    registry.demo_steps["products.invented"].run(silent)
    load_personas(silent)
    load_demo(silent)
    assert set(Idea.objects.values_list("state", flat=True)) == {
        "draft", "registered", "listed", "selected", "refused",
    }  # fmt: skip
    assert {"draft", "submitted", "appraised", "approved", "refused", "finished"} <= set(
        BusinessPlan.objects.values_list("state", flat=True)
    )
    assert set(SelectionMeeting.objects.values_list("state", flat=True)) == {"planned", "approved"}
    assert not Producer.objects.filter(ideas__isnull=False, is_demo=False).exists()
    assert CycleCalendar.objects.filter(year=int(day[:4])).count() == 9
    assert set(SeasonalException.objects.values_list("product__is_demo", flat=True)) == {True}
    assert PlanSupport.objects.exists() == SupportItem.objects.in_force(date.fromisoformat(day)).exists()
    before = Idea.objects.count()
    load_demo(silent)
    assert Idea.objects.count() == before
