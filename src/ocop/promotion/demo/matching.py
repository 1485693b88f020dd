"""Invented offers of invented producers and the buyers that ask for them, through the actions."""

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from simple_history.utils import bulk_create_with_history

from ocop.accounts.demo import persona_user
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.partners.models import PartnerConference
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import actions
from ocop.promotion.enums import AgreementKind, RequestState
from ocop.promotion.models import Agreement, MeetingTalk, PurchaseRequest, SupplyOffer
from ocop.promotion.queries.matching import suggestions_for
from ocop.units.models import Unit

MEASURES = {"Rau": "kg", "Củ": "kg", "Mật": "lít", "Nước": "chai"}


def measure_of(product: Product) -> str:
    """In what an invented product is sold."""
    return MEASURES.get(product.name.split()[0], "hộp")


def load(
    data: dict[str, Any], makers: list[Producer], communes: list[Unit], province: Unit, chance: random.Random
) -> None:
    """Offers of every invented producer, and the requests at every step."""
    offers = []
    for product in (
        Product.objects.active().filter(producer__in=makers, group__isnull=False).order_by("pk")[:20]
    ):
        low = chance.randint(2, 30) * 10_000
        offer = SupplyOffer(
            producer=product.producer, product=product, volume=Decimal(chance.randint(3, 60) * 100),
            measure=measure_of(product), month_from=chance.choice([1, 6, 8]), month_to=chance.choice([12, 1, 3]),
            price_from=low, price_to=int(low * 1.2), is_demo=True,
        )  # fmt: skip
        offer.save()
        offers.append(offer)
    for entry in data["requests"]:
        _request(entry, province, offers)


def _like(wanted: str, offers: list[SupplyOffer]) -> SupplyOffer:
    """The offer whose product shares most words with what is wanted."""
    words = set(wanted.lower().split())
    return max(offers, key=lambda offer: len(words & set(offer.product.name.lower().split())))


def _request(entry: dict[str, Any], province: Unit, offers: list[SupplyOffer]) -> None:
    if not offers:
        return
    by, today = persona_user("uy-vien-cong-thuong"), clock.today()
    like = _like(entry["wanted"], offers)
    first = today + timedelta(days=entry["days"])
    row = PurchaseRequest(
        buyer_name=entry["buyer"], unit=province, wanted=entry["wanted"], product=like.product,
        group=like.product.group, volume=Decimal(entry["volume"]), measure=entry["measure"], needed_from=first,
        needed_to=first + timedelta(days=entry["length"]), price_most=max(entry["price"], like.price_from or 0),
        is_demo=True,
    )  # fmt: skip
    row.full_clean(exclude=["opened_at", "opened_by"])
    actions.open_request(row, by=by)
    if entry["state"] == RequestState.OPEN:
        return
    if entry["state"] == RequestState.UNMET:
        press(
            actions.REQUEST_DESK, row, "give_up", by=by, reason="Sản lượng cần vượt khả năng của các chủ thể"
        )
        return
    fitting = [one.offer.pk for one in suggestions_for(row, today, most=2)]
    if not fitting:
        return
    actions.introduce(row, offers=fitting, by=by)
    if entry["state"] in (RequestState.SIGNED, RequestState.DONE):
        _sign(row, like, done=entry["state"] == RequestState.DONE, by=by)


def _sign(row: PurchaseRequest, offer: SupplyOffer, *, done: bool, by: Any) -> None:
    value = int(row.volume * (offer.price_from or 50_000))
    Agreement.objects.create(
        kind=AgreementKind.CONTRACT, number=f"TD-{row.pk:02d}/HĐMB", producer=offer.producer, buyer_name=row.buyer_name,
        product=offer.product, request=row, signed_on=row.needed_from, value=value, starts_on=row.needed_from,
        ends_on=row.needed_to, delivered=value if done else None, delivered_on=row.needed_to if done else None,
        is_demo=True,
    )  # fmt: skip
    press(actions.REQUEST_DESK, row, "sign", by=by)
    if done:
        press(actions.REQUEST_DESK, row, "complete", by=by)


def load_talks(log: Any) -> None:
    """Who sat down with whom at the invented conferences, which a later step makes than the rest of this app."""
    if MeetingTalk.objects.exists():
        log("cuộc gặp trình diễn: đã có")
        return
    rows = []
    for conference in PartnerConference.objects.filter(is_demo=True):
        came = list(conference.attendances.select_related("partner", "producer").order_by("pk"))
        buyers = [one.partner for one in came if one.partner]
        sellers = [one.producer for one in came if one.producer and one.producer.is_demo]
        for number, (producer, partner) in enumerate(zip(sellers, buyers, strict=False)):
            row = MeetingTalk(
                conference=conference, producer=producer, partner=partner, buyer_name=partner.name,
                agreed=number % 3 == 0, note="Trao đổi giá, sản lượng và thời gian giao hàng (trình diễn)",
            )  # fmt: skip
            row.set_search()
            rows.append(row)
    bulk_create_with_history(rows, MeetingTalk, batch_size=500)
    log(f"cuộc gặp trình diễn: {len(rows)} cuộc gặp tại hội nghị")
