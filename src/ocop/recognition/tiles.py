"""What the homes of the province and its units show of stars."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile
from ocop.recognition.enums import State
from ocop.recognition.models import Certificate
from ocop.recognition.queries import expiring_days
from ocop.recognition.registers import officers_only


def expiring(user: Any, unit: Any, day: date) -> Reading:
    """Stars that run out within the days of the setting (180), by star; the list behind shows the same rows."""
    within = expiring_days(day)
    rows = Certificate.objects.visible_to(user).with_state(day, expiring_days=within)
    counts = rows.filter(state_that_day=State.EXPIRING).order_by().values_list("stars")
    by_star = dict(counts.annotate(n=Count("pk")))
    url = f"{reverse('recognition:certificates_list')}?state={State.EXPIRING}"
    total = sum(by_star.values())
    return Reading(
        value=formats.number(total), measure="sao", url=url, tone="clay" if total else "leaf",
        sentence="Nhắc chủ thể làm hồ sơ đánh giá lại." if total else "Không sao nào sắp hết hạn.",
        bars=Bars(
            "Sao sắp hết hạn theo hạng",
            [(f"{stars} sao", by_star[stars], f"{url}&stars={stars}") for stars in (5, 4, 3) if stars in by_star],
        ),
    )  # fmt: skip


EXPIRING = Tile(
    "recognition.expiring", "Sao hết hạn trong 180 ngày tới", expiring, officers_only, icon="hourglass", order=20
)  # fmt: skip
