"""The demo's step: what is missing is written, nothing twice."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.rulebook.queries import setting
from ocop.training.actions import courses as acts
from ocop.training.actions import people as lists
from ocop.training.actions.plans import approve_plan, line_from_needs, open_plan, press_plan
from ocop.training.demo.apparatus import load_apparatus
from ocop.training.demo.history import evaluations, write
from ocop.training.demo.names import is_woman, name
from ocop.training.demo.seasons import past_of
from ocop.training.enums import ActivityKind, Adoption, Audience, Prize
from ocop.training.models import (
    Course,
    Entry,
    Evaluation,
    JuryScore,
    Need,
    Participant,
    PlanLine,
    Session,
    Topic,
    Visit,
    YearPlan,
)
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import committee_of, district_of, home_province, tree_on, unit_on

Log = Callable[[str], None]
VISITS = (
    (
        "HTX dược liệu làm du lịch cộng đồng",
        "tỉnh Quảng Ninh",
        "Gộp điểm bán OCOP với trải nghiệm hái thuốc.",
    ),
    (
        "Trung tâm OCOP cấp tỉnh",
        "tỉnh Quảng Ninh",
        "Một nơi bán, giới thiệu, đóng gói cho nhiều chủ thể nhỏ.",
    ),
    (
        "Làng nghề gốm bán hàng trực tuyến",
        "tỉnh Bắc Ninh",
        "Mỗi hộ một gian hàng, hợp tác xã giao hàng chung.",
    ),
)
ENTRIES = (
    ("Trà lá sen sấy lạnh", "Nhóm Sen Hồng", (92, 88, 90)),
    ("Túi đi chợ bằng cói", "Tổ phụ nữ xã biển", (85, 80, 83)),
    ("Mật ong lên men", "Nhóm thanh niên Hương Sơn", (79, 84, 80)),
    ("Bưởi sấy dẻo", "Hộ trẻ Phúc Trạch", (88, 86, 84)),
    ("Muối gia vị rong biển", "Nhóm Kỳ Xuân", (70, 72, 75)),
)


def load(log: Log) -> None:
    """Apparatus, years of activities, needs and plans, and what is open at the home commune of the personas."""
    today = clock.today()
    province = home_province(today)
    with transaction.atomic():
        bodies, posts = load_apparatus(province, today)
        if not Course.objects.filter(is_demo=True).exists():
            made = _history(province, today)
            _needs(province, today)
            _plans(province, today)
            _open(today)
            log(f"Đào tạo: {made} hoạt động đã qua; bộ máy: {bodies} tổ chức, {posts} người")


def _desk(today: date) -> Any:
    """Who keeps the province's activities in the demo."""
    return persona_user("tham-muu")


def _history(province: Unit, today: date) -> int:
    topics = {topic.key: topic for topic in Topic.objects.all()}
    percent = int(setting("training_certificate_percent", settings.OCOP_PROVINCE, today))
    by = _desk(today)
    courses = write(past_of(province, today, topics, percent, by))
    forms = [
        form for number, course in enumerate(courses) for form in evaluations(course, number, 6 + number % 9)
    ]
    Evaluation.objects.bulk_create(forms, batch_size=200)
    for course in courses:
        if course.kind == ActivityKind.TOUR:
            _visits(course)
        if course.kind == ActivityKind.CONTEST:
            _entries(course, by)
    return len(courses)


def _visits(course: Course) -> None:
    for place, (model_name, where, lesson) in enumerate(VISITS):
        done = course.starts_on + timedelta(days=120) <= clock.today() and place < 2
        Visit.objects.create(
            course=course, model_name=model_name, place=where, lesson=lesson, visited_on=course.starts_on,
            adoption=Adoption.ADOPTED if done else Adoption.PLANNED, adopted_places=2 if done else 0,
            adopted_on=course.starts_on + timedelta(days=100) if done else None,
            adopted_by="các xã có làng nghề" if done else "",
        )  # fmt: skip


def _entries(course: Course, by: Any) -> None:
    prizes = (Prize.FIRST, Prize.THIRD, "", Prize.SECOND, "")
    for (title, author, marks), prize in zip(ENTRIES, prizes, strict=True):
        entry = Entry.objects.create(
            course=course, title=title, author=author, prize=prize, prize_money=3_000_000 if prize else 0,
            went_on=prize in (Prize.FIRST, Prize.SECOND),
            went_on_on=course.starts_on + timedelta(days=30) if prize in (Prize.FIRST, Prize.SECOND) else None,
        )  # fmt: skip
        for juror, points in zip(("Bà Nguyễn Thị Hà", "Ông Trần Sơn", "Bà Lê Thu"), marks, strict=True):
            JuryScore.objects.create(
                entry=entry, juror=juror, points=points, by=by, at=entry.course.opened_at
            )


def _needs(province: Unit, today: date) -> None:
    """What communes said for this year and the next; most of them, not all."""
    topics = list(Topic.objects.all())
    tree = tree_on(today, province)
    communes = [unit for unit in tree.units.values() if unit.level == UnitLevel.COMMUNE]
    by, made = _desk(today), []
    for year in (today.year, today.year + 1):
        for number, unit in enumerate(communes):
            if number % 4 == 3:
                continue
            for step in range(2 + number % 3):
                topic = topics[(number * 3 + step * 5 + year) % len(topics)]
                audience = Audience.OFFICIAL if step == 1 else Audience.PRODUCER
                made.append(
                    Need(topic=topic, year=year, unit=unit, audience=audience, persons=2 + (number + step) % 9,
                         said_by=by, said_at=clock.now())
                )  # fmt: skip
    for producer in Producer.objects.filter(is_demo=True, merged_into=None).select_related("unit"):
        for step in range(2):
            topic = topics[(producer.pk * 3 + step * 4) % len(topics)]
            made.append(
                Need(topic=topic, year=today.year, unit=producer.unit, producer=producer, persons=1 + producer.pk % 3,
                     said_by=by, said_at=clock.now())
            )  # fmt: skip
    for row in made:
        row.set_search()
    Need.objects.bulk_create(made, batch_size=200)


def _plans(province: Unit, today: date) -> None:
    """The province's plan of this year, approved, with its activities on the lines; that of the next in draft."""
    desk, leader = _desk(today), persona_user("lanh-dao-tinh")
    agency = committee_of(province, today)
    plan = YearPlan(
        title=f"Kế hoạch đào tạo, tập huấn OCOP năm {today.year} của tỉnh",
        year=today.year,
        unit=province,
        agency=agency,
        note="Nâng cao nhận thức, năng lực cho cán bộ và chủ thể.",
        is_demo=True,
    )
    open_plan(plan, by=desk)
    for topic in Topic.objects.filter(courses__isnull=False).distinct():
        for kind in set(topic.courses.filter(unit=province).order_by().values_list("kind", flat=True)):
            line = PlanLine.objects.create(
                plan=plan, topic=topic, kind=kind, courses=1, officials=12, producers=24, cost=30_000_000,
                source="Ngân sách tỉnh", quarter=1 + topic.pk % 4,
            )  # fmt: skip
            held = Course.objects.filter(unit=province, kind=kind, topics=topic, starts_on__year=today.year)
            held.update(line=line)
    if plan.lines.exists():
        press_plan(plan, "submit", by=desk)
        approve_plan(plan, number="18/KH-UBND", decided_on=today, by=leader)
    ahead = YearPlan(title=f"Kế hoạch đào tạo, tập huấn OCOP năm {today.year + 1} của tỉnh", year=today.year + 1,
                     unit=province, agency=agency, is_demo=True)  # fmt: skip
    open_plan(ahead, by=desk)
    for topic in Topic.objects.all()[:3]:
        line_from_needs(ahead, topic, by=desk)


def _organiser(today: date) -> tuple[User, Unit] | None:
    """The local office of the home commune in the demo: the district while there is one, the commune after."""
    commune = unit_on(HOME_COMMUNE, today)
    district = district_of(commune, today)
    username = "can-bo-huyen" if district else "can-bo-phuc-trach"
    user = User.objects.filter(username=username).first()
    return (user, district or commune) if user else None


def _open(today: date) -> None:
    """Three activities of the home commune: one running today, one to come, one that waits for its results."""
    found = _organiser(today)
    if found is None:
        return
    officer, unit = found
    owner = persona_user("ba-lan")
    ended = _activity("Kỹ năng số cho chủ thể OCOP", unit, today - timedelta(days=9), officer, "ky-nang-so")
    _held(ended, owner, officer)
    running = _activity("Vệ sinh an toàn thực phẩm cơ sở chế biến", unit, today, officer, "an-toan-thuc-pham")
    acts.press_course(running, "invite", by=officer)
    lists.invite(running, people=[owner], by=officer)
    _some(running, officer, 14)
    acts.press_course(running, "start", by=officer)
    ahead = _activity(
        "Bán hàng qua Facebook, Zalo", unit, today + timedelta(days=12), officer, "ban-hang-mang-xa-hoi"
    )
    acts.press_course(ahead, "invite", by=officer)
    lists.invite(ahead, people=[owner], by=officer)


def _activity(title: str, unit: Unit, day: date, officer: User, topic: str) -> Course:
    course = Course(
        title=title, unit=unit, agency=committee_of(unit, clock.today()), starts_on=day, ends_on=day, seats=30,
        place=f"Hội trường UBND {unit.full_name}", trainer="ThS. Nguyễn Thị Minh", planned_cost=9_000_000, is_demo=True,
    )  # fmt: skip
    acts.open_course(course, by=officer)
    course.topics.add(Topic.objects.get(key=topic))
    for begins, ends, part in (
        (time(8, 0), time(11, 30), "Lý thuyết"),
        (time(14, 0), time(17, 0), "Thực hành"),
    ):
        Session.objects.create(course=course, held_on=day, begins=begins, ends=ends, title=part)
    return course


def _some(course: Course, officer: User, size: int) -> list[Participant]:
    return [
        lists.add_person(
            course, full_name=name(300 + place), audience=Audience.PRODUCER, unit=None, by=officer,
            gender="female" if is_woman(300 + place) else "male", organisation=f"Cơ sở {place + 1}",
        )
        for place in range(size)
    ]  # fmt: skip


def _held(course: Course, owner: User, officer: User) -> None:
    """Held nine days ago: everybody came, certificates are out, evaluations and results are to come."""
    acts.press_course(course, "invite", by=officer)
    lists.invite(course, people=[owner], by=officer)
    rows = [course.participants.get(user=owner), *_some(course, officer, 12)]
    acts.press_course(course, "start", by=officer)
    for session in course.sessions.all():
        lists.tick(session, present=[row.pk for row in rows], shown=(), by=officer)
    acts.press_course(course, "finish", by=officer)
    acts.press_course(course, "certify", by=officer)
