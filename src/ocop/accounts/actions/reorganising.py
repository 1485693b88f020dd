"""Roles in agencies that cease end with them; nobody is given a role in the successor silently."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from simple_history.utils import bulk_update_with_history

from ocop.accounts.enums import EndReason, Role
from ocop.accounts.models import Delegation, Membership
from ocop.accounts.permissions import administers
from ocop.accounts.queries import in_force, scope_of
from ocop.accounts.signals import membership_ended
from ocop.audit.actions import record_many
from ocop.kit.registry import HandoverPart, Passed, Unassigned
from ocop.units.queries.handover import Reorganisation

BATCH = 500


def _outliving(change: Reorganisation) -> QuerySet[Membership]:
    """Roles that say they go on after the last day of their agency, which ended by that day."""
    longer = Q(valid_to__isnull=True) | Q(valid_to__gt=F("agency__valid_to"))
    return (
        Membership.objects.filter(
            longer, agency__unit__covers__holder=change.province, agency__valid_to__lt=change.day
        )
        .select_related("agency", "user")
        .order_by("pk")
    )


def _name(membership: Membership) -> str:
    return membership.agency.short_name or membership.agency.name


def passing(change: Reorganisation) -> list[Passed]:
    """How many roles end, by agency; one query."""
    rows = Counter((row.agency_id, _name(row)) for row in _outliving(change))
    return [Passed(name, change.agency_heirs(pk), count) for (pk, name), count in sorted(rows.items())]


def unassigned(change: Reorganisation, user: Any) -> list[Unassigned]:
    """Who held a role on the last day of a ceasing agency and holds none from the day on; two queries."""
    staying = in_force(change.day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=change.day))
    held = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=change.eve),
        agency__in=change.agencies,
        valid_from__lte=change.eve,
        user__is_active=True,
    )
    held = held.exclude(user__in=staying.values("user")).select_related("agency__unit", "user")
    scope = scope_of(user)
    return [
        Unassigned(
            name=row.user.full_name,
            role=str(Role(row.role).label),
            source=_name(row),
            target=change.agency_heirs(row.agency_id),
            url=f"{reverse('accounts:grant')}?nguoi={row.user.username}"
            if administers(scope, row.agency)
            else "",
        )
        for row in held
    ]


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """End every role on the last day of its agency, and what was lent of it; with history and the log."""
    rows = list(_outliving(change).select_for_update(of=("self",)))
    for row in rows:
        row.valid_to = max(row.valid_from, row.agency.valid_to or change.eve)
        row.ended_reason = EndReason.REORGANISED
    ended = {row.pk: row for row in rows}
    lent = list(
        Delegation.objects.filter(membership__in=_ids(rows)).select_for_update(of=("self",)).order_by("pk")
    )
    cut = []
    for loan in lent:
        last = ended[loan.membership_id].valid_to or change.eve
        if loan.valid_to is not None and loan.valid_to > last:
            loan.valid_to = max(loan.valid_from, last)
            cut.append(loan)
    reason = f"Sắp xếp đơn vị, cơ quan từ ngày {change.day:%d/%m/%Y}"
    for model, found, fields in (
        (Membership, rows, ["valid_to", "ended_reason"]),
        (Delegation, cut, ["valid_to"]),
    ):
        if found:
            bulk_update_with_history(
                found, model, fields, batch_size=BATCH, default_user=by, default_change_reason=reason,
                default_date=at,
            )  # fmt: skip
    record_many(
        "accounts.role_ended",
        rows,
        by=by,
        at=at,
        data=lambda row: {
            "role": row.role,
            "agency": row.agency_id,
            "holder": row.user_id,
            "reason": str(row.ended_reason),
        },
    )
    for row in rows:
        membership_ended.send(Membership, membership=row, successor=None, by=by)
    return len(rows)


def _ids(rows: list[Membership]) -> list[int]:
    return [row.pk for row in rows]


PART = HandoverPart(
    key="memberships",
    label="Vai trò",
    done="kết thúc cùng cơ quan",
    passing=passing,
    carry_out=carry_out,
    unassigned=unassigned,
    order=90,
)
