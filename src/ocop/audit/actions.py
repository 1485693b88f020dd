"""Writing the log: recording, and sealing in batches."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from ocop.audit import queries
from ocop.audit.models import Event, Seal
from ocop.audit.rules import chain
from ocop.kit import clock
from ocop.kit.middleware import request_id

BATCH = 10_000


def _label(subject: Any) -> str:
    """How the log names an object: what it says of itself for the log, else its kind and public code or number.

    Never `str(subject)`: the name of a household or of a person is personal data and could not be erased here.
    """
    own = getattr(subject, "audit_label", None)
    if own is not None:
        return str(own() if callable(own) else own)[:200]
    code = getattr(subject, "public_code", "") or getattr(subject, "code", "")
    return f"{subject._meta.verbose_name} {code or subject.pk}"[:200]


def _reference(value: Any) -> Any:
    """Objects among the data become their kind and number."""
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, dict):
        return {key: _reference(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [_reference(item) for item in value]
    return value


def _event(
    verb: str,
    *,
    by: Any,
    subject: Any = None,
    agency: Any = None,
    request: Any = None,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """An event with its digest, not yet saved."""
    event = Event(
        at=at or clock.now(),
        actor_id=by.pk if by is not None and getattr(by, "is_authenticated", True) else None,
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=_label(subject) if subject is not None else "",
        agency_id_text=str(getattr(agency, "pk", agency) or ""),
        request_id=getattr(request, "request_id", "") or request_id.get().strip("-"),
        data=chain.plain(_reference(data)),
    )
    event.digest = event.true_digest()
    return event


def record(
    verb: str,
    *,
    by: Any,
    subject: Any = None,
    agency: Any = None,
    request: Any = None,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Add one event, in the caller's transaction: an act that is rolled back leaves no event.

    `by` is a user, or None for the system and for strangers; `agency` an agency or its id; `data` holds ids,
    codes, counts and digests, never personal data. Takes no lock: sealing comes later.
    """
    event = _event(verb, by=by, subject=subject, agency=agency, request=request, at=at, **data)
    event.save(force_insert=True)
    return event


def record_many(
    verb: str,
    subjects: Iterable[Any],
    *,
    by: Any,
    at: datetime,
    data: Callable[[Any], dict[str, Any]] = lambda subject: {},
) -> int:
    """One event per object, as `record` writes it, in bulk; `data(object)` answers what goes with it."""
    events = [_event(verb, by=by, subject=subject, at=at, **data(subject)) for subject in subjects]
    return len(Event.objects.bulk_create(events, batch_size=1000))


def _move_data(move: Any) -> dict[str, Any]:
    """What the event of a move holds: which verb, from where to where, and the digest of the whole move row."""
    return {
        "agency": getattr(move, "agency_id", None),
        "move_type": move._meta.label_lower,
        "move": move.pk,
        "name": move.name,
        "from_state": move.from_state,
        "to_state": move.to_state,
        "move_digest": queries.move_digest(move),
    }


def record_move(*, by: Any, subject: Any, move: Any, request: Any = None, **data: Any) -> Event:
    """The event of a move, with its digest."""
    return record(
        queries.MOVE_VERB,
        by=by,
        subject=subject,
        request=request,
        at=move.at,
        **_move_data(move),
        **data,
    )


def record_moves(moves: Iterable[Any], *, by: Any) -> int:
    """`record_move` of many saved moves whose `subject` is loaded, in bulk."""
    events = [
        _event(queries.MOVE_VERB, by=by, subject=move.subject, at=move.at, **_move_data(move))
        for move in moves
    ]
    return len(Event.objects.bulk_create(events, batch_size=1000))


def seal_pending(*, at: datetime | None = None) -> Seal | None:
    """Seal the events that no seal holds yet, at most 10,000; None when there are none.

    Run by the scheduler and safe to run twice, or in two processes at once: the number of a seal is unique, the
    second one steps back. Events are read only after the numbers are known, so writers never wait.
    """
    previous = Seal.objects.order_by("-number").first()
    last = Seal.objects.aggregate(last=models.Max("last_event"))["last"] or 0
    pending = list(
        Event.objects.filter(models.Q(pk__gt=last) | queries.in_ranges(queries.late_gaps()))
        .order_by("pk")
        .values_list("pk", "digest")[:BATCH]
    )
    if not pending:
        return None
    number, before = (previous.number + 1, previous.digest) if previous else (1, "")
    try:
        with transaction.atomic():
            return Seal.objects.create(
                number=number,
                first_event=pending[0][0],
                last_event=pending[-1][0],
                ranges=chain.ranges_of(pk for pk, _ in pending),
                count=len(pending),
                previous=before,
                digest=chain.seal_digest(before, number, pending),
                at=at or clock.now(),
            )
    except IntegrityError:
        return None
