"""Reads of the council: who may act in a session, quorum of an item, the settings of its statute."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef

from ocop.accounts.models import User
from ocop.evaluation.enums import MARKING_ROLES, SessionState
from ocop.evaluation.models import (
    Attendance,
    ConflictDeclaration,
    CouncilSession,
    MarkingRound,
    Seat,
    SessionItem,
)
from ocop.evaluation.models.council import SeatQuerySet
from ocop.evaluation.rules.workflow import COUNCIL_DESK
from ocop.kit import clock
from ocop.rulebook.queries import result_settings
from ocop.rulebook.rules.result import Quorum, quorum
from ocop.rulebook.rules.settings import ResultSettings


def day_of(session: CouncilSession) -> date:
    """The day on which seats are asked for: a meeting of several days goes by today, a closed one by its last day."""
    if session.state == SessionState.CLOSED and session.closed_at:
        return max(session.held_on, clock.local_day(session.closed_at))
    return max(session.held_on, clock.today())


def seats_on(session: CouncilSession) -> SeatQuerySet:
    """Seats of the session's council in force: a seat that ended between two rounds no longer acts in the second."""
    return session.council.seats.valid_on(day_of(session)).select_related("user", "agency")


def seat_of(session: CouncilSession, user: User) -> Seat | None:
    """The person's seat on the day of the meeting, or None."""
    return seats_on(session).filter(user=user).first()


def council_roles(session: CouncilSession, user: User) -> frozenset[str]:
    """Keys "council.*" of the person in this session."""
    return frozenset(
        f"council.{role}" for role in seats_on(session).filter(user=user).values_list("role", flat=True)
    )


def settings_of(session: CouncilSession) -> ResultSettings:
    """The statute's settings as frozen when the session opened."""
    values = dict(session.settings)
    if "spread_limit" in values:
        values["spread_limit"] = Decimal(str(values["spread_limit"]))
    return ResultSettings(**values)


def frozen_settings(settings: ResultSettings) -> dict:
    """Settings as JSON."""
    return {
        key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(settings).items()
    }


def barred_seats(item: SessionItem) -> set[int]:
    """Seats that declared a conflict in this dossier."""
    return set(item.declarations.filter(has_conflict=True).values_list("seat_id", flat=True))


def marking_seats(item: SessionItem) -> list[Seat]:
    """Seats that mark this dossier: appointed to mark, present, not barred."""
    present = set(item.session.attendance.filter(present=True).values_list("seat_id", flat=True))
    barred = barred_seats(item)
    return [seat for seat in seats_on(item.session).marking() if seat.pk in present and seat.pk not in barred]


@dataclass(frozen=True)
class Sitting:
    """Who sits over one dossier: every seat that the council ever had, told apart; read in one query."""

    in_force: tuple[Seat, ...]
    present: frozenset[int]
    presiding: frozenset[int]
    barred: frozenset[int]

    @property
    def leads(self) -> list[Seat]:
        """Who may chair this dossier: present, not barred, chair or deputy authorised to.

        The one recorded as presiding stands alone; where that person is barred or has left, the other leads step in.
        """
        here = self.present - self.barred
        leads = [seat for seat in self.in_force if seat.leads and seat.pk in here]
        return [seat for seat in leads if seat.pk in self.presiding] or leads

    def presides(self, user: User) -> bool:
        """True for the person who chairs this dossier."""
        return any(seat.user_id == user.pk for seat in self.leads)

    def is_desk(self, user: User) -> bool:
        """True for chair, deputy and secretary of the session."""
        own = {f"council.{seat.role}" for seat in self.in_force if seat.user_id == user.pk}
        return bool(own & COUNCIL_DESK)


def sitting_of(item: SessionItem) -> Sitting:
    """The seats towards one dossier of a session; one query."""
    present = Attendance.objects.filter(session=item.session_id, seat=OuterRef("pk"), present=True)
    barred = ConflictDeclaration.objects.filter(item=item.pk, seat=OuterRef("pk"), has_conflict=True)
    seats = list(
        item.session.council.seats.select_related("user", "agency").annotate(
            here=Exists(present), chairs=Exists(present.filter(presides=True)), shut_out=Exists(barred)
        )
    )
    day = day_of(item.session)
    return Sitting(
        tuple(
            seat
            for seat in seats
            if seat.valid_from <= day and (seat.valid_to is None or seat.valid_to >= day)
        ),
        frozenset(seat.pk for seat in seats if seat.here),
        frozenset(seat.pk for seat in seats if seat.chairs),
        frozenset(seat.pk for seat in seats if seat.shut_out),
    )


def leads_here(item: SessionItem) -> list[Seat]:
    """Who may chair this dossier (see `Sitting.leads`)."""
    return sitting_of(item).leads


def quorum_of(item: SessionItem, *, present: set[int] | None = None) -> Quorum:
    """Quorum for one dossier: present / appointed, both without the barred, chair or authorised deputy present.

    `present` replaces the attendance list (the members who handed in a sheet, when a round is closed).
    """
    seats = list(seats_on(item.session).filter(role__in=MARKING_ROLES))
    if item.session.is_written:  # who was appointed since was not asked
        asked = set(item.session.attendance.values_list("seat_id", flat=True))
        seats = [seat for seat in seats if seat.pk in asked]
    here = present
    if here is None:
        here = set(item.session.attendance.filter(present=True).values_list("seat_id", flat=True))
    leads = {seat.pk for seat in seats if seat.leads}
    return quorum(
        appointed={seat.pk for seat in seats},
        present=here,
        barred=barred_seats(item),
        leads=leads,
        settings=settings_of(item.session),
    )


def session_quorum(session: CouncilSession) -> Quorum:
    """Quorum of a session as its attendance stands, before anybody is barred from a single dossier.

    By the settings frozen at the opening, before it by those of the day of the meeting.
    """
    seats = list(seats_on(session).filter(role__in=MARKING_ROLES))
    province, day = session.council.province.code, session.held_on
    return quorum(
        appointed={seat.pk for seat in seats},
        present=set(session.attendance.filter(present=True).values_list("seat_id", flat=True)),
        leads={seat.pk for seat in seats if seat.leads},
        settings=settings_of(session) if session.settings else result_settings(province, day),
    )


def last_round(item: SessionItem) -> MarkingRound | None:
    """The round of the item with the highest number."""
    return item.rounds.order_by("-number").first()
