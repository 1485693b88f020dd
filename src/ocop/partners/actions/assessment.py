"""The yearly assessment: opened for all, marked, concluded, published."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.cases import OPENED, Desk, open_case, press
from ocop.kit.errors import Forbidden, Refused
from ocop.partners.enums import AssessmentState
from ocop.partners.models import (
    AssessmentMark,
    AssessmentMove,
    Criterion,
    Partner,
    PartnerAssessment,
    PartnerContract,
)
from ocop.partners.rules.assessment import (
    ASSESSMENT_FLOW,
    CONCLUDERS,
    MARKERS,
    PLAN,
    AssessmentFacts,
    grade_of,
    total,
)
from ocop.partners.rules.capacity import NUMBERS, missing_numbers
from ocop.producers.casework import roles_on, teller
from ocop.producers.casework.roles import province_code
from ocop.rulebook.queries import setting


def facts_of(row: PartnerAssessment) -> AssessmentFacts:
    """What the guards look at."""
    numbers = {name: getattr(row, name) for name in NUMBERS}
    return AssessmentFacts(
        lines=tuple(row.marked()),
        numbers_missing=missing_numbers(row.partner.kind, numbers),
        conclusion=row.conclusion,
        consents=row.partner.consent_on() is not None,
    )


def _setting(key: str, row: PartnerAssessment, day: date) -> int:
    return int(setting(key, province_code(row.unit), day))


def _due(row: PartnerAssessment, day: date) -> date | None:
    """Marking ends with the year's last day; the conclusion follows within the dated number of days."""
    if row.state == AssessmentState.DRAFT:
        return max(date(row.year, 12, 31), day)
    if row.state == AssessmentState.PROPOSED:
        return day + timedelta(days=_setting("partner_conclusion_days", row, day))
    return None


_tell_next = teller("assessments", ASSESSMENT_FLOW)


def _tell(row: PartnerAssessment, move: Any) -> None:
    """A round opens dozens at once and marking goes on for days: only what is handed on is told."""
    if move.name not in (OPENED, "mark"):
        _tell_next(row, move)


ASSESSMENT_DESK = Desk(
    flow=ASSESSMENT_FLOW,
    move_model=AssessmentMove,
    roles=roles_on,
    facts=facts_of,
    due=_due,
    tell=_tell,
    opened="Mở bản đánh giá",
)


def open_assessment(
    partner: Partner, *, year: int, by: User | None, at: datetime | None = None, is_demo: bool = False
) -> PartnerAssessment:
    """Begin the assessment of a partner in a year, with the contracts of that year counted.

    Raises `Forbidden` for others than the markers, `Refused` for a partner that has one or takes no part, and for a
    year ahead. `by` None is the demo's generator.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    if by is not None and not any(scope_of(by).has(role, partner.unit_id) for role in MARKERS):
        raise Forbidden("assessment.role", "Bạn không đánh giá đối tác của địa bàn này.", PLAN)
    if year > day.year:
        raise Refused("assessment.ahead", "Chưa đến năm đánh giá.", PLAN)
    with transaction.atomic():
        partner = Partner.objects.select_for_update().get(pk=partner.pk)
        if partner.assessments.filter(year=year).exists():
            raise Refused("assessment.once", f"Đối tác này đã có bản đánh giá năm {year}.", PLAN)
        row = PartnerAssessment(
            partner=partner, unit=partner.unit, year=year, criteria_day=min(day, date(year, 12, 31)),
            volume_unit=partner.volume_unit, is_demo=is_demo, **contracts_in(partner, year),
            **{name: getattr(partner, name) for name in NUMBERS},
        )  # fmt: skip
        return open_case(ASSESSMENT_DESK, row, by=by, at=at)


def contracts_in(partner: Partner, year: int) -> dict[str, int]:
    """How many contracts with producers the partner signed in a year, and their value in đồng."""
    rows = PartnerContract.objects.filter(partner=partner, signed_on__year=year)
    found = rows.aggregate(contracts=Count("pk"), contract_value=Sum("value"))
    return {"contracts": found["contracts"], "contract_value": found["contract_value"] or 0}


def open_year(*, year: int, by: User, at: datetime | None = None) -> int:
    """Begin the assessment of every active partner in reach that has none of that year; answers how many.

    A second press opens nothing twice. Raises `Forbidden` for others than the markers.
    """
    if not scope_of(by).has_any(*MARKERS):
        raise Forbidden("assessment.role", "Bạn không mở được đợt đánh giá đối tác.", PLAN)
    if year > clock.local_day(at or clock.now()).year:
        raise Refused("assessment.ahead", "Chưa đến năm đánh giá.", PLAN)
    rows = Partner.objects.visible_to(by).active().filter(unit_id__in=scope_of(by).unit_ids(*MARKERS))
    with transaction.atomic():
        waiting = list(rows.exclude(assessments__year=year).select_related("unit"))
        for partner in waiting:
            open_assessment(partner, year=year, by=by, at=at)
    return len(waiting)


def mark(
    row: PartnerAssessment,
    *,
    points: Mapping[str, int | None],
    numbers: Mapping[str, Any],
    by: User,
    conclusion: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> AssessmentMove:
    """Write points by criterion key and the numbers of the capacity; may be done again until it is proposed.

    Raises `Forbidden` for others than the markers, `Refused` once it has left the marking, for an unknown criterion
    and for points above the most.
    """
    unexpected = set(numbers) - {*NUMBERS, "volume_unit"}
    if unexpected:
        raise TypeError(f"mark() got unexpected numbers {sorted(unexpected)}")

    def before(stored: PartnerAssessment) -> None:
        known = {one.key: one for one in Criterion.objects.valid_on(stored.criteria_day)}
        for key, value in points.items():
            _mark_one(stored, known.get(key), value)

    values = {**numbers, **({"conclusion": conclusion.strip()} if conclusion.strip() else {})}
    return press(ASSESSMENT_DESK, row, "mark", by=by, at=at, reason=reason, values=values, before=before)


def _mark_one(row: PartnerAssessment, criterion: Criterion | None, points: int | None) -> None:
    if criterion is None:
        raise Refused("assessment.criterion", "Có tiêu chí không thuộc danh sách của ngày này.", PLAN)
    if points is None:
        row.marks.filter(criterion=criterion).delete()
    elif not 0 <= points <= criterion.points:
        raise Refused("assessment.most", f"{criterion.name}: từ 0 đến {criterion.points} điểm.", PLAN)
    else:
        AssessmentMark.objects.update_or_create(
            assessment=row, criterion=criterion, defaults={"points": points}
        )


def press_assessment(
    row: PartnerAssessment,
    verb: str,
    *,
    by: User,
    reason: str = "",
    at: datetime | None = None,
    **values: Any,
) -> AssessmentMove:
    """A step of the flow; concluding reckons the grade and hands the numbers to the partner, publishing dates it."""
    at = at or clock.now()
    day = clock.local_day(at)

    def before(stored: PartnerAssessment) -> None:
        if verb == "conclude":
            stored.points, stored.most = total(stored.marked())
            stored.grade = grade_of(
                stored.points, stored.most, good=_setting("partner_good_percent", stored, day),
                fair=_setting("partner_fair_percent", stored, day),
            )  # fmt: skip
            stored.concluded_on = day
        elif verb == "publish":
            stored.published_on = day
        elif verb == "reopen":
            stored.points = stored.most = stored.concluded_on = None
            stored.grade = ""

    def after(stored: PartnerAssessment, move: Any) -> None:
        if verb == "conclude":
            _hand_over(stored)

    return press(
        ASSESSMENT_DESK, row, verb, by=by, at=at, reason=reason, values=values, before=before, after=after
    )


def _hand_over(row: PartnerAssessment) -> None:
    """The partner's present capacity is what the latest concluded assessment found."""
    later = row.partner.assessments.filter(year__gt=row.year, concluded_on__isnull=False)
    if later.exists():
        return
    partner = Partner.objects.select_for_update().get(pk=row.partner_id)
    for name in (*NUMBERS, "volume_unit"):
        setattr(partner, name, getattr(row, name))
    partner.save()


__all__ = [
    "ASSESSMENT_DESK", "CONCLUDERS", "contracts_in", "facts_of", "mark", "open_assessment", "open_year",
    "press_assessment",
]  # fmt: skip
