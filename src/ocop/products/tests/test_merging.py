"""Two rows of one product: found, looked at, merged once, and every old code leads to the row that stays."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ocop.audit.models import Event
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.products.actions import merge_products
from ocop.products.models import MarkUse, Media, Paper, Product
from ocop.products.queries import doubles_of, merge_counts
from ocop.products.registers import PRODUCTS
from ocop.products.rules.likeness import likeness
from ocop.products.tests.factories import MarkFactory, PaperFactory, ProductFactory, stored_photo
from ocop.rulebook.models import ProductGroup
from ocop.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A double with a paper, photographs and marks, the row that stays, and the commune's officer."""
    with time_machine.travel("2026-11-24 10:00:00+07:00", tick=False):
        unit = UnitFactory(name="Kỳ Ninh")
        maker = ProducerFactory(unit=unit, name="HTX Trường An")
        double = ProductFactory(name="Nước mắm  Kỳ Ninh", producer=maker, story="Nghề của làng.")
        kept = ProductFactory(name="Nuoc mam Kỳ Ninh", producer=maker, description="Ủ chượp 12 tháng.")
        yield double, kept, officer(unit)


def test_products_are_alike_by_name_and_never_across_figures():
    assert likeness("Nước mắm  Kỳ Ninh", "Nuoc mam Ky Ninh") == 1.0
    assert likeness("Rượu nếp 29 độ", "Rượu nếp 39 độ") == 0.0
    assert likeness("Rượu nếp cái 29 độ", "Rượu nếp cái 29 độ.") == 1.0
    assert likeness("Kẹo cu đơ", "Bánh đa vừng") == 0.0
    for one, other in (
        ("Giò lắt Thành Duẫn", "Giò lụa Thành Duẫn"),
        ("Hương trầm Sương Mai", "Vòng trầm Sương Mai"),
    ):
        assert likeness(one, other) == 0.0
    assert [likeness("Nước mắm Kỳ Ninh", other) for other in ("Nước nắm Kỳ Ninh", "Nước mm Kỳ Ninh")] == [
        0.9375,
        0.0,
    ]


def test_a_pair_is_found_in_one_producer_and_one_group_only(pair):
    double, kept, by = pair
    ProductFactory(name=kept.name, producer=ProducerFactory(unit=double.unit))
    (found,) = doubles_of(by)
    assert (found.first, found.second, found.reason) == (double, kept, "cùng tên, cùng nhóm")
    food, drink = (ProductGroup.objects.create(code=code, name=code, order=1) for code in ("TP", "DU"))
    Product.objects.filter(pk=double.pk).update(group=food)
    assert doubles_of(by)[0].reason == "cùng tên, một dòng chưa rõ nhóm"
    Product.objects.filter(pk=kept.pk).update(group=drink)
    assert doubles_of(by) == []


def test_the_list_costs_as_much_for_many(pair, django_assert_max_num_queries):
    double, _, by = pair
    for number in range(12):
        ProductFactory(name=f"Nước mắm Kỳ Ninh {number // 2}", producer=double.producer)
    with django_assert_max_num_queries(3):
        assert len(doubles_of(by)) == 7


def test_everything_moves_and_facts_that_were_missing_are_filled_in(pair):
    double, kept, by = pair
    paper = PaperFactory(producer=double.producer, product=double)
    shared, own = stored_photo(by, "red"), stored_photo(by, "blue")
    for product, photo, order in ((kept, shared, 1), (double, shared, 1), (double, own, 2)):
        Media.objects.create(product=product, file=photo, order=order, added_by=by, at=paper.at)
    both, one = MarkFactory(), MarkFactory()
    for product, mark in ((kept, both), (double, both), (double, one)):
        MarkUse.objects.create(product=product, mark=mark, valid_from=date(2026, 2, 1))
    assert sorted(merge_counts(double, kept)) == [
        ("giấy tờ", 1), ("sử dụng nhãn hiệu", 1), ("ảnh sản phẩm", 1),
    ]  # fmt: skip
    merge_products(double, kept, by=by)
    kept.refresh_from_db()
    double.refresh_from_db()
    assert Paper.objects.get().product == kept
    assert [media.file for media in kept.media.all()] == [shared, own]
    assert {use.mark for use in kept.mark_uses.all()} == {both, one}
    assert MarkUse.objects.get(product=double).valid_to == date(2026, 11, 23)
    assert (kept.story, kept.description, double.merged_into) == ("Nghề của làng.", "Ủ chượp 12 tháng.", kept)
    assert paper.history.first().history_user == kept.history.first().history_user == by
    said = Event.objects.get(verb="products.merged")
    assert (said.data["double"], said.data["moved"]) == (
        double.public_code, {"products.Media": 1, "products.MarkUse": 1, "products.Paper": 1},
    )  # fmt: skip


def test_codes_lead_to_the_row_that_stays_and_an_official_code_is_taken_over(pair, client):
    double, kept, by = pair
    Product.objects.filter(pk=double.pk).update(
        code="42-18073-07-2026", code_unit=double.unit, code_year=2026, code_serial=7
    )
    merge_products(double, kept, by=by)
    kept.refresh_from_db()
    assert (kept.code, kept.code_serial, kept.former_codes) == ("42-18073-07-2026", 7, double.public_code)
    for typed in (double.public_code, "42-18073-07-2026"):
        assert list(Product.objects.visible_to(by).found_by(typed)) == [kept]
    client.force_login(by)
    assert client.get(PRODUCTS.url("detail", double.pk)).url == PRODUCTS.url("detail", kept.pk)
    assert list(Product.objects.visible_to(by)) == [kept]


def test_a_second_official_code_stays_with_the_double_and_still_leads_on(pair):
    double, kept, by = pair
    for product, serial in ((double, 7), (kept, 8)):
        Product.objects.filter(pk=product.pk).update(
            code=f"42-18073-0{serial}-2026", code_unit=double.unit, code_year=2026, code_serial=serial
        )
    merge_products(double, kept, by=by)
    kept.refresh_from_db()
    assert (kept.code, kept.former_codes) == ("42-18073-08-2026", f"{double.public_code} 42-18073-07-2026")
    third = ProductFactory(name="Mắm", producer=kept.producer)
    merge_products(kept, third, by=by)
    double.refresh_from_db()
    assert double.merged_into == third
    assert list(Product.objects.visible_to(by).found_by("42-18073-07-2026")) == [third]


def test_what_may_not_be_merged(pair):
    double, kept, by = pair
    with pytest.raises(Forbidden):
        merge_products(double, kept, by=owner_of(double.producer))
    with pytest.raises(Forbidden):
        merge_products(double, kept, by=officer(UnitFactory()))
    with pytest.raises(Refused, match="hai dòng khác nhau"):
        merge_products(double, double, by=by)
    other = ProductFactory(name=double.name, producer=ProducerFactory(unit=double.unit))
    with pytest.raises(Refused, match="hãy gộp chủ thể trước"):
        merge_products(other, kept, by=by)
    groups = [ProductGroup.objects.create(code=code, name=code, order=1) for code in ("TP", "DU")]
    for product, group in zip((double, kept), groups, strict=True):
        Product.objects.filter(pk=product.pk).update(group=group)
    with pytest.raises(Refused, match="hai nhóm"):
        merge_products(double, kept, by=by)
    Product.objects.filter(pk=double.pk).update(group=groups[1])
    merge_products(double, kept, by=by)
    with pytest.raises(Refused, match="đã được gộp trước đó"):
        merge_products(double, kept, by=by)


def test_the_pages_show_what_moves_and_a_second_sending_leads_to_the_product(pair, client):
    double, kept, by = pair
    PaperFactory(producer=double.producer, product=double)
    client.force_login(by)
    there = reverse("products:merge", args=[double.public_code, kept.public_code])
    assert there in client.get(reverse("products:doubles")).content.decode()
    page = client.get(there)
    assert page.context["moving"] == [("giấy tờ", 1)]
    sending = {"once": page.context["form"]["once"].value()}
    first, second = client.post(there, sending), client.post(there, sending)
    assert first.url == second.url == kept.get_absolute_url()
    assert client.get(there).url == kept.get_absolute_url()
    assert Product.objects.filter(merged_into=kept).count() == 1
    client.force_login(owner_of(kept.producer))
    assert [client.get(url).status_code for url in (there, reverse("products:doubles"))] == [404, 404]
