"""Material areas on maps: the layer of the open map, and the map of an officer."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import formats as numbers
from django.utils.translation import gettext

from ocop.kit import clock
from ocop.kit.registry import MapLayer, MapPoint
from ocop.producers.enums import Standard
from ocop.producers.models import AreaSupply, MaterialArea
from ocop.units.rules.drawing import HEIGHT, WIDTH, is_inside, position


def _number(value: Decimal | int) -> str:
    """A number as the language writes it, without trailing noughts: "12,5" or "12.5"."""
    text = numbers.localize(value.normalize() if isinstance(value, Decimal) else value, use_l10n=True)
    return str(text)


def area_words(area: MaterialArea) -> str:
    """What a map says of an area, in the language of the page: what grows, how large, standard, code, for whom."""
    parts = [area.species]
    if area.hectares:
        parts.append(f"{_number(area.hectares)} ha")
    if area.heads:
        parts.append(gettext("%(n)s con, lồng, đàn") % {"n": _number(area.heads)})
    if area.standard != Standard.NONE:
        parts.append(gettext(Standard(area.standard).label))
    if area.planting_code:
        parts.append(gettext("mã số %(code)s") % {"code": area.planting_code})
    parts.append(area.unit.title)
    makers = [supply.producer.public_name for supply in area.supplies.all() if not supply.producer.is_unknown]
    if makers:
        parts.append(gettext("cung cấp cho %(names)s") % {"names": ", ".join(makers)})
    return " · ".join(parts)


def _with_supplies(rows: Any) -> Any:
    supplies = (
        AreaSupply.objects.valid_on(clock.today()).select_related("producer").order_by("producer__name")
    )
    return rows.select_related("unit").prefetch_related(Prefetch("supplies", supplies))


def area_points(language: str) -> Iterable[MapPoint]:
    """Published material areas of today; two queries."""
    rows = _with_supplies(MaterialArea.objects.on_map(clock.today()))
    return [
        MapPoint(float(row.lat), float(row.lng), row.name, area_words(row))
        for row in rows
        if row.lat is not None
    ]


def drawing(areas: Iterable[MaterialArea]) -> dict[str, Any]:
    """The areas with a point as marks on the schematic of the province, for a page of the workspace."""
    marks = []
    for area in areas:
        if area.lat is None or area.lng is None or not is_inside(float(area.lng), float(area.lat)):
            continue
        x, y = position(float(area.lng), float(area.lat))
        marks.append({"area": area, "x": round(x * WIDTH, 1), "y": round(y * HEIGHT, 1)})
    return {"marks": marks, "width": WIDTH, "height": HEIGHT}


AREAS_LAYER = MapLayer(
    "vung-nguyen-lieu",
    "Vùng nguyên liệu",
    area_points,
    hint="Vùng trồng, vùng nuôi cung cấp nguyên liệu cho sản phẩm OCOP, do địa phương công bố.",
    order=10,
)
