"""A producer merged while its dossier is open: the dossier, the people and the codes go on with the row that stays."""

import pytest
from django.urls import reverse

from ocop.evaluation.actions import commune
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import make_world
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.actions import merge_producers
from ocop.producers.models import Producer, ProducerAccess
from ocop.producers.queries import doubles_of
from ocop.producers.registers import PRODUCERS
from ocop.producers.tests.factories import ProducerFactory, owner_of
from ocop.products.models import Paper, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A double with an open dossier and an owner, the row that stays, and the commune's officer."""
    world = make_world()
    dossier = world.walk_to("submitted")
    double = dossier.producer
    Producer.objects.filter(pk=double.pk).update(name="HTX Trường An")
    double.refresh_from_db()
    kept = ProducerFactory(name="Hợp tác xã Trường Anh", unit=double.unit)
    return dossier, double, kept, world["commune_officer"]


def test_the_pair_is_found_with_score_and_reason(pair):
    _, double, kept, by = pair
    (found,) = doubles_of(by)
    assert (found.first, found.second, found.reason) == (double, kept, "tên giống nhau 98%, cùng xã hiện nay")


def test_everything_moves_and_the_old_code_leads_on(pair, client):
    dossier, double, kept, by = pair
    owner = ProducerAccess.objects.filter(producer=double, kind="owner").first().user
    merge_producers(double, kept, by=by)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.producer, dossier.product.producer) == (kept, kept)
    assert Dossier.objects.visible_to(owner).get() == dossier
    commune.receive(dossier, by=by)
    assert Dossier.objects.get(pk=dossier.pk).state == "commune_review"
    assert ProducerAccess.objects.get(user=owner).producer == kept
    assert not Product.objects.filter(producer=double).exists()
    assert not Paper.objects.filter(producer=double).exists()
    assert list(Producer.objects.visible_to(by).found_by(double.code)) == [kept]
    assert doubles_of(by) == []
    client.force_login(by)
    assert client.get(PRODUCERS.url("detail", double.pk)).url == PRODUCERS.url("detail", kept.pk)
    assert dossier.product.history.first().history_user == by
    assert list(Dossier.objects.visible_to(by).found_by("trường anh")) == [dossier]


def test_what_may_not_be_merged(pair):
    _, double, kept, by = pair
    with pytest.raises(Forbidden):
        merge_producers(double, kept, by=owner_of(double))
    with pytest.raises(Refused, match="hai dòng khác nhau"):
        merge_producers(double, double, by=by)
    Producer.objects.filter(pk=double.pk).update(tax_code="0100109106")
    Producer.objects.filter(pk=kept.pk).update(tax_code="0100112437")
    with pytest.raises(Refused, match="mã số thuế khác nhau"):
        merge_producers(double, kept, by=by)


def test_the_page_merges_the_pair(pair, client):
    _, double, kept, by = pair
    client.force_login(by)
    page = reverse("producers:doubles")
    assert "tên giống nhau 98%" in client.get(page).content.decode()
    client.post(page, {"double": double.code, "into": kept.code})
    double.refresh_from_db()
    assert double.merged_into == kept
