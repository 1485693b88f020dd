"""What the homes of the province and its units show of money."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.funding.enums import EntryKind, FundSource
from ocop.funding.models import FundEntry
from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile
from ocop.producers.models import VIEWING_ROLES

KINDS = (EntryKind.ALLOCATED, EntryKind.DISBURSED)


def money(user: Any, unit: Any, day: date) -> Reading:
    """What was disbursed in the year by source, beside what was allocated; one query."""
    rows = FundEntry.objects.visible_to(user).filter(year=day.year, kind__in=KINDS)
    sums = {
        (kind, source): amount
        for kind, source, amount in rows.order_by().values_list("kind", "source").annotate(all=Sum("amount"))
    }
    spent, given = (
        sum(amount for (kind, _), amount in sums.items() if kind == wanted)
        for wanted in (EntryKind.DISBURSED, EntryKind.ALLOCATED)
    )
    url = f"{reverse('funding:fund_entries_list')}?xem=nam-nay&kind={EntryKind.DISBURSED}"
    share = f"{formats.number(100 * spent / given, 0)} % của " if given else ""
    return Reading(
        value=formats.short_money(spent), measure="đồng", url=url, tone="water",
        sentence=f"Bằng {share}{formats.short_money(given)} đồng đã phân bổ năm {day.year}."
        if given else f"Chưa phân bổ khoản nào năm {day.year}.",
        bars=Bars(
            "Đã giải ngân theo nguồn vốn, triệu đồng",
            [
                (source.label, sums[EntryKind.DISBURSED, source] / 1_000_000, f"{url}&source={source}")
                for source in FundSource
                if (EntryKind.DISBURSED, source) in sums
            ],
        ),
    )  # fmt: skip


MONEY = Tile(
    "funding.disbursed", "Vốn đã giải ngân năm nay", money,
    lambda user: scope_of(user).has_any(*VIEWING_ROLES), icon="cash", order=60,
)  # fmt: skip
