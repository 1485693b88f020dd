"""What anybody sees of promotion: recognised points, places that agreed, in both languages, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from ocop.kit.testing import counted
from ocop.producers.tests.offices import Offices, make_offices
from ocop.promotion.enums import PointState
from ocop.promotion.models import SalePoint, StockCount, UsePlace
from ocop.promotion.tests.factories import make_criteria, on, opened, registered, starred
from ocop.units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def offices() -> Offices:
    with on(TODAY):
        found = make_offices()
        Unit.objects.filter(pk=found.province.pk).update(code=settings.OCOP_PROVINCE)
        Unit.objects.filter(pk=found.commune.pk).update(lat=Decimal("18.2"), lng=Decimal("105.8"))
        make_criteria()
        yield found


def marks(client, layer: str, language: str = "") -> list[tuple[str, str, str]]:
    """(title, text, address) of the marks of a layer."""
    page = client.get(f"{language}/ban-do/?lop={layer}")
    return [(mark["title"], mark["text"], mark["url"]) for mark in page.context["layer"]["marks"]]


def place(offices: Offices, **values) -> UsePlace:
    known = {"name": "Nhà hàng Thử", "kind": "restaurant", "unit": offices.commune, "is_public": True}
    return UsePlace.objects.create(**{**known, **values})


def test_a_recognised_point_is_on_the_map_and_has_its_page(offices: Offices, client) -> None:
    point = opened(offices, kind="tourism", hours="7:00 - 19:00", phone="0912345678")
    registered(offices, name="Chưa công nhận")
    where = f"Thôn 1, {offices.commune.title}"
    address = reverse("promotion_public:point", args=[point.code])
    assert marks(client, "diem-ban") == [
        (
            "Cửa hàng Thử",
            f"Cửa hàng tại khu, điểm du lịch, nhà hàng, khách sạn · {where} · mở cửa 7:00 - 19:00",
            address,
        )
    ]
    assert marks(client, "diem-ban", "/en") == [
        (
            "Cửa hàng Thử",
            f"Shop at a tourist site, restaurant or hotel · {where} · open 7:00 - 19:00",
            f"/en{address}",
        )
    ]
    products = [starred(offices.producer), starred(offices.producer, "Hết sao", until=date(2026, 1, 1))]
    for product, quantity in zip((*products, starred(offices.producer, "Hết hàng")), (3, 2, 0), strict=True):
        StockCount.objects.create(point=point, product=product, counted_on=TODAY, quantity=quantity)
    page = client.get(address)
    assert [(line["product"], line["valid"]) for line in page.context["lines"]] == [
        (products[0], True), (products[1], False),
    ]  # fmt: skip
    assert "không có sao còn hiệu lực hôm nay" in page.content.decode()
    english = client.get(f"/en{address}").content.decode()
    assert ("no star in validity today" in english, "Xem vị trí" in english) == (True, False)


@pytest.mark.parametrize("state", [state for state in PointState if state != PointState.OPEN])
def test_a_point_that_is_not_open_is_nowhere(offices: Offices, client, state) -> None:
    point = opened(offices)
    SalePoint.objects.update(state=state)
    page = client.get(reverse("promotion_public:point", args=[point.code]))
    assert (marks(client, "diem-ban"), page.status_code) == ([], 404)


def test_places_show_with_their_consent_while_they_use_products(offices: Offices, client) -> None:
    shown = place(offices, address="Trần Phú", how="Món tráng miệng", since=date(2026, 1, 1))
    shown.products.add(starred(offices.producer))
    place(offices, name="Chưa đồng ý", is_public=False)
    place(offices, name="Đã thôi", until=date(2026, 11, 23))
    place(offices, name="Chưa bắt đầu", since=date(2026, 11, 25))
    (mark,) = marks(client, "noi-su-dung")
    assert mark[:2] == (
        "Nhà hàng Thử",
        f"Nhà hàng, quán ăn · Trần Phú, {offices.commune.title} · 1 sản phẩm OCOP",
    )
    assert "Món tráng miệng" in client.get(mark[2]).content.decode()
    UsePlace.objects.update(is_public=False)
    assert client.get(mark[2]).status_code == 404


def test_a_place_without_a_point_lies_in_the_middle_of_its_commune(offices: Offices, client) -> None:
    place(offices, name="Có tọa độ", lat=Decimal("18.3"), lng=Decimal("105.9"))
    place(offices, name="Ở xã không có tọa độ", unit=offices.beside)
    place(offices)
    assert [title for title, *_ in marks(client, "noi-su-dung")] == ["Có tọa độ", "Nhà hàng Thử"]


def test_layers_cost_the_same_for_one_and_for_many(offices: Offices, client) -> None:
    def cost() -> int:
        total = 0
        for layer in ("diem-ban", "noi-su-dung"):
            with counted() as queries:
                marks(client, layer)
            total += len(queries)
        return total

    opened(offices)
    place(offices)
    few = cost()
    for number in range(6):
        opened(offices, name=f"Điểm {number}", producer=None)
        place(offices, name=f"Nơi {number}")
    assert (cost(), len(marks(client, "diem-ban"))) == (few, 7)
