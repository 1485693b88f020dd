"""Handing over a post of the apparatus, and what happens to the apparatus when units cease (plan IV.2.1)."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from simple_history.utils import bulk_update_with_history

from ocop.kit.errors import Refused, require
from ocop.kit.registry import HandoverPart, Passed, Unassigned
from ocop.training.enums import PostEnd
from ocop.training.models import Body, Post
from ocop.training.permissions import may_hand_over
from ocop.training.rules.apparatus import handover_refusals
from ocop.units.queries.handover import Reorganisation

DAY = timedelta(days=1)
BATCH = 500


def hand_over(
    post: Post, *, to: str, on: date, by: Any, user: Any = None, title: str = "", decision_number: str = "",
    decision_on: date | None = None, office_phone: str = "",
) -> Post:  # fmt: skip
    """End a term on the eve of `on` and begin the successor's on that day, in the same body with the same duty.

    Raises `Forbidden` for the apparatus of others, `Refused` for a day outside the term or a post handed over already.
    """
    require(may_hand_over(by, post.body.unit_id))
    if not to.strip():
        raise Refused("post.to", "Hãy ghi họ tên người nhận bàn giao.")
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).select_related("body").get(pk=post.pk)
        if row.successor_id is not None:
            raise Refused("post.done", "Vị trí này đã bàn giao.")
        refusals = handover_refusals(row.valid_from, row.valid_to, on)
        if refusals:
            raise Refused.because(refusals)
        row.valid_to, row.ended_reason = on - DAY, PostEnd.HANDED_OVER
        row.save()
        new = Post.objects.create(
            body=row.body, person_name=to.strip(), user=user, title=title or row.title, position=row.position,
            duty=row.duty, decision_number=decision_number, decision_on=decision_on, valid_from=on,
            office_phone=office_phone or row.office_phone, is_demo=row.is_demo,
        )  # fmt: skip
        row.successor = new
        row.save()
    post.refresh_from_db()
    return new


def end_post(post: Post, *, on: date, reason: str, by: Any) -> Post:
    """End a term with its last day, without a successor; raises `Refused` for a day before it began."""
    require(may_hand_over(by, post.body.unit_id))
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        if on < row.valid_from:
            raise Refused("post.day", f"Ngày cuối phải từ {row.valid_from:%d/%m/%Y} trở đi.")
        row.valid_to, row.ended_reason = on, reason
        row.save()
    post.refresh_from_db()
    return post


# -- units that cease ---------------------------------------------------------------------------------------------


def _bodies(change: Reorganisation) -> QuerySet[Body]:
    """Bodies that go on past the last day of their unit."""
    open_past = Q(valid_to__isnull=True) | Q(valid_to__gt=change.eve)
    return Body.objects.filter(
        open_past, unit__in=change.units, valid_from__lte=change.eve, unit__valid_to=change.eve
    )


def _posts(change: Reorganisation) -> QuerySet[Post]:
    """Terms that go on past the last day of the unit of their body."""
    open_past = Q(valid_to__isnull=True) | Q(valid_to__gt=change.eve)
    bodies = Body.objects.filter(unit__in=change.units, unit__valid_to=change.eve)
    return Post.objects.filter(open_past, body__in=bodies, valid_from__lte=change.eve)


def passing(change: Reorganisation) -> list[Passed]:
    """How many bodies end, by who held their unit and who holds it now; one query."""
    counts = Counter(_bodies(change).values_list("unit_id", flat=True))
    found: Counter[tuple[str, str]] = Counter()
    for unit_id, count in counts.items():
        found[change.giver(unit_id), change.taker(unit_id)] += count
    return [Passed(source, target, count) for (source, target), count in sorted(found.items())]


def unassigned(change: Reorganisation, user: Any) -> list[Unassigned]:
    """Who held a post on the eve; the new unit appoints its own people."""
    rows = _posts(change).select_related("body")
    return [
        Unassigned(
            name=row.person_name,
            role=f"{row.get_position_display()} ({row.body.name})",
            source=change.giver(row.body.unit_id),
            target=change.taker(row.body.unit_id) if change.heir(row.body.unit_id) else "",
        )
        for row in rows
    ]


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """End the bodies and the terms of units that cease, on the eve; nobody is appointed silently."""
    posts = list(_posts(change).select_for_update(of=("self",)).order_by("pk"))
    bodies = list(_bodies(change).select_for_update(of=("self",)).order_by("pk"))
    for post in posts:
        post.valid_to, post.ended_reason = max(post.valid_from, change.eve), PostEnd.REORGANISED
    for body in bodies:
        body.valid_to = max(body.valid_from, change.eve)
    reason = f"Sắp xếp đơn vị từ ngày {change.day:%d/%m/%Y}"
    for model, rows, fields in ((Post, posts, ["valid_to", "ended_reason"]), (Body, bodies, ["valid_to"])):
        if rows:
            bulk_update_with_history(
                rows,
                model,
                fields,
                batch_size=BATCH,
                default_user=by,
                default_change_reason=reason,
                default_date=at,
            )  # type: ignore[type-var]
    return len(bodies)


PART = HandoverPart(
    key="apparatus",
    label="Bộ máy chỉ đạo, cán bộ phụ trách",
    done="kết thúc cùng đơn vị",
    passing=passing,
    carry_out=carry_out,
    unassigned=unassigned,
    order=95,
)
