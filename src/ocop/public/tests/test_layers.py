"""Layers of the open map that other apps add: what is published is shown, in both languages, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from ocop.kit.testing import counted
from ocop.producers.enums import AreaKind, Standard
from ocop.producers.models import AreaSupply, MaterialArea
from ocop.producers.tests.factories import ProducerFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
PAGE = "/ban-do/?lop=vung-nguyen-lieu"


@pytest.fixture
def commune():
    return UnitFactory(
        under=ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh"),
        name="Phúc Trạch",
        lat=18.2,
        lng=105.8,
    )


def area(unit, name: str = "Vùng bưởi Phúc Trạch", **values) -> MaterialArea:
    """A published area with a point."""
    values = {
        "kind": AreaKind.CROP, "species": "bưởi", "hectares": Decimal("12.50"), "standard": Standard.VIETGAP,
        "lat": Decimal("18.2"), "lng": Decimal("105.8"), "is_public": True, "valid_from": date(2024, 1, 1),
    } | values  # fmt: skip
    return MaterialArea.objects.create(name=name, unit=unit, **values)


def shown(client, page: str = PAGE) -> list[tuple[str, str]]:
    """(title, text) of the marks on the page."""
    return [(mark["title"], mark["text"]) for mark in client.get(page).context["layer"]["marks"]]


def test_published_areas_are_marks_with_what_grows_there_and_for_whom(client, commune) -> None:
    made = area(commune, planting_code="VN-HT-0123")
    AreaSupply.objects.create(
        area=made, producer=ProducerFactory(name="HTX Bưởi", unit=commune), valid_from=date(2024, 1, 1)
    )
    AreaSupply.objects.create(
        area=made, producer=ProducerFactory(name="HTX Cũ", unit=commune), valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31),
    )  # fmt: skip
    words = "bưởi · 12,5 ha · VietGAP, VietGAHP · mã số VN-HT-0123 · {} · cung cấp cho HTX Bưởi"
    assert shown(client) == [(made.name, words.format(commune.title))]
    english = words.replace("12,5", "12.5").replace("mã số", "code").replace("cung cấp cho", "supplies")
    assert shown(client, f"/en{PAGE}") == [(made.name, english.format(commune.title))]


def test_what_is_not_published_ended_or_off_the_drawing_is_left_out(client, commune) -> None:
    area(commune, "Chưa công bố", is_public=False)
    area(commune, "Không tọa độ", lat=None, lng=None)
    area(commune, "Đã thôi", valid_to=date(2024, 12, 31))
    area(commune, "Ở tỉnh khác", lat=Decimal("10.8"), lng=Decimal("106.6"))
    assert shown(client) == []


def test_a_layer_costs_the_same_queries_for_one_and_for_twenty(client, commune) -> None:
    area(commune)
    with counted() as one:
        client.get(PAGE)
    for number in range(20):
        area(commune, f"Vùng {number}")
    with counted() as many:
        assert len(client.get(PAGE).context["layer"]["marks"]) == 21
    assert len(many) == len(one)


def test_the_products_stay_the_first_layer_and_an_unknown_one_is_not_found(client, commune) -> None:
    page = client.get("/ban-do/")
    assert (page.context["layer"], [entry["active"] for entry in page.context["layers"]].count(True)) == (
        None,
        0,
    )
    assert 'href="/ban-do/?lop=vung-nguyen-lieu"' in page.content.decode()
    assert client.get("/ban-do/?lop=khong-co").status_code == 404
