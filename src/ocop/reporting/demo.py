"""Demo data: rounds of three years with the reports of every agency that reports, and what waits today.

What is past is made in bulk; a test holds it against what the actions write. Only the narrative is invented, the
figures are those that the system measures.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.db import transaction

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.cases.bulk import Past, Step, write_past
from ocop.kit.errors import Refused
from ocop.reporting.actions.consolidate import consolidate
from ocop.reporting.actions.reports import DESK, Terms, reporters_of, take_figures, terms_of
from ocop.reporting.enums import ReportState, ReportType
from ocop.reporting.models import Consolidation, FormVersion, Measured, Report, ReportCell, ReportText, Round
from ocop.reporting.tasks import measure_today, take_open_figures
from ocop.units.models import Agency, Unit
from ocop.units.queries import home_province, unit_on

Log = Callable[[str], None]
OPENED_BEFORE = timedelta(days=30)
AHEAD = timedelta(days=45)
LATE, RETURNED = 11, 7
"""One in so many agencies is late, has its report returned once."""
WHY_BACK = "Phần II chưa nêu kết quả tập huấn; đề nghị bổ sung."
REASON = "Một sản phẩm đã có quyết định công nhận, giấy chứng nhận chưa nhập vào hệ thống."
WORDS = (
    {
        "work": "Tuyên truyền trên đài truyền thanh 4 buổi; rà soát 6 ý tưởng sản phẩm, hướng dẫn 2 chủ thể hoàn thiện "
        "hồ sơ; tham gia 1 phiên chợ nông sản của tỉnh. (trình diễn)",
        "difficulties": "Chủ thể nhỏ, thiếu vốn mua máy đóng gói; nguyên liệu theo mùa vụ. (trình diễn)",
        "plan": "Hỗ trợ nhãn, mã vùng trồng cho 2 chủ thể; rà soát sản phẩm hết hạn sao trong năm tới. (trình diễn)",
    },
    {
        "work": "Mở 1 lớp kỹ năng bán hàng trên mạng cho 18 người; kiểm tra 3 cơ sở. (trình diễn)",
        "difficulties": "Cán bộ kiêm nhiệm, mới nhận việc sau sắp xếp. (trình diễn)",
        "plan": "Chuẩn bị hồ sơ đánh giá lại cho các sản phẩm sắp hết hạn; vận động thêm 1 hợp tác xã. (trình diễn)",
    },
    {
        "work": "Họp ban chỉ đạo 1 lần; đưa 5 sản phẩm lên sàn thương mại điện tử; in 500 tờ giới thiệu. (trình diễn)",
        "difficulties": "",
        "plan": "Đăng ký gian hàng tại hội chợ cuối năm; kiểm nghiệm định kỳ 4 sản phẩm. (trình diễn)",
    },
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """How a report of the past went: days from the last counting one on, whether returned, where it ended."""

    sent: int = -2
    returned: bool = False
    ends: str = ReportState.ACCEPTED


def at_nine(day: date) -> datetime:
    """Nine o'clock of a day."""
    return datetime.combine(day, time(9), clock.LOCAL)


def past_of(report: Report, course: Course, *, reporter: User | None, desk: User) -> Past:
    """The report with the facts and the moves of its course; `reporter` None: an agency without people in the demo."""
    due, opened = report.round.due_on, Step("open", report.round.opened_at)
    if course.ends == ReportState.DRAFT:
        return Past(report, opened)
    sent = at_nine(due + timedelta(days=course.sent))
    steps = [Step("submit", sent, reporter)]
    report.submitted_at = sent
    if course.returned:
        report.returns = 1
        steps.append(Step("return", sent + timedelta(hours=5), desk, WHY_BACK))
        if course.ends != ReportState.RETURNED:
            steps.append(Step("submit", sent + timedelta(days=1), reporter))
    if course.ends in (ReportState.ACCEPTED, ReportState.CONSOLIDATED):
        steps.append(Step("accept", sent + timedelta(days=2), desk))
    if course.ends == ReportState.CONSOLIDATED:
        steps.append(Step("send_on", at_nine(due + timedelta(days=12)), desk))
    return Past(report, opened, tuple(steps))


def _terms(province: Unit, today: date) -> Iterator[Terms]:
    """The years before, the quarters of this one, and what is due soon."""
    asked = [(ReportType.YEAR, year, 1) for year in (today.year - 2, today.year - 1, today.year)]
    asked += [(ReportType.QUARTER, today.year, number) for number in (1, 2, 3, 4)]
    for kind, year, number in asked:
        try:
            terms = terms_of(province, kind, year, number)
        except Refused:
            continue  # no such kind in the reference data
        if terms.due_on <= today + AHEAD:
            yield terms


def open_past_round(province: Unit, terms: Terms) -> Round | None:
    """The round as the calendar would have opened it; None without a form."""
    form = FormVersion.objects.in_force(terms.kind, province.code, terms.due_on)
    if form is None:
        return None
    return Round.objects.create(
        kind=terms.kind, province=province, title=terms.title, first=terms.first, last=terms.last, due_on=terms.due_on,
        form=form, basis=terms.basis, opened_at=min(at_nine(terms.due_on - OPENED_BEFORE), clock.now()),
    )  # fmt: skip


def _courses(agencies: Iterable[Agency], last: bool) -> Iterator[Course]:
    """How the reports of a round that is over went; of the last one some are still open."""
    end = ReportState.ACCEPTED if last else ReportState.CONSOLIDATED
    for place, _ in enumerate(agencies):
        if last and place in (5, 6, 8):
            yield (
                Course(ends=ReportState.DRAFT)
                if place == 5
                else Course(
                    returned=place == 6, ends=ReportState.RETURNED if place == 6 else ReportState.SUBMITTED
                )
            )
        else:
            sent = 3 if place % LATE == LATE - 1 else -2 - place % 4
            yield Course(sent, place % RETURNED == 2, end)


def _fill(round: Round, *, is_over: bool, is_last: bool, home: Unit, people: tuple[User, User]) -> int:
    """The reports of a round with moves, words and figures; answers how many."""
    officer, desk = people
    asked = [agency for agency, _ in reporters_of(round, min(round.due_on, clock.today()))]
    asked.sort(key=lambda agency: agency.unit_id != home.pk)  # the commune of the personas goes well
    courses = _courses(asked, is_last) if is_over else (Course(ends=ReportState.DRAFT) for _ in asked)
    cases = [
        past_of(
            Report(round=round, agency=agency, unit=agency.unit or round.province, receiver=round.province),
            course, reporter=officer if agency.unit_id == home.pk else None, desk=desk,
        )
        for agency, course in zip(asked, courses, strict=True)
    ]  # fmt: skip
    rows = write_past(DESK, cases)
    written = zip((row for row in rows if row.submitted_at), cycle(WORDS))
    ReportText.objects.bulk_create(
        [
            ReportText(report=row, section=key, text=text)
            for row, words in written
            for key, text in words.items()
        ],
        batch_size=500,
    )
    if round.last < clock.today():
        take_figures(round, at=min(at_nine(round.last + timedelta(days=1)), clock.now()))
    return len(rows)


def _correct(round: Round, home: Unit) -> None:
    """The commune of the personas reported one product more than the system knew, and says why."""
    cell = ReportCell.objects.filter(
        report__round=round, report__unit=home, indicator="products_recognised"
    ).first()
    if cell is not None and cell.top is not None:
        cell.corrected_top, cell.reason = cell.top + 1, REASON
        cell.save()


def load(log: Log) -> None:
    """Make it once."""
    today = clock.today()
    province = home_province(today)
    if province is None or Round.objects.exists():
        log("báo cáo: đã có")
        return
    home, people = (
        unit_on(HOME_COMMUNE, today),
        (persona_user("can-bo-phuc-trach"), persona_user("thuong-truc")),
    )
    with transaction.atomic():
        rounds = [round for terms in _terms(province, today) if (round := open_past_round(province, terms))]
        over = sorted((round for round in rounds if round.due_on < today), key=lambda round: round.due_on)
        made = sum(
            _fill(round, is_over=round in over, is_last=round in over[-1:], home=home, people=people)
            for round in rounds
        )
        for round in over:
            _correct(round, home)
            row = consolidate(round, province, by=people[1])
            if round != over[-1]:
                sent_on = round.due_on + timedelta(days=12)
                number = f"{round.pk}/BC-VPĐP (trình diễn)"
                Consolidation.objects.filter(pk=row.pk).update(number=number, sent_on=sent_on)
    log(f"báo cáo: {len(rounds)} kỳ, {made} báo cáo")


def measure_figures(log: Log) -> None:
    """Measure today's figures once all the rest is there; otherwise boards would be empty until the night."""
    if Measured.objects.filter(day=clock.today()).exists():
        return
    measure_today()
    take_open_figures(clock.today())
    log(f"số liệu: đã tính {Measured.objects.filter(day=clock.today()).count()} số của ngày hôm nay")
