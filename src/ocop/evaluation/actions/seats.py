"""Councils and their seats, recorded from the decision that appoints them (Art. 5 of Decision 26/2026/QĐ-TTg).

The number of members and the authority of a deputy are left to the decision and the council's statute.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import Council, Seat
from ocop.evaluation.permissions import may_appoint_council
from ocop.evaluation.queries.transition import law_on
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.units.models import Agency, Unit

APPOINTING = (Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER, Role.ADMINISTRATOR)


def appoints_for(by: User, province: Unit, district: Unit | None) -> list[str]:
    """The roles in which the person records councils of that level: its own desk, or the province's administrator."""
    scope = scope_of(by)
    desk = Role.ADVISORY_OFFICER if district is None else Role.DISTRICT_OFFICER
    held = {desk: scope.has(desk, unit=district or province)}
    held[Role.ADMINISTRATOR] = scope.has(Role.ADMINISTRATOR, unit=province)
    return [role.value for role, is_held in held.items() if is_held]


def _require_right(province: Unit, district: Unit | None, by: User) -> None:
    require(may_appoint_council(appoints_for(by, province, district)))


def _article(council: Council) -> str:
    """What speaks of councils on the day of its decision."""
    return law_on(council.decision_on).whole


def create_council(
    province: Unit,
    *,
    name: str,
    decision_number: str,
    decision_on: date,
    valid_from: date,
    valid_to: date | None,
    by: User,
    district: Unit | None = None,
) -> Council:
    """Record a council from its decision. Raises Forbidden for who may not, Refused for a term turned around."""
    _require_right(province, district, by)
    if valid_to is not None and valid_to < valid_from:
        raise Refused("council.term", "Nhiệm kỳ phải kết thúc sau khi bắt đầu.", law_on(decision_on).whole)
    if valid_from < decision_on:
        raise Refused(
            "council.decision", "Nhiệm kỳ không bắt đầu trước ngày quyết định.", law_on(decision_on).whole
        )
    with transaction.atomic():
        council = Council.objects.create(
            province=province,
            district=district,
            name=name.strip(),
            decision_number=decision_number.strip(),
            decision_on=decision_on,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        announce("council.created", by=by, subject=council, number=council.decision_number)
    return council


def appoint(
    council: Council,
    *,
    user: User,
    agency: Agency,
    role: str,
    by: User,
    valid_from: date,
    focus: Sequence[str] = (),
    may_chair: bool = False,
    may_chair_basis: str = "",
) -> Seat:
    """Give a person a seat. Raises Refused for a second seat at the same time, or a second chair.

    A deputy's authority to preside needs its basis; it counts for the quorum.
    """
    with transaction.atomic():
        row = Council.objects.select_for_update().get(pk=council.pk)
        _require_right(row.province, row.district, by)
        if not row.in_force(valid_from):
            raise Refused("seat.term", "Ngày tham gia nằm ngoài nhiệm kỳ của Hội đồng.", _article(row))
        running = row.seats.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
        if running.filter(user=user).exists():
            raise Refused("seat.twice", f"{user.full_name} đã có trong Hội đồng này.", _article(row))
        if role == SeatRole.CHAIR and running.filter(role=SeatRole.CHAIR).exists():
            raise Refused("seat.chair", "Hội đồng đã có Chủ tịch; kết thúc ghế cũ trước.", _article(row))
        _require_basis(row, role, may_chair, may_chair_basis)
        seat = Seat.objects.create(
            council=row,
            user=user,
            agency=agency,
            role=role,
            valid_from=valid_from,
            focus=list(focus),
            may_chair=may_chair,
            may_chair_basis=may_chair_basis.strip(),
        )
        announce("council.seated", by=by, subject=seat, role=role)
    return seat


def _require_basis(council: Council, role: str, may_chair: bool, basis: str) -> None:
    if may_chair and role != SeatRole.DEPUTY:
        raise Refused("seat.authority", "Chỉ Phó Chủ tịch mới cần ủy quyền chủ trì.", _article(council))
    if may_chair and not basis.strip():
        raise Refused("seat.basis", "Ghi căn cứ ủy quyền (số, ngày văn bản).", _article(council))


def change_seat(seat: Seat, *, focus: Sequence[str], may_chair: bool, may_chair_basis: str, by: User) -> Seat:
    """Change the advice on criteria and the authority to preside; the person and the role stand by decision."""
    with transaction.atomic():
        row = Seat.objects.select_for_update().get(pk=seat.pk)
        _require_right(row.council.province, row.council.district, by)
        _require_basis(row.council, row.role, may_chair, may_chair_basis)
        row.focus, row.may_chair = list(focus), may_chair
        row.may_chair_basis = may_chair_basis.strip() if may_chair else ""
        row.save()
        announce("council.seat_changed", by=by, subject=row, may_chair=may_chair)
    return row


def end_seat(seat: Seat, *, last_day: date, by: User) -> Seat:
    """End a seat after its last day; sheets that were handed in stay. Raises Refused before the seat began."""
    with transaction.atomic():
        row = Seat.objects.select_for_update().get(pk=seat.pk)
        _require_right(row.council.province, row.council.district, by)
        if last_day < row.valid_from:
            raise Refused("seat.end", "Ngày cuối phải từ ngày tham gia trở đi.", _article(row.council))
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
        announce("council.seat_ended", by=by, subject=row, last_day=last_day.isoformat())
    return row
