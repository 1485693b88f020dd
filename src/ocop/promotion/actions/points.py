"""Sale points: registration, visits with criteria, recognition, closing (Decision 4086/QĐ-UBND)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.producers.casework import keep_files, roles_on, teller
from ocop.promotion.enums import CheckKind, CheckOutcome, CriterionKind, PointState
from ocop.promotion.models import CheckAnswer, SaleCheck, SalePoint, SalePointMove
from ocop.promotion.queries.points import criteria_on, facts_of, province_code
from ocop.promotion.rules import criteria as rules
from ocop.promotion.rules.workflow import REGULATION, SALE_POINT
from ocop.rulebook.queries import setting

WAITING = (PointState.REGISTERED, PointState.CHECKED, PointState.APPROVED)
VERB_OF_STATE = {PointState.REGISTERED: "check", PointState.CHECKED: "recheck", PointState.OPEN: "inspect"}


def _due(point: SalePoint, day: date) -> date | None:
    """Each step before the recognition has the days of the dated setting; an open point has its own clock of checks."""
    if point.state not in WAITING:
        return None
    return day + timedelta(days=int(setting("sale_point_step_days", province_code(point), day)))


POINT_DESK = Desk(
    SALE_POINT, SalePointMove, roles_on, facts=facts_of, due=_due, tell=teller("sale_points", SALE_POINT),
    opened="Đăng ký điểm bán",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a visit found on one criterion; one of `met` and `value`, as the criterion asks."""

    criterion_id: int
    met: bool | None = None
    value: Decimal | None = None
    note: str = ""


def register_point(point: SalePoint, *, by: Any, at: datetime | None = None) -> SalePoint:
    """Enter a sale point; the officer of its unit is told to visit it."""
    return open_case(POINT_DESK, point, by=by, at=at)


def record_check(
    point: SalePoint, *, by: Any, checked_on: date, found: Iterable[Found], team: str = "", conclusion: str = "",
    remedy_by: date | None = None, kind: str = "", photographs: Iterable[Any] = (), at: datetime | None = None,
) -> SaleCheck:  # fmt: skip
    """Write a visit down: what every criterion of that day came to, photographs, conclusion.

    The verb follows the state: the first visit, a second look before the decision, or the yearly check of an open
    point. Raises `Refused` for a day in the future or before the last visit, for an answer to a criterion that does not
    count that day, while a criterion is not answered and none failed (nobody could decide on such a visit), and when
    nobody expects a visit.
    """
    at = at or clock.now()
    if checked_on > clock.local_day(at):
        raise Refused("check.future", "Ngày kiểm tra ở tương lai.", REGULATION)
    if point.last_check_on is not None and checked_on < point.last_check_on:
        raise Refused("check.earlier", f"Đã có lần kiểm tra ngày {point.last_check_on:%d/%m/%Y}.", REGULATION)
    verb = VERB_OF_STATE.get(PointState(point.state))
    if verb is None:
        raise Refused("check.state", "Điểm bán này không còn chờ kiểm tra.", REGULATION)
    if not kind:
        kind = CheckKind.YEARLY if verb == "inspect" else CheckKind.FIRST
    with transaction.atomic():
        visit = SaleCheck(
            point=point, kind=kind, checked_on=checked_on, team=team.strip(), conclusion=conclusion.strip(),
            remedy_by=remedy_by, by=by, at=at,
        )  # fmt: skip
        answers = _judge(visit, {one.criterion_id: one for one in found})
        data = {"check": checked_on.isoformat(), "outcome": visit.outcome}

        def write(stored: SalePoint) -> None:
            visit.save()
            CheckAnswer.objects.bulk_create([_of(answer, visit) for answer in answers])
            keep_files(visit, photographs, by=by)

        values = {"last_check_on": checked_on, "last_outcome": visit.outcome}
        press(
            POINT_DESK, point, verb, by=by, at=at, reason=conclusion, values=values, data=data, before=write
        )
    return visit


def _judge(visit: SaleCheck, given: Mapping[int, Found]) -> list[CheckAnswer]:
    """Set the outcome of a visit and answer its answers, unsaved."""
    known = list(criteria_on(visit.checked_on))
    if unknown := set(given) - {one.pk for one in known}:
        raise Refused(
            "check.criterion", f"{len(unknown)} tiêu chí không áp dụng vào ngày kiểm tra.", REGULATION
        )
    facts = [rules.Criterion(one.key, one.kind, one.required, one.confirmed, one.minimum) for one in known]
    said = {
        one.key: rules.Given(given[one.pk].met, given[one.pk].value) if one.pk in given else rules.Given()
        for one in known
    }
    judged = rules.judge(facts, said)
    if judged.outcome == CheckOutcome.OPEN:
        raise Refused(
            "check.unanswered",
            f"Còn {len(judged.missing)} tiêu chí chưa trả lời, nên chưa kết luận được.",
            REGULATION,
        )
    visit.outcome, visit.failed = judged.outcome, len(judged.failed)
    return [
        CheckAnswer(
            criterion=one, note=given[one.pk].note.strip(),
            met=given[one.pk].met if one.kind == CriterionKind.YES_NO else judged.results[one.key],
            value=given[one.pk].value if one.kind == CriterionKind.NUMBER else None,
        )
        for one in known
        if one.pk in given
    ]  # fmt: skip


def _of(answer: CheckAnswer, visit: SaleCheck) -> CheckAnswer:
    answer.check_visit = visit
    return answer


def number_point(
    point: SalePoint, *, by: Any, number: str, decided_on: date, at: datetime | None = None
) -> SalePoint:
    """Write the decision's number and day; the point is open from now on and public.

    Raises `Refused` without a number, and for a day to come.
    """
    at = at or clock.now()
    if not number.strip():
        raise Refused("point.number", "Chưa ghi số quyết định.", REGULATION)
    if decided_on > clock.local_day(at):
        raise Refused("point.day", "Ngày quyết định ở tương lai.", REGULATION)
    press(
        POINT_DESK, point, "number", by=by, at=at, values={"number": number.strip(), "decided_on": decided_on}
    )
    return point


def close_point(point: SalePoint, *, by: Any, reason: str, at: datetime | None = None) -> SalePoint:
    """Close a point with the reason."""
    press(POINT_DESK, point, "close", by=by, at=at, reason=reason)
    return point
