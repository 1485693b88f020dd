"""An invented run of direction for the demo: years of tasks, work plans, a project, reviews, commendation.

Everything is marked as demo; only invented producers are nominated, the projects of the plan stay proposed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.demo import HOME_COMMUNE, agency_of, persona_user
from ocop.accounts.models import User
from ocop.direction import papers
from ocop.direction.actions import commendation, plans, projects, reviews, tasks
from ocop.direction.actions.giving import Document
from ocop.direction.demo.history import Year, moment, write_year
from ocop.direction.enums import NomineeKind
from ocop.direction.models import Milestone, Nomination, Project, ProjectProgress, ProjectRisk, Task, WorkPlan
from ocop.direction.queries.nominations import checks_for
from ocop.files.actions import store_generated
from ocop.funding.actions.ledger import add_entry
from ocop.funding.models import Activity, FundEntry
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.producers.models import Producer
from ocop.recognition.models import Certificate
from ocop.reporting.models import Programme
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit
from ocop.units.queries import home_province, unit_on

Log = Callable[[str], None]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NUMBER = "01/TRÌNH-DIỄN"
WORKERS = {
    "so-cong-thuong-42": "uy-vien-cong-thuong", "so-y-te-42": "uy-vien-y-te", "so-khcn-42": "uy-vien-khcn",
    "so-vhttdl-42": "uy-vien-vhttdl", "so-tai-chinh-42": "uy-vien-tai-chinh", "so-nnmt-42": "uy-vien-nnmt",
    "vpdp-ntm-42": "thuong-truc",
}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """The persons of the demo and their agencies."""

    province: Unit
    commune: Unit
    committee: Agency
    trade: Agency
    standing: User
    leader: User
    officer: User
    commune_leader: User
    trader: User


def _cast(today: date) -> Cast:
    return Cast(
        home_province(today), unit_on(HOME_COMMUNE, today), agency_of(f"commune:{HOME_COMMUNE}", today),
        agency_of("slug:so-cong-thuong-42", today), persona_user("thuong-truc"), persona_user("lanh-dao-tinh"),
        persona_user("can-bo-phuc-trach"), persona_user("lanh-dao-phuc-trach"), persona_user("uy-vien-cong-thuong"),
    )  # fmt: skip


@transaction.atomic
def load_demo(log: Log) -> None:
    """Make it once; needs the personas and the assignments of the plan."""
    today = clock.today()
    programme = Programme.objects.filter(slug="2023-2025", assignments__isnull=False).first()
    if Task.objects.filter(is_demo=True).exists() or programme is None:
        log("chỉ đạo, điều hành: đã có hoặc chưa có nhiệm vụ của Kế hoạch")
        return
    cast = _cast(today)
    count = _tasks(cast, programme, today)
    _meetings(cast, today)
    _plans(cast, today)
    _project(cast, today)
    _reviews(cast, programme, today)
    honoured = _commendation(cast, today)
    log(
        f"chỉ đạo, điều hành: {count} nhiệm vụ, {WorkPlan.objects.count()} kế hoạch công tác, {honoured} đề nghị khen"
    )


def _tasks(cast: Cast, programme: Programme, today: date) -> int:
    """Departments every year, districts in 2024, this year departments and communes."""
    people = {slug: persona_user(name) for slug, name in WORKERS.items()}

    def worker(task: Task) -> User | None:
        return cast.officer if task.agency_id == cast.committee.pk else people.get(task.agency.slug)

    def not_communes(task: Task) -> bool:
        return task.agency.kind != AgencyKind.COMMUNE_COMMITTEE

    def departments(task: Task) -> bool:
        return not_communes(task) and task.agency.kind != AgencyKind.DISTRICT_COMMITTEE

    count = 0
    for number in range(today.year - 2, today.year + 1):
        beyond = programme.valid_to is not None and number > programme.valid_to.year
        document = (
            Document("Công văn giao tiếp nhiệm vụ (trình diễn)", NUMBER, date(number, 1, 5))
            if beyond
            else None
        )
        year = Year(programme, cast.province, number, cast.standing, worker, today, document)
        wanted = (lambda task: True) if number == today.year else not_communes
        count += write_year(year, departments if number == today.year - 1 else wanted)
    return count


def _meetings(cast: Cast, today: date) -> None:
    """Three tasks out of a meeting: new, late, reported."""
    told = {"basis": "Thông báo kết luận giao ban (trình diễn)", "document_number": NUMBER, "is_demo": True}
    cases = (
        (cast.committee, "Rà soát sản phẩm tiềm năng cho năm sau", -3, 20),
        (cast.trade, "Danh sách cơ sở tham gia phiên chợ cuối năm", -40, -6),
        (cast.committee, "Báo cáo nhanh tình hình điểm bán", -30, 5),
    )  # fmt: skip
    for agency, title, given, last in cases:
        row = Task(
            agency=agency, title=title, first_on=today + timedelta(days=given), last_on=today + timedelta(days=last),
            document_on=today + timedelta(days=given), **told,
        )  # fmt: skip
        tasks.give_task(row, by=cast.standing, at=moment(row.first_on))
        if given > -10:
            continue
        by = cast.officer if agency == cast.committee else cast.trader
        tasks.accept_task(
            row, planned_from=row.first_on, planned_to=row.last_on, person=by.full_name, by=by,
            at=moment(row.first_on + timedelta(days=2)),
        )  # fmt: skip
        tasks.press_task(row, "start", by=by, at=moment(row.first_on + timedelta(days=3)))
        if last > 0:
            tasks.report_task(
                row, result="Điểm bán hoạt động bình thường, doanh số tăng.", quantity=1, by=by,  # type: ignore[arg-type]
                at=moment(today - timedelta(days=2)),
            )  # fmt: skip


def _plans(cast: Cast, today: date) -> None:
    """The commune's plan of the year approved, a department's signed on paper, next year's begun."""
    first = date(today.year, 1, 10)
    plan = plans.open_work_plan(
        cast.committee, today.year, by=cast.officer, at=moment(first), is_demo=True,
        note="Ưu tiên sản phẩm chủ lực và du lịch nông thôn.",
    )  # fmt: skip
    press(plans.WORK_PLAN_DESK, plan, "send", by=cast.officer, at=moment(first))
    plans.approve_work_plan(
        plan, number=NUMBER, approved_on=first, signer=cast.commune_leader.full_name, by=cast.commune_leader,
        at=moment(first + timedelta(days=3)),
    )  # fmt: skip
    trade = plans.open_work_plan(cast.trade, today.year, by=cast.trader, at=moment(first), is_demo=True)
    press(plans.WORK_PLAN_DESK, trade, "send", by=cast.trader, at=moment(first))
    plans.open_work_plan(cast.committee, today.year + 1, by=cast.officer, is_demo=True)


def _project(cast: Cast, today: date) -> None:
    """An invented pilot model under way: milestones, money in the ledger, progress, a risk."""
    project = Project(
        code="mo-hinh-trinh-dien", kind="pilot", name="Mô hình trình diễn chuỗi sản phẩm từ bưởi", is_demo=True,
        content="Liên kết vùng nguyên liệu, sơ chế, chế biến sâu và bán trên kênh hiện đại.",
        goal="Ba sản phẩm có sao, một vùng nguyên liệu được chứng nhận.", agency=cast.trade, unit=cast.province,
        place=cast.commune.title,
    )  # fmt: skip
    begin = date(today.year, 2, 1)
    projects.propose_project(project, by=cast.trader, at=moment(begin))
    projects.approve_project(
        project, number=NUMBER, decided_on=begin, first_on=begin, last_on=date(today.year + 1, 12, 31),
        by=cast.leader, at=moment(begin + timedelta(days=5)),
    )  # fmt: skip
    for title, month, reached in (
        ("Ký liên kết vùng nguyên liệu", 4, date(today.year, 4, 20)),
        ("Lắp dây chuyền sơ chế", 8, date(today.year, 9, 6)), ("Hồ sơ dự thi của ba sản phẩm", 12, None),
    ):  # fmt: skip
        Milestone.objects.create(
            project=project, title=title, due_on=date(today.year, month, 28), reached_on=reached
        )
    press(projects.PROJECT_DESK, project, "begin", by=cast.trader, at=moment(begin + timedelta(days=20)))
    ProjectRisk.objects.create(
        project=project, title="Mưa lũ làm giảm sản lượng bưởi", level="high", remedy="Ký dự phòng với vùng lân cận.",
        seen_on=date(today.year, 10, 12),
    )  # fmt: skip
    for month, percent, text in ((5, 25, "Đã ký với 40 hộ."), (9, 60, "Dây chuyền chạy thử.")):
        projects.note_progress(
            ProjectProgress(project=project, day=date(today.year, month, 15), percent=percent, text=text),
            by=cast.trader,
        )
    activity = Activity.objects.first()
    for number, (kind, source, amount) in enumerate(
        (
            ("planned", "central", 1_200_000_000), ("allocated", "central", 1_000_000_000),
            ("disbursed", "central", 640_000_000), ("planned", "own", 900_000_000), ("disbursed", "own", 450_000_000),
        ), 1,
    ):  # fmt: skip
        if activity is not None:
            entry = FundEntry(
                kind=kind, source=source, amount=amount, year=today.year, unit=cast.province, activity=activity,
                day=date(today.year, 3, number), document_number=f"TD-DA-{number}", project=project.code,
                content="Dữ liệu trình diễn",
            )  # fmt: skip
            add_entry(entry, by=cast.standing)


def _reviews(cast: Cast, programme: Programme, today: date) -> None:
    """The province's review of the plan's last year, signed; the commune's of this year, being written."""
    year = programme.valid_to.year if programme.valid_to else today.year
    row = reviews.open_review(programme, cast.province, year, by=cast.standing, is_demo=True)
    row.work = (
        row.work
        or "Dữ liệu trình diễn: đã giao nhiệm vụ cho các sở, ngành, địa phương; tổ chức hai đợt đánh giá."
    )
    row.shortcomings = (
        row.shortcomings or "Dữ liệu trình diễn: ít sản phẩm 5 sao; tỷ lệ trên kênh hiện đại chưa đạt."
    )
    row.solutions = (
        row.solutions or "Dữ liệu trình diễn: hỗ trợ nâng hạng, đưa sản phẩm lên sàn thương mại điện tử."
    )
    row.save()
    press(reviews.REVIEW_DESK, row, "submit", by=cast.standing)
    reviews.sign_review(row, number=NUMBER, signed_on=today, signer=cast.leader.full_name, by=cast.leader)
    running = Programme.objects.of(cast.province.code, today)
    if running is not None and running.valid_from.year <= today.year:
        reviews.open_review(running, cast.commune, today.year, by=cast.officer, is_demo=True)


def _commendation(cast: Cast, today: date) -> int:
    """A producer honoured, a person before the council, the commune's committee being written down; all invented."""
    starred = Certificate.objects.public().in_validity(today).values("product__producer_id")
    invented = Producer.objects.filter(
        pk__in=starred, is_demo=True, is_unknown=False, merged_into__isnull=True
    )
    wanted: list[dict[str, Any]] = [
        {
            "kind": "person",
            "person_name": cast.officer.full_name,
            "person_title": "Công chức phụ trách OCOP cấp xã",
        },
        {"kind": "collective", "agency": cast.committee},
    ]
    for producer in invented.filter(unit=cast.commune).order_by("pk")[:5]:
        tried = Nomination(kind="producer", producer=producer, unit=producer.unit, year=today.year)
        if not any(one.fails for one in checks_for(tried)):
            wanted.append({"kind": "producer", "producer": producer})
            break
    for facts in wanted:
        row = Nomination(
            nominator=cast.committee, year=today.year, is_demo=True,
            merits="Dữ liệu trình diễn: mở rộng vùng nguyên liệu, tạo việc làm cho lao động địa phương.", **facts,
        )  # fmt: skip
        _walk(commendation.begin_nomination(row, by=cast.officer), cast, today)
    return len(wanted)


def _walk(row: Nomination, cast: Cast, today: date) -> None:
    """An agency stays a draft, a person waits for the council, a producer is honoured."""
    if row.kind == NomineeKind.COLLECTIVE:
        return
    proof = store_generated(
        papers.nomination_docx(row), name="bao-cao-thanh-tich.docx", content_type=WORD, by=cast.officer
    )
    row.files.add(proof)
    press(commendation.NOMINATION_DESK, row, "nominate", by=cast.officer)
    if row.kind == NomineeKind.PRODUCER:
        commendation.examine_nomination(row, council_on=today, yes=8, no=0, abstained=1, by=cast.standing)
        commendation.decide_nomination(row, number=NUMBER, decided_on=today, by=cast.leader)
