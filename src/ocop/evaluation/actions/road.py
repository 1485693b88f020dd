"""The one door through which a dossier moves: lock, roles, facts, flow, clock, notices - in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.clock import due_after
from ocop.evaluation.queries.facts import facts_of
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale
from ocop.kit.flow import make_move


def locked(dossier: Dossier, *, version: int | None = None) -> Dossier:
    """The dossier's row, locked until the end of the transaction.

    Raises Stale when `version` is given and somebody saved in the meantime.
    """
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if version is not None and row.version != version:
        raise Stale(
            "dossier.stale",
            "Người khác vừa sửa hồ sơ này. Nội dung bạn nhập vẫn còn trên màn hình; hãy mở lại bản mới rồi chép sang.",
        )
    return row


def in_lock_order(dossiers: Iterable[Dossier]) -> list[Dossier]:
    """The dossiers in the one order in which several are locked, so that two desks never wait for each other."""
    return sorted(dossiers, key=lambda dossier: dossier.pk)


def advance(
    dossier: Dossier,
    verb: str,
    *,
    by: User,
    at: datetime | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    day: date | None = None,
) -> DossierMove:
    """Press one verb of the dossier's flow.

    Pressing a verb twice (double click, reload) is answered with the move that the first press made. Raises Refused
    with every reason of the guards, Forbidden when the verb is another role's (articles: see the flow's table).
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        repeated = _same_press(row, verb, by)
        if repeated:
            dossier.refresh_from_db()
            return repeated
        due_on, due_rule = due_after(row, verb, day or clock.local_day(at))
        row.due_on, row.due_rule = due_on, due_rule
        row.version += 1
        move = make_move(
            row,
            row.flow,
            verb,
            move_model=DossierMove,
            by=by,
            roles=roles_for(by, row),
            facts=facts_of(row),
            at=at,
            reason=reason,
            data=data,
            extra={"unit_id": row.unit_id, "due_on": due_on},
        )
    dossier.refresh_from_db()
    return cast(DossierMove, move)


def _same_press(row: Dossier, verb: str, by: User) -> DossierMove | None:
    """The last move, if it is this very verb by this very person and the state has not moved since."""
    if row.flow.find(verb, row.state) is not None:
        return None
    last = row.moves.order_by("-pk").first()
    if last is not None and last.name == verb and last.by_id == by.pk and last.to_state == row.state:
        return last
    return None


def require_editable(dossier: Dossier) -> None:
    """Raises Refused when the producer's side may no longer change the dossier."""
    if not dossier.is_editable:
        raise Refused(
            "dossier.locked", f"Hồ sơ đang ở bước “{DossierState(dossier.state).label}”, không sửa được nữa."
        )
