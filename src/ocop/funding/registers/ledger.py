"""The ledger and its part of mobilised resources."""

from collections.abc import Iterable
from typing import Any

from ocop.accounts.queries import scope_of
from ocop.funding import actions, permissions
from ocop.funding.enums import EntryKind, FundSource, Programme
from ocop.funding.models import Activity, FundEntry, MobilisedResource
from ocop.funding.models.activity import MOBILISED
from ocop.funding.models.entry import source_of
from ocop.funding.registers import forms
from ocop.funding.registers.filters import EntryFilter
from ocop.kit import clock
from ocop.kit.errors import Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Section, this_year
from ocop.producers.casework import OfficeRegister
from ocop.producers.casework.registers import producers_seen
from ocop.producers.models import Producer
from ocop.units.models import Unit

SECTION = "Hỗ trợ & vốn"
FIXED = Refusal("ledger.fixed", "Bút toán đã ghi không sửa được; hãy đảo rồi ghi lại.")


def units_ever(user: Any) -> list[tuple[str, int]]:
    """(title, id) of every unit in reach, of any time: the latest by its title, the ended ones with their last day."""
    rows = Unit.objects.filter(pk__in=scope_of(user).unit_ids(*permissions.BOOKKEEPERS)).order_by(
        "valid_from", "pk"
    )
    plain: dict[str, int] = {}
    dated: list[tuple[str, int]] = []
    for unit in rows:
        plain[unit.title] = unit.pk
        if unit.valid_to is not None:
            dated.append((f"{unit.title} (đến {unit.valid_to:%d/%m/%Y})", unit.pk))
    return [*plain.items(), *dated]


def activities(user: Any) -> list[tuple[str, int]]:
    """(name, id) and (code, id) of the activities."""
    rows = list(Activity.objects.values_list("name", "code", "pk"))
    return [(name, pk) for name, _, pk in rows] + [(code, pk) for _, code, pk in rows]


class Ledger(OfficeRegister):
    """What the ledger of entries and its part of mobilised resources share."""

    section = SECTION
    keepers = permissions.BOOKKEEPERS
    with_producers = True
    icon = "building-bank"
    related = ("unit", "activity", "producer", "reversal")
    ordering = ("-day", "-pk")
    natural_key = ("unit", "kind", "year", "document_number", "document_line")
    lookups = {Unit: units_ever, Producer: producers_seen, Activity: activities}
    story = ("producer", "unit")
    detail_template = "funding/entry.html"
    presets = (Preset("nam-nay", "Năm nay", this_year(), "Năm nay chưa có bút toán nào."),)
    template_notes = (
        "Số tiền ghi bằng đồng, có dấu chấm hay không đều được. Bút toán đã ghi không sửa; ghi sai thì đảo.",
        "Đơn vị đã sáp nhập ghi kèm ngày cuối: “Huyện Hương Khê (đến 30/06/2025)”.",
        "Mỗi dòng của một chứng từ chỉ ghi một lần: nhập lại cùng tệp không ghi trùng.",
    )

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_post(user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        """An entry is never changed; who may post may reverse it."""
        return FIXED

    def may_reverse(self, user: Any, row: FundEntry) -> bool:
        """Whether the reversal is offered."""
        return (
            not row.is_reversal
            and not hasattr(row, "reversal")
            and bool(permissions.may_post(user, row.unit_id))
        )

    def write(self, form: Any, row: FundEntry, *, by: Any, is_new: bool) -> None:
        actions.post_entry(row, by=by)

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        made = [
            self.model(**{name: value for name, value in values.items() if value is not None})
            for values in rows
        ]
        for row in made:
            self.prepare(row, by=by)
        return actions.post_entries(made, by=by)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        yield from super().check_row(values, user)
        kept = self._units(user)
        unit, day = kept.get(values.get("unit_id", 0)), values.get("day")
        if unit is not None and day is not None and not unit.in_force(day):
            yield _wrong_time(unit, day, kept.values())
        if day is not None and day > clock.today():
            yield "Ngày chứng từ không thể sau hôm nay."

    def _units(self, user: Any) -> dict[int, Unit]:
        """The units in reach, read once for all rows of a sheet."""
        kept = getattr(user, "_units_of_ledger", None)
        if kept is None:
            rows = Unit.objects.filter(pk__in=scope_of(user).unit_ids(*permissions.BOOKKEEPERS))
            kept = user._units_of_ledger = {row.pk: row for row in rows}
        return kept

    def detail_context(self, user: Any, row: FundEntry) -> dict[str, Any]:
        return {"may_reverse": self.may_reverse(user, row)}


def _wrong_time(unit: Unit, day: Any, units: Iterable[Unit]) -> str:
    other = next((one for one in units if one.title == unit.title and one.in_force(day)), None)
    span = f"từ {unit.valid_from:%d/%m/%Y}" + (f" đến {unit.valid_to:%d/%m/%Y}" if unit.valid_to else "")
    hint = f" Ý bạn là “{other.title} (đến {other.valid_to:%d/%m/%Y})”?" if other and other.valid_to else ""
    return f"{unit.title} chỉ có {span}, chứng từ ngày {day:%d/%m/%Y} nằm ngoài.{hint}"


class FundEntries(Ledger):
    """The ledger of the programme's money."""

    key = "fund_entries"
    model = FundEntry
    title = "Sổ vốn"
    noun = "bút toán"
    order = 40
    columns = (
        Column("document_number"),
        Column("document_line", on="detail excel import api"),
        Column("day"),
        Column("kind", template="funding/_kind.html"),
        Column("year", kind=Kind.CODE),
        Column("source"),
        Column("budget_level", on="detail excel import api"),
        Column("unit", sort="unit__name"),
        Column("activity", sort="activity__order"),
        Column("clause", "Mục", value=lambda row: row.activity.clause, on="detail excel"),
        Column("amount", kind=Kind.MONEY, total=True),
        Column("content", on="detail excel import"),
        Column("producer", sort="producer__name", on="detail excel import"),
        Column("project", on="detail excel import"),
        Column("request", on="detail"),
        Column("reason", on="detail excel"),
        Column("entered_by", "Người ghi", on="detail"),
        Column("entered_at", on="detail"),
    )
    filterset_class = EntryFilter
    related = ("unit", "activity", "producer", "reversal", "reverses", "request__item", "request__producer",
               "request__product", "entered_by")  # fmt: skip
    form_class = forms.EntryForm
    list_template = "funding/entries.html"
    sections = (
        Section(
            "Bút toán", ("kind", "year", "source", "budget_level", "unit", "activity", "clause", "amount")
        ),
        Section(
            "Chứng từ",
            ("document_number", "document_line", "day", "content", "producer", "project", "request"),
        ),
        Section("Ghi sổ", ("reason", "entered_by", "entered_at")),
    )
    empty_text = "Ghi từng bút toán, hoặc nhập cả quyết định phân bổ từ Excel."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        yield from super().check_row(values, user)
        local, level = values.get("source") == FundSource.LOCAL, values.get("budget_level")
        if local and not level:
            yield "Cấp ngân sách: hãy ghi ngân sách tỉnh, huyện hay xã."
        if level and not local:
            yield "Cấp ngân sách chỉ ghi cho nguồn ngân sách tỉnh, huyện, xã."


class MobilisedResources(Ledger):
    """Resources from other programmes, credit and producers' own means (IV.13)."""

    key = "mobilised_resources"
    model = MobilisedResource
    title = "Nguồn lực huy động, lồng ghép"
    noun = "khoản"
    icon = "users-group"
    order = 60
    # The programme tells a resource from any other entry of the same document.
    natural_key = ("unit", "year", "document_number", "document_line", "programme")
    columns = (
        Column("content", "Nội dung"),
        Column("programme"),
        Column("resource_form"),
        Column("producer", sort="producer__name"),
        Column("project"),
        Column("unit", sort="unit__name"),
        Column("year", kind=Kind.CODE),
        Column("amount", "Giá trị (đồng)", kind=Kind.MONEY, total=True),
        Column("source", on="detail excel api"),
        Column("day", on="detail excel import"),
        Column("document_number", on="detail excel import"),
        Column("document_line", on="detail excel import"),
        Column("reason", on="detail excel"),
        Column("entered_by", "Người ghi", on="detail"),
        Column("entered_at", on="detail"),
    )
    filters = {"programme": ["exact"], "resource_form": ["exact"], "year": ["exact"]}
    related = ("unit", "activity", "producer", "reversal", "reverses", "entered_by")
    form_class = forms.ResourceForm
    sections = (
        Section(
            "Nguồn lực",
            ("programme", "resource_form", "content", "producer", "project", "unit", "year", "amount"),
        ),
        Section("Chứng từ", ("document_number", "document_line", "day", "source")),
        Section("Ghi sổ", ("reason", "entered_by", "entered_at")),
    )
    empty_text = "Ghi nguồn lực từ khuyến nông, khuyến công, khoa học, tín dụng và của chính chủ thể."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        """What makes an entry a resource."""
        programme = Programme.values[number % len(Programme.values)]
        return {"programme": programme, "source": source_of(programme), "kind": EntryKind.DISBURSED}

    def prepare(self, row: MobilisedResource, *, by: Any) -> None:
        row.source, row.kind = source_of(row.programme), EntryKind.DISBURSED
        row.activity = Activity.objects.get(code=MOBILISED)


FUND_ENTRIES = FundEntries()
MOBILISED_RESOURCES = MobilisedResources()
