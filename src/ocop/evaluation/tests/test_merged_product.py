"""A product merged with its dossiers and stars: they go on with the row that stays; printed codes still lead."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.evaluation.actions import commune
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import make_world
from ocop.kit.errors import Refused
from ocop.products.actions import merge_products
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A double with an open dossier, the row that stays, and the commune's officer."""
    world = make_world()
    dossier = world.walk_to("submitted")
    double = dossier.product
    kept = ProductFactory(name=f"{double.name}, loại ngon", producer=double.producer, group=double.group)
    return world, dossier, double, kept


def test_an_open_dossier_goes_on_with_the_row_that_stays(pair):
    world, dossier, double, kept = pair
    merge_products(double, kept, by=world["commune_officer"])
    row = Dossier.objects.get(pk=dossier.pk)
    assert (row.product, list(Dossier.objects.found_by(kept.name))) == (kept, [row])
    commune.receive(row, by=world["commune_officer"])
    assert Dossier.objects.get(pk=dossier.pk).state == "commune_review"
    assert open_dossier(kept, criteria_set=world.criteria_set, by=world["owner"]) == row
    with pytest.raises(Refused, match="đã được gộp vào một sản phẩm khác"):
        open_dossier(double, criteria_set=world.criteria_set, by=world["owner"])


def test_two_open_dossiers_stand_against_it_by_their_codes(pair):
    world, dossier, double, kept = pair
    other = open_dossier(kept, criteria_set=world.criteria_set, by=world["owner"])
    with pytest.raises(Refused) as refused:
        merge_products(double, kept, by=world["commune_officer"])
    assert (refused.value.code, other.code in refused.value.reason, dossier.code in refused.value.reason) == (
        "products.merge_dossiers", True, True,
    )  # fmt: skip


def test_two_stars_in_validity_stand_against_it_and_one_that_ended_does_not(pair):
    world, _, double, kept = pair
    CertificateFactory(
        product=kept, number="012/2024", issued_on=date(2024, 12, 20), valid_to=date(2027, 12, 20)
    )
    other = CertificateFactory(
        product=double, number="7", stars=3, issued_on=date(2026, 6, 3), valid_to=date(2029, 6, 3)
    )
    with pytest.raises(Refused) as refused:
        merge_products(double, kept, by=world["commune_officer"])
    assert "giấy số 012/2024 (4 sao, hiệu lực đến hết 20/12/2027) và giấy số 7 (3 sao" in refused.value.reason
    Certificate.objects.filter(pk=other.pk).update(revoked_on=date(2026, 11, 1))
    merge_products(double, kept, by=world["commune_officer"])
    assert set(Certificate.objects.values_list("product_id", flat=True)) == {kept.pk}


def test_old_addresses_and_the_printed_code_still_lead(pair, client):
    world, _, double, kept = pair
    star = CertificateFactory(product=double)
    merge_products(double, kept, by=world["commune_officer"])
    page = client.get(reverse("public:product", args=[double.public_code]))
    assert (page.status_code, page.context["product"]) == (200, kept)
    assert client.get(star.check_path).status_code == 200
    row = client.get("/api/v1/recognitions", {"q": star.number}).json()["results"][0]
    assert (row["code"], row["product_code"]) == (star.code, kept.public_code)
