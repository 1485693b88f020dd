"""What the plan counts of money (section V of the plan)."""

from django.db.models import QuerySet

from ocop.funding.enums import EntryKind, FundSource
from ocop.funding.models import FundEntry
from ocop.kit.indicators import Facts, Indicator, Split

SECTION = "Kế hoạch OCOP giai đoạn 2023-2025, mục V"


def _sources(values: object) -> dict[str, str]:
    return {value: FundSource(value).label for value in values}  # type: ignore[attr-defined]


def _entries(kind: str) -> QuerySet:
    """Entries of one stage, reversals with their sign."""
    return FundEntry.objects.filter(kind=kind)


def _money(kind: str) -> Facts:
    splits = (Split("source", "Nguồn vốn", "source", _sources),)
    return Facts(rows=lambda: _entries(kind), unit="unit", begins="day", value="amount", splits=splits)


INDICATORS = (
    Indicator(
        "money_allocated", "Vốn đã phân bổ", "đồng", "Cộng các bút toán phân bổ trong kỳ", SECTION,
        _money(EntryKind.ALLOCATED), what="Bút toán đảo được trừ; tính theo ngày chứng từ.", clause="V.1", order=90,
    ),
    Indicator(
        "money_disbursed", "Vốn đã giải ngân", "đồng", "Cộng các bút toán giải ngân trong kỳ", SECTION,
        _money(EntryKind.DISBURSED), what="Bút toán đảo được trừ; tính theo ngày chứng từ.", clause="V.1", order=91,
    ),
)  # fmt: skip
