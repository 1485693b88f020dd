"""Plans of agencies, the programme, overlaps found, merged, justified, undone."""

from datetime import date

import pytest

from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import ProducerFactory
from ocop.quality.actions import plans
from ocop.quality.enums import OverlapState, PlanState, VisitState
from ocop.quality.models import Overlap, PlanLine, Programme, Visit


def settled(programme: Programme) -> list[tuple[str, bool]]:
    rows = Overlap.objects.filter(programme=programme).order_by("pk")
    return [(row.state, row.voided_at is not None) for row in rows]


def test_only_its_agency_writes_a_plan_and_only_until_it_is_sent(world):
    with pytest.raises(Forbidden):
        plans.open_plan(agency=world.agencies["health"], year=world.year, by=world["trade"])
    plan = world.plan("health", 3)
    assert (plan.state, plan.due_on) == (PlanState.SENT, None)
    first = date(world.year, 5, 1)
    with pytest.raises(Forbidden) as refused:
        plans.add_line(plan, producer=world.producer, first_on=first, last_on=first, by=world["health"])
    assert refused.value.code == "plan.sent"


def test_a_line_lies_in_its_year_and_ends_after_it_begins(world):
    plan = plans.open_plan(agency=world.agencies["health"], year=world.year, by=world["health"])
    assert plan.due_on == date(world.year - 1, 12, 2)
    for first, last, code in (
        (date(world.year, 5, 2), date(world.year, 5, 1), "line.days"),
        (date(world.year - 1, 12, 31), date(world.year, 1, 1), "line.year"),
    ):
        with pytest.raises(Refused) as refused:
            plans.add_line(plan, producer=world.producer, first_on=first, last_on=last, by=world["health"])
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        plans.send_plan(plan, by=world["health"])
    assert refused.value.code == "plan.empty"


def test_two_plans_that_meet_are_found_and_hold_the_programme_up(world):
    programme = world.programme(world.plan("health", 3), world.plan("trade", 4, 9))
    (overlap,) = Overlap.objects.filter(programme=programme)
    assert (overlap.producer, overlap.days, overlap.gap) == (world.producer, 11, 90)
    with pytest.raises(Refused) as refused:
        plans.propose_programme(programme, by=world["standing"])
    assert refused.value.code == "programme.overlaps"
    with pytest.raises(Refused) as refused:  # nobody waves it away
        press(plans.OVERLAP_DESK, overlap, "clear", by=world["standing"])
    assert refused.value.code == "overlap.near"


def test_merging_makes_one_visit_of_two_agencies_with_both_contents(world):
    programme = world.programme(world.plan("health", 3), world.plan("trade", 4))
    overlap = Overlap.objects.get(programme=programme)
    plans.merge_overlap(overlap, keep="first", by=world["standing"])
    kept, gone = PlanLine.objects.order_by("first_on")
    assert (kept.areas, gone.merged_into, overlap.state) == ("food_safety,label", kept, OverlapState.MERGED)
    plans.propose_programme(programme, by=world["standing"])
    press(plans.PROGRAMME_DESK, programme, "approve", by=world["leader"])
    (visit,) = plans.issue_programme(
        programme, number="15/KH-UBND", issued_on=date(world.year - 1, 12, 20), by=world["clerk"]
    )
    assert (visit.state, visit.due_on, visit.producer) == (VisitState.PLANNED, kept.last_on, world.producer)
    assert set(visit.agencies.all()) == {world.agencies["health"], world.agencies["trade"]}
    assert {plan.state for plan in programme.plans.all()} == {PlanState.AGREED}
    assert Visit.objects.count() == 1


def test_justifying_needs_a_reason_and_keeps_both(world):
    programme = world.programme(world.plan("health", 3), world.plan("trade", 4))
    overlap = Overlap.objects.get(programme=programme)
    with pytest.raises(Refused) as refused:
        plans.justify_overlap(overlap, by=world["standing"], reason=" ")
    assert refused.value.code == "flow.reason"
    plans.justify_overlap(overlap, by=world["standing"], reason="Kiểm tra hai mùa vụ khác nhau")
    assert plans.find_overlaps(programme, by=world["standing"]) == []
    assert PlanLine.objects.standing().count() == 2


def test_three_visits_merged_into_one_leave_no_overlap_open(world):
    programme = world.programme(world.plan("health", 3, 5), world.plan("trade", 4))
    assert Overlap.objects.filter(programme=programme).count() == 3
    middle = Overlap.objects.filter(
        programme=programme, first__first_on__month=3, second__first_on__month=4
    ).get()
    plans.merge_overlap(middle, keep="first", by=world["standing"])
    left = plans.find_overlaps(programme, by=world["standing"])
    assert [(row.first.first_on.month, row.second.first_on.month) for row in left] == [(3, 5)]
    plans.merge_overlap(left[0], keep="second", by=world["standing"])
    standing = PlanLine.objects.standing()
    assert [line.first_on.month for line in standing] == [5]
    assert PlanLine.objects.filter(merged_into=standing[0]).count() == 2


def test_a_plan_given_back_undoes_what_was_settled_about_it(world):
    health, trade = world.plan("health", 3), world.plan("trade", 4)
    programme = world.programme(health, trade)
    plans.merge_overlap(Overlap.objects.get(), keep="first", by=world["standing"])
    plans.return_plan(trade, by=world["standing"], reason="Đổi sang quý III")
    trade.refresh_from_db()
    assert (trade.state, trade.programme, trade.due_on) == (
        PlanState.RETURNED, None, date(world.year - 1, 12, 2),
    )  # fmt: skip
    assert (PlanLine.objects.standing().count(), settled(programme)) == (2, [(OverlapState.MERGED, True)])
    plans.send_plan(trade, by=world["trade"])
    plans.take_plan(trade, by=world["standing"])
    assert settled(programme) == [(OverlapState.MERGED, True), (OverlapState.OPEN, False)]


def test_the_programme_takes_no_plan_once_it_was_proposed(world):
    late = world.plan("trade", 9)
    programme = world.programme(world.plan("health", 3))
    plans.propose_programme(programme, by=world["standing"])
    with pytest.raises(Refused) as refused:
        plans.take_plan(late, by=world["standing"])
    assert refused.value.code == "plan.programme"


def test_who_sees_what(world):
    plan = world.plan("health", 3)
    seen = {name for name in world.people if type(plan).objects.visible_to(world[name]).exists()}
    assert seen == {"health", "health2", "trade", "standing", "advisory", "leader", "clerk"}
    ProducerFactory()
    assert not PlanLine.objects.all().visible_to(world["owner"]).exists()
