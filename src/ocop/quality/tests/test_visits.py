"""A visit: announced, answered on two phones, signed, concluded; who may do what when."""

from datetime import date, timedelta

import pytest

from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.products.tests.factories import stored_photo
from ocop.quality import queries
from ocop.quality.actions import visits
from ocop.quality.enums import VisitState
from ocop.quality.models import Answer, AnswerEntry, Checklist, Question, TeamMember, Visit
from ocop.quality.tests.world import questions


def test_an_unplanned_visit_needs_ground_and_reason_and_its_own_agency(world):
    today = clock.today()
    facts = {
        "producer": world.producer,
        "agency": world.agencies["health"],
        "first_on": today,
        "last_on": today,
    }
    with pytest.raises(Forbidden):
        visits.open_unplanned(**facts, ground="complaint", reason="x", by=world["trade"])
    with pytest.raises(Refused) as refused:
        visits.open_unplanned(**facts, ground="complaint", reason=" ", by=world["health"])
    assert refused.value.code == "visit.reason"


def test_the_producer_learns_of_a_visit_when_it_is_announced(world):
    visit = world.visit()
    assert not Visit.objects.all().visible_to(world["owner"]).exists()
    assert Visit.objects.all().visible_to(world["commune"]).get() == visit
    visits.announce_visit(
        visit, visit_on=clock.today(), decision_number="5/QĐ", decision_on=clock.today(), lead=world["health"],
        members=[world["trade"]], by=world["health"],
    )  # fmt: skip
    assert Visit.objects.all().visible_to(world["owner"]).get() == visit
    assert not Visit.objects.all().visible_to(world["stranger"]).exists()
    (notice,) = Notice.objects.filter(to=world["owner"])
    assert (notice.kind, notice.url) == ("case.quality-visits", visit.get_absolute_url())
    assert set(TeamMember.objects.values_list("user__username", "duty")) == {
        ("q-health", "lead"), ("q-trade", "member"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["decision_number", "visit_on", "lead"])
def test_a_team_has_head_decision_and_day(world, name):
    today = clock.today()
    values = {"visit_on": today, "decision_number": "5/QĐ", "decision_on": today, "lead": world["health"]}
    with pytest.raises(Refused):
        visits.announce_visit(
            world.visit(), **(values | {name: "" if name == "decision_number" else None}), by=world["health"]
        )
    assert Visit.objects.get().state == VisitState.PLANNED


def test_only_the_team_begins_and_the_list_of_the_day_is_kept(world):
    visit = world.visit(state="announced")
    with pytest.raises(Forbidden):
        visits.begin_visit(visit, by=world["trade"])
    visits.begin_visit(visit, by=world["health2"])
    assert (visit.state, visit.checklist) == (VisitState.UNDER_WAY, Checklist.objects.get())


def test_what_comes_twice_counts_once(world):
    visit = world.visit(state="under_way")
    question = questions(visit)[0]
    for _ in range(2):
        visits.answer_question(
            visit, question, value="no", note="Thiếu hạn dùng", key="k1", base=0, by=world["health"]
        )
    assert (Answer.objects.get().version, AnswerEntry.objects.count()) == (1, 1)
    visits.answer_question(visit, question, value="yes", key="k2", base=1, by=world["health"])
    visits.answer_question(
        visit, question, value="no", note="Thiếu hạn dùng", key="k1", base=0, by=world["health"]
    )
    assert (Answer.objects.get().value, Answer.objects.get().version) == ("yes", 2)


def test_two_people_who_answer_otherwise_notice_each_other(world):
    visit = world.visit(state="under_way")
    question = questions(visit)[0]
    visits.answer_question(visit, question, value="yes", base=0, key="a", by=world["health"])
    with pytest.raises(visits.Differs) as differs:
        visits.answer_question(visit, question, value="no", base=0, key="b", by=world["health2"])
    assert (differs.value.held.value, AnswerEntry.objects.count()) == ("yes", 1)
    assert "Người health đã trả lời câu này" in differs.value.reason
    visits.answer_question(visit, question, value="no", base=1, key="b", by=world["health2"])
    assert (Answer.objects.get().value, Answer.objects.get().by) == ("no", world["health2"])


def test_only_the_team_answers_only_while_it_is_under_way_only_its_list(world):
    visit = world.visit(state="under_way")
    question = questions(visit)[0]
    for user in (world["trade"], world["owner"]):
        with pytest.raises(Forbidden):
            visits.answer_question(visit, question, value="yes", by=user)
    old = Checklist.objects.create(
        slug="khac", name="Khác", valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31)
    )
    other = Question.objects.create(checklist=old, code="Z", area="label", text="Câu khác")
    with pytest.raises(Refused) as refused:
        visits.answer_question(visit, other, value="yes", by=world["health"])
    assert refused.value.code == "answer.question"
    signed = world.visit(state="signed")
    with pytest.raises(Forbidden):
        visits.answer_question(signed, question, value="no", by=world["health"])


def test_photographs_are_put_once_and_read_by_whoever_sees_the_visit(world):
    visit = world.visit(state="under_way")
    photo = stored_photo(world["health"])
    question = questions(visit)[0]
    for _ in range(2):
        visits.add_photos(visit, question, [photo], by=world["health"])
    assert visit.photos.count() == 1
    readers = {name for name in world.people if queries.may_read_file(world[name], photo)}
    assert readers == set(world.people) - {"stranger"}
    visits.remove_photo(visit.photos.get(), by=world["health2"])
    assert visit.photos.count() == 0


def test_minutes_are_signed_when_every_question_is_answered_by_a_name_or_a_reason(world):
    visit = world.visit(state="under_way")
    asked = questions(visit)
    for question in asked[1:]:
        visits.answer_question(visit, question, value="yes", by=world["health"])
    with pytest.raises(Refused) as refused:
        visits.sign_minutes(visit, by=world["health"])
    assert [one.code for one in refused.value.refusals] == ["visit.missing", "visit.signer"]
    visits.answer_question(visit, asked[0], value="na", by=world["health"])
    visits.sign_minutes(visit, unsigned_reason="Chủ cơ sở vắng mặt", by=world["health"])
    assert (visit.state, visit.due_on) == (VisitState.SIGNED, clock.today() + timedelta(days=15))


@pytest.mark.parametrize(
    ("outcome", "code"),
    [("remedies", "visit.remedies"), ("violations", "visit.violations"), ("", "visit.outcome")],
)
def test_a_conclusion_stands_on_what_was_written(world, outcome, code):
    visit = world.visit(state="signed")
    with pytest.raises(Refused) as refused:
        visits.conclude_visit(visit, outcome=outcome, conclusion="Kết luận.", by=world["health"])
    assert [one.code for one in refused.value.refusals] == [code]


def test_a_visit_without_anything_to_remedy_ends_with_its_conclusion(world):
    visit = world.visit(state="signed")
    with pytest.raises(Forbidden):  # the head concludes, not a member
        visits.conclude_visit(visit, outcome="passed", conclusion="Đạt.", by=world["health2"])
    visits.conclude_visit(visit, outcome="passed", conclusion="Đạt.", by=world["health"])
    assert [move.name for move in visit.moves.all()] == [
        "open",
        "announce",
        "begin",
        "sign",
        "conclude",
        "close",
    ]


def test_others_near_are_said_before_an_unplanned_visit(world):
    visit, today = world.visit(), clock.today()
    assert queries.others_near(world.producer.pk, today + timedelta(days=89), today + timedelta(days=89)) == [
        visit
    ]
    assert (
        queries.others_near(world.producer.pk, today + timedelta(days=90), today + timedelta(days=90)) == []
    )
    visits.drop_visit(visit, by=world["health"], reason="Cơ sở tạm nghỉ")
    assert queries.others_near(world.producer.pk, today, today) == []
