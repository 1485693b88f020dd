"""Needs and yearly plans, marks of a jury, links of entries, terms of the apparatus."""

from datetime import date

import pytest

from ocop.accounts.enums import Role
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import officer
from ocop.training.actions import events, plans
from ocop.training.actions.apparatus import end_post, hand_over
from ocop.training.enums import PostEnd
from ocop.training.models import Body, Entry, JuryScore, Need, PlanLine, Post, Topic, YearPlan
from ocop.training.queries.needs import counts_by_topic, needs_of
from ocop.training.tests.world import World, course_of, make_world
from ocop.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def a_plan(world: World) -> YearPlan:
    return plans.open_plan(YearPlan(title="Kế hoạch", year=2027, unit=world.unit), by=world.desk)


def test_needs_said_again_replace_what_was_said(world: World):
    other = Topic.objects.create(key="khac", name="Chủ đề khác", clause="IV.2.2.a")
    plans.say_needs(
        year=2027, topics=[world.topic, other], producer=world.producer, persons=2, by=world.owner
    )
    plans.say_needs(year=2027, topics=[world.topic], producer=world.producer, persons=5, by=world.owner)
    assert [(row.topic, row.persons, row.unit) for row in Need.objects.all()] == [
        (world.topic, 5, world.unit)
    ]
    plans.say_needs(
        year=2027, topics=[world.topic], unit=world.unit, audience="official", persons=1, by=world.desk
    )
    assert needs_of(world.unit, 2027).count() == 2
    first = counts_by_topic(world.desk, 2027)[0]
    assert (first.topic, first.voices, first.producers, first.officials, first.communes) == (
        world.topic,
        2,
        5,
        1,
        1,
    )


def test_nobody_speaks_for_others(world: World):
    stranger = officer(UnitFactory())
    for who in ({"producer": world.producer}, {"unit": world.unit}):
        with pytest.raises(Forbidden):
            plans.say_needs(year=2027, topics=[world.topic], by=stranger, **who)
    assert (
        refusal(plans.say_needs, year=2027, topics=[], producer=world.producer, by=world.owner)
        == "need.topics"
    )
    assert refusal(plans.say_needs, year=2027, topics=[world.topic], by=world.desk) == "need.unit"


def test_a_plan_takes_needs_in_and_changes_in_draft_only(world: World):
    plans.say_needs(year=2027, topics=[world.topic], producer=world.producer, persons=5, by=world.owner)
    plan = a_plan(world)
    line = plans.line_from_needs(plan, world.topic, by=world.desk)
    assert (line.producers, line.officials) == (5, 0)
    plans.say_needs(
        year=2027, topics=[world.topic], unit=world.unit, audience="official", persons=3, by=world.desk
    )
    assert plans.line_from_needs(plan, world.topic, by=world.desk) == line
    line.refresh_from_db()
    assert (line.officials, PlanLine.objects.count()) == (3, 1)
    plans.press_plan(plan, "submit", by=world.desk)
    assert refusal(plans.line_from_needs, plan, world.topic, by=world.desk) == "plan.state"
    with pytest.raises(Forbidden):
        plans.approve_plan(plan, number="1/KH", decided_on=clock.today(), by=world.desk)
    assert refusal(plans.approve_plan, plan, number="", decided_on=None, by=world.leader) == "plan.paper"
    plans.approve_plan(plan, number=" 1/KH ", decided_on=clock.today(), by=world.leader)
    assert (plan.number, plan.due_on) == ("1/KH", date(2027, 12, 31))
    assert refusal(plans.press_plan, plan, "amend", by=world.desk) == "flow.reason"
    plans.press_plan(plan, "amend", by=world.desk, reason="Thêm lớp")
    plans.line_from_needs(plan, world.topic, by=world.desk)
    assert [move.name for move in plan.moves.all()] == ["open", "submit", "approve", "amend"]


def test_a_plan_with_an_open_activity_is_not_summed_up(world: World):
    plan = a_plan(world)
    line = PlanLine.objects.create(plan=plan, topic=world.topic)
    plans.press_plan(plan, "submit", by=world.desk)
    plans.approve_plan(plan, number="1/KH", decided_on=clock.today(), by=world.leader)
    course_of(world, line=line)
    assert refusal(plans.press_plan, plan, "close", by=world.desk) == "plan.open"


def test_the_province_does_not_press_for_a_commune_nor_the_commune_for_the_province(world: World):
    province = UnitFactory(level="province", type="tinh")
    advisory = officer(province, Role.ADVISORY_OFFICER)
    with pytest.raises(Forbidden):
        plans.press_plan(a_plan(world), "submit", by=advisory)
    theirs = plans.open_plan(YearPlan(title="Kế hoạch tỉnh", year=2027, unit=province), by=advisory)
    PlanLine.objects.create(plan=theirs, topic=world.topic)
    with pytest.raises(Forbidden):
        plans.press_plan(theirs, "submit", by=world.desk)
    plans.press_plan(theirs, "submit", by=advisory)
    assert theirs.state == "submitted"


def test_a_juror_marks_once_and_may_correct(world: World):
    course = course_of(world, kind="contest")
    first, second = (Entry.objects.create(course=course, title=title, author="Nhóm") for title in ("A", "B"))
    events.mark(course, juror=" Bà  Hà ", points={first.pk: 90, second.pk: 80}, by=world.desk)
    events.mark(course, juror="Bà Hà", points={first.pk: 70}, by=world.desk)
    assert [(row.entry, row.juror, row.points) for row in JuryScore.objects.order_by("entry")] == [
        (first, "Bà Hà", 70), (second, "Bà Hà", 80),
    ]  # fmt: skip
    assert refusal(events.mark, course, juror=" ", points={first.pk: 1}, by=world.desk) == "jury.name"
    assert (
        refusal(events.mark, course, juror="Ông Tư", points={first.pk: 101}, by=world.desk) == "jury.points"
    )
    assert refusal(events.mark, course, juror="Ông Tư", points={0: 1}, by=world.desk) == "jury.entry"
    third = Entry.objects.create(course=course, title="C", author="Nhóm")
    assert refusal(events.award, course, prizes={third.pk: ("first", 0)}, by=world.desk) == "jury.unmarked"
    assert events.award(course, prizes={first.pk: ("first", 5), second.pk: ("", 0)}, by=world.desk) == 1


def test_a_post_goes_on_in_other_hands(world: World):
    body = Body.objects.create(
        kind="commune_desk", name="Bộ phận", unit=world.unit, valid_from=date(2025, 7, 1)
    )
    post = Post.objects.create(
        body=body, person_name="Ông Cũ", position="in_charge", duty="Theo dõi", valid_from=date(2025, 7, 1)
    )
    new = hand_over(post, to="Bà Mới", on=date(2026, 2, 1), by=world.desk)
    assert (post.valid_to, post.successor, new.valid_from, new.duty) == (
        date(2026, 1, 31),
        new,
        date(2026, 2, 1),
        "Theo dõi",
    )
    assert refusal(hand_over, post, to="Ai", on=date(2026, 1, 1), by=world.desk) == "post.done"
    assert refusal(hand_over, new, to=" ", on=date(2026, 3, 1), by=world.desk) == "post.to"
    with pytest.raises(Forbidden):
        hand_over(new, to="Ai", on=date(2026, 3, 1), by=officer(UnitFactory()))
    assert refusal(end_post, new, on=date(2026, 1, 1), reason=PostEnd.MOVED, by=world.desk) == "post.day"
    end_post(new, on=date(2026, 6, 30), reason=PostEnd.MOVED, by=world.desk)
    assert (new.valid_to, new.term(date(2026, 7, 1)), new.term(date(2026, 6, 30))) == (
        date(2026, 6, 30),
        "đã hết",
        "đang giữ",
    )
