"""Claims: "this is my business"; the commune confirms or refuses."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from ocop.accounts.models import User
from ocop.inbox.actions import notify
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.flow import make_move
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.actions.access import grant
from ocop.producers.actions.register import open_producer
from ocop.producers.enums import AccessKind, ClaimKind, ClaimState
from ocop.producers.models import Producer, ProducerClaim, ProducerClaimMove
from ocop.producers.queries import claim_facts, confirming_commune
from ocop.producers.rules.workflow import CLAIM_FLOW
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

WAITING_LIMIT = 5


def register_own(
    *, by: User, unit: Unit, at: datetime | None = None, **details: Any
) -> tuple[Producer, ProducerClaim]:
    """A person enters the own business and may fill in its file at once; the commune confirms it meanwhile.

    Raises `Refused` as `open_producer`, and past five unanswered claims.
    """
    at = at or clock.now()
    with transaction.atomic():
        _limit(by)
        producer = open_producer(unit=unit, by=by, at=at, **details)
        grant(producer, by, kind=AccessKind.OWNER, by=by)
        row = ProducerClaim.objects.create(
            producer=producer, user=by, kind=ClaimKind.REGISTRATION, unit=unit, at=at
        )
        announce("producers.claimed", by=by, subject=producer, kind=row.kind)
    return producer, row


def claim(
    producer: Producer, *, by: User, statement: str, unit: Unit | None = None, at: datetime | None = None
) -> ProducerClaim:
    """Say that a producer of the register is one's own; sending it twice answers the first.

    `unit` names the commune that confirms; needed where the register does not tell one commune of today. Raises
    `Refused` for a placeholder, for somebody who has access already, without a word of explanation, and past five
    unanswered claims.
    """
    at = at or clock.now()
    with transaction.atomic():
        producer = Producer.objects.select_for_update().get(pk=producer.pk)
        waiting = ProducerClaim.objects.waiting().filter(producer=producer, user=by).first()
        if waiting is not None:
            return waiting
        if AccessKind.OWNER in permissions.access_kinds_of(by, producer):
            raise Refused("claim.mine", "Bạn đã là chủ của cơ sở này.")
        if not statement.strip():
            raise Refused("claim.statement", "Hãy nói ngắn gọn vì sao đây là cơ sở của bạn, để xã xác nhận.")
        if producer.is_unknown:
            raise Refused("claim.unknown", "Dòng này của sổ chưa rõ chủ thể. Hãy nhờ xã ghi tên cơ sở trước.")
        known = confirming_commune(producer, clock.local_day(at))
        if known is not None:
            unit = known
        elif unit is None or unit.level != UnitLevel.COMMUNE:
            raise Refused(
                "claim.unit", "Sổ chưa rõ cơ sở này nay thuộc xã nào. Hãy chọn xã, phường hiện nay của bạn."
            )
        _limit(by)
        row = ProducerClaim.objects.create(
            producer=producer, user=by, kind=ClaimKind.CLAIM, unit=unit, statement=statement.strip(), at=at
        )
        announce("producers.claimed", by=by, subject=producer, kind=row.kind)
    return row


def decide(
    claim: ProducerClaim, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> ProducerClaim:
    """Run "confirm", "refuse" or "withdraw" on a claim; the claimant is told.

    Confirming gives the access of an owner; refusing or withdrawing a registration takes it back (and leaves the
    producer in the register, without an owner). Raises `Refused` and `Forbidden` as the flow's table says.
    """
    at = at or clock.now()
    with transaction.atomic():
        producer = Producer.objects.select_for_update().get(pk=claim.producer_id)
        row = ProducerClaim.objects.select_for_update().get(pk=claim.pk)
        make_move(
            row,
            CLAIM_FLOW,
            verb,
            move_model=ProducerClaimMove,
            by=by,
            roles=permissions.claim_roles(by, row),
            facts=claim_facts(row, by),
            at=at,
            reason=reason,
        )
        if row.state == ClaimState.CONFIRMED:
            grant(producer, row.user, kind=AccessKind.OWNER, by=by, since=clock.local_day(at))
        elif row.kind == ClaimKind.REGISTRATION:
            _take_back(producer, row.user, at)
        if row.state != ClaimState.WITHDRAWN:
            _tell(row, reason, by)
    return row


def _take_back(producer: Producer, user: User, at: datetime) -> None:
    """End the access that came with a registration; one that began the same day is removed."""
    day = clock.local_day(at)
    rows = producer.accesses.filter(user=user, kind=AccessKind.OWNER, valid_to__isnull=True)
    for row in rows:
        if row.valid_from >= day:
            row.delete()
        else:
            row.valid_to = day - timedelta(days=1)
            row.save(update_fields=["valid_to"])


def _tell(row: ProducerClaim, reason: str, by: User) -> None:
    said = "đã xác nhận" if row.state == ClaimState.CONFIRMED else "chưa xác nhận"
    text = f"Xã {said} bạn là chủ cơ sở {row.producer.public_name}."
    notify(
        kind="producers.claim",
        to=row.user,
        title=text,
        text=f"Lý do: {reason.strip()}" if reason.strip() else text,
        url=row.producer.get_absolute_url()
        if row.state == ClaimState.CONFIRMED
        else reverse("producers:mine"),
        by=by,
        subject_key=f"claim:{row.pk}",
    )


def _limit(by: User) -> None:
    if ProducerClaim.objects.waiting().filter(user=by).count() >= WAITING_LIMIT:
        raise Refused(
            "claim.limit", "Bạn đang có nhiều đề nghị chờ xã trả lời. Hãy chờ kết quả rồi gửi tiếp."
        )
