"""Telling people of moves and deadlines; a move row with `handled_at` empty is the outbox."""

import logging
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.queries.clock import commune_clock
from ocop.evaluation.queries.recipients import recipients
from ocop.evaluation.rules.notices import (
    DESK,
    KIND_DEADLINE,
    KIND_NEWS,
    KIND_WORK,
    REMINDERS,
    TELLINGS,
    reminder_for,
)
from ocop.evaluation.rules.workflow import WAITS_FOR
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats

BATCH = 200
logger = logging.getLogger(__name__)
ROLES_AT_WORK = {"experts": "expert_member"}
DESKS = frozenset({"advisory_officer", "district_officer"})


def _words(dossier: Dossier, reason: str = "") -> dict[str, str]:
    return {
        "product": dossier.product.name,
        "code": dossier.code,
        "producer": dossier.producer.public_name,
        "commune": dossier.unit.title,
        "reason": reason,
        "due": formats.day(dossier.due_on),
        "level": dossier.level_name,
        "round": str(dossier.round).lower() if dossier.round else "chưa xếp đợt",
    }


def tell_of_move(move: DossierMove, *, at: datetime | None = None) -> int:
    """Tell everybody who must act or know; answers how many were told. Run again it tells nobody twice.

    The row is locked and marked in the transaction that writes the notices, so a worker killed in the middle leaves
    both undone. Who made the move is not told.
    """
    at = at or clock.now()
    told = 0
    with transaction.atomic():
        row = DossierMove.objects.select_for_update().get(pk=move.pk)
        if row.handled_at is not None:
            return 0
        dossier = Dossier.objects.select_related("product", "producer", "unit", "round").get(
            pk=row.subject_id
        )
        words = _words(dossier, row.reason) | {"due": formats.day(row.due_on)}
        waits = WAITS_FOR.get(DossierState(row.to_state), frozenset())
        for number, telling in enumerate(TELLINGS.get(row.name, ())):
            people = [
                person
                for person in recipients(dossier, telling.to, clock.local_day(at))
                if person.pk != row.by_id
            ]
            acting = {ROLES_AT_WORK.get(role, role) for role in telling.to} & waits
            acting |= waits & DESKS if "desk" in telling.to else set()
            notify_each(
                people,
                kind=KIND_WORK if acting else KIND_NEWS,
                title=telling.title.format(**words),
                text=telling.text.format(**words),
                url=reverse("evaluation:dossier-detail", args=[dossier.code]),
                subject_key=f"dossier:{dossier.code}",
                dedupe_key=f"move:{row.pk}:{number}",
                at=at,
            )
            told += len(people)
        row.handled_at = at
        row.save(update_fields=["handled_at"])
    return told


def tell_of_moves(*, at: datetime | None = None) -> int:
    """Tell of every move not yet told of, oldest first, at most 200; answers how many were handled.

    One that fails stays in the outbox, is logged, and does not hold up the others.
    """
    waiting = list(DossierMove.objects.filter(handled_at__isnull=True).order_by("pk")[:BATCH])
    handled = 0
    for move in waiting:
        try:
            tell_of_move(move, at=at)
            handled += 1
        except Exception:
            logger.exception("move %s could not be told", move.pk)
    return handled


def remind_communes(*, at: datetime | None = None) -> int:
    """Remind the commune's desk 3 working days before its deadline, on the day, and once it is late (Art. 7.2).

    Answers how many dossiers were reminded of; each reminder goes to a person once, however often this runs.
    """
    at = at or clock.now()
    today, reminded = clock.local_day(at), 0
    rows = Dossier.objects.filter(state=DossierState.COMMUNE_REVIEW, due_on__isnull=False)
    for dossier in rows.select_related("product", "producer", "unit", "round", "procedure").iterator(
        chunk_size=500
    ):
        words = commune_clock(dossier, today)
        step = reminder_for(words.left or 0, late=words.late) if words else None
        if step is None:
            continue
        title, text = REMINDERS[step]
        filled = _words(dossier)
        notify_each(
            recipients(dossier, DESK, today),
            kind=KIND_DEADLINE,
            title=title.format(**filled),
            text=text.format(**filled),
            url=reverse("evaluation:commune-report", args=[dossier.code]),
            subject_key=f"dossier:{dossier.code}",
            dedupe_key=f"due:{dossier.pk}:{dossier.due_on}:{step}",
            at=at,
        )
        reminded += 1
    return reminded
