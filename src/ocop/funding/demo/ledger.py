"""Three invented years of the ledger: what province, districts and communes planned, allocated, spent and settled."""

from collections.abc import Iterator
from datetime import date

from ocop.accounts.models import User
from ocop.funding.actions import post_entries, post_entry, reverse_entry
from ocop.funding.enums import BudgetLevel, EntryKind, FundSource, Programme, ResourceForm
from ocop.funding.models import Activity, FundEntry
from ocop.funding.models.activity import MOBILISED
from ocop.funding.models.entry import source_of
from ocop.producers.models import Producer
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

MILLION = 1_000_000
CONTENT = "Dữ liệu trình diễn"
# Activity and the weight by which a unit's plan is spread over it.
WORK = (("phat-trien-san-pham", 40), ("dao-tao", 15), ("xuc-tien", 20), ("tuyen-truyen", 8), ("quan-ly", 6))
RESOURCES = (
    (Programme.AGRICULTURAL_EXTENSION, ResourceForm.MONEY, "Mô hình khuyến nông", 60),
    (Programme.INDUSTRIAL_EXTENSION, ResourceForm.MACHINERY, "Máy móc từ khuyến công", 120),
    (Programme.SCIENCE, ResourceForm.TECHNOLOGY, "Quy trình từ đề tài khoa học", 80),
    (Programme.CREDIT, ResourceForm.MONEY, "Vay vốn tín dụng ưu đãi", 300),
    (Programme.OWN, ResourceForm.LAND, "Mặt bằng, nhà xưởng của chủ thể", 250),
)  # fmt: skip
REASON = "Quyết định phân bổ đã được điều chỉnh"


def year_of(
    year: int, today: date, units: list[tuple[Unit, int]], activities: dict[str, Activity]
) -> Iterator[FundEntry]:
    """The entries of a year up to today; `units` with the plan of each in million đồng."""
    stages = (
        (EntryKind.PLANNED, date(year, 1, 20), 100),
        (EntryKind.ALLOCATED, date(year, 3, 5), 92),
        (EntryKind.DISBURSED, date(year, 6, 12), 45),
        (EntryKind.DISBURSED, date(year, 11, 10), 40),
        (EntryKind.SETTLED, date(year, 12, 20), 84),
    )
    for place, (unit, plan) in enumerate(units):
        for kind, planned_day, share in stages:
            # A unit that ends within the year closes its books on its last day.
            day = min(planned_day, unit.valid_to or planned_day)
            if day > today or not unit.in_force(day):
                continue
            for line, (source, level, part) in enumerate(_sources(unit)):
                for number, (code, weight) in enumerate(WORK):
                    yield FundEntry(
                        kind=kind, year=year, source=source, budget_level=level, unit=unit,
                        activity=activities[code],
                        amount=plan * part * weight * (share - place % 7) * MILLION // 1_000_000 + 1000 * (place + 1),
                        day=day, document_number=f"{100 + day.timetuple().tm_yday}/QĐ-TD",
                        document_line=line * len(WORK) + number + 1, content=CONTENT,
                    )  # fmt: skip


def _sources(unit: Unit) -> tuple[tuple[str, str, int], ...]:
    """Source, budget level and share of the plan in percent."""
    own = {UnitLevel.PROVINCE: BudgetLevel.PROVINCE, UnitLevel.DISTRICT: BudgetLevel.DISTRICT}
    level = own.get(unit.level, BudgetLevel.COMMUNE)  # type: ignore[call-overload]
    return ((FundSource.CENTRAL, "", 60), (FundSource.LOCAL, level, 40))


def units_of(province: Unit, year: int) -> list[tuple[Unit, int]]:
    """The province and the level below it in the spring of a year, each with its plan in million đồng."""
    day = date(year, 3, 5)
    below = Unit.objects.valid_on(day).covered_by(province).order_by("code")
    districts = list(below.filter(level=UnitLevel.DISTRICT))
    rest = districts or list(below.filter(level=UnitLevel.COMMUNE))
    size = 900 if districts else 180
    return [(province, 6000), *((unit, size + 37 * (place % 11)) for place, unit in enumerate(rest))]


def resources_of(
    year: int, today: date, producers: list[Producer], activity: Activity, share: int
) -> Iterator[FundEntry]:
    """What invented producers got from elsewhere in a year: every `share`-th of them one resource."""
    for place, producer in enumerate(producers[year % share :: share]):
        programme, form, content, size = RESOURCES[place % len(RESOURCES)]
        day = date(year, 2 + place % 9, 15)
        if day <= today and producer.unit.in_force(day):
            yield FundEntry(
                kind=EntryKind.DISBURSED, year=year, source=source_of(programme), unit=producer.unit, activity=activity,
                amount=(size + 10 * (place % 6)) * MILLION, day=day, document_number=f"HĐ-{producer.code}",
                document_line=1, content=f"{content} (trình diễn)", producer=producer, programme=programme,
                resource_form=form,
            )  # fmt: skip


def load_ledger(province: Unit, today: date, by: User, producers: list[Producer]) -> int:
    """Write the years that are missing, two of whose entries were reversed and written again; answers how many rows."""
    activities = {row.code: row for row in Activity.objects.all()}
    rows: list[FundEntry] = []
    for year in range(today.year - 2, today.year + 1):
        rows += year_of(year, today, units_of(province, year), activities)
        rows += resources_of(year, today, producers, activities[MOBILISED], 4)
    post_entries(rows, by=by)
    allocated = FundEntry.objects.filter(kind=EntryKind.ALLOCATED, content=CONTENT, unit=province).order_by(
        "pk"
    )
    for wrong in allocated[:2]:
        reverse_entry(wrong, by=by, reason=REASON, day=min(date(wrong.year, 4, 2), today))
        right = FundEntry(
            kind=wrong.kind, year=wrong.year, source=wrong.source, budget_level=wrong.budget_level, unit=province,
            activity=wrong.activity, amount=wrong.amount - 50 * MILLION, day=min(date(wrong.year, 4, 2), today),
            document_number=wrong.document_number, document_line=wrong.document_line, content=CONTENT,
        )  # fmt: skip
        post_entry(right, by=by)
    return len(rows)
