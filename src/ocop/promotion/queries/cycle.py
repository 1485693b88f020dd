"""What the board of the yearly cycle is told: products with a star that go to a fair are in promotion (IV.3.2)."""

from datetime import date

from django.db.models import F, QuerySet

from ocop.cycle.enums import CycleStep
from ocop.kit import formats
from ocop.kit.registry import CycleStepSource
from ocop.products.models import Product
from ocop.promotion.enums import EntryState
from ocop.promotion.models import FairEntry
from ocop.recognition.queries import starred_on

GOING = (EntryState.REGISTERED, EntryState.SELECTED)


def going_to_fairs(day: date) -> QuerySet:
    """Ids of products with a star that are registered for a fair that is not over."""
    links = FairEntry.products.through._default_manager.filter(
        fairentry__state__in=GOING, fairentry__fair__ends_on__gte=day, product_id__in=starred_on(day)
    )
    return links.order_by().values("product_id")


def fair_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """The nearest fair of each product, with the address of its registration; one query."""
    rows = FairEntry.objects.filter(products__in=ids, state__in=GOING, fair__ends_on__gte=day).select_related(
        "fair"
    )
    found: dict[int, tuple[str, str]] = {}
    for row in rows.order_by("-fair__starts_on").annotate(shown=F("products__pk")):
        found[row.shown] = (
            f"{row.fair.name}, khai mạc {formats.day(row.fair.starts_on)}",
            row.get_absolute_url(),
        )
    return found


FAIRS_STEP = CycleStepSource(
    "promotion.fairs",
    Product,
    CycleStep.PROMOTION,
    "Đã đăng ký hội chợ",
    going_to_fairs,
    fair_words,
    order=25,
)
