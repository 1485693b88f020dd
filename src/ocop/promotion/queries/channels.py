"""How many producers sell by modern channels (plan II: at least half of the OCOP producers)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ocop.promotion.models import SalesChannel
from ocop.recognition.models import Certificate


@dataclass(frozen=True)
class ChannelShare:
    """Producers with a valid star, and those of them with a modern channel."""

    producers: int
    modern: int

    @property
    def percent(self) -> float | None:
        """The share in percent with one decimal; None without producers."""
        return round(100 * self.modern / self.producers, 1) if self.producers else None


def modern_share(day: date, unit_ids: Collection[int] | None = None) -> ChannelShare:
    """Of the producers with a star valid on that day (in these units, or everywhere) how many sell by a modern channel.

    Two queries.
    """
    rows = Certificate.objects.public().latest_of_product(day).in_validity(day)
    if unit_ids is not None:
        rows = rows.filter(product__producer__unit_id__in=unit_ids)
    producers = set(rows.order_by().values_list("product__producer_id", flat=True))
    modern = SalesChannel.objects.valid_on(day).modern().order_by().values_list("producer_id", flat=True)
    return ChannelShare(len(producers), len(producers & set(modern)))
