"""Pages of products: adding on a phone, the vault, codes, strangers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.files.tests.factories import pdf, picture, sent
from ocop.kit import clock
from ocop.producers.tests.factories import PersonFactory, ProducerFactory, officer, owner_of
from ocop.products.models import Paper, Product
from ocop.products.tests.factories import PaperFactory, ProductFactory
from ocop.rulebook.tests.factories import ProductGroupFactory, load_sets
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """Officials need a second factor outside the demo mode; these tests are about what comes after it."""
    settings.OCOP_MFA_REQUIRED = False


def signed(user) -> Client:
    """A browser of that person."""
    client = Client()
    client.force_login(user)
    return client


def test_a_product_is_added_one_question_a_screen():
    (food,) = load_sets(7)
    producer = ProducerFactory()
    client = signed(owner_of(producer))
    steps = {
        "ten": {"name": "Tinh bột nghệ Thử"}, "nhom": {"group": food.group.pk}, "bo": {"criteria_set": food.pk},
        "mo-ta": {"spec": "Hộp 500 g", "once": "mot-lan"},
    }  # fmt: skip
    for step, data in steps.items():
        page = reverse("products:add_step", args=[producer.code, step])
        assert client.get(page).status_code == 200
        answer = client.post(page, data)
    product = Product.objects.get()
    assert (product.name, product.group, product.criteria_set, product.spec) == (
        "Tinh bột nghệ Thử", food.group, food, "Hộp 500 g",
    )  # fmt: skip
    assert answer.url == reverse("products:photos", args=[product.public_code])


def test_the_set_step_offers_sets_of_the_chosen_group_only():
    food, drink = load_sets(7, 14)
    producer = ProducerFactory()
    client = signed(owner_of(producer))
    client.post(reverse("products:add_step", args=[producer.code, "ten"]), {"name": "Rượu Thử"})
    client.post(reverse("products:add_step", args=[producer.code, "nhom"]), {"group": drink.group.pk})
    page = reverse("products:add_step", args=[producer.code, "bo"])
    assert [row.name in client.get(page).content.decode() for row in (food, drink)] == [False, True]
    assert client.post(page, {"criteria_set": food.pk}).status_code == 422


def test_strangers_get_404():
    product = ProductFactory()
    paper = PaperFactory(producer=product.producer)
    pages = [reverse("products:products_detail", args=[product.pk])]
    pages += [
        reverse(f"products:{name}", args=[product.public_code])
        for name in ("choose_set", "photos", "marks", "status")
    ]
    pages += [
        reverse(f"products:{name}", args=[product.producer.code]) for name in ("of_producer", "add", "vault")
    ]
    pages += [reverse(f"products:{name}", args=[paper.code]) for name in ("paper", "paper_edit")]
    strangers = [PersonFactory(), officer(UnitFactory()), owner_of(ProducerFactory())]
    assert {signed(user).get(page).status_code for user in strangers for page in pages} == {404}
    assert {signed(owner_of(product.producer)).get(page).status_code for page in pages} == {200}


def test_the_vault_takes_a_file_with_and_without_javascript():
    producer = ProducerFactory()
    client = signed(owner_of(producer))
    add = reverse("products:add_paper", args=[producer.code, "tests"])
    client.post(add, {"number": "12/KN", "file": sent("a.pdf", pdf())})
    paper = Paper.objects.get()
    attach = reverse("products:paper_attach", args=[paper.code])
    answer = client.post(attach, {"file": sent("b.pdf", pdf(2))}, headers={"X-Requested-With": "uploader"})
    assert ("bản 2" in answer.content.decode(), paper.versions.count()) == (True, 2)
    page = client.post(attach, {"file": sent("c.exe", b"MZ")}, follow=True)
    assert (paper.versions.count(), page.status_code) == (2, 200)
    assert client.get(paper.latest.file.get_absolute_url()).status_code == 200
    assert signed(PersonFactory()).get(paper.latest.file.get_absolute_url()).status_code == 404


def test_photographs_are_added_and_taken_off():
    product = ProductFactory()
    client = signed(owner_of(product.producer))
    page = reverse("products:photos", args=[product.public_code])
    client.post(page, {"file": sent("a.jpg", picture())})
    photo = product.media.get()
    client.post(reverse("products:photo_change", args=[product.public_code, photo.pk, "bo"]))
    assert product.media.count() == 0


def test_the_officer_allots_a_code_by_one_press():
    unit = UnitFactory(code="18547", under=ProvinceFactory(code="42"))
    product = ProductFactory(producer=ProducerFactory(unit=unit))
    press = reverse("products:allot_code", args=[product.public_code])
    assert signed(owner_of(product.producer)).post(press).status_code == 403
    answer = signed(officer(unit)).post(press, follow=True)
    assert f"42-18547-01-{clock.today().year}" in answer.content.decode()


def test_lists_cost_the_same_queries_for_many_rows():
    unit, group = UnitFactory(), ProductGroupFactory()
    producer = ProducerFactory(unit=unit)
    client = signed(officer(unit))

    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    pages = [reverse(f"products:{name}") for name in ("products_list", "papers_list")]
    pages += [reverse(f"products:{name}", args=[producer.code]) for name in ("of_producer", "vault")]
    ProductFactory(producer=producer, group=group)
    PaperFactory(producer=producer)
    few = [queries(page) for page in pages]
    for _ in range(15):
        ProductFactory(producer=producer, group=group)
        PaperFactory(producer=producer)
    assert [queries(page) for page in pages] == few


def test_the_file_of_a_refused_paper_need_not_be_chosen_again():
    producer = ProducerFactory()
    client = signed(owner_of(producer))
    url = reverse("products:add_paper", args=[producer.code, "tests"])
    facts = {"number": "12/KN", "issued_on": "2026-01-10", "expires_on": "2026-01-01"}
    refused = client.post(url, {**facts, "file": sent("kiem-nghiem.pdf", pdf())})
    (file,) = refused.context["held"]
    assert (refused.status_code, f'name="key" value="{file.key}"' in refused.content.decode()) == (422, True)
    client.post(url, {**facts, "expires_on": "2027-01-01", "key": str(file.key)})
    assert Paper.objects.get().versions.get().file == file
