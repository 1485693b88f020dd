"""Capacity building: the year from need to certificate, a study tour, a contest, a matching seminar.

On the real units of Hà Tĩnh, through the pages of their people: the district in 2024, the commune in 2026.
"""

from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.testing import content_of, sheet_rows
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Producer
from ocop.training import codes
from ocop.training.actions import courses, people
from ocop.training.actions.plans import press_plan
from ocop.training.models import (
    Course,
    Entry,
    Evaluation,
    Participant,
    PlanLine,
    Session,
    Topic,
    Visit,
    YearPlan,
)
from ocop.units.models import Unit
from ocop.units.queries import committee_of, home_province
from tests.journeys.eras import Era, on

pytestmark = pytest.mark.django_db


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: Any, page: str, /, *args: Any, **data: Any) -> Any:
    """Send a form of a page; a page that shows the form again fails with what it says."""
    answer = signed(user).post(reverse(f"training:{page}", args=args), data)
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (
        page,
        answer.status_code,
        form.errors if form is not None else answer.content[:500],
    )
    return answer


def press(user: Any, row: Any, register: str, verb: str, **data: Any) -> None:
    """One press of a case, by its page or by the page of the verb."""
    if data.pop("form", False):
        post(user, f"{register}_verb", row.pk, verb, **data)
    else:
        post(user, f"{register}_press", row.pk, verb=verb, **data)
    row.refresh_from_db()


def producer_with_owner(era: Era, name: str, owner: str, unit: Unit, by: Any) -> tuple[Producer, Any]:
    row = open_producer(name=name, form="cooperative", unit=unit, by=by)
    user = era.user(owner)
    grant(row, user, kind="owner", by=None)
    return row, user


def said_needs(user: Any, whom: str, topics: list[Topic], persons: int) -> None:
    post(
        user,
        "say_needs",
        for_whom=whom,
        topics=[topic.pk for topic in topics],
        persons=persons,
        wish="học buổi tối",
    )


def a_year(era: Era, unit: Unit, officer: Any, leader: Any, year: int) -> tuple[YearPlan, PlanLine]:
    """The plan of a year out of what people said, approved by its paper."""
    name = f"Kế hoạch đào tạo OCOP {year} của {unit.full_name}"
    post(officer, "training_plans_create", title=name, year=year, unit=f"{unit.title} ({unit.code})")
    plan = YearPlan.objects.get(title=name)
    with pytest.raises(Refused) as refused:
        press_plan(plan, "submit", by=officer)
    assert refused.value.code == "plan.lines"
    topic = Topic.objects.get(key="ky-nang-so")
    post(officer, "fill_plan", plan.pk, topic=[topic.pk])
    line = plan.lines.get()
    press(officer, plan, "training_plans", "submit")
    assert (plan.state, Notice.objects.filter(to=leader, kind="case.training_plans").count()) == (
        "submitted",
        1,
    )
    press(
        leader,
        plan,
        "training_plans",
        "approve",
        form=True,
        number="15/KH-UBND",
        decided_on=clock.today().isoformat(),
    )
    assert (plan.state, plan.number) == ("approved", "15/KH-UBND")
    words = "\n".join(
        part.text for part in Document(BytesIO(paper(officer, plan, "training_plans", "ke-hoach"))).paragraphs
    )
    assert f"Kế hoạch đào tạo OCOP {year} của {unit.full_name}" in words
    return plan, line


def paper(user: Any, row: Any, register: str, key: str) -> bytes:
    answer = signed(user).get(reverse(f"training:{register}_paper", args=[row.pk, key]))
    assert answer.status_code == 200
    return content_of(answer)


def an_activity(officer: Any, unit: Unit, day: date, *, line: PlanLine | None = None, **more: Any) -> Course:
    data = {
        "title": "Kỹ năng số cho chủ thể OCOP", "kind": "course", "unit": f"{unit.title} ({unit.code})",
        "starts_on": day, "ends_on": day, "place": "Nhà văn hóa xã", "trainer": "ThS. Lê Thị Thử",
        "audience": "producer",
        "seats": 30, "planned_cost": 12_000_000, "line": line.pk if line else "", **more,
    }  # fmt: skip
    post(officer, "courses_create", **data)
    return Course.objects.latest("pk")


def a_session(officer: Any, course: Course, day: date, begins: str, ends: str, title: str) -> Session:
    post(
        officer,
        "course_sessions_create",
        course=course.pk,
        held_on=day,
        begins=begins,
        ends=ends,
        title=title,
    )
    return course.sessions.get(title=title)


def scan(user: Any, session: Session) -> Any:
    """The phone of a person: land on the code of the screen, press."""
    code = codes.make(session, codes.SCREEN, clock.now())
    client = signed(user)
    address = reverse("training:scan", args=[code])
    assert client.get(address).status_code == 200
    answer = client.post(address)
    return client.get(address) if answer.status_code == 302 else answer


def a_course_from_invitation_to_certificate(
    era: Era, unit: Unit, officer: Any, line: PlanLine, owners: list[tuple[Producer, Any]]
) -> Course:
    """Two sessions of a morning and an afternoon; one owner scans, one is ticked, one declines, one walks in."""
    today = clock.today()
    course = an_activity(officer, unit, today, line=line, topics=[line.topic_id])
    morning = a_session(officer, course, today, "08:30", "09:30", "Mở tài khoản bán hàng")
    later = a_session(officer, course, today, "09:40", "11:30", "Chụp ảnh sản phẩm")
    scanner, ticked, absent = (user for _, user in owners)
    page = signed(officer).get(reverse("training:invite", args=[course.pk])).content.decode()
    assert "Hãy chọn người để mời" not in page
    press(officer, course, "courses", "invite")
    post(officer, "invite", course.pk, producers=[row.pk for row, _ in owners])
    assert Notice.objects.filter(to=scanner, kind="training.invitation").count() == 1
    rows = {row.user_id: row for row in course.participants.all()}
    assert "Mời dự: Kỹ năng số" in signed(scanner).get(reverse("training:mine")).content.decode()
    post(scanner, "answer", rows[scanner.pk].pk, coming="1")
    post(ticked, "answer", rows[ticked.pk].pk, coming="1")
    refused = signed(absent).post(
        reverse("training:answer", args=[rows[absent.pk].pk]), {"coming": "0", "why": ""}
    )
    assert (refused.status_code, "lý do không dự" in refused.content.decode()) == (422, True)
    post(absent, "answer", rows[absent.pk].pk, coming="0", why="Bận thu hoạch bưởi")
    press(officer, course, "courses", "start")
    for one in (morning, later):
        assert "Đã điểm danh" in scan(scanner, one).content.decode()
        assert "Đã điểm danh" in scan(scanner, one).content.decode()
        assert one.attendances.count() == 1
        post(
            officer,
            "take",
            one.pk,
            present=[rows[ticked.pk].pk, rows[scanner.pk].pk],
            shown=[rows[scanner.pk].pk],
        )
        assert one.attendances.count() == 2
    post(
        officer, "add_person", course.pk, full_name="Hồ Văn Vãng Lai", phone="0912 000 111",
        audience="other", gender="male",
        unit=f"{era.commune.title} ({era.commune.code})",
    )  # fmt: skip
    walked_in = course.participants.get(full_name="Hồ Văn Vãng Lai")
    post(officer, "take", morning.pk, present=[walked_in.pk], shown=[])
    press(officer, course, "courses", "finish")
    assert (course.state, course.producers, course.others, course.officials, course.communes) == (
        "ended",
        2,
        1,
        0,
        1,
    )
    press(officer, course, "courses", "certify")
    press(officer, course, "courses", "certify")
    held = list(course.participants.exclude(serial="").order_by("serial"))
    assert {row.user_id for row in held} == {scanner.pk, ticked.pk}
    assert [row.serial for row in held] == [f"001/{course.code}", f"002/{course.code}"]
    check_certificate(scanner, course)
    for user in (scanner, ticked):
        post(
            user, "evaluate", course.participants.get(user=user).pk, content=5, trainer=4, organisation=5, usefulness=5,
            comment="Nên có thêm buổi thực hành",
        )  # fmt: skip
    assert Evaluation.objects.filter(course=course).count() == 2
    shown = signed(officer).get(course.get_absolute_url()).content.decode()
    assert ("Đã có 2 phiếu" in shown, "Nên có thêm buổi" in shown) == (True, False)
    refused = signed(officer).post(reverse("training:courses_verb", args=[course.pk, "close"]), {"cost": ""})
    assert refused.status_code == 422
    press(
        officer,
        course,
        "courses",
        "close",
        form=True,
        cost=11_500_000,
        unlisted=4,
        result="Học viên mở được gian hàng.",
    )
    assert (course.state, course.cost, course.attended, course.unlisted) == ("closed", 11_500_000, 7, 4)
    assert Document(BytesIO(paper(officer, course, "courses", "bao-cao"))).tables
    sheet = sheet_rows(paper(officer, course, "courses", "danh-sach"))
    assert [row[1] for row in sheet if row and isinstance(row[0], float)] == sorted(
        course.participants.values_list("full_name", flat=True)
    )
    return course


def check_certificate(user: Any, course: Course) -> None:
    """The holder's PDF, and what its code says to anybody, without the whole name."""
    row = course.participants.get(user=user)
    pdf = signed(user).get(reverse("training:certificate", args=[row.pk]))
    text = pypdf.PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert (row.serial in text, row.full_name in text) == (True, True)
    answer = Client().get(reverse("training_public:attendance_check", args=[row.code]))
    said = answer.content.decode()
    assert (answer.status_code, row.serial in said, row.full_name in said) == (200, True, False)
    assert Client().get(reverse("training_public:attendance_check", args=["ZZZZZZZZZZ"])).status_code == 404


@pytest.mark.journey("IV.2.2.a")
def test_a_district_trains_its_producers_in_2024(era: Era) -> None:
    with on("2024-03-05"):
        district, office = era.district, era.district_office()
        commune_officer, _ = era.commune_people()
        owners = [
            producer_with_owner(era, f"HTX Thử {name}", name, era.commune, commune_officer)
            for name in ("an", "binh", "cuc")
        ]
        topic = Topic.objects.get(key="ky-nang-so")
        for row, user in owners:
            said_needs(user, f"p{row.pk}", [topic, Topic.objects.get(key="an-toan-thuc-pham")], 2)
        said_needs(owners[0][1], f"p{owners[0][0].pk}", [topic], 3)
        said_needs(commune_officer, f"o{era.commune.pk}", [topic], 1)
        totals = signed(office.desk).get(reverse("training:need_totals")).context["topics"]
        first = totals[0]
        assert (first.topic, first.voices, first.producers, first.officials) == (topic, 4, 7, 1)
        plan, line = a_year(era, district, office.desk, office.leader, 2024)
        assert (line.producers, line.officials) == (7, 1)
        course = a_course_from_invitation_to_certificate(era, district, office.desk, line, owners)
        assert course.agency == committee_of(district, clock.today())
        page = signed(office.desk).get(plan.get_absolute_url()).context["progress"]
        assert [(one.held, one.persons, one.cost) for one in page] == [(1, 7, 11_500_000)]
        press(office.desk, plan, "training_plans", "close")
        assert plan.state == "closed"


@pytest.mark.journey("IV.2.2.a")
def test_a_commune_does_it_in_2026(era: Era) -> None:
    with on("2026-10-06"):
        officer, leader = era.commune_people()
        owners = [
            producer_with_owner(era, f"HTX Thử {name}", name, era.commune, officer)
            for name in ("an", "binh", "cuc")
        ]
        said_needs(owners[0][1], f"p{owners[0][0].pk}", [Topic.objects.get(key="ky-nang-so")], 5)
        _, line = a_year(era, era.commune, officer, leader, 2027)
        assert line.producers == 5
        course = a_course_from_invitation_to_certificate(era, era.commune, officer, line, owners)
        strange = era.give(
            "la", "commune_officer", committee_of(other_commune(), clock.today()), clock.today()
        )
        assert signed(strange).get(course.get_absolute_url()).status_code == 404


def other_commune() -> Unit:
    return Unit.objects.valid_on(clock.today()).get(code="18604")


@pytest.mark.journey("IV.2.2.a")
def test_a_forum_of_the_youth_counts_whom_nobody_wrote_down(era: Era) -> None:
    with on("2026-03-20"):
        office, home = era.province_office(), home_province(clock.today())
        forum = an_activity(
            office.desk, home, clock.today(), title="Diễn đàn khởi nghiệp thanh niên", kind="forum"
        )
        a_session(office.desk, forum, clock.today(), "08:00", "11:30", "Thảo luận")
        press(office.desk, forum, "courses", "invite")
        post(
            office.desk,
            "add_person",
            forum.pk,
            full_name="Lê Thị Đoàn Viên",
            audience="other",
            gender="female",
        )
        press(office.desk, forum, "courses", "start")
        person = forum.participants.get()
        post(office.desk, "take", forum.sessions.get().pk, present=[person.pk])
        post(office.desk, "contest_entries_create", course=forum.pk, title="Nấm rơm sấy lạnh", author="Nhóm Hương Sơn",
             went_on="on", went_on_on="2026-03-25")  # fmt: skip
        press(office.desk, forum, "courses", "finish")
        with pytest.raises(Refused) as refused:
            courses.press_course(forum, "certify", by=office.desk)
        assert refused.value.code == "course.kind"
        press(
            office.desk, forum, "courses", "close", form=True, cost=30_000_000, unlisted=250, ideas_onward=1
        )
        assert (forum.attended, forum.women, forum.ideas_onward) == (251, 1, 1)


@pytest.mark.journey("IV.2.2.b")
@pytest.mark.parametrize(
    ("day", "kind", "at_province"), [("2024-05-10", "tour", False), ("2026-05-12", "tour_abroad", True)]
)
def test_a_study_tour_brings_lessons_home(era: Era, day: str, kind: str, at_province: bool) -> None:
    with on(day):
        today = clock.today()
        office = era.province_office() if at_province else era.district_office()
        unit = home_province(today) if at_province else era.district
        officer, _ = era.commune_people()
        tour = an_activity(
            office.desk, unit, today, title="Tham quan mô hình OCOP", kind=kind, place="tỉnh Quảng Ninh"
        )
        session = a_session(office.desk, tour, today, "08:00", "17:00", "Tham quan HTX dược liệu")
        press(office.desk, tour, "courses", "invite")
        invited = (
            signed(office.desk)
            .get(reverse("training:invite", args=[tour.pk]))
            .context["form"]
            .fields["people"]
            .choices
        )
        assert str(officer.pk) in dict(invited)
        post(office.desk, "invite", tour.pk, people=[officer.pk])
        people.answer(tour.participants.get(), coming=True, by=officer)
        press(office.desk, tour, "courses", "start")
        assert "Đã điểm danh" in scan(officer, session).content.decode()
        press(office.desk, tour, "courses", "finish")
        assert (tour.officials, tour.producers) == (1, 0)
        with pytest.raises(Refused) as refused:
            courses.close_course(tour, cost=1, by=office.desk)
        assert refused.value.code == "tour.visits"
        data = {
            "course": tour.pk,
            "model_name": "HTX dược liệu làm du lịch",
            "place": "tỉnh Quảng Ninh",
            "adopted_places": 0,
        }
        post(office.desk, "tour_visits_create", **data, visited_on=day, adoption="not_yet")
        visit = Visit.objects.get()
        with pytest.raises(Refused) as refused:
            courses.close_course(tour, cost=1, by=office.desk)
        assert refused.value.code == "tour.lessons"
        version = (
            signed(office.desk)
            .get(reverse("training:tour_visits_edit", args=[visit.pk]))
            .context["form"]["opened_version"]
            .value()
        )
        lesson = {
            "lesson": "Gộp điểm bán với trải nghiệm hái thuốc.",
            "adoption": "planned",
            "opened_version": version,
        }
        post(office.desk, "tour_visits_edit", visit.pk, **data, **lesson)
        press(office.desk, tour, "courses", "certify")
        press(office.desk, tour, "courses", "close", form=True, cost=85_000_000)
        version = (
            signed(office.desk)
            .get(reverse("training:tour_visits_edit", args=[visit.pk]))
            .context["form"]["opened_version"]
            .value()
        )
        done = {"adoption": "adopted", "adopted_on": day, "adopted_by": "HTX Phúc Trạch", "adopted_places": 2}
        post(
            office.desk, "tour_visits_edit", visit.pk, **{**data, **lesson, **done, "opened_version": version}
        )
        visit.refresh_from_db()
        assert (tour.state, visit.adoption, visit.adopted_places) == ("closed", "adopted", 2)


@pytest.mark.journey("IV.2.2.c")
@pytest.mark.parametrize(("day", "local"), [("2024-08-15", True), ("2026-08-15", False)])
def test_a_contest_is_marked_and_its_ideas_go_on(era: Era, day: str, local: bool) -> None:
    with on(day):
        today = clock.today()
        office = era.district_office() if local else era.province_office()
        unit = era.district if local else home_province(today)
        contest = an_activity(office.desk, unit, today, title="Cuộc thi ý tưởng OCOP", kind="contest")
        session = a_session(office.desk, contest, today, "08:00", "17:00", "Thuyết trình")
        press(office.desk, contest, "courses", "invite")
        for title, author in (
            ("Trà lá sen", "Nhóm Sen"),
            ("Túi cói", "Nhóm Cói"),
            ("Mật ong lên men", "Nhóm Ong"),
        ):
            post(office.desk, "contest_entries_create", course=contest.pk, title=title, author=author)
        entries = {row.title: row for row in Entry.objects.order_by("pk")}
        post(
            office.desk, "add_person", contest.pk, full_name="Trần Thị Sen", audience="other", gender="female"
        )
        press(office.desk, contest, "courses", "start")
        post(office.desk, "take", session.pk, present=[Participant.objects.get().pk])
        for juror, points in (("Bà Hà", (90, 70, 80)), ("Ông Sơn", (85, 75, 80))):
            marks = {f"bai_{entries[title].pk}": value for title, value in zip(entries, points, strict=True)}
            post(office.desk, "marks", contest.pk, juror=juror, **marks)
        post(office.desk, "marks", contest.pk, juror="Ông Sơn", **{f"bai_{entries['Túi cói'].pk}": 65})
        table = signed(office.desk).get(reverse("training:marks", args=[contest.pk])).context["table"]
        assert [(entry.title, str(mean), rank) for entry, _, mean, rank in table] == [
            ("Trà lá sen", "87.50", 1), ("Mật ong lên men", "80.00", 2), ("Túi cói", "67.50", 3),
        ]  # fmt: skip
        press(office.desk, contest, "courses", "finish")
        with pytest.raises(Refused) as refused:
            courses.close_course(contest, cost=0, by=office.desk)
        assert refused.value.code == "contest.prizes"
        prizes = {f"giai_{row.pk}": "" for row in entries.values()}
        first = entries["Trà lá sen"].pk
        post(
            office.desk,
            "prizes",
            contest.pk,
            **{**prizes, f"giai_{first}": "first", f"tien_{first}": 5_000_000},
        )
        press(office.desk, contest, "courses", "close", form=True, cost=20_000_000, ideas_onward=2)
        assert (contest.state, contest.ideas_onward, Entry.objects.get(pk=first).prize_money) == (
            "closed",
            2,
            5_000_000,
        )


@pytest.mark.journey("IV.2.2.c")
def test_a_matching_seminar_counts_its_agreements(era: Era) -> None:
    with on("2026-09-10"):
        today, office = clock.today(), era.province_office()
        seminar = an_activity(
            office.desk, home_province(today), today, title="Tọa đàm kết nối đối tác", kind="matching"
        )
        session = a_session(office.desk, seminar, today, "08:00", "11:30", "Kết nối")
        press(office.desk, seminar, "courses", "invite")
        post(office.desk, "add_person", seminar.pk, full_name="Siêu thị Thử", audience="other")
        press(office.desk, seminar, "courses", "start")
        post(office.desk, "take", session.pk, present=[seminar.participants.get().pk])
        press(office.desk, seminar, "courses", "finish")
        refused = signed(office.desk).post(
            reverse("training:courses_verb", args=[seminar.pk, "close"]), {"cost": 0}
        )
        assert "Cần ghi số thỏa thuận đã ký" in refused.content.decode()
        press(
            office.desk,
            seminar,
            "courses",
            "close",
            form=True,
            cost=0,
            agreements=3,
            agreements_value=1_200_000_000,
        )
        assert (seminar.agreements, seminar.agreements_value) == (3, 1_200_000_000)
