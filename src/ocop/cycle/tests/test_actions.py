"""What ideas, meetings and plans can be asked to do, and by whom. Plan IV.3.2.a, IV.3.2.b."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ocop.cycle import actions
from ocop.cycle.models import CycleCalendar, Idea, IdeaCriterion, MeetingLine, PlanProgress
from ocop.cycle.queries.facts import known
from ocop.cycle.queries.plans import known_answers, plan_of
from ocop.cycle.rules.screens import IDEA_SCREENS, mark_of
from ocop.cycle.tests.world import (
    IDEA,
    SCORES,
    a_meeting,
    a_plan,
    an_idea,
    approved,
    make,
    registered,
    selected,
)
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.products.models import Product
from ocop.rulebook.models import DatedSetting

pytestmark = pytest.mark.django_db
DAY = "2026-06-15 09:00+07:00"


@pytest.fixture
def world(time_machine):
    time_machine.move_to(DAY)
    return make()


def notices(user):
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def test_the_criteria_add_up_to_a_hundred_and_are_loaded_once(world):
    from ocop.cycle.loader import load_criteria

    said = []
    load_criteria(said.append)
    assert said == ["tiêu chí xét chọn ý tưởng: thêm 0, đã có 6"]
    assert sum(IdeaCriterion.objects.values_list("most", flat=True)) == 100


def test_an_idea_is_begun_by_its_own_people_and_by_officers_of_the_place(world):
    idea = an_idea(world)
    assert (idea.state, idea.unit, idea.year, idea.opened_by) == ("draft", world.commune, 2026, world.owner)
    assert (
        actions.open_idea(world.producer, by=world["commune_officer"]).opened_by == world["commune_officer"]
    )
    for stranger in (world.stranger, world.neighbour, world["reader"]):
        with pytest.raises(Forbidden):
            actions.open_idea(world.producer, by=stranger)


def test_two_people_on_one_screen_notice_each_other(world):
    idea, screen = an_idea(world), IDEA_SCREENS[1]
    seen = mark_of(screen, {"description": IDEA["description"], "origin": IDEA["origin"]})
    actions.save_screen(
        idea, screen, values={"description": "Mứt dẻo.", "origin": ""}, by=world.owner, seen=seen
    )
    with pytest.raises(Stale):
        actions.save_screen(
            idea,
            screen,
            values={"description": "Mứt khô.", "origin": ""},
            by=world["commune_officer"],
            seen=seen,
        )
    again = actions.save_screen(
        idea, screen, values={"description": "Mứt dẻo.", "origin": ""}, by=world["commune_officer"], seen=seen
    )
    assert (again.description, again.origin, again.name) == ("Mứt dẻo.", "", "Mứt vỏ bưởi")
    with pytest.raises(Forbidden):
        actions.save_screen(idea, screen, values={}, by=world.stranger)


def test_an_idea_is_sent_complete_and_the_office_is_told(world):
    idea = an_idea(world, market="")
    with pytest.raises(Refused) as refused:
        actions.register_idea(idea, by=world.owner)
    assert refused.value.reason == "Còn thiếu: bán cho ai, ở đâu."
    actions.save_screen(
        idea,
        IDEA_SCREENS[4],
        values={"market": "Chợ", "expected_revenue": None, "wanted_help": ""},
        by=world.owner,
    )
    actions.register_idea(idea, by=world.owner)
    assert (idea.state, idea.due_on) == ("registered", None)
    assert notices(world["commune_officer"]) == ["Đã đăng ký, chờ xét chọn: Mứt vỏ bưởi"]
    with pytest.raises(Forbidden):
        actions.save_screen(idea, IDEA_SCREENS[0], values={"name": "Khác"}, by=world.owner)


def test_the_calendar_of_the_place_says_until_when_an_idea_is_answered(world):
    days = {"ideas_from": date(2026, 2, 1), "ideas_to": date(2026, 3, 31)}
    CycleCalendar(unit=world.province, year=2026, **days).save()
    idea = an_idea(world)
    actions.register_idea(idea, by=world.owner, at=datetime(2026, 3, 1, tzinfo=UTC))
    assert idea.due_on == date(2026, 3, 31)
    own = {"ideas_from": date(2026, 5, 1), "ideas_to": date(2026, 7, 31)}
    CycleCalendar(unit=world.commune, year=2026, **own).save()
    other = an_idea(world, name="Tinh dầu bưởi")
    actions.register_idea(other, by=world.owner, at=datetime(2026, 3, 1, tzinfo=UTC))
    assert other.due_on == date(2026, 7, 31)


def test_an_idea_that_comes_after_the_step_is_not_late_the_moment_it_comes(world, settings):
    """A calendar that ran out gives no day; an idea that was due keeps its day when it is put on a list late."""
    days = {"ideas_from": date(2026, 2, 1), "ideas_to": date(2026, 3, 31)}
    CycleCalendar(unit=world.province, year=2026, **days).save()
    last, after = (datetime(2026, *day, 9, tzinfo=UTC) for day in ((3, 31), (4, 1)))
    idea, late = an_idea(world), an_idea(world, name="Tinh dầu bưởi")
    for row, at in ((idea, last), (late, after)):
        actions.register_idea(row, by=world.owner, at=at)
    assert (idea.due_on, late.due_on) == (date(2026, 3, 31), None)
    meeting = a_meeting(world, "commune_officer")
    actions.list_ideas(meeting, [idea, late], by=world["commune_officer"], at=after)
    idea.refresh_from_db(), late.refresh_from_db()
    assert (idea.due_on, late.due_on) == (date(2026, 3, 31), None)


def test_an_idea_is_sent_back_with_a_reason_and_taken_back_with_one(world):
    idea = registered(world)
    with pytest.raises(Refused):
        actions.return_idea(idea, by=world["commune_officer"], reason=" ")
    actions.return_idea(idea, by=world["commune_officer"], reason="Ghi rõ nguồn nguyên liệu.")
    assert idea.state == "draft"
    assert notices(world.owner) == ["Đang soạn: Mứt vỏ bưởi"]
    actions.withdraw_idea(idea, by=world.owner, reason="Chưa đủ vốn.")
    assert (idea.state, idea.closed_at is not None) == ("withdrawn", True)


def test_a_meeting_takes_ideas_of_its_own_place_and_year_once(world):
    idea, meeting = registered(world), a_meeting(world, "commune_officer")
    older = registered(world, name="Năm trước", year=2025)
    with pytest.raises(Refused) as refused:
        actions.list_ideas(meeting, [older], by=world["commune_officer"])
    assert refused.value.code == "meeting.idea"
    actions.list_ideas(meeting, [idea], by=world["commune_officer"])
    with pytest.raises(Refused):
        actions.list_ideas(meeting, [idea], by=world["commune_officer"])
    with pytest.raises(Forbidden):
        actions.list_ideas(meeting, [older], by=world["commune_leader"])
    actions.drop_idea(idea, by=world["commune_officer"])
    idea.refresh_from_db()
    assert (idea.state, MeetingLine.objects.count()) == ("registered", 0)


def test_points_follow_the_criteria_and_the_facts(world):
    idea, meeting = registered(world, led_by_women=True), a_meeting(world, "commune_officer")
    (line,) = actions.list_ideas(meeting, [idea], by=world["commune_officer"])
    assert (line.scores, line.points) == ({"youth": 0, "women": 10}, 10)
    line = actions.score_idea(line, by=world["commune_officer"], scores={**SCORES, "women": 0})
    assert (line.points, line.verdict) == (70, "select")
    low = actions.score_idea(line, by=world["commune_officer"], scores=dict.fromkeys(SCORES, 5))
    assert (low.points, low.verdict) == (30, "refuse")
    with pytest.raises(Refused) as refused:
        actions.score_idea(line, by=world["commune_officer"], scores={"feasible": 26})
    assert refused.value.reason == "Ý tưởng khả thi: điểm phải từ 0 đến 25."


def test_an_approved_list_answers_every_idea(world):
    good, weak = registered(world), registered(world, name="Bột bưởi")
    meeting, officer, leader = (
        a_meeting(world, "commune_officer"),
        world["commune_officer"],
        world["commune_leader"],
    )
    first, second = actions.list_ideas(meeting, [good, weak], by=officer)
    actions.score_idea(first, by=officer, scores=SCORES)
    actions.score_idea(second, by=officer, scores=dict.fromkeys(SCORES, 3))
    with pytest.raises(Refused) as refused:
        actions.submit_list(meeting, by=officer)
    assert refused.value.code == "meeting.reason"
    actions.score_idea(second, by=officer, scores=dict.fromkeys(SCORES, 3), reason="Chưa có thị trường.")
    actions.submit_list(meeting, by=officer)
    with pytest.raises(Forbidden):
        actions.approve_list(meeting, by=officer, number="12/QĐ-UBND")
    with pytest.raises(Refused):
        actions.approve_list(meeting, by=leader, number="")
    actions.approve_list(meeting, by=leader, number="12/QĐ-UBND")
    states = dict(Idea.objects.values_list("name", "state"))
    assert states == {"Mứt vỏ bưởi": "selected", "Bột bưởi": "refused"}
    assert dict(Idea.objects.values_list("name", "points")) == {"Mứt vỏ bưởi": 60, "Bột bưởi": 12}
    assert (meeting.document_number, meeting.approved_on, meeting.approved_by) == (
        "12/QĐ-UBND", date(2026, 6, 15), leader,
    )  # fmt: skip
    told = Notice.objects.filter(to=world.owner).values_list("title", "text").order_by("pk")
    assert list(told)[-2:] == [
        ("Được chọn: Mứt vỏ bưởi", ""), ("Không được chọn: Bột bưởi", "Chưa có thị trường."),
    ]  # fmt: skip
    assert weak.moves.get(name="refuse").data == {"document": "12/QĐ-UBND"}


def test_a_cancelled_meeting_releases_its_ideas(world):
    idea, meeting = registered(world), a_meeting(world, "commune_officer")
    actions.list_ideas(meeting, [idea], by=world["commune_officer"])
    actions.cancel_meeting(meeting, by=world["commune_officer"], reason="Bão.")
    idea.refresh_from_db()
    assert (meeting.state, idea.state) == ("cancelled", "registered")


def test_the_points_needed_are_a_dated_setting(world):
    DatedSetting.objects.create(key="idea_points_needed", value=65, valid_from=date(2026, 6, 1))
    assert known("idea_points_needed", clock.today()) == 65
    idea, meeting = registered(world), a_meeting(world, "commune_officer")
    (line,) = actions.list_ideas(meeting, [idea], by=world["commune_officer"])
    assert actions.score_idea(line, by=world["commune_officer"], scores=SCORES).verdict == "refuse"


def test_a_plan_begins_with_what_the_idea_says_and_only_once(world):
    with pytest.raises(Refused):
        actions.open_plan(registered(world, name="Khác"), by=world.owner)
    idea = selected(world)
    plan = actions.open_plan(idea, by=world.owner)
    assert (plan.material_area, plan.labour_local, plan.market, plan.development, plan.revenue_1) == (
        IDEA["material"], 7, IDEA["market"], IDEA["description"], 600_000_000,
    )  # fmt: skip
    assert actions.open_plan(idea, by=world["commune_officer"]) == plan
    with pytest.raises(Forbidden):
        actions.open_plan(idea, by=world.stranger)


@pytest.mark.parametrize(
    ("first", "third", "holds"), [(500_000_000, 2_000_000_000, True), (499_999_999, 2_000_000_000, False)]
)
def test_priority_is_settled_when_the_plan_is_sent(world, first, third, holds):
    plan = a_plan(world, revenue_1=first, revenue_3=third)
    actions.submit_plan(plan, by=world.owner)
    assert (plan.state, plan.has_priority, plan.due_on) == ("submitted", holds, date(2026, 7, 6))


def test_the_thresholds_of_priority_are_dated(world):
    DatedSetting.objects.create(
        key="plan_priority_first_year", value=700_000_000, valid_from=date(2026, 6, 1)
    )
    plan = a_plan(world)
    actions.submit_plan(plan, by=world.owner)
    assert plan.has_priority is False


def test_a_plan_is_appraised_decided_and_carried_out(world):
    plan, officer, leader = a_plan(world), world["commune_officer"], world["commune_leader"]
    actions.submit_plan(plan, by=world.owner)
    with pytest.raises(Forbidden):
        actions.appraise_plan(plan, by=leader, appraisal="approve", text="Được.")
    with pytest.raises(Refused):
        actions.appraise_plan(plan, by=officer, appraisal="approve", text="")
    actions.appraise_plan(plan, by=officer, appraisal="refuse", text="Doanh thu chưa có căn cứ.")
    with pytest.raises(Refused) as refused:
        actions.approve_plan(plan, by=leader, number="34/QĐ-UBND")
    assert refused.value.code == "plan.against"
    actions.press_plan(plan, "reappraise", by=leader, reason="Xem lại hợp đồng bao tiêu.")
    actions.appraise_plan(plan, by=officer, appraisal="approve", text="Đã có hợp đồng.")
    with pytest.raises(Refused) as refused:
        actions.approve_plan(plan, by=leader, number="34/QĐ-UBND", on=clock.today() - timedelta(days=1))
    assert refused.value.code == "decision.early"
    actions.approve_plan(plan, by=leader, number="34/QĐ-UBND")
    assert (plan.state, plan.decision_number, plan.due_on) == ("approved", "34/QĐ-UBND", date(2026, 7, 10))


def test_a_quarter_is_reported_once_in_its_time_and_moves_the_deadline(world):
    plan = approved(world)
    report = actions.report_quarter(
        plan, by=world.owner, year=2026, quarter=2, done_percent=30, revenue=90_000_000, spent=70_000_000
    )
    assert (str(report), plan.due_on) == ("Quý II/2026", date(2026, 10, 10))
    facts = {"done_percent": 40, "revenue": 0, "spent": 0}
    for year, quarter, code in (
        (2026, 2, "progress.twice"),
        (2026, 1, "progress.early"),
        (2026, 3, "progress.future"),
    ):
        with pytest.raises(Refused) as refused:
            actions.report_quarter(plan, by=world.owner, year=year, quarter=quarter, **facts)
        assert refused.value.code == code
    assert PlanProgress.objects.count() == 1


def test_the_product_is_entered_once_with_what_is_known(world):
    plan = approved(world)
    product = actions.open_product_of(plan, by=world.owner)
    assert (product.name, product.spec, product.description, product.group) == (
        "Mứt vỏ bưởi", "Hộp giấy 200 g", IDEA["description"], plan.idea.group,
    )  # fmt: skip
    plan.idea.refresh_from_db()
    assert (plan.product, plan.idea.product, plan_of(product)) == (product, product, plan)
    with pytest.raises(Refused) as refused:
        actions.open_product_of(plan, by=world.owner)
    assert (refused.value.code, Product.objects.count()) == ("plan.product", 1)
    assert known_answers(plan) == {
        "spec": "Hộp giấy 200 g", "material_area": IDEA["material"], "material_local_share": 90, "labour_total": 8,
        "labour_local": 7, "technology": "Sấy lạnh.", "market": IDEA["market"], "plan": IDEA["description"],
    }  # fmt: skip


def test_a_plan_ends_with_its_result(world):
    plan = approved(world)
    with pytest.raises(Refused):
        actions.finish_plan(plan, by=world["commune_officer"], result="Xong.")
    actions.report_quarter(plan, by=world.owner, year=2026, quarter=2, done_percent=100, revenue=1, spent=1)
    with pytest.raises(Refused):
        actions.finish_plan(plan, by=world["commune_officer"], result="")
    actions.finish_plan(
        plan, by=world["commune_officer"], result="Đã bán ở 12 cửa hàng.", revenue=640_000_000
    )
    assert (plan.state, plan.result_revenue, plan.finished_on, plan.due_on) == (
        "finished", 640_000_000, date(2026, 6, 15), None,
    )  # fmt: skip


def test_revenue_of_a_full_year_of_reports_is_known_to_the_dossier(world, time_machine):
    plan = approved(world)
    time_machine.move_to("2027-12-20 09:00+07:00")
    for quarter in (1, 2, 3, 4):
        actions.report_quarter(
            plan, by=world.owner, year=2027, quarter=quarter, done_percent=100, revenue=150_000_000, spent=1
        )
    assert known_answers(plan)["revenue"] == 600_000_000
