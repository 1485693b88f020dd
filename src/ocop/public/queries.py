"""Reads of the open site: what anybody may know, and nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from ocop.producers.models import Producer
from ocop.products.enums import MarkStatus
from ocop.products.models import Mark, Product
from ocop.recognition.enums import IN_VALIDITY, ChangeKind, State, mark_of
from ocop.recognition.models import Certificate, CertificateChange, MisuseReport
from ocop.recognition.models.certificate import CertificateQuerySet
from ocop.recognition.queries import expiring_days
from ocop.recognition.rules.codes import readings
from ocop.recognition.rules.validity import Facts
from ocop.rulebook.models import ProductGroup
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import heirs_on, home_province, match_ids
from ocop.units.rules.drawing import position

STANDING = "con-hieu-luc"
"""The filter "in validity": valid, expiring and extended together."""


def recognised(day: date) -> CertificateQuerySet:
    """One row per recognised product: the certificate that speaks for it on that day, with its state."""
    rows = Certificate.objects.public().latest_of_product(day)
    return rows.with_state(day, expiring_days=expiring_days(day))


def listed(day: date, asked: dict[str, Any]) -> QuerySet[Certificate]:
    """The register as asked: words, group, set, star, unit (old or new), state."""
    rows = recognised(day)
    if asked.get("nhom"):
        rows = rows.filter(product__group__code=asked["nhom"])
    if asked.get("bo"):
        rows = rows.filter(product__criteria_set__number=asked["bo"])
    if asked.get("sao"):
        rows = rows.filter(stars=asked["sao"])
    if asked.get("unit_ids") is not None:
        rows = rows.filter(unit_id__in=asked["unit_ids"])
    if asked.get("hieu_luc") == STANDING:
        rows = rows.filter(state_that_day__in=IN_VALIDITY)
    elif asked.get("hieu_luc"):
        rows = rows.filter(state_that_day=asked["hieu_luc"])
    order = ("-stars", "product_name", "pk")
    rows = rows.found_by(asked["q"]).order_by("_rank", *order) if asked.get("q") else rows.order_by(*order)
    return rows.select_related("product__group", "product__producer", "unit", "decision")


def revoked_stars(day: date) -> QuerySet[Certificate]:
    """Published stars revoked on or before that day, with `revocations`: the changes that took them back.

    Decision 26/2026/QĐ-TTg, Art. 8. What officers wrote as reason stays out: it may name people. Three queries at
    most, whatever the number of rows.
    """
    changes = CertificateChange.objects.filter(kind=ChangeKind.REVOKED).select_related("decision")
    rows = Certificate.objects.public().filter(revoked_on__lte=day).select_related("product__producer")
    rows = rows.prefetch_related(Prefetch("changes", changes, to_attr="revocations"))
    return rows.order_by("-revoked_on", "product_name", "pk")


def marks_named(typed: str) -> list[Mark]:
    """Registered geographical indications and common marks that fit what was typed; at most three, one query.

    Who types "buoi phuc trach" means a name under protection, whether or not a product of that name holds a star.
    """
    if len(typed.strip()) < 3:
        return []
    rows = Mark.objects.filter(status=MarkStatus.CONFIRMED, is_demo=False).found_by(typed)
    return list(rows.order_by("_rank", "kind", "name")[:3])


def unit_ids(unit: Unit, day: date) -> set[int]:
    """What a filter by a unit of any time matches: on that day, or on its last day for a former unit."""
    when = day if unit.in_force(day) else unit.valid_to or day
    return match_ids(unit, when)


@dataclass(frozen=True)
class Figures:
    """Counts of the day: stars in validity by rank, and what is counted apart."""

    by_star: tuple[tuple[int, int], ...]
    standing: int
    expiring: int
    unknown: int
    producers: int
    groups: tuple[tuple[ProductGroup, int], ...]


def figures(day: date) -> Figures:
    """The figures of the front page; four queries."""
    rows = list(
        recognised(day).values_list("stars", "state_that_day", "product__group_id", "product__producer_id")
    )
    stars = Counter(star for star, state, _group, _producer in rows if state in IN_VALIDITY)
    groups = Counter(group for _star, _state, group, _producer in rows)
    states = Counter(state for _star, state, _group, _producer in rows)
    return Figures(
        by_star=tuple((star, stars[star]) for star in (5, 4, 3)),
        standing=sum(stars.values()),
        expiring=states[State.EXPIRING],
        unknown=states[State.UNKNOWN],
        producers=len({producer for _star, _state, _group, producer in rows}),
        groups=tuple((group, groups[group.pk]) for group in ProductGroup.objects.all()),
    )


@dataclass(frozen=True)
class Place:
    """A point of the map: a unit of the day, its products, and where it lies on the drawing (0 to 1)."""

    unit: Unit
    products: int
    standing: int
    x: float
    y: float


@dataclass(frozen=True)
class ProvinceMap:
    """Places with their products, and how many products are known only to a former district or to the province."""

    province: Unit
    places: tuple[Place, ...]
    above_commune: int
    without_point: int


def province_map(day: date) -> ProvinceMap:
    """Recognised products by commune of the day, old communes counted where they went as a whole."""
    province = home_province(day)
    counts: dict[int, list[int]] = {}
    rows = recognised(day).values_list("unit_id", "state_that_day").order_by()
    for unit_id, state in rows:
        here = counts.setdefault(unit_id, [0, 0])
        here[0] += 1
        here[1] += state in IN_VALIDITY
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=counts)}
    heirs = heirs_on(units.values(), day)
    totals: dict[int, list[int]] = {}
    at: dict[int, Unit] = {}
    above = lost = 0
    for pk, unit in units.items():
        now = heirs[pk]
        total, standing = counts[pk]
        if unit.level != UnitLevel.COMMUNE:
            above += total
        elif len(now) != 1 or now[0].lat is None:
            lost += total
        else:
            at[now[0].pk] = now[0]
            sums = totals.setdefault(now[0].pk, [0, 0])
            sums[0] += total
            sums[1] += standing
    for unit in (
        Unit.objects.valid_on(day).covered_by(province).filter(level=UnitLevel.COMMUNE, lat__isnull=False)
    ):
        at.setdefault(unit.pk, unit)
        totals.setdefault(unit.pk, [0, 0])
    places = [
        Place(unit, totals[pk][0], totals[pk][1], *position(float(unit.lng or 0), float(unit.lat or 0)))
        for pk, unit in at.items()
    ]
    places.sort(key=lambda place: (-place.products, place.unit.name))
    return ProvinceMap(province, tuple(places), above, lost)


def public_producer(code: str) -> Producer | None:
    """A producer with at least one published recognition, by its code or that of a merged double; else None."""
    rows = Producer.objects.filter(Q(code=code) | Q(merged__code=code))
    rows = rows.filter(products__recognition_certificates__published_at__isnull=False)
    return rows.select_related("unit").distinct().first()


def public_product(code: str) -> Product | None:
    """A product with a published recognition, by its public code or that of a merged double; None for any other."""
    rows = Product.objects.filter(Q(public_code=code) | Q(merged__public_code=code))
    rows = rows.filter(recognition_certificates__published_at__isnull=False)
    related = ("producer__unit", "unit", "group", "criteria_set")
    return rows.select_related(*related).prefetch_related("media__file").distinct().first()


def report_of(typed: str) -> MisuseReport | None:
    """The report of misuse that a typed code means, None for no report or more than one; one query at most."""
    codes = readings(typed)
    if not codes:
        return None
    found = list(MisuseReport.objects.filter(code__in=codes).select_related("certificate", "verification"))
    exact = [row for row in found if row.code == codes[0]] or found
    return exact[0] if len(exact) == 1 else None


def card(row: Certificate) -> dict[str, Any]:
    """A card of the register: the star filled only where it holds, else its state in grey words with the day."""
    state = row.state_that_day  # type: ignore[attr-defined]
    label, tone, icon = mark_of(state)
    return {
        "row": row,
        "standing": state in IN_VALIDITY,
        "state": state,
        "mark": (gettext(label), tone, icon),
        "day": day_of(row.facts, state),
    }


def day_of(facts: Facts, state: str) -> date | None:
    """The day that goes with a state: until when it holds, or since when it does not."""
    if state in (State.VALID, State.EXPIRING):
        return facts.last_day
    if state == State.EXPIRED:
        return max(filter(None, (facts.last_day, facts.extended_to)), default=None)
    return {
        State.NOT_YET: facts.issued_on,
        State.EXTENDED: facts.extended_to,
        State.REVOKED: facts.revoked_on,
        State.REPLACED: facts.replaced_on,
    }.get(State(state))
