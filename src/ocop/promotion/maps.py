"""Layers of the open map: recognised sale points, and places that serve or use OCOP products."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext

from ocop.kit.registry import MapLayer, MapPoint
from ocop.promotion.enums import PlaceKind, UserKind
from ocop.promotion.models import SalePoint, UsePlace


def where(row: Any) -> tuple[float, float] | None:
    """The point of a row: its own, else the middle of its commune; None when neither is known."""
    lat, lng = (row.lat, row.lng) if row.lat is not None else (row.unit.lat, row.unit.lng)
    return None if lat is None else (float(lat), float(lng))


def point_words(row: SalePoint) -> str:
    """What a map says of a sale point, in the language of the page."""
    parts = [
        gettext(PlaceKind(row.kind).label),
        ", ".join(part for part in (row.address, row.unit.title) if part),
    ]
    if row.hours:
        parts.append(gettext("mở cửa %(hours)s") % {"hours": row.hours})
    return " · ".join(parts)


def place_words(row: UsePlace) -> str:
    """What a map says of a place that uses OCOP products; `row.number` is how many."""
    parts = [
        gettext(UserKind(row.kind).label),
        ", ".join(part for part in (row.address, row.unit.title) if part),
    ]
    number = row.number  # type: ignore[attr-defined]
    if number:
        parts.append(gettext("%(n)s sản phẩm OCOP") % {"n": number})
    return " · ".join(parts)


def sale_points(language: str) -> Iterable[MapPoint]:
    """Sale points that are open; one query."""
    for row in SalePoint.objects.public().select_related("unit").order_by("name", "pk"):
        if (at := where(row)) is not None:
            yield MapPoint(
                *at, row.name, point_words(row), reverse("promotion_public:point", args=[row.code])
            )


def use_places(language: str) -> Iterable[MapPoint]:
    """Places that agreed to be shown; one query."""
    rows = UsePlace.objects.public().select_related("unit").annotate(number=Count("products"))
    for row in rows.order_by("name", "pk"):
        if (at := where(row)) is not None:
            yield MapPoint(
                *at, row.name, place_words(row), reverse("promotion_public:use_place", args=[row.code])
            )


LAYERS = (
    MapLayer(
        "diem-ban", "Điểm bán OCOP", sale_points, shape="diamond", order=20,
        hint="Điểm giới thiệu và bán sản phẩm OCOP đã được công nhận và đang hoạt động.",
    ),
    MapLayer(
        "noi-su-dung", "Nơi dùng sản phẩm OCOP", use_places, shape="triangle", order=30,
        hint="Nhà hàng, khách sạn, cơ quan, bếp ăn dùng sản phẩm OCOP và đồng ý hiện ở đây.",
    ),
)  # fmt: skip
