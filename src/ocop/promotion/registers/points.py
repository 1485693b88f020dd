"""Sale points, and what is kept on the page of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, Section, where
from ocop.producers.casework import OfficeProcedure
from ocop.promotion import actions
from ocop.promotion.enums import POINT_MARKS, CheckOutcome, CriterionKind, PointState
from ocop.promotion.models import PointSupport, SaleCheck, SaleMonth, SalePoint, StockCount
from ocop.promotion.papers.point import write_check_sheet, write_decision
from ocop.promotion.permissions import PROMOTERS, may_report_sales
from ocop.promotion.queries.points import criteria_on, last_check, months_missing, stock_of
from ocop.promotion.registers.base import SECTION, OwnersWrite, PromotionRegister, filters_for
from ocop.promotion.registers.point_forms import (
    CheckForm,
    NumberForm,
    SaleMonthForm,
    SalePointForm,
    StockForm,
    SupportForm,
    found_in,
)
from ocop.promotion.rules.warning import add_months, month_of
from ocop.promotion.rules.workflow import LEADERS, LOCAL

VISITS = ("check", "recheck", "inspect")
NOT_RUNNING = Refusal("point.not_running", "Điểm bán chưa được công nhận hoặc đã đóng.")
DECIDED = Refusal("point.decided", "Điểm bán đã kết thúc thì không sửa được nữa.")


def _waiting(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    """Steps before the recognition that are this person's; visits of open points stand on the board."""
    return rows.filter(register.waiting_for(user)).exclude(state=PointState.OPEN)


def _late(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(closed_at__isnull=True, due_on__lt=clock.today())


class SalePointsRegister(OwnersWrite, OfficeProcedure):
    """Places recognised to show and sell OCOP products (Decision 4086/QĐ-UBND)."""

    key = "sale_points"
    model = SalePoint
    title = "Điểm bán OCOP"
    noun = "điểm bán"
    section = SECTION
    icon = "basket"
    order = 10
    keepers = PROMOTERS
    desk = actions.POINT_DESK
    marks = POINT_MARKS
    verb_forms = {"check": CheckForm, "recheck": CheckForm, "inspect": CheckForm, "number": NumberForm}
    presets = (
        Preset("cho-toi", "Chờ tôi", _waiting, "Không có điểm bán nào đang chờ bạn."),
        Preset(
            "dang-mo", "Đang hoạt động", where(state=PointState.OPEN), "Chưa có điểm bán nào đang hoạt động."
        ),
        Preset("tre", "Trễ hạn", _late, "Không có điểm bán nào trễ hạn."),
    )
    papers = (
        CasePaper("phieu-kiem-tra", "Phiếu kiểm tra gần nhất", write=write_check_sheet,
                  shown=lambda user, row: bool(row.last_check_on)),
        CasePaper("quyet-dinh", "Quyết định công nhận", write=write_decision,
                  shown=lambda user, row: row.state in (PointState.APPROVED, PointState.OPEN)),
    )  # fmt: skip
    columns = (
        Column("name", example="Cửa hàng OCOP Phúc Trạch"),
        Column("state", template="promotion/_state_cell.html", on="list excel api", label="Trạng thái"),
        Column("kind", on="detail excel import api"),
        Column("unit", example="Xã Phúc Trạch"),
        Column("address", on="detail excel import api"),
        Column("operator", on="detail excel import"),
        Column("producer", on="detail excel import api"),
        Column("phone", on="detail excel import", kind=Kind.PHONE),
        Column("hours", on="detail excel import"),
        Column("area", on="detail excel import api", places=1),
        Column("since", on="detail excel import"),
        Column("number", on="detail excel api", sort="number"),
        Column("decided_on", on="list detail excel api"),
        Column("last_check_on", on="list detail excel"),
        Column("outcome_label", "Kết quả kiểm tra", on="detail excel", sort="last_outcome"),
        Column("due_on", on="list detail excel"),
        Column("lat", on="detail excel import api", places=5),
        Column("lng", on="detail excel import api", places=5),
        Column("note", on="detail import"),
        Column("code", on="detail excel api", sort=""),
    )
    filterset_class = filters_for(SalePoint, "state", "kind")
    form_class = SalePointForm
    sections = (
        Section(
            "Điểm bán", ("kind", "unit", "address", "operator", "producer", "phone", "hours", "area", "since")
        ),
        Section(
            "Công nhận, kiểm tra",
            ("number", "decided_on", "last_check_on", "outcome_label", "due_on", "code"),
        ),
        Section("Vị trí, ghi chú", ("lat", "lng", "note")),
    )
    related = ("unit", "producer")
    ordering = ("name", "pk")
    natural_key = ("name", "unit")
    story = ("producer", "unit")
    detail_template = "promotion/point_detail.html"
    empty_text = "Điểm giới thiệu và bán sản phẩm OCOP có ở đây khi được đăng ký."

    def may_edit(self, user: Any, row: SalePoint) -> Verdict:
        return DECIDED if row.closed_at is not None else may_report_sales(user, row)

    def write(self, form: Any, row: SalePoint, *, by: Any, is_new: bool) -> None:
        if is_new:
            actions.register_point(row, by=by)
        else:
            row.save()

    def verb_form(self, verb: str, user: Any, row: SalePoint, *args: Any) -> Any:
        if verb not in VISITS:
            return super().verb_form(verb, user, row, *args)
        day = clock.today()
        if args:
            probe = CheckForm([], args[0])
            day = probe.cleaned_data["checked_on"] if "checked_on" in _valid(probe) else day
        return CheckForm(criteria_on(day), *args)

    def act(
        self, row: SalePoint, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None
    ) -> Any:
        if verb == "number":
            return actions.number_point(row, by=by, at=at, **data)
        if verb not in VISITS:
            return super().act(row, verb, by=by, reason=reason, data=data, at=at)
        visit = actions.record_check(
            row, by=by, at=at, checked_on=data["checked_on"], found=found_in(data), team=data["team"],
            conclusion=data["conclusion"], remedy_by=data["remedy_by"], photographs=data["attached"],
        )  # fmt: skip
        row.refresh_from_db()
        return visit

    def waiting_for(self, user: Any) -> Q:
        """After a visit that passed the leader is waited for, after one that failed the officer.

        A yearly visit waits only when it is overdue, which the board finds; so open points are left out.
        """
        waiting = super().waiting_for(user) & ~Q(state=PointState.OPEN)
        held, passed = self.holding(user), Q(state=PointState.CHECKED, last_outcome=CheckOutcome.PASSED)
        if not LEADERS & set(held):
            waiting &= ~passed
        return waiting if LOCAL & set(held) else waiting & (passed | ~Q(state=PointState.CHECKED))

    def detail_context(self, user: Any, row: SalePoint) -> dict[str, Any]:
        """The last visit with its answers, the last count, months without a report, whether this user reports."""
        today = clock.today()
        is_open = row.state == PointState.OPEN
        return {
            "visit": last_check(row),
            "number_kind": CriterionKind.NUMBER,
            "stock": stock_of(row, today),
            "missing": months_missing(row, today) if is_open else [],
            "may_report": is_open and bool(may_report_sales(user, row)),
        }


def _valid(form: Any) -> dict[str, Any]:
    form.is_valid()
    return form.cleaned_data


class OfPointRegister(OwnersWrite, PromotionRegister):
    """Rows kept on the page of a sale point, by its officers and by whoever runs it."""

    under = "point"
    unit_path = "point__unit_id"
    producer_path = "point__producer_id"
    related: Any = ("point__unit", "point__producer")

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return may_report_sales(user, row.point)


class RunningRegister(OfPointRegister):
    """What a point writes down while it is open."""

    def may_add_under(self, user: Any, parent: SalePoint) -> Verdict:
        """A point that is not recognised yet, or not any more, sells nothing under that name."""
        return self.may_create(user) if parent.state == PointState.OPEN else NOT_RUNNING


class SaleMonthsRegister(RunningRegister):
    """Sales of a point by month; the register itself holds those of all points."""

    key = "sale_months"
    model = SaleMonth
    title = "Doanh số điểm bán"
    noun = "tháng"
    icon = "chart-bar"
    order = 14
    columns = (
        Column("month", example="01/10/2026"),
        Column("point", sort="point__name"),
        Column("point.unit.title", "Địa bàn", on="detail excel api", sort="point__unit__name"),
        Column("revenue", kind=Kind.MONEY, total=True),
        Column("ocop_revenue", kind=Kind.MONEY, total=True),
        Column("customers", total=True),
        Column("note", on="detail excel import"),
        Column("at", on="detail"),
    )
    filterset_class = filters_for(SaleMonth, unit="point__unit_id")
    form_class = SaleMonthForm
    ordering = ("-month", "point__name", "pk")
    natural_key = ("point", "month")
    empty_text = "Điểm bán báo doanh số mỗi tháng một lần."

    def write(self, form: Any, row: SaleMonth, *, by: Any, is_new: bool) -> None:
        row.by, row.at = by, clock.now()
        row.save()

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        """Months that differ, over one point or over twenty."""
        back = number if number < 60 else 60 + number // 20
        return {"month": add_months(month_of(clock.today()), -1 - back)}

    def prepare(self, row: SaleMonth, *, by: Any) -> None:
        """An imported month is the sender's."""
        row.by, row.at = by, clock.now()

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A month is named by its first day and has come; the part is not larger than the whole."""
        month = values.get("month")
        if month and month.day != 1:
            yield "Tháng ghi bằng ngày đầu tháng, ví dụ 01/10/2026"
        if month and month > clock.today():
            yield "Tháng này chưa đến"
        if (values.get("ocop_revenue") or 0) > (values.get("revenue") or 0):
            yield "Doanh thu OCOP không lớn hơn doanh thu chung"


class StockRegister(RunningRegister):
    """What lay on the shelves of a point on a day."""

    key = "sale_stock"
    model = StockCount
    title = "Hàng OCOP tại điểm bán"
    noun = "dòng"
    icon = "package"
    order = 15
    columns = (
        Column("counted", "Hàng", value=lambda row: row.product.name, sort="product__name", on="list"),
        Column("product", on="detail excel import api"),
        Column("point", sort="point__name"),
        Column("counted_on"),
        Column("quantity"),
        Column("measure"),
        Column("price", kind=Kind.MONEY, on="list detail excel import"),
    )
    filterset_class = filters_for(StockCount, unit="point__unit_id")
    form_class = StockForm
    related = ("point__unit", "point__producer", "product")
    ordering = ("-counted_on", "product__name", "pk")
    natural_key = ("point", "product", "counted_on")
    story = ("product",)
    empty_text = "Hàng được kiểm kê cùng báo cáo tháng."


class ChecksRegister(OfPointRegister):
    """Visits to sale points; written by the presses of the point."""

    key = "sale_checks"
    model = SaleCheck
    title = "Các lần kiểm tra"
    noun = "lần kiểm tra"
    icon = "clipboard-check"
    order = 16
    columns = (
        Column("checked_on", on="list detail excel api"),
        Column("point", sort="point__name", on="list detail excel api"),
        Column("kind", on="list detail excel api"),
        Column("outcome", on="list detail excel api"),
        Column("failed", on="list detail excel"),
        Column("team", on="detail excel"),
        Column("conclusion", on="detail excel", sort=""),
        Column("remedy_by", on="list detail excel"),
        Column("at", on="detail"),
    )
    filterset_class = filters_for(SaleCheck, "kind", "outcome", unit="point__unit_id")
    ordering = ("-checked_on", "-pk")
    detail_template = "promotion/check_detail.html"
    empty_text = "Chưa kiểm tra lần nào."

    def may_create(self, user: Any) -> Verdict:
        return Refusal("check.press", "Ghi kết quả kiểm tra từ trang của điểm bán.")

    def may_import(self, user: Any) -> Verdict:
        return self.may_create(user)

    def detail_context(self, user: Any, row: SaleCheck) -> dict[str, Any]:
        """Every answer of the visit."""
        return {
            "answers": row.answers.select_related("criterion__instrument"),
            "number_kind": CriterionKind.NUMBER,
        }


class SupportRegister(OfPointRegister):
    """Support paid to sale points; officers write it."""

    key = "sale_support"
    model = PointSupport
    title = "Hỗ trợ đã chi cho điểm bán"
    noun = "khoản hỗ trợ"
    icon = "report"
    order = 17
    columns = (
        Column("content"),
        Column("point", sort="point__name"),
        Column("instrument", on="list detail excel import"),
        Column("amount", kind=Kind.MONEY, total=True),
        Column("decision", on="list detail excel import"),
        Column("decided_on", on="detail excel import"),
        Column("paid_on"),
    )
    filterset_class = filters_for(PointSupport, unit="point__unit_id")
    form_class = SupportForm
    related = ("point__unit", "point__producer", "instrument")
    ordering = ("-decided_on", "-pk")
    natural_key = ("point", "content", "decision")
    empty_text = "Chưa có khoản hỗ trợ nào."

    def may_create(self, user: Any) -> Verdict:
        return PromotionRegister.may_create(self, user)

    def may_edit(self, user: Any, row: PointSupport) -> Verdict:
        return self.may_keep(user, row.point.unit_id)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        return PromotionRegister.save(self, form, by=by, is_new=is_new)


SALE_POINTS = SalePointsRegister()
SALE_MONTHS = SaleMonthsRegister()
STOCK = StockRegister()
CHECKS = ChecksRegister()
POINT_SUPPORT = SupportRegister()
