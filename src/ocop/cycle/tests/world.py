"""Ideas, meetings and plans for tests: pressed through by the people of a small province."""

from datetime import date
from typing import Any

from ocop.cycle import actions
from ocop.cycle.loader import load_criteria
from ocop.cycle.models import BusinessPlan, Idea, MeetingMember, SelectionMeeting
from ocop.kit import clock
from ocop.producers.tests.offices import Offices, make_offices
from ocop.rulebook.tests.factories import ProductGroupFactory

SCORES = {"aspiration": 15, "feasible": 20, "lasting": 15, "deep": 10}
IDEA = {
    "name": "Mứt vỏ bưởi", "description": "Mứt dẻo từ vỏ bưởi, ít đường.", "origin": "Nghề của làng.",
    "material": "Vỏ bưởi của 30 hộ trong xã.", "material_local_share": 90, "processing": "deep", "labour_total": 8,
    "labour_local": 7, "market": "Cửa hàng đặc sản trong tỉnh.", "expected_revenue": 600_000_000,
}  # fmt: skip
PLAN = {
    "present": "Xưởng 80 m2, hai bếp.", "feasibility": "Đã làm thử hai năm.", "technology": "Sấy lạnh.",
    "spec": "Hộp giấy 200 g", "resources": "Đất và xưởng có sẵn.", "own_money": 300_000_000,
    "loan_money": 200_000_000, "cost_1": 450_000_000, "revenue_2": 1_200_000_000, "cost_2": 900_000_000,
    "revenue_3": 2_000_000_000, "cost_3": 1_500_000_000,
}  # fmt: skip


def make(*, with_district: bool = False) -> Offices:
    """The offices, and the criteria of the choice."""
    world = make_offices(with_district=with_district)
    load_criteria(lambda text: None)
    return world


def an_idea(world: Offices, **answers: Any) -> Idea:
    """A draft of the owner's with every answer."""
    group = ProductGroupFactory()
    return actions.open_idea(world.producer, by=world.owner, **{**IDEA, "group": group, **answers})


def registered(world: Offices, **answers: Any) -> Idea:
    """An idea that was sent in."""
    idea = an_idea(world, **answers)
    actions.register_idea(idea, by=world.owner)
    return idea


def a_meeting(
    world: Offices, officer: str, unit: Any = None, held_on: date | None = None
) -> SelectionMeeting:
    """A meeting of today with three people, all there."""
    meeting = actions.plan_meeting(
        unit or world.commune, by=world[officer], held_on=held_on or clock.today(), title="Phiên xét chọn đợt 1",
        chaired_by="Phan Thị Mai",
    )  # fmt: skip
    for name in ("Nguyễn Văn An", "Lê Thị Bình", "Trần Văn Cường"):
        MeetingMember(meeting=meeting, name=name, position="Ủy viên").save()
    return meeting


def selected(
    world: Offices, officer: str = "commune_officer", leader: str = "commune_leader", unit: Any = None
) -> Idea:
    """An idea that a meeting chose."""
    idea = registered(world)
    meeting = a_meeting(world, officer, unit)
    (line,) = actions.list_ideas(meeting, [idea], by=world[officer])
    actions.score_idea(line, by=world[officer], scores=SCORES)
    actions.submit_list(meeting, by=world[officer])
    actions.approve_list(meeting, by=world[leader], number="12/QĐ-UBND")
    idea.refresh_from_db()
    return idea


def a_plan(world: Offices, idea: Idea | None = None, **answers: Any) -> BusinessPlan:
    """A draft plan with every answer and a schedule."""
    plan = actions.open_plan(idea or selected(world), by=world.owner, **{**PLAN, **answers})
    plan.milestones.create(title="Lắp máy sấy", due_on=date(2027, 3, 31))
    return plan


def approved(
    world: Offices, officer: str = "commune_officer", leader: str = "commune_leader"
) -> BusinessPlan:
    """A plan that is being carried out."""
    plan = a_plan(world)
    actions.submit_plan(plan, by=world.owner)
    actions.appraise_plan(plan, by=world[officer], appraisal="approve", text="Sát thực tế, khả thi.")
    actions.approve_plan(plan, by=world[leader], number="34/QĐ-UBND")
    return plan
