"""Councils of districts end with their districts: who sat there sees nothing of it any more, the sheets stay."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ocop.audit.actions import record_many
from ocop.evaluation.models import Council, Seat
from ocop.kit.registry import HandoverPart, Passed
from ocop.units.queries.handover import Reorganisation


def _outliving(change: Reorganisation) -> QuerySet[Seat]:
    """Seats in councils of districts that ended on the eve, which say that they go on."""
    longer = Q(valid_to__isnull=True) | Q(valid_to__gt=change.eve)
    ended = [pk for pk, unit in change.units.items() if unit.valid_to == change.eve]
    rows = Seat.objects.filter(longer, council__district__in=ended, valid_from__lte=change.eve)
    return rows.select_related("council__district").order_by("pk")


def passing(change: Reorganisation) -> list[Passed]:
    """How many seats end, by district."""
    counts = Counter(change.district(row.council.district_id or 0) for row in _outliving(change))
    return [Passed(name, "", count) for name, count in sorted(counts.items())]


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """End the seats and the councils on the last day of the district."""
    rows = list(_outliving(change).select_for_update(of=("self",)))
    for row in rows:
        row.valid_to = change.eve
    Seat.objects.bulk_update(rows, ["valid_to"], batch_size=500)
    councils = Council.objects.filter(pk__in={row.council_id for row in rows}, valid_from__lte=change.eve)
    councils.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=change.eve)).update(valid_to=change.eve)
    record_many(
        "council.seat_ended", rows, by=by, at=at, data=lambda row: {"last_day": change.eve.isoformat()}
    )
    return len(rows)


PART = HandoverPart(
    key="seats",
    label="Ghế Hội đồng cấp huyện",
    done="kết thúc cùng cơ quan",
    passing=passing,
    carry_out=carry_out,
    order=80,
)
