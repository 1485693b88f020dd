"""What waits in promotion beyond the presses of the flows: months to report, points that die, buyers to answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.kit.registry import Todo
from ocop.producers.casework.scoping import acts_for_producers
from ocop.promotion.enums import Answer, PointState, RequestState
from ocop.promotion.models import Introduction, SaleMonth, SalePoint
from ocop.promotion.permissions import PROMOTERS
from ocop.promotion.queries.points import board, limits_on
from ocop.promotion.registers.fairs import producers_of
from ocop.promotion.rules.warning import add_months, month_of
from ocop.units.queries import province_of

REPORT_BY = 10
"""The day of a month by which the month before is asked for; a habit of offices, no rule."""
MOST = 10


def month_todos(user: Any, today: date) -> Iterator[Todo]:
    """For whoever runs a sale point: last month's sales, until they are written."""
    if not acts_for_producers(user):
        return
    month = add_months(month_of(today), -1)
    rows = SalePoint.objects.running().filter(producer__in=producers_of(user), decided_on__lt=month_of(today))
    done = SaleMonth.objects.filter(month=month).values("point_id")
    due = today.replace(day=REPORT_BY)
    for row in rows.exclude(pk__in=done)[:MOST]:
        yield Todo(
            f"sale_month.{row.pk}.{month:%Y%m}", f"Báo doanh số tháng {month:%m/%Y}: {row}",
            reverse("promotion:month_report", args=[row.pk]), "Báo doanh số", subject="Điểm bán OCOP",
            kind="late" if due < today else "waiting", since=month_of(today), due=due,
        )  # fmt: skip


def sign_todos(user: Any, today: date) -> Iterator[Todo]:
    """For officers who keep sale points: those in their reach that show a grave sign, the worst first."""
    scope = scope_of(user)
    if not scope.has_any(*PROMOTERS):
        return
    points = SalePoint.objects.filter(state=PointState.OPEN, unit_id__in=scope.unit_ids(*PROMOTERS))
    unit = next((one.agency.unit for one in scope.of(*PROMOTERS) if one.agency.unit is not None), None)
    province = province_of(unit) if unit is not None else None
    if province is None or not points.exists():
        return
    for line in board(points, today, limits_on(province.code, today))[:MOST]:
        grave = [sign.words for sign in line.signs if sign.weight > 1]
        if grave:
            yield Todo(
                f"sale_sign.{line.point.pk}", f"Điểm bán có dấu hiệu ngừng hoạt động: {line.point}",
                line.point.get_absolute_url(), "Xem", subject="; ".join(grave), kind="info",
            )  # fmt: skip


def introduction_todos(user: Any, today: date) -> Iterator[Todo]:
    """For a producer: buyers that were brought to it and wait for its answer."""
    if not acts_for_producers(user):
        return
    rows = Introduction.objects.filter(
        answer=Answer.ASKED, offer__producer__in=producers_of(user),
        request__state__in=(RequestState.INTRODUCED, RequestState.SIGNED),
    ).select_related("request", "offer__product")  # fmt: skip
    for row in rows.order_by("at", "pk")[:MOST]:
        yield Todo(
            f"introduction.{row.pk}", f"Trả lời bên mua: {row.request}", row.request.get_absolute_url(), "Trả lời",
            subject=str(row.offer.product), since=row.at, due=row.request.needed_to,
        )  # fmt: skip
