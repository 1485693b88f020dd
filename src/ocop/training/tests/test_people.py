"""Inviting, attendance by code and by list, evaluation, certificates, who sees what."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
import time_machine
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.tests.factories import UserFactory
from ocop.audit.models import Event
from ocop.files.models import StoredFile
from ocop.files.permissions import may_read
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.training import codes
from ocop.training.actions import courses, people
from ocop.training.enums import Answer, CameBy
from ocop.training.models import Attendance, Evaluation, Participant
from ocop.training.papers import certificate_pdf
from ocop.training.queries.mine import mine, opinion_of, todos
from ocop.training.tests.world import World, at, course_of, make_world
from ocop.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
GOOD = {"content": 5, "trainer": 4, "organisation": 5, "usefulness": 3}


@pytest.fixture
def world() -> World:
    return make_world()


def signed(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def held(world: World, number: int = 3):
    """An activity of today that ended, everybody of the list in both sessions."""
    course = course_of(world)
    users = UserFactory.create_batch(number)
    people.invite(course, people=users, by=world.desk)
    courses.press_course(start_ready(course), "start", by=world.desk)
    for session in course.sessions.all():
        people.tick(session, present=[row.pk for row in course.participants.all()], shown=[], by=world.desk)
    courses.press_course(course, "finish", by=world.desk)
    return course, users


def start_ready(course):
    row = course.participants.first()
    people.answer(row, coming=True, by=row.user)
    return course


def test_an_invitation_reaches_the_owner_once_and_a_producer_without_account_by_name(world: World):
    course, silent = course_of(world), ProducerFactory(unit=world.unit)
    for _ in range(2):
        people.invite(course, people=[world.leader], producers=[world.producer, silent], by=world.desk)
    rows = {row.full_name: (row.user, row.audience, row.answer) for row in course.participants.all()}
    assert rows == {
        world.leader.full_name: (world.leader, "official", Answer.INVITED),
        world.owner.full_name: (world.owner, "producer", Answer.INVITED),
        f"Đại diện {silent.public_name}": (None, "producer", Answer.INVITED),
    }
    assert Notice.objects.filter(kind="training.invitation", to=world.owner).count() == 1
    assert [todo.title for todo in todos(world.owner, clock.today())] == ["Trả lời giấy mời: Kỹ năng số"]


def test_nobody_is_invited_before_the_invitations_are_open_nor_by_strangers(world: World):
    course = course_of(world, state="planned")
    assert refusal(people.invite, course, people=[world.leader], by=world.desk) == "invite.state"
    with pytest.raises(Forbidden):
        people.invite(course, people=[world.leader], by=officer(UnitFactory()))
    with pytest.raises(Forbidden):
        people.invite(course, people=[world.leader], by=world.leader)


def test_a_no_says_why_and_only_the_invited_answers(world: World):
    course = course_of(world)
    (row,) = people.invite(course, people=[world.leader], by=world.desk)
    assert refusal(people.answer, row, coming=False, by=world.leader) == "invite.why"
    with pytest.raises(Forbidden):
        people.answer(row, coming=True, by=world.owner)
    people.answer(row, coming=False, why="Bận họp", by=world.leader)
    assert (row.answer, row.declined_why) == (Answer.DECLINED, "Bận họp")
    people.answer(row, coming=True, by=world.leader)
    assert (row.answer, row.declined_why) == (Answer.ACCEPTED, "")


def test_a_cancelled_activity_tells_the_invited(world: World):
    course = course_of(world)
    (row,) = people.invite(course, people=[world.leader], by=world.desk)
    assert refusal(courses.press_course, course, "cancel", by=world.desk) == "flow.reason"
    courses.press_course(course, "cancel", by=world.desk, reason="Bão số 5")
    told = Notice.objects.filter(to=world.leader, title__startswith="Đã hủy").get()
    assert (told.text, refusal(people.answer, row, coming=True, by=world.leader)) == (
        "Bão số 5",
        "invite.over",
    )


def test_scanning_twice_counts_once_and_who_was_not_invited_walks_in(world: World):
    course = course_of(world)
    first = course.sessions.first()
    (row,) = people.invite(course, people=[world.leader], by=world.desk)
    held_row, is_new = people.scan(first, by=world.leader, at=at(first))
    again, is_new_again = people.scan(first, by=world.leader, at=at(first, 40))
    row.refresh_from_db()
    assert (is_new, is_new_again, held_row, row.answer) == (True, False, again, Answer.ACCEPTED)
    people.scan(first, by=world.owner, at=at(first))
    walked = course.participants.get(user=world.owner)
    assert (walked.answer, walked.producer, walked.unit, walked.audience) == (
        Answer.WALK_IN, world.producer, world.unit, "producer",
    )  # fmt: skip
    assert refusal(people.scan, course.sessions.last(), by=world.owner, at=at(first, -30)) == "scan.early"
    assert refusal(people.scan, first, by=UserFactory(), at=at(first, 200)) == "scan.late"


def test_the_phone_number_on_the_list_becomes_the_person_who_scans(world: World):
    course = course_of(world)
    row = people.add_person(course, full_name="Bà Lan", phone="0912 345 678", by=world.desk)
    assert people.add_person(course, full_name="Bà Lan viết lại", phone="+84912345678", by=world.desk) == row
    assert (
        refusal(people.add_person, course, full_name="Sai số", phone="123", by=world.desk) == "people.phone"
    )
    user = UserFactory(phone="+84912345678")
    session = course.sessions.first()
    people.scan(session, by=user, at=at(session))
    row.refresh_from_db()
    assert (row.user, course.participants.count()) == (user, 1)


def test_the_list_writes_only_what_was_changed_there(world: World):
    course = course_of(world)
    session = course.sessions.first()
    ours, scanner = (
        people.add_person(course, full_name=name, by=world.desk) for name in ("Ông Tư", "Bà Năm")
    )
    people.tick(session, present=[ours.pk], shown=[], by=world.desk)
    Attendance.objects.create(
        session=session, participant=scanner, how=CameBy.SCAN, at=clock.now(), by=world.owner
    )
    assert people.tick(session, present=[ours.pk], shown=[ours.pk], by=world.desk) == (0, 0)
    assert session.attendances.count() == 2
    assert people.tick(session, present=[scanner.pk], shown=[ours.pk, scanner.pk], by=world.desk) == (0, 1)
    assert [row.participant for row in session.attendances.all()] == [scanner]
    later = course_of(world, day=clock.today() + timedelta(days=3))
    early = refusal(people.tick, later.sessions.first(), present=[], shown=[], by=world.desk)
    assert early == "list.early"


def test_certificates_are_for_those_who_were_there_enough(world: World):
    course = course_of(world)
    rows = [people.add_person(course, full_name=name, by=world.desk) for name in ("An", "Bình")]
    first, second = course.sessions.all()
    people.tick(first, present=[row.pk for row in rows], shown=[], by=world.desk)
    people.tick(second, present=[rows[0].pk], shown=[], by=world.desk)
    courses.press_course(course, "start", by=world.desk)
    courses.press_course(course, "finish", by=world.desk)
    courses.press_course(course, "certify", by=world.desk)
    assert [row.full_name for row in courses.certificates_of(course)] == ["An"]
    code = Participant.objects.get(full_name="An").code
    people.tick(second, present=[row.pk for row in rows], shown=[rows[0].pk], by=world.desk)
    courses.press_course(course, "certify", by=world.desk)
    assert [(row.full_name, row.serial[:3]) for row in courses.certificates_of(course)] == [
        ("An", "001"),
        ("Bình", "002"),
    ]
    assert Participant.objects.get(full_name="An").code == code
    people.tick(second, present=[], shown=[row.pk for row in rows], by=world.desk)
    assert second.attendances.count() == 2


def test_a_certificate_opens_for_its_holder_and_the_organiser_and_says_little_to_others(world: World):
    course, users = held(world)
    courses.press_course(course, "certify", by=world.desk)
    row = course.participants.get(user=users[0])
    address = reverse("training:certificate", args=[row.pk])
    found = [signed(user).get(address).status_code for user in (users[0], world.desk, users[1])]
    assert found == [200, 200, 403]
    assert Event.objects.filter(verb="training.certificate_taken").count() == 1
    typed = row.code.lower()
    public = reverse("training_public:attendance_check", args=[row.code])
    assert Client().get(reverse("training_public:attendance_check", args=[typed])).url == public
    said = Client().get(public).content.decode()
    assert (row.full_name in said, "Người … " in said) == (False, True)
    assert "genuine" in Client().get(f"/en{public}").content.decode()


@pytest.mark.parametrize("sign_pair", ["T4", "FJ", "VJ", "YJ", "TJ"])
def test_the_number_of_a_certificate_is_copied_out_of_its_file_without_a_gap(world: World, sign_pair: str):
    # Kerning moves these pairs so far together that readers of the file see a space between them.
    course, _users = held(world, number=1)
    row = course.participants.get()
    row.serial, row.code, row.certified_on = f"001/TH-{sign_pair * 3}", sign_pair * 5, clock.today()
    text = pypdf.PdfReader(BytesIO(certificate_pdf(row))).pages[0].extract_text()
    assert (row.serial in text, row.code in text) == (True, True)


def test_an_evaluation_is_given_once_and_knows_nobody(world: World):
    course, users = held(world)
    rows = {user.pk: course.participants.get(user=user) for user in users}
    for user in users[:2]:
        people.evaluate(rows[user.pk], scores=GOOD, comment="Hay", by=user)
    assert refusal(people.evaluate, rows[users[0].pk], scores=GOOD, by=users[0]) == "evaluation.twice"
    with pytest.raises(Forbidden):
        people.evaluate(rows[users[2].pk], scores=GOOD, by=users[0])
    assert (opinion_of(course).answers, opinion_of(course).is_shown) == (2, False)
    page = signed(world.desk).get(course.get_absolute_url()).content.decode()
    assert ("Đã có 2 phiếu" in page, "Hay" in page) == (True, False)
    people.evaluate(rows[users[2].pk], scores={**GOOD, "content": 2}, by=users[2])
    opinion = opinion_of(course)
    assert (opinion.is_shown, dict(opinion.means)["Nội dung"], opinion.comments) == (
        True,
        4.0,
        ["Hay", "Hay"],
    )
    fields = {field.name for field in Evaluation._meta.get_fields()}
    assert fields == {"key", "course", "content", "trainer", "organisation", "usefulness", "comment", "on"}


def test_who_was_not_there_does_not_evaluate(world: World):
    course = course_of(world)
    (row,) = people.invite(course, people=[world.leader], by=world.desk)
    assert refusal(people.evaluate, row, scores=GOOD, by=world.leader) == "evaluation.early"


def test_materials_open_for_whoever_is_on_the_list(world: World):
    course = course_of(world)
    pdf = SimpleUploadedFile("tai-lieu.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    file = StoredFile.objects.create(
        sha256="0" * 64, source_sha256="0" * 64, size=pdf.size, content_type="application/pdf", name="tai-lieu.pdf",
        uploaded_by=world.desk, at=clock.now(),
    )  # fmt: skip
    course.files.add(file)
    stranger = UserFactory()
    assert [may_read(user, file) for user in (world.desk, world.owner, stranger)] == [True, False, False]
    people.invite(course, producers=[world.producer], by=world.desk)
    assert [may_read(user, file) for user in (world.owner, stranger)] == [True, False]
    assert [one.course for one in mine(world.owner)] == [course]


def test_phones_stand_on_the_organisers_list_alone(world: World):
    course = course_of(world)
    people.add_person(course, full_name="Bà Lan", phone="0912345678", by=world.desk)
    session = course.sessions.first()
    assert (
        "0912 345 678" in signed(world.desk).get(reverse("training:take", args=[session.pk])).content.decode()
    )
    assert signed(world.leader).get(reverse("training:take", args=[session.pk])).status_code == 403
    for page in (course.get_absolute_url(), course.participants.get().get_absolute_url()):
        said = signed(world.leader).get(page).content.decode()
        assert ("0912 345 678" in said, "345" in said) == (False, False)
    assert Event.objects.filter(verb="training.list_opened").count() == 1
    paper = reverse("training:courses_paper", args=[course.pk, "danh-sach"])
    assert [signed(user).get(paper).status_code for user in (world.desk, world.leader)] == [200, 404]


class TestScanPage:
    """The page that a phone lands on."""

    def _code(self, world: World, kind: str = codes.SCREEN):
        session = course_of(world, sessions=1).sessions.get()
        return session, reverse("training:scan", args=[codes.make(session, kind, clock.now())])

    def test_a_code_that_nobody_made_is_none(self, world: World):
        assert signed(world.owner).get(reverse("training:scan", args=["1-m-ab.gia-mao"])).status_code == 404

    def test_a_code_sent_on_is_stale_but_who_scanned_in_time_may_sign_in_first(self, world: World):
        with time_machine.travel(
            clock.now().replace(hour=18, minute=0), tick=False
        ) as traveller:  # 1 a.m. local time
            session, address = self._code(world)
            phone = Client()
            landed = phone.get(address)
            assert (landed.status_code, landed.url.startswith("/tai-khoan/")) == (302, True)
            traveller.shift(timedelta(minutes=15))
            assert signed(world.leader).get(address).status_code == 410
            phone.force_login(world.owner)
            assert phone.get(address).status_code == 200
            assert phone.post(address).status_code == 302
            assert "Đã điểm danh" in phone.get(address).content.decode()
            traveller.shift(timedelta(minutes=60))
            assert "Đã điểm danh" in signed(world.owner).get(address).content.decode()
            assert session.attendances.get().how == CameBy.SCAN

    def test_twenty_minutes_later_the_browser_scans_anew(self, world: World):
        with time_machine.travel(clock.now().replace(hour=18, minute=0), tick=False) as traveller:
            _, address = self._code(world)
            phone = signed(world.owner)
            phone.get(address)
            traveller.shift(timedelta(minutes=21))
            assert phone.get(address).status_code == 410
            BrowserSession.objects.all().delete()

    def test_a_printed_code_lives_as_long_as_the_session_takes_attendance(self, world: World):
        with time_machine.travel(clock.now().replace(hour=17, minute=0), tick=False) as traveller:
            _, address = self._code(world, codes.PAPER)
            traveller.shift(timedelta(minutes=80))
            phone = signed(world.owner)
            assert phone.get(address).status_code == 200
            assert phone.post(address).status_code == 302
            traveller.shift(timedelta(hours=6))
            late = signed(world.leader).post(address)
            assert (late.status_code, "đã kết thúc" in late.content.decode()) == (422, True)

    def test_the_screen_turns_by_itself_and_only_for_the_organiser(self, world: World):
        session, _ = self._code(world)
        address = reverse("training:screen", args=[session.pk])
        whole = signed(world.desk).get(address).content.decode()
        part = signed(world.desk).get(address, headers={"HX-Request": "true"}).content.decode()
        assert ('hx-trigger="every 30s"' in whole, 'http-equiv="refresh"' in whole) == (True, True)
        assert ("<svg" in part, "<html" in part) == (True, False)
        assert [signed(user).get(address).status_code for user in (world.leader, world.owner)] == [403, 404]
