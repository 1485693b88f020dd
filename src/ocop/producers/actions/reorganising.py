"""What of producers is open when units cease: claims go to the successor, rows of a split unit wait for a choice."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ocop.audit.actions import record_moves
from ocop.kit.flow import NEW_UNIT, TRANSFER
from ocop.kit.registry import HandoverPart, Passed, Undecided
from ocop.producers.models import CraftVillage, Producer, ProducerClaim, ProducerClaimMove, ProducerSite
from ocop.producers.rules.workflow import BASIS, CLAIM_FLOW
from ocop.units.actions import change_unit
from ocop.units.models import Unit
from ocop.units.queries.handover import Reorganisation

BATCH = 500
DAY = timedelta(days=1)


def _claims(change: Reorganisation) -> QuerySet[ProducerClaim]:
    rows = ProducerClaim.objects.waiting().filter(unit__in=change.clear_ids)
    return rows.select_related("producer").order_by("pk")


def passing_claims(change: Reorganisation) -> list[Passed]:
    """Claims and registrations that wait for the commune, by agency."""
    return change.passed(Counter(_claims(change).values_list("unit_id", flat=True)))


def _record(
    claims: Iterable[ProducerClaim],
    name: str,
    words: dict[int, tuple[str, str]],
    *,
    basis: str,
    by: Any,
    at: datetime,
) -> None:
    """A step per claim that says from whom to whom; the state stays."""
    moves = [
        ProducerClaimMove(
            subject=claim,
            flow=CLAIM_FLOW.key,
            name=name,
            from_state=claim.state,
            to_state=claim.state,
            reason=" → ".join(words[claim.pk]),
            legal_basis=basis or BASIS,
            at=at,
            data=dict(zip(("from", "to"), words[claim.pk], strict=True)),
            by=by,
        )
        for claim in claims
    ]
    record_moves(ProducerClaimMove.objects.bulk_create(moves, batch_size=BATCH), by=by)


def carry_out_claims(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """Record for each waiting claim which committee gave it to which."""
    rows = list(_claims(change).select_for_update(of=("self",)))
    words = {row.pk: (change.giver(row.unit_id), change.taker(row.unit_id)) for row in rows}
    _record(rows, TRANSFER, words, basis=change.basis_name, by=by, at=at)
    return len(rows)


def undecided_claims(change: Reorganisation) -> list[Undecided]:
    """Waiting claims in units without a single heir."""
    rows = ProducerClaim.objects.waiting().filter(unit__in=change.unclear_ids)
    return [Undecided(str(pk), unit) for pk, unit in rows.values_list("pk", "unit_id")]


def describe_claims(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Whose business a claim is about, and its page."""
    rows = ProducerClaim.objects.filter(pk__in=list(codes)).select_related("producer")
    return {
        str(row.pk): (row.producer.public_name, reverse("producers:claim_page", args=[row.pk]))
        for row in rows
    }


def confirm_claims(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """The chosen commune answers these claims."""
    rows = list(
        ProducerClaim.objects.select_for_update(of=("self",))
        .filter(pk__in=list(codes))
        .select_related("unit", "producer")
        .order_by("pk")
    )
    words = {row.pk: (row.unit.full_name, unit.full_name) for row in rows}
    ProducerClaim.objects.filter(pk__in=list(words)).update(unit=unit)
    _record(rows, NEW_UNIT, words, basis="", by=by, at=at)
    return len(rows)


def undecided_producers(change: Reorganisation) -> list[Undecided]:
    """Producers whose main address lies in a unit without a single heir."""
    rows = Producer.objects.unmerged().filter(unit__in=change.unclear_ids)
    return [Undecided(code, unit) for code, unit in rows.values_list("code", "unit_id")]


def describe_producers(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The public name and the page of producers."""
    rows = Producer.objects.filter(code__in=list(codes))
    return {row.code: (row.public_name, row.get_absolute_url()) for row in rows}


def confirm_producers(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """The addresses in the old unit go on in the new one from that day; the register's unit follows, with history."""
    rows = list(Producer.objects.select_for_update().filter(code__in=list(codes)).order_by("pk"))
    old_units = {row.pk: row.unit_id for row in rows}
    ended, begun, same_day = [], [], []
    for site in ProducerSite.objects.filter(producer__in=rows, valid_to__isnull=True).order_by("pk"):
        if site.unit_id != old_units[site.producer_id]:
            continue
        if site.valid_from >= since:
            site.unit = unit
            same_day.append(site)
            continue
        begun.append(
            ProducerSite(
                producer_id=site.producer_id, kind=site.kind, unit=unit, address=site.address,
                is_main=site.is_main, valid_from=since,
            )
        )  # fmt: skip
        site.valid_to = since - DAY
        ended.append(site)
    ProducerSite.objects.bulk_update(ended, ["valid_to"], batch_size=BATCH)
    ProducerSite.objects.bulk_update(same_day, ["unit"], batch_size=BATCH)
    ProducerSite.objects.bulk_create(begun, batch_size=BATCH)
    return change_unit(Producer, rows, unit=unit, since=since, by=by, at=at)


def undecided_villages(change: Reorganisation) -> list[Undecided]:
    """Craft villages in units without a single heir."""
    rows = CraftVillage.objects.filter(unit__in=change.unclear_ids)
    return [Undecided(code, unit) for code, unit in rows.values_list("code", "unit_id")]


def describe_villages(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The name and the page of craft villages."""
    rows = CraftVillage.objects.filter(code__in=list(codes))
    return {row.code: (row.name, row.get_absolute_url()) for row in rows}


def confirm_villages(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """Craft villages in the chosen commune, with history."""
    rows = CraftVillage.objects.select_for_update().filter(code__in=list(codes)).order_by("pk")
    return change_unit(CraftVillage, rows, unit=unit, since=since, by=by, at=at)


PARTS = (
    HandoverPart(
        key="claims",
        label="Đề nghị nhận, đăng ký cơ sở",
        passing=passing_claims,
        carry_out=carry_out_claims,
        undecided=undecided_claims,
        describe=describe_claims,
        confirm=confirm_claims,
        order=30,
    ),
    HandoverPart(
        key="producers",
        label="Chủ thể",
        undecided=undecided_producers,
        describe=describe_producers,
        confirm=confirm_producers,
        order=40,
    ),
    HandoverPart(
        key="villages",
        label="Làng nghề",
        undecided=undecided_villages,
        describe=describe_villages,
        confirm=confirm_villages,
        order=60,
    ),
)
