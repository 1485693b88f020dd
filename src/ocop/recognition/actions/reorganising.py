"""Stars when units cease: the province goes on with what it verifies; stars of a split unit wait for a choice."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ocop.kit.registry import HandoverPart, Undecided
from ocop.recognition.enums import ChangeKind
from ocop.recognition.models import Certificate, CertificateChange
from ocop.units.models import Unit
from ocop.units.queries.handover import Reorganisation


def undecided(change: Reorganisation) -> list[Undecided]:
    """Certificates in units without a single heir, those under verification among them."""
    rows = Certificate.objects.filter(unit__in=change.unclear_ids)
    return [Undecided(code, unit) for code, unit in rows.values_list("code", "unit_id")]


def describe(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Product, stars and page of certificates."""
    rows = Certificate.objects.filter(code__in=list(codes))
    return {row.code: (str(row), row.get_absolute_url()) for row in rows}


def confirm(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """The star counts for the chosen commune; what the paper says is kept in the changes, which the public reads."""
    rows = list(
        Certificate.objects.select_for_update(of=("self",))
        .filter(code__in=list(codes))
        .select_related("unit")
        .order_by("pk")
    )
    changes = [
        CertificateChange(
            certificate=row,
            kind=ChangeKind.CORRECTED,
            on=since,
            text=f"Địa bàn nay là {unit.full_name}; trên giấy ghi {row.unit.full_name}.",
            by=by,
            at=at,
        )
        for row in rows
    ]
    CertificateChange.objects.bulk_create(changes, batch_size=500)
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(unit=unit)
    return len(rows)


PART = HandoverPart(
    key="certificates",
    label="Giấy chứng nhận",
    undecided=undecided,
    describe=describe,
    confirm=confirm,
    order=55,
)
