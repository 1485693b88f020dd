"""Reads about producers across tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.registry import Todo
from ocop.kit.text import fold
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.codes import typed_code
from ocop.producers.enums import AccessKind, ClaimKind
from ocop.producers.models import Producer, ProducerAccess, ProducerClaim, Representative
from ocop.producers.permissions import COMMUNE, REGISTRARS, may_see_personal
from ocop.producers.rules.likeness import likeness, name_key
from ocop.producers.rules.workflow import ClaimFacts
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import heirs_on, successors_on


def claim_facts(claim: ProducerClaim, by: User) -> ClaimFacts:
    """What the guards of the claim's flow look at."""
    owners = ProducerAccess.objects.valid_on(clock.today()).filter(
        producer=claim.producer_id, kind=AccessKind.OWNER
    )
    return ClaimFacts(
        owner_already=owners.exclude(user=claim.user_id).exists(), own_claim=claim.user_id == by.pk
    )


def producers_of(user: Any, day: date | None = None) -> list[Producer]:
    """The producers that the person has access to on that day (default today), by name."""
    rows = ProducerAccess.objects.valid_on(day or clock.today()).filter(user=user.pk)
    wanted = Producer.objects.filter(pk__in=rows.values("producer_id"))
    return list(wanted.select_related("unit").prefetch_related("forms", "sites__unit"))


def claimable(typed: str, *, limit: int = 10) -> list[Producer]:
    """Producers of the register that a person may mean by a name or code: public facts only, two letters at least."""
    if len(typed.strip()) < 2:
        return []
    rows = Producer.objects.known().unmerged().select_related("unit")
    exact = rows.filter(code=typed_code(typed)).first()
    if exact is not None:
        return [exact]
    return [row for row in rows.found_by(typed)[: limit * 3] if _found_in_public_words(row, typed)][:limit]


def _found_in_public_words(row: Producer, typed: str) -> bool:
    """The registered name of a household may be a person's name: strangers find it by its brand only."""
    words = fold(row.public_name)
    return all(word in words for word in fold(typed).split())


def places_now(producers: Iterable[Producer], day: date) -> dict[int, str]:
    """ "nay là xã Thạch Khê" by producer, where the commune of the register is gone; few queries, however many."""
    gone = [row for row in producers if not row.unit.in_force(day)]
    heirs = heirs_on([row.unit for row in gone], day) if gone else {}
    return {
        row.pk: "nay là " + ", ".join(unit.title for unit in heirs[row.unit_id])
        for row in gone
        if heirs[row.unit_id]
    }


def confirming_commune(producer: Producer, day: date) -> Unit | None:
    """The commune of that day that can say whose business it is; None where the register does not tell just one."""
    found = [unit for unit in successors_on(producer.unit, day) if unit.level == UnitLevel.COMMUNE]
    return found[0] if len(found) == 1 else None


def representative_of(producer: Producer, user: Any, day: date | None = None) -> Representative | None:
    """The representative on that day (default today) when the person may see personal data, else None.

    For papers of a dossier; pages that show it to an officer use `actions.view_representative`, which leaves a trace.
    """
    if not may_see_personal(user, producer):
        return None
    rows = producer.representatives.valid_on(day or clock.today())
    return rows.filter(erased_at__isnull=True).first()


def claim_todos(user: Any, today: date) -> Iterable[Todo]:
    """Claims that wait for the commune; one query beside the scope."""
    scope = scope_of(user)
    if not scope.has_any(*COMMUNE):
        return []
    rows = ProducerClaim.objects.waiting().filter(unit_id__in=scope.unit_ids(*COMMUNE)).exclude(user=user.pk)
    return [
        Todo(
            key=f"producers.claim:{row.pk}",
            title="Xác nhận chủ cơ sở" if row.kind == ClaimKind.CLAIM else "Xác nhận cơ sở mới đăng ký",
            subject=row.producer.public_name,
            url=reverse("producers:claim_page", args=[row.pk]),
            action="Xem và xác nhận",
            since=row.at,
        )
        for row in rows.select_related("producer")
    ]


def start_todos(user: Any, today: date) -> Iterable[Todo]:
    """The first step of somebody without a business, or the claims that wait for the commune; two queries at most.

    Only people who opened an account as producers have a commune on it; members of a council without a role do not.
    """
    if scope_of(user).is_official:
        return
    waiting = list(ProducerClaim.objects.waiting().filter(user=user.pk).select_related("producer", "unit"))
    for row in waiting:
        yield Todo(
            key=f"producers.sent:{row.pk}",
            title=f"Chờ {row.unit.title} xác nhận cơ sở",
            subject=row.producer.public_name,
            url=reverse("producers:mine"),
            action="Xem",
            kind="info",
            since=row.at,
        )
    if (
        not waiting
        and user.unit_id
        and not ProducerAccess.objects.valid_on(today).filter(user=user.pk).exists()
    ):
        yield Todo(
            key="producers.start",
            title="Ghi cơ sở của bạn",
            subject="Bước đầu tiên để làm hồ sơ OCOP. Cơ sở đã có trong sổ của tỉnh thì tìm và nhận.",
            url=reverse("producers:mine"),
            action="Bắt đầu",
        )


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: producers the person may see."""
    rows = Producer.objects.visible_to(user).known().found_by(raw).select_related("unit")[:limit]
    return [(row.public_name, f"{row.code} · {row.unit.title}", row.get_absolute_url()) for row in rows]


def is_producer_side(user: Any) -> bool:
    """True for people who act for a producer, and for those who hold no role in an agency (they may register one)."""
    if not getattr(user, "is_authenticated", False):
        return False
    if not scope_of(user).is_official:
        return True
    return acts_for_producers(user)


@dataclass(frozen=True)
class Double:
    """Two rows that may be one business: how like (0 to 1) and why they are thought so."""

    first: Producer
    second: Producer
    score: float
    reason: str


DOUBLES = 100


def doubles_of(user: Any) -> list[Double]:
    """Pairs in the reach of a registrar whose names are alike in one commune of today, the likeliest first."""
    rows = Producer.objects.visible_to(user).known().select_related("unit").prefetch_related("forms")
    rows = rows.filter(unit_id__in=scope_of(user).unit_ids(*REGISTRARS)).order_by("pk")
    producers = list(rows)
    heirs = heirs_on({row.unit_id: row.unit for row in producers}.values(), clock.today())
    places: dict[int, list[tuple[str, Producer]]] = {}
    for row in producers:
        for unit in heirs[row.unit_id] or [row.unit]:
            places.setdefault(unit.pk, []).append((name_key(row.name), row))
    found: dict[tuple[int, int], Double] = {}
    for here in places.values():
        for (one, first), (other, second) in combinations(here, 2):
            if first.tax_code and second.tax_code and first.tax_code != second.tax_code:
                continue
            score = likeness(one, other)
            if score:
                reason = "cùng tên" if score == 1 else f"tên giống nhau {score:.0%}"
                found[first.pk, second.pk] = Double(first, second, score, f"{reason}, cùng xã hiện nay")
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first.name, pair.first.pk))[:DOUBLES]
