"""Commendation: nominated with proof, looked at by the council, decided or refused."""

from dataclasses import asdict
from datetime import date, datetime

from ocop.accounts.agencies import OFFICERS, acts_for
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.direction.enums import NomineeKind
from ocop.direction.models import Nomination, NominationMove
from ocop.direction.permissions.programme import DECIDERS, nomination_roles
from ocop.direction.queries.nominations import checks_for, facts_of
from ocop.direction.rules.commendation import ARTICLE, NOMINATION
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import OPENED, Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.casework.roles import officers_of
from ocop.producers.signing import signed


def _tell(row: Nomination, move: MoveBase) -> None:
    """Whoever has the next press, and who nominated when it is over."""
    if move.name == OPENED:
        return
    examiners, deciders = DECIDERS[row.award]  # type: ignore[index]
    waits = {"nominated": examiners, "examined": deciders}.get(row.state, frozenset())
    people = officers_of(waits, row.unit, clock.local_day(move.at))
    if not waits:
        people = list(holders_of(*OFFICERS, agency=row.nominator_id))
    notify_each(
        [one for one in people if one.pk != move.by_id],  # type: ignore[attr-defined]
        kind="case.nominations", title=f"{row.get_state_display()}: {row}", text=move.reason,
        url=row.get_absolute_url(), subject_key=f"nomination:{row.pk}", at=move.at,
    )  # fmt: skip


NOMINATION_DESK = Desk(
    NOMINATION, NominationMove, nomination_roles, facts=facts_of, tell=_tell, opened="Lập đề nghị"
)


def begin_nomination(row: Nomination, *, by: User, at: datetime | None = None) -> Nomination:
    """Begin the nomination of an agency, a producer or a person by the own agency.

    Raises `Forbidden` for another agency's, `Refused` for a nominee that is not named or belongs elsewhere.
    """
    require(acts_for(by, row.nominator_id))
    unit = row.nominator.unit
    if row.kind == NomineeKind.COLLECTIVE and row.agency is not None:
        unit = row.agency.unit
    if row.kind == NomineeKind.PRODUCER and row.producer is not None:
        unit = row.producer.unit
    if unit is None or not row.name:
        raise Refused("nomination.who", "Chọn cơ quan, chủ thể hoặc ghi họ tên theo loại đề nghị.", ARTICLE)
    row.unit = unit
    return open_case(NOMINATION_DESK, signed(row, by), by=by, at=at)  # type: ignore[no-any-return]


def examine_nomination(
    row: Nomination, *, council_on: date | None, yes: int, no: int, abstained: int, by: User, reason: str = "",
    at: datetime | None = None,
) -> NominationMove:  # fmt: skip
    """Write down the council's opinion, and the checks as they stood. Raises as `press`."""
    values = {
        "council_on": council_on, "yes": yes, "no": no, "abstained": abstained,
        "checks": [asdict(one) for one in checks_for(row)],
    }  # fmt: skip
    return press(  # type: ignore[no-any-return]
        NOMINATION_DESK, row, "examine", by=by, at=at, reason=reason, values=values
    )


def decide_nomination(
    row: Nomination,
    *,
    number: str,
    decided_on: date | None,
    by: User,
    reason: str = "",
    at: datetime | None = None,
) -> NominationMove:
    """Honour the nominee by a decision; several of one decision make its list. Raises as `press`."""
    values = {"decision_number": number.strip(), "decided_on": decided_on}
    return press(  # type: ignore[no-any-return]
        NOMINATION_DESK, row, "decide", by=by, at=at, reason=reason, values=values
    )
