"""The open pages of a sale point and of a place that uses OCOP products."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.products.models import Product
from ocop.promotion.enums import PlaceKind, UserKind
from ocop.promotion.maps import where
from ocop.promotion.models import SalePoint, UsePlace
from ocop.promotion.queries.points import stock_of
from ocop.promotion.queries.stars import star_facts
from ocop.units.queries import full_name


def _starred(products: list[Product]) -> list[dict[str, Any]]:
    """Products with the star that is valid today, those with one first."""
    facts = star_facts({product.pk for product in products}, clock.today())
    lines = [
        {"product": product, "stars": facts[product.pk].stars if product.pk in facts else 0,
         "valid": product.pk in facts and facts[product.pk].valid_today}
        for product in products
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (not line["valid"], line["product"].name))


def _page(request: HttpRequest, row: Any, products: list[Product], **more: Any) -> HttpResponse:
    at = where(row)
    context = {
        "row": row, "place": full_name(row.unit, clock.today()), "lines": _starred(products),
        "map_url": f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=16/{at[0]}/{at[1]}" if at else "",
        "exact": row.lat is not None, **more,
    }  # fmt: skip
    return render(request, "promotion/public_place.html", context)


@require_safe
@never_cache
def point(request: HttpRequest, code: str) -> HttpResponse:
    """A recognised sale point: where, when open, what lies there and which of it has a star today."""
    found = SalePoint.objects.public().select_related("unit", "producer").filter(code=code).first()
    if found is None:
        raise Http404
    stock = [row for row in stock_of(found, clock.today()) if row.quantity > 0]
    counted = stock[0].counted_on if stock else None
    kind = gettext(PlaceKind(found.kind).label)
    return _page(
        request, found, [row.product for row in stock], kind=kind, counted_on=counted, layer="diem-ban"
    )


@require_safe
@never_cache
def use_place(request: HttpRequest, code: str) -> HttpResponse:
    """A place that agreed to be shown: what it is, where, which OCOP products it serves or uses."""
    found = UsePlace.objects.public().select_related("unit").filter(code=code).first()
    if found is None:
        raise Http404
    products = list(found.products.select_related("producer"))
    kind = gettext(UserKind(found.kind).label)
    return _page(request, found, products, kind=kind, layer="noi-su-dung")
