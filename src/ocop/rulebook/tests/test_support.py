"""Support policies as dated data: what is loaded, what is refused, what a producer may ask for on a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from ocop.accounts.tests.factories import UserFactory
from ocop.law import loader as law
from ocop.law.models import Instrument
from ocop.rulebook import loader, queries
from ocop.rulebook.located import BadFile
from ocop.rulebook.models import SupportItem, SupportPolicy
from ocop.units.tests.factories import DistrictFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db

FILE = loader.data_folder() / "support.yaml"
POLICY = """policies:
- slug: thu
  title: Chính sách thử
  province: '42'
  valid_from: '2027-01-01'
  confirmed: true
  source: Nghị quyết 9/2027
  items:
  - {code: may, name: Máy móc, content: equipment, percent: '30', ceiling: 150000000, once_per: producer}
"""


def put(folder, text: str):
    path = folder / "ho-tro.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def home():
    return ProvinceFactory(code="42")


def test_the_projects_policies_load_once(home):
    DistrictFactory(code="439", under=home)
    law.load(lambda text: None)
    assert loader.load_support(FILE).written == 33
    assert loader.load_support(FILE).written == 0
    assert list(SupportPolicy.objects.order_by("valid_from", "slug").values_list("slug", "confirmed")) == [
        ("868-2019", False), ("huong-son-2021", False), ("51-2021", False), ("51-2021-165-2025", False),
    ]  # fmt: skip
    assert not SupportItem.objects.filter(policy__slug__startswith="51-2021", amount__isnull=False).exists()


def test_a_policy_of_a_unit_that_is_not_there_never_counts_for_the_province(home):
    loader.load_support(FILE)
    assert not SupportPolicy.objects.filter(slug="huong-son-2021").exists()


def test_a_new_policy_comes_in_by_its_own_file(home, tmp_path):
    loader.load_file(put(tmp_path, POLICY))
    item = SupportItem.objects.get(policy__slug="thu")
    assert (item.percent, item.ceiling, item.amount, item.once_per, item.valid_from) == (
        Decimal("30.00"), 150_000_000, None, "producer", date(2027, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("percent: '30'", "percent: 130", 9, "percent phải từ 0 đến 100, đặt trong dấu nháy"),
        ("ceiling: 150000000", "ceiling: 1.5", 9, "ceiling phải là số đồng nguyên, hoặc để trống"),
        ("content: equipment", "content: xe", 9, "content phải là một trong"),
        ("once_per: producer", "once_per: village", 9, "once_per phải là một trong producer, product"),
        ("  province: '42'", "  unit: '999'", 4, "không có đơn vị mã 999 (mã đặt trong dấu nháy)"),
        ("  confirmed: true", "  confirmed: đúng", 6, "confirmed phải là true hoặc false"),
        ("'2027-01-01'", "'2027-02-30'", 5, "valid_from phải là ngày trong dấu nháy, dạng '2026-05-22'"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(home, tmp_path, old, new, line, reason):
    with pytest.raises(BadFile) as refused:
        loader.load_file(put(tmp_path, POLICY.replace(old, new)))
    assert [(at, said[: len(reason)]) for at, said in refused.value.problems if reason in said] == [
        (line, reason)
    ]
    assert not SupportPolicy.objects.exists()


def test_what_a_producer_may_ask_for_depends_on_the_day_and_the_unit(home):
    district = DistrictFactory(code="439", under=home, valid_from=date(2020, 1, 1))
    inside = UnitFactory(under=district)
    outside = UnitFactory(under=home)
    loader.load_support(FILE)

    def slugs(day: date, unit) -> set[str]:
        return {item.policy.slug for item in queries.support_items_on(day, unit)}

    assert slugs(date(2021, 6, 1), inside) == {"868-2019", "huong-son-2021"}
    assert slugs(date(2021, 6, 1), outside) == {"868-2019"}
    assert slugs(date(2025, 10, 28), outside) == {"51-2021"}
    assert slugs(date(2025, 10, 29), outside) == {"51-2021-165-2025"}


def test_an_instrument_shows_what_it_entitles_to(home, client):
    law.load(lambda text: None)
    loader.load_support(FILE)
    client.force_login(UserFactory())
    amending = Instrument.objects.get(slug="165-2025-nq-hdnd")
    assert [policy.slug for policy in queries.policies_of(amending)] == ["51-2021-165-2025", "51-2021"]
    page = reverse("rulebook:entitlements", args=[amending.slug])
    assert page in client.get(amending.get_absolute_url()).text
    text = client.get(page).text
    assert "mức hỗ trợ chưa có căn cứ" in text
    assert "Sản phẩm đạt hạng sao OCOP" in text
    other = Instrument.objects.get(slug="843-2021-qd-ubnd")
    assert (
        reverse("rulebook:entitlements", args=[other.slug]) not in client.get(other.get_absolute_url()).text
    )


def test_the_page_of_a_policy_names_amounts_and_their_doubt(home, client):
    loader.load_support(FILE)
    client.force_login(UserFactory())
    text = client.get(SupportPolicy.objects.get(slug="868-2019").get_absolute_url()).text
    assert "50.000.000 đ mỗi sản phẩm" in text
    assert "Chưa đối chiếu với văn bản" in text
