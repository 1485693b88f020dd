"""Adding to the ledger. Nothing in it is ever changed: what was wrong is taken back by an opposite entry."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.funding import permissions
from ocop.funding.models import FundEntry
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce

TWICE = (
    "Dòng {line} của chứng từ {number} đã được ghi cho đơn vị, giai đoạn và năm này. "
    "Nếu ghi sai, hãy đảo bút toán cũ trước."
)


def post_entry(entry: FundEntry, *, by: User, at: datetime | None = None) -> FundEntry:
    """Add one movement. Raises `Forbidden` for a unit out of reach, `Refused` for a line that stands already.

    A line of a document may be written again only when its earlier entry was reversed.
    """
    require(permissions.may_post(by, entry.unit_id))
    return add_entry(entry, by=by, at=at)


def add_entry(entry: FundEntry, *, by: User, at: datetime | None = None) -> FundEntry:
    """Add one movement on behalf of an action that has asked for the right itself. Raises `Refused` as `post_entry`."""
    entry.entered_at, entry.entered_by = at or clock.now(), by
    key = {
        name: getattr(entry, name) for name in ("unit", "kind", "year", "document_number", "document_line")
    }
    twice = Refused("ledger.twice", TWICE.format(line=entry.document_line, number=entry.document_number))
    try:
        with transaction.atomic():
            # One statement, one snapshot: asked in two, a line posted in between would count as an earlier attempt.
            earlier = list(
                FundEntry.objects.filter(**key, reverses__isnull=True).values_list("attempt", "reversal")
            )
            if any(reversal is None for _, reversal in earlier):
                raise twice
            entry.attempt = max((attempt + 1 for attempt, _ in earlier), default=0)
            entry.save(force_insert=True)
            announce("ledger.posted", by=by, subject=entry, kind=entry.kind, amount=entry.amount)
    except IntegrityError as error:
        if FundEntry.objects.filter(**key, attempt=entry.attempt, reverses__isnull=True).exists():
            raise twice from None
        raise error
    return entry


def post_entries(rows: list[FundEntry], *, by: User, at: datetime | None = None) -> int:
    """Add the movements of an imported sheet in bulk; answers how many. The caller has checked units and keys."""
    now = at or clock.now()
    for row in rows:
        row.entered_at, row.entered_by = now, by
        row.set_search()
    FundEntry.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def reverse_entry(
    entry: FundEntry, *, by: User, reason: str, day: date | None = None, at: datetime | None = None
) -> FundEntry:
    """Take a movement back by an opposite entry of the same unit, year, source and stage.

    Raises `Forbidden` for a unit out of reach; `Refused` without a reason, for a reversal itself, and for an entry
    that was reversed before.
    """
    require(permissions.may_post(by, entry.unit_id))
    at = at or clock.now()
    day = day or clock.local_day(at)
    if not reason.strip():
        raise Refused("ledger.reason", "Cần ghi lý do đảo bút toán.")
    with transaction.atomic():
        row = FundEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if row.reverses_id is not None:
            raise Refused("ledger.reversal", "Đây là bút toán đảo; hãy ghi bút toán mới thay vì đảo lại.")
        if day < row.day:
            raise Refused("ledger.day", f"Ngày đảo không thể trước ngày chứng từ {row.day:%d/%m/%Y}.")
        if FundEntry.objects.filter(reverses=row).exists():
            raise Refused("ledger.reversed", "Bút toán này đã được đảo.")
        return _opposite(row, by=by, reason=reason.strip()[:300], day=day, at=at)


def _opposite(row: FundEntry, *, by: User, reason: str, day: date, at: datetime) -> FundEntry:
    same: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("kind", "year", "source", "budget_level", "unit_id", "activity_id", "document_number",
                     "document_line", "attempt", "content", "producer_id", "programme", "resource_form", "project",
                     "request_id")
    }  # fmt: skip
    opposite = FundEntry(
        **same, amount=-row.amount, day=day, reverses=row, reason=reason, entered_at=at, entered_by=by
    )
    try:
        with transaction.atomic():
            opposite.save(force_insert=True)
    except IntegrityError:
        raise Refused("ledger.reversed", "Bút toán này đã được đảo.") from None
    announce("ledger.reversed", by=by, subject=opposite, kind=row.kind, amount=row.amount)
    return opposite
