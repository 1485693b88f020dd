"""The real register: units of then, brands only, idempotent, joinable."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from ocop.producers import loader as producers
from ocop.producers.models import CraftVillage, Producer
from ocop.products import loader
from ocop.products.models import Mark, Product, ProductClassification, ProductHolding
from ocop.products.queries import register_product
from ocop.rulebook.tests.factories import ProductGroupFactory
from ocop.units.loading import load

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Units, groups and both registers, taken away after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda line: None)
        for order, code in enumerate(("I", "II", "III", "IV", "V", "VI"), start=1):
            ProductGroupFactory(code=code, order=order, name=f"Nhóm {code}")
        producers.load_reference(lambda line: None)
        loader.load_reference(lambda line: None)
        yield
        transaction.set_rollback(True)


def test_counts_of_the_register(loaded):
    models = (Product, Mark, CraftVillage, ProductHolding, ProductClassification)
    assert [model.objects.count() for model in models] == [109, 15, 19, 109, 109]
    assert Counter(Product.objects.values_list("producer__is_unknown", flat=True))[True] == 46
    assert Producer.history.count() == Producer.objects.count() == 101


def test_loading_again_changes_nothing(loaded, django_assert_max_num_queries):
    lines: list[str] = []
    with django_assert_max_num_queries(20):
        producers.load_reference(lines.append)
        loader.load_reference(lines.append)
    assert lines == [
        "chủ thể: thêm 0, đã có 101", "làng nghề: thêm 0, đã có 19", "sản phẩm: thêm 0, đã có 109",
        "nhãn hiệu: thêm 0, đã có 15",
    ]  # fmt: skip


def test_a_row_keeps_its_unit_of_then(loaded):
    honey = register_product("Mật ong Cường Nga", "Hương Sơn")
    assert (honey.unit.code, honey.unit.in_force(date(2024, 12, 31)), honey.unit.in_force(date(2026, 1, 1))) == (
        "18184", True, False,
    )  # fmt: skip
    district_only = register_product("Gà ủ muối Sông La", "Đức Thọ")
    assert (district_only.unit.code, district_only.unit.level) == ("440", "district")


def test_tea_is_food_under_appendix_1(loaded):
    assert register_product("Trà mướp đắng Mai Hương", "Cẩm Xuyên").group.code == "I"
    assert register_product("Rượu nhung hươu Huso", "Thành phố Hà Tĩnh").group.code == "II"


def test_no_household_is_named_by_a_person():
    """The data files hold brands: no household row bears the words that the press puts before an owner's name."""
    folder = Path(settings.OCOP_REFERENCE_DIR)
    with (folder / "producers" / "producers.csv").open(encoding="utf-8") as file:
        households = [row for row in csv.DictReader(file) if row["form"] == "household"]
    assert [row["name"] for row in households if row["name"].startswith(("Hộ ", "Ông ", "Bà "))] == []
    assert [row["key"] for row in households if row["brand"] != row["name"]] == []
    surnames = (
        "Nguyễn Văn",
        "Nguyễn Thị",
        "Nguyễn Hữu",
        "Trần Thị",
        "Phạm Thị",
        "Đinh Thị",
        "Lê Phan",
        "Lưu Văn",
    )
    files = ("producers/producers.csv", "products/products.csv")
    text = "".join((folder / part).read_text(encoding="utf-8") for part in files)
    assert [surname for surname in surnames if surname in text] == []


def test_marks_say_how_far_they_are_confirmed(loaded):
    assert Counter(Mark.objects.values_list("status", flat=True)) == {
        "seed_only": 11, "confirmed": 3, "partly_confirmed": 1,
    }  # fmt: skip
    tea = Mark.objects.get(name="Chè Hồng Lộc")
    assert (tea.protects_on(date(2021, 7, 13)), tea.protects_on(date(2021, 7, 14))) == (False, True)
    assert not Mark.objects.get(name="Cam Vũ Quang").protects_on(date(2026, 1, 1))
