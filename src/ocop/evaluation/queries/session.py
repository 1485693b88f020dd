"""The council's session as its pages show it: names and states only, never what a sheet holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ocop.accounts.attached import is_attached
from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState, ItemState, SessionState, SheetState
from ocop.evaluation.models import (
    ConflictDeclaration,
    Council,
    CouncilSession,
    Dossier,
    MarkingRound,
    Seat,
    SessionItem,
)
from ocop.evaluation.models.session import DISTRICT_SESSION_READERS, SESSION_READERS
from ocop.evaluation.queries.council import (
    council_roles,
    last_round,
    leads_here,
    marking_seats,
    quorum_of,
    seats_on,
)
from ocop.evaluation.queries.record import Mark
from ocop.evaluation.rules import discussion
from ocop.evaluation.rules.workflow import COUNCIL_DESK
from ocop.kit import formats
from ocop.rulebook.queries import settings_on
from ocop.rulebook.rules.settings import BY_KEY, KnownSetting, ResultSettings

SEAT = "evaluation.seat"  # the attachment of a person to a council, whenever the seat was held

_SESSION_TONES = {
    SessionState.PLANNED: ("grey", "calendar"),
    SessionState.OPEN: ("water", "dots"),
    SessionState.CLOSED: ("leaf", "circle-check"),
}
_ITEM_TONES = {
    ItemState.WAITING: ("grey", "clock"),
    ItemState.DECLARING: ("clay", "writing"),
    ItemState.MARKING: ("water", "lock"),
    ItemState.BOARD: ("water", "table"),
    ItemState.CLOSED: ("leaf", "circle-check"),
}
APPOINTING = (Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER, Role.ADMINISTRATOR)


def session_mark(state: str, *, in_writing: bool = False) -> Mark:
    """Word, colour and icon of a session's state; nobody meets while opinions are given in writing."""
    known = SessionState(state)
    if in_writing and known == SessionState.OPEN:
        return Mark("Đang lấy ý kiến", *_SESSION_TONES[known])
    return Mark(known.label, *_SESSION_TONES[known])


def item_mark(state: str) -> Mark:
    """Word, colour and icon of a dossier's state on the agenda."""
    known = ItemState(state)
    return Mark(known.label, *_ITEM_TONES[known])


def works_with_councils(user: User) -> bool:
    """True for whom the menu offers the council's sessions: seat holders and the province's officials."""
    return scope_of(user).has_any(*SESSION_READERS, *DISTRICT_SESSION_READERS) or is_attached(user, SEAT)


def appoints(user: User) -> bool:
    """True for who may record councils and seats somewhere."""
    return scope_of(user).has_any(*APPOINTING)


def councils_for(user: User) -> QuerySet[Council]:
    """Councils of the province or district one works for, and those one has a seat in."""
    scope = scope_of(user)
    province = Q(province_id__in=scope.unit_ids(*SESSION_READERS), district=None)
    district = Q(district_id__in=scope.districts_of(*DISTRICT_SESSION_READERS))
    mine = Q(pk__in=Seat.objects.filter(user=user).values("council"))
    return Council.objects.filter(province | district | mine).select_related("province", "district")


def sessions_for(user: User) -> QuerySet[CouncilSession]:
    """Sessions that exist for this user, newest first, with the number of dossiers and of those closed."""
    on_agenda = Q(items__removed_at__isnull=True)
    return (
        CouncilSession.objects.visible_to(user)
        .select_related("council__province", "council__district", "round")
        .annotate(
            dossiers=Count("items", filter=on_agenda),
            done=Count("items", filter=on_agenda & Q(items__state=ItemState.CLOSED)),
        )
        .order_by("-held_on", "-pk")  # a query that groups forgets the order of its model
    )


def due_of(lines: "list[ItemLine]", today: date) -> tuple[date, str, str] | None:
    """The nearest last day among the dossiers still to be closed: day, how far it is, tone; None without one."""
    days = [line.item.dossier.due_on for line in lines if line.item.state != ItemState.CLOSED]
    last = min((day for day in days if day), default=None)
    return (last, *formats.distance(last, today)) if last else None


def is_desk(session: CouncilSession, user: User) -> bool:
    """True for chair, deputy and secretary of the session."""
    return bool(council_roles(session, user) & COUNCIL_DESK)


def ready_dossiers(council: Council) -> QuerySet[Dossier]:
    """Dossiers that wait for a session of this council, oldest first."""
    return (
        _ready_for(council)
        .select_related("product", "producer", "unit", "criteria_set", "round")
        .defer("criteria_set__document", "form01", "form02", "answers", "answer_notes")
        .order_by("due_on", "submitted_at", "pk")
    )


def _ready_for(council: Council) -> QuerySet[Dossier]:
    if council.district_id:
        return Dossier.objects.filter(district=council.district_id, state=DossierState.DISTRICT_COUNCIL_READY)
    return Dossier.objects.filter(province=council.province_id, state=DossierState.COUNCIL_READY)


@dataclass(frozen=True)
class StatuteLine:
    """A setting of the statute as the session applies it, with its source."""

    label: str
    value: str
    source: str
    confirmed: bool


def statute_lines(session: CouncilSession) -> list[StatuteLine]:
    """The settings that decide the results: frozen since the opening, those of the day before it."""
    day = session.held_on
    found = {one.known.key: one for one in settings_on(session.council.province.code, day)}
    lines = []
    for key in ResultSettings.__dataclass_fields__:
        known, one = BY_KEY[key], found[key]
        value = session.settings.get(key, one.value)
        lines.append(StatuteLine(known.label, _words(known, value), one.source, one.confirmed))
    return lines


def _words(known: KnownSetting, value: Any) -> str:
    if known.kind == "boolean":
        return "Có" if value else "Không"
    if known.kind == "choice":
        return dict(known.choices).get(str(value), str(value))
    return formats.points(value)


@dataclass(frozen=True)
class PersonLine:
    """A member towards one dossier: present, declared, handed in. Nothing of what was marked."""

    seat: Seat
    present: bool
    declared: bool
    barred: bool
    handed_in: bool | None  # None while no round is open or the member does not mark
    in_writing: bool = False

    @property
    def mark(self) -> Mark:
        """One word on where this member stands."""
        if not self.present:
            return Mark("Không được hỏi" if self.in_writing else "Vắng mặt", "grey", "user-x")
        if self.barred:
            return Mark("Có xung đột, không chấm", "seal", "ban")
        if not self.declared:
            return Mark("Chưa khai báo", "clay", "hourglass")
        if self.handed_in is None:
            return Mark("Đã khai báo", "leaf", "check")
        return (
            Mark("Đã nộp phiếu", "leaf", "lock")
            if self.handed_in
            else Mark("Chưa nộp phiếu", "clay", "hourglass")
        )


def people_of(item: SessionItem) -> list[PersonLine]:
    """The marking members of a dossier with their state; names only (blindness: ADR 4)."""
    current = last_round(item)
    handed: set[int] | None = None
    if current is not None:
        handed = set(current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True))
    declared = dict(item.declarations.values_list("seat_id", "has_conflict"))
    present = set(item.session.attendance.filter(present=True).values_list("seat_id", flat=True))
    return [
        PersonLine(
            seat,
            seat.pk in present,
            seat.pk in declared,
            declared.get(seat.pk, False),
            None if handed is None else seat.pk in handed,
            item.session.is_written,
        )
        for seat in seats_on(item.session).marking()
    ]


@dataclass(frozen=True)
class NextPress:
    """What the desk presses next on a dossier, or why it cannot yet."""

    verb: str
    label: str
    why_not: str = ""
    chair_only: bool = False


def next_press(item: SessionItem, people: list[PersonLine]) -> NextPress | None:
    """The next press of a dossier in an open session: call it, open the round, close it, close the result."""
    if item.session.state != SessionState.OPEN or item.removed_at or item.session.is_written:
        return None
    here = [one for one in people if one.present]
    marking = [one for one in here if not one.barred]
    if item.state == ItemState.WAITING:
        return NextPress("start", "Gọi hồ sơ, mời khai báo")
    if item.state == ItemState.DECLARING:
        silent = sum(not one.declared for one in here)
        found = quorum_of(item)
        why = f"Còn {silent} thành viên chưa khai báo." if silent else ""
        if not why and not found.met:
            why = f"Chưa đủ điều kiện họp: {found.present}/{found.base} thành viên, cần {found.needed}."
        return NextPress("open", "Mở vòng chấm", why)
    if item.state == ItemState.MARKING:
        open_sheets = sum(not one.handed_in for one in marking)
        found = quorum_of(item, present={one.seat.pk for one in marking if one.handed_in})
        why = ""
        if not found.met:
            why = f"Mới có {found.present}/{found.base} phiếu đã nộp, cần {found.needed}" + (
                "." if found.lead_present else ", trong đó có phiếu của người chủ trì."
            )
        label = f"Khóa vòng chấm ({open_sheets} phiếu chưa nộp)" if open_sheets else "Khóa vòng chấm"
        return NextPress("close", label, why, chair_only=True)
    return None


@dataclass(frozen=True)
class ItemLine:
    """A line of the session's page."""

    item: SessionItem
    mark: Mark
    handed_in: int
    marking: int
    my_state: str  # "", declare, barred, mark, submitted, board


def item_lines(session: CouncilSession, user: User) -> list[ItemLine]:
    """The agenda in order with counts of sheets handed in and what this person does next; constant queries."""
    items = list(
        session.items.filter(removed_at__isnull=True)
        .select_related("dossier__product", "dossier__producer", "dossier__unit", "result")
        .defer("dossier__form01", "dossier__form02", "dossier__answers", "dossier__answer_notes")
    )
    rounds: dict[int, MarkingRound] = {}
    counted = Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED))
    mine = Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED, sheets__seat__user=user))
    for row in (
        MarkingRound.objects.filter(item__in=items).annotate(handed=counted, mine=mine).order_by("number")
    ):
        rounds[row.item_id] = row
    seats = list(seats_on(session).marking())
    present = set(session.attendance.filter(present=True).values_list("seat_id", flat=True))
    barred: dict[int, set[int]] = {}
    declared: dict[int, set[int]] = {}
    for one in ConflictDeclaration.objects.filter(item__in=items):
        (barred if one.has_conflict else declared).setdefault(one.item_id, set()).add(one.seat_id)
    own = next((seat for seat in seats if seat.user_id == user.pk), None)
    lines = []
    for item in items:
        current = rounds.get(item.pk)
        marking = sum(seat.pk in present and seat.pk not in barred.get(item.pk, set()) for seat in seats)
        lines.append(
            ItemLine(
                item,
                item_mark(item.state),
                getattr(current, "handed", 0),
                marking,
                _my_state(item, own, current, barred.get(item.pk, set()), declared.get(item.pk, set())),
            )
        )
    return lines


def _my_state(
    item: SessionItem, own: Seat | None, current: MarkingRound | None, barred: set[int], declared: set[int]
) -> str:
    """What the member does next on this dossier."""
    if own is None:
        return ""
    if own.pk in barred:
        return "barred"
    if own.pk not in declared:
        asked = item.session.is_written and item.state == ItemState.MARKING
        return "declare" if asked or item.state in (ItemState.WAITING, ItemState.DECLARING) else ""
    if item.state == ItemState.MARKING:
        return "submitted" if getattr(current, "mine", 0) else "mark"
    return "board" if item.state in (ItemState.BOARD, ItemState.CLOSED) else "wait"


MINE_OPEN = ("declare", "mark")


@dataclass(frozen=True)
class MyAgenda:
    """What a member still has to do in a session: how many of how many, and the dossier to go to."""

    open: int
    of: int
    next: ItemLine | None


def my_agenda(lines: list[ItemLine], *, after: SessionItem | None = None) -> MyAgenda | None:
    """The member's own work among the lines of a session; the next dossier is looked for behind `after` first.

    None for who does not mark in this session. No query of its own.
    """
    mine = [line for line in lines if line.my_state]
    if not mine:
        return None
    waiting = [line for line in mine if line.my_state in MINE_OPEN and line.item != after]
    here = (after.position, after.pk) if after else (0, 0)
    behind = [line for line in waiting if (line.item.position, line.item.pk) > here]
    return MyAgenda(
        sum(line.my_state in MINE_OPEN for line in mine), len(mine), next(iter([*behind, *waiting]), None)
    )


def may_mark(item: SessionItem, user: User) -> bool:
    """True when this person marks this dossier: present, seated to mark, no conflict."""
    return any(seat.user_id == user.pk for seat in marking_seats(item))


def may_preside(item: SessionItem, user: User) -> bool:
    """True for the person who chairs this dossier."""
    return any(seat.user_id == user.pk for seat in leads_here(item))


def discussion_parts(item: SessionItem) -> dict[int, str]:
    """What was said after each round."""
    return discussion.parts(item.discussion)
