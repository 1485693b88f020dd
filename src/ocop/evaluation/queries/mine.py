"""Reads behind the producer's first pages: products with dossiers, the choice of a set, the days of a round."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.cycle.queries.plans import plan_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.clock import commune_clock
from ocop.evaluation.queries.record import Mark, mark_of
from ocop.evaluation.queries.rounds import proposal_round
from ocop.evaluation.queries.todo import NEXT_PRESS, RETURNED
from ocop.evaluation.rules.workflow import EDITABLE
from ocop.kit import clock, days
from ocop.kit.errors import Refusal
from ocop.kit.registry import Todo
from ocop.producers.models import Producer, ProducerAccess
from ocop.producers.queries import producers_of, representative_of
from ocop.producers.rules.eligibility import may_apply
from ocop.products.models import Product
from ocop.rulebook.models import ProductGroup
from ocop.rulebook.queries import commune_must_receive_by, procedure_in_force, sets_for_group

# Where a producer is led once there is a result; everything else leads to the record.
WAY_IN = {
    DossierState.RECOGNISED: ("evaluation:dossier-outcome", "Xem kết quả"),
    DossierState.NOT_RANKED: ("evaluation:dossier-outcome", "Xem kết quả"),
}


@dataclass
class Line:
    """A dossier as the list shows it: state and the one next press."""

    dossier: Dossier
    mark: Mark
    action: str
    url: str
    is_returned: bool
    is_withdrawn: bool


@dataclass
class ProductLines:
    """A product with its dossiers, newest first; `can_open` when none is under way."""

    product: Product
    lines: list[Line] = field(default_factory=list)
    can_open: bool = True


@dataclass
class Business:
    """A producer of the person's with its products."""

    producer: Producer
    products: list[ProductLines] = field(default_factory=list)


def line_of(dossier: Dossier) -> Line:
    """State and next press of a dossier for the producer's side."""
    state = DossierState(dossier.state)
    page, action = WAY_IN.get(state, ("evaluation:dossier-detail", "Xem"))
    if state in EDITABLE:
        page, action = "evaluation:dossier-write", NEXT_PRESS[state]
    url = reverse(page, args=[dossier.code])
    return Line(
        dossier,
        mark_of(dossier.state),
        action,
        url,
        dossier.state in RETURNED,
        dossier.state == DossierState.WITHDRAWN,
    )


def businesses_of(user: User) -> list[Business]:
    """The person's producers, their products and dossiers; the same number of queries however many there are."""
    producers = producers_of(user)
    found = {producer.pk: Business(producer) for producer in producers}
    rows = Product.objects.unmerged().filter(producer__in=list(found))
    products = rows.select_related("group").order_by("name", "pk")
    by_product = {}
    for product in products:
        lines = ProductLines(product, can_open=product.is_active)
        by_product[product.pk] = lines
        found[product.producer_id].products.append(lines)
    dossiers = Dossier.objects.visible_to(user).filter(product__in=list(by_product))
    for dossier in dossiers.select_related("round").order_by("-created_at", "-pk"):
        lines = by_product[dossier.product_id]
        lines.lines.append(line_of(dossier))
        if DossierState(dossier.state) not in CLOSED:
            lines.can_open = False
    for business in found.values():
        business.products.sort(key=_nearest)  # stable: by name within
    return list(found.values())


def _nearest(product: ProductLines) -> int:
    """Products whose dossier waits for the producer first, then those on the road, then the rest."""
    states = {DossierState(line.dossier.state) for line in product.lines}
    if states & set(EDITABLE_STATES):
        return 0
    return 1 if states - set(CLOSED) else 2


EDITABLE_STATES = tuple(DossierState(state) for state in EDITABLE)
CLOSED = (DossierState.RECOGNISED, DossierState.NOT_RANKED, DossierState.WITHDRAWN)


def drafts_for_others(user: User) -> list[Line]:
    """Drafts that an officer opened for producers; empty for everybody else."""
    own = [producer.pk for producer in producers_of(user)]
    rows = Dossier.objects.visible_to(user).filter(created_by=user, state__in=EDITABLE)
    rows = rows.exclude(producer__in=own).select_related("product", "producer")
    return [line_of(row) for row in rows]


def first_dossier_todos(user: User, today: date) -> Iterator[Todo]:
    """One line for somebody whose producers never had a dossier: add a product, or open the first; few queries."""
    if scope_of(user).is_official:
        return
    held = ProducerAccess.objects.valid_on(today).filter(user=user).values("producer")
    producers = list(Producer.objects.filter(pk__in=held).order_by("pk"))
    if not producers or Dossier.objects.filter(producer__in=producers).exists():
        return
    subject = producers[0].public_name
    if Product.objects.filter(producer__in=producers).exists():
        there = reverse("evaluation:my-dossiers")
        yield Todo("dossier.first", "Lập hồ sơ OCOP cho sản phẩm của bạn", there, "Lập hồ sơ", subject)
    else:
        there = reverse("products:add", args=[producers[0].code])
        yield Todo("product.first", "Thêm sản phẩm đầu tiên", there, "Thêm sản phẩm", subject)


def choice_of_set(product: Product, group_code: str, today: date) -> dict[str, Any]:
    """What the page of choice shows: the groups, the sets of the chosen group, what speaks against them."""
    procedure = procedure_in_force(today)
    own = product.group_on(today)
    groups = list(ProductGroup.objects.all())
    group = next((one for one in groups if one.code == (group_code or (own.code if own else ""))), None)
    sets = list(sets_for_group(procedure.book, group.code)) if procedure and group else []
    producer = product.producer_on(today)
    form, size = producer.form_on(), producer.size_on()
    decision = procedure.book.slug if procedure else ""
    verdicts = [may_apply(form, one.number, size=size, decision=decision) for one in sets]
    against = {verdict.reason: verdict for verdict in verdicts if isinstance(verdict, Refusal)}
    suggested = product.criteria_set
    return {
        "procedure": procedure,
        "groups": groups,
        "group": group,
        "own_group": own,
        "mismatch": bool(own and group and own != group),
        "sets": sets,
        "against": list(against.values()),
        "suggested": suggested.pk
        if suggested and procedure and suggested.book_id == procedure.book_id
        else None,
    }


def returned_with(dossier: Dossier) -> dict[str, Any] | None:
    """The last return: who, when and why; None for a dossier that is not returned."""
    if dossier.state not in RETURNED:
        return None
    move = dossier.moves.filter(to_state=dossier.state).select_related("by").order_by("-pk").first()
    if move is None:
        return None
    office = "Xã" if dossier.state == DossierState.RETURNED_BY_COMMUNE else dossier.level_name.capitalize()
    return {"office": office, "at": move.at, "reason": move.reason}


def known_facts(dossier: Dossier, user: User) -> dict[str, Any]:
    """What the registers know and the printed forms take from there; the representative masked; the approved plan."""
    producer = dossier.producer
    person = representative_of(producer, user)
    site = producer.site_on()
    return {
        "pairs": [
            ("Sản phẩm", dossier.product.name),
            ("Chủ thể", producer.name),
            ("Loại hình", producer.form_label),
            ("Địa chỉ", str(site) if site else dossier.unit.full_name),
            ("Mã số thuế", producer.tax_code_shown),
            ("Người đại diện", person.name_masked if person else ""),
            ("Điện thoại", person.phone_masked if person else ""),
        ],
        "person": person,
        "person_hidden": person is None
        and producer.representatives.filter(erased_at__isnull=True).valid_on(clock.today()).exists(),
        "person_url": reverse("producers:person" if person else "producers:person_new", args=[producer.code]),
        "producer_url": producer.get_absolute_url(),
        "product_url": dossier.product.get_absolute_url(),
        "plan": plan_of(dossier.product),
    }


def last_days(dossier: Dossier, today: date) -> dict[str, Any]:
    """The round a dossier handed in today joins, and the last day that leaves the commune its time (Art. 5, 7.2).

    What the province sent back keeps its round: `rank_by` is the day on which the province must have ranked it. What
    the commune sent back after receipt has no new 15 days: `clock` says how many of them are left.
    """
    if dossier.state == DossierState.RETURNED_BY_PROVINCE:
        return {"day": None, "round": dossier.round, "rank_by": dossier.round and dossier.round.rank_by}
    if dossier.state == DossierState.RETURNED_BY_COMMUNE and dossier.received_on is not None:
        return {
            "day": None,
            "round": proposal_round(dossier, today),
            "clock": commune_clock(dossier, today),
        }
    working = days.calendar().is_working
    return {
        "day": commune_must_receive_by(dossier.procedure, today, working),
        "round": proposal_round(dossier, today),
    }


def dossier_url_of(product: Product) -> str:
    """The page on which a dossier of the product is opened, or gone on with."""
    return reverse("evaluation:dossier-open", args=[product.public_code])
