"""Calendars of the cycle, exceptions by season, criteria of the choice of ideas."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.queries import scope_of
from ocop.cycle.models import CycleCalendar, IdeaCriterion, SeasonalException
from ocop.cycle.permissions import CALENDAR_KEEPERS
from ocop.cycle.queries.ideas import own_producers
from ocop.cycle.registers.forms import CalendarForm, SeasonForm
from ocop.cycle.rules.calendar import PREFIXES, problems
from ocop.kit import clock
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, Section, this_year
from ocop.producers.casework import OfficeRegister
from ocop.units.models import UnitCover

DAYS = tuple(f"{name}_{end}" for name in PREFIXES.values() for end in ("from", "to"))
LISTED = ("ideas", "plans", "ranking")


def _of_mine(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    """This year's calendars, and the next ones, of the places that the person works in or of a place above them."""
    held = [one.agency.unit_id for one in scope_of(user).of() if one.agency.unit_id]
    own = set(held) | set(own_producers(user).order_by().values_list("unit_id", flat=True))
    above = UnitCover.objects.filter(covered__in=own).values("holder_id")
    return rows.filter(Q(unit__in=own) | Q(unit__in=above), year__gte=clock.today().year)


class CalendarsRegister(OfficeRegister):
    """The days of the six steps by year: the province's, and what districts and communes set otherwise (IV.3.2)."""

    key = "calendars"
    model = CycleCalendar
    title = "Lịch chu trình"
    noun = "lịch"
    section = "Chu trình"
    icon = "calendar-event"
    order = 5
    keepers = CALENDAR_KEEPERS
    with_producers = True
    presets = (
        Preset(
            "cua-toi", "Nơi tôi, từ năm nay", _of_mine, "Chưa có lịch nào cho nơi bạn, kể cả lịch của tỉnh."
        ),
    )
    columns = (
        Column("name", "Lịch", value=str, on="list"),
        Column("year", kind=Kind.CODE, on="detail excel import api"),
        Column("unit", sort="unit__name", example="Xã Thạch Khê"),
        *(
            Column(name, on=f"{'list ' if name.startswith(LISTED) else ''}detail excel import api") for name in DAYS
        ),
        Column("basis", on="detail excel import api", sort=""),
        Column("note", on="detail excel import", sort=""),
    )  # fmt: skip
    sections = (
        Section("Chu trình", ("year", "unit", "basis", "note")),
        Section("Các bước (trống: theo lịch cấp trên)", DAYS),
    )
    filters = ("year",)
    related = ("unit",)
    ordering = ("-year", "unit__level", "unit__name", "pk")
    natural_key = ("year", "unit")
    form_class = CalendarForm
    empty_text = "Lịch sáu bước của tỉnh và của từng địa phương hiện ở đây."
    template_notes = ("Bước để trống ngày thì theo lịch của cấp trên.",)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        yield from super().check_row(values, user)
        days = {
            step: (values.get(f"{name}_from"), values.get(f"{name}_to")) for step, name in PREFIXES.items()
        }
        if values.get("year"):
            yield from problems(days, values["year"])


class SeasonsRegister(OfficeRegister):
    """Products that go through a step on days of their own, for the season of what they are made of (IV.3.2)."""

    key = "seasons"
    presets = (Preset("nam-nay", "Năm nay và sau", this_year("year__gte"), "Năm nay chưa có ngoại lệ nào."),)
    model = SeasonalException
    title = "Ngoại lệ theo mùa vụ"
    noun = "ngoại lệ"
    section = "Chu trình"
    icon = "plant-2"
    order = 6
    with_producers = True
    story = ("product",)
    columns = (
        Column("product", sort="product__name"),
        Column("product.producer", "Chủ thể", sort="product__producer__name", on="list detail excel api"),
        Column("unit", sort="unit__name", on="list detail excel api"),
        Column("year", kind=Kind.CODE),
        Column("step"),
        Column("first_day"),
        Column("last_day"),
        Column("reason", sort=""),
    )
    filters = ("year", "step")
    related = ("product__producer", "unit")
    ordering = ("-year", "step", "pk")
    natural_key = ("product", "year", "step")
    form_class = SeasonForm
    empty_text = "Sản phẩm có mùa vụ riêng thì ghi ngày riêng của bước ở đây."

    def prepare(self, row: SeasonalException, *, by: Any) -> None:
        row.unit = row.product.unit

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            yield "Ngày cuối phải từ ngày đầu trở đi"


class CriteriaRegister(Register):
    """The criteria by which ideas are chosen, with their points and where these come from."""

    key = "idea_criteria"
    app = "cycle"
    model = IdeaCriterion
    title = "Tiêu chí xét chọn ý tưởng"
    noun = "tiêu chí"
    section = "Sổ & danh mục"
    icon = "list-check"
    order = 86
    columns = (
        Column("name"),
        Column("most"),
        Column("help", sort=""),
        Column("valid_from"),
        Column("valid_to"),
        Column("source", on="detail excel api", sort=""),
        Column("confirmed"),
    )
    filters = ("confirmed",)
    ordering = ("order", "pk")
    natural_key = ("key", "valid_from")

    def scope(self, user: Any) -> QuerySet:
        return IdeaCriterion.objects.all()

    def may_see(self, user: Any) -> Any:
        return scope_of(user).is_official


CALENDARS = CalendarsRegister()
SEASONS = SeasonsRegister()
CRITERIA = CriteriaRegister()
