"""Yearly plans of agencies, the programme that joins them, overlaps found and settled."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.producers.casework import teller
from ocop.producers.models import Producer
from ocop.producers.signing import signed
from ocop.quality import permissions, queries
from ocop.quality.actions.visits import VISIT_DESK
from ocop.quality.enums import OverlapState, PlanState, VisitKind
from ocop.quality.models import (
    Overlap,
    OverlapMove,
    Plan,
    PlanLine,
    PlanMove,
    Programme,
    ProgrammeMove,
    Visit,
)
from ocop.quality.rules.overlap import overlaps
from ocop.quality.rules.workflow import OVERLAP, PLAN, PROGRAMME
from ocop.units.models import Agency


def plan_due(plan: Plan, day: date) -> date | None:
    """A plan goes to the standing agency so many days before its year begins (dated setting)."""
    if not plan.is_open:
        return None
    days = queries.number_setting("inspection_plan_days", day)
    return date(plan.year, 1, 1) - timedelta(days=days)


PLAN_DESK = Desk(
    flow=PLAN, move_model=PlanMove, roles=permissions.plan_roles, facts=queries.plan_facts, due=plan_due,
    tell=teller("quality-plans", PLAN),
)  # fmt: skip
PROGRAMME_DESK = Desk(
    flow=PROGRAMME, move_model=ProgrammeMove, roles=permissions.programme_roles, facts=queries.programme_facts,
    tell=teller("quality-programmes", PROGRAMME),
)  # fmt: skip
OVERLAP_DESK = Desk(
    flow=OVERLAP, move_model=OverlapMove, roles=permissions.programme_roles, facts=queries.overlap_facts,
    opened="Thấy trùng",
)  # fmt: skip


def open_plan(
    *, agency: Agency, year: int, by: User, number: str = "", note: str = "", at: datetime | None = None,
    is_demo: bool = False,
) -> Plan:  # fmt: skip
    """Begin the plan of an agency for a year. Raises `Forbidden` for others, `Refused` for a central agency."""
    require(permissions.acts_for(by, agency))
    if agency.unit is None:
        raise Refused("plan.agency", "Cơ quan trung ương không lập kế hoạch ở đây.")
    plan = Plan(
        agency=agency, unit=agency.unit, year=year, number=number.strip(), note=note.strip(), is_demo=is_demo
    )
    return cast(Plan, open_case(PLAN_DESK, signed(plan, by), by=by, at=at))


def add_line(
    plan: Plan,
    *,
    producer: Producer,
    first_on: date,
    last_on: date,
    by: User,
    areas: Iterable[str] = (),
    lead: User | None = None,
    note: str = "",
) -> PlanLine:
    """Add a visit to a plan. Raises as `check_line`."""
    check_line(plan, first_on=first_on, last_on=last_on, by=by)
    line = PlanLine(
        plan=plan, producer=producer, first_on=first_on, last_on=last_on, areas=",".join(areas), lead=lead,
        note=note.strip(),
    )  # fmt: skip
    signed(line, by).save()
    return line


def check_line(plan: Plan, *, first_on: date, last_on: date, by: User) -> None:
    """Raise what stands against a line: `Forbidden`, or `Refused` for days that end before they begin or lie apart."""
    require(permissions.may_write_plan(by, plan))
    if last_on < first_on:
        raise Refused("line.days", "Ngày cuối phải từ ngày đầu trở đi.")
    if first_on.year != plan.year or last_on.year != plan.year:
        raise Refused("line.year", f"Lượt kiểm tra phải nằm trong năm {plan.year} của kế hoạch.")


def send_plan(plan: Plan, *, by: User, at: datetime | None = None) -> PlanMove:
    """Send a plan to the standing agency."""
    return cast(PlanMove, press(PLAN_DESK, plan, "send", by=by, at=at))


def take_plan(plan: Plan, *, by: User, at: datetime | None = None) -> PlanMove:
    """Put a plan into the programme of its year, opened with the first one; overlaps are looked for at once."""

    def before(row: Plan) -> None:
        row.programme = queries.programme_of(row) or _open_programme(row, by=by, at=at)

    def after(row: Plan, move: Any) -> None:
        find_overlaps(cast(Programme, row.programme), by=by, at=at)

    return cast(PlanMove, press(PLAN_DESK, plan, "take", by=by, at=at, before=before, after=after))


def _open_programme(plan: Plan, *, by: User, at: datetime | None) -> Programme:
    row = Programme(year=plan.year, unit=queries.province_over(plan.unit), is_demo=plan.is_demo)
    return cast(Programme, open_case(PROGRAMME_DESK, signed(row, by), by=by, at=at))


def return_plan(plan: Plan, *, by: User, reason: str, at: datetime | None = None) -> PlanMove:
    """Give a plan back to its agency; what was settled about its visits is settled no more."""

    def after(row: Plan, move: Any) -> None:
        programme, row.programme = row.programme, None
        row.save(update_fields=["programme"])
        if programme is not None:
            _undo_merges(row, at or clock.now())
            find_overlaps(programme, by=by, at=at)

    return cast(PlanMove, press(PLAN_DESK, plan, "return", by=by, reason=reason, at=at, after=after))


def _undo_merges(plan: Plan, at: datetime) -> None:
    lines = plan.lines.order_by()
    PlanLine.objects.filter(merged_into__in=lines.values("pk")).update(merged_into=None)
    lines.update(merged_into=None)
    settled = Overlap.objects.exclude(state__in=(OverlapState.OPEN, OverlapState.GONE))
    ids = list(lines.values_list("pk", flat=True))
    settled.filter(first__in=ids).update(voided_at=at)
    settled.filter(second__in=ids).update(voided_at=at)


def find_overlaps(programme: Programme, *, by: User, at: datetime | None = None) -> list[Overlap]:
    """Compare every two visits of the programme to one producer; answers those still to be settled.

    New overlaps are written down, open ones that are none any more are cleared; settled ones stay settled.
    """
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        lines = {line.pk: line for line in queries.lines_of(programme)}
        gap = queries.number_setting("inspection_gap_days", date(programme.year, 1, 1))
        pairs = {
            (pair.first, pair.second): pair for pair in overlaps(queries.as_planned(lines.values()), gap)
        }
        known = {(row.first_id, row.second_id): row for row in programme.overlaps.counting()}
        for key, row in known.items():
            if row.state == OverlapState.OPEN and key not in pairs:
                press(OVERLAP_DESK, row, "clear", by=by, at=at)
        for key, pair in pairs.items():
            if key not in known:
                row = Overlap(
                    programme=programme, producer_id=lines[pair.first].producer_id, days=pair.days, gap=gap,
                    first=lines[pair.first], second=lines[pair.second],
                )  # fmt: skip
                open_case(OVERLAP_DESK, row, by=by, at=at)
    return list(programme.overlaps.counting().filter(state=OverlapState.OPEN))


def merge_overlap(
    overlap: Overlap, *, keep: str, by: User, reason: str = "", at: datetime | None = None
) -> Overlap:
    """Make one visit of the two: `keep` ("first" or "second") stands and takes the other's areas; raises as `press`.

    The agencies of both go in one team.
    """
    if keep not in ("first", "second"):
        raise Refused("overlap.keep", "Hãy chọn lượt kiểm tra được giữ.")

    def after(row: Overlap, move: Any) -> None:
        kept, other = (row.first, row.second) if keep == "first" else (row.second, row.first)
        if kept.merged_into_id or other.merged_into_id:
            raise Refused("overlap.gone", "Một trong hai lượt đã được gộp vào lượt khác. Hãy tải lại trang.")
        everything = not kept.areas or not other.areas
        kept.areas = "" if everything else ",".join({*kept.area_keys, *other.area_keys})
        kept.areas = ",".join(kept.area_keys)
        other.merged_into = kept
        signed(kept, by).save()
        signed(other, by).save()
        for line in other.merged.all():
            line.merged_into = kept
            signed(line, by).save()

    with transaction.atomic():
        press(OVERLAP_DESK, overlap, "merge", by=by, reason=reason, at=at, data={"keep": keep}, after=after)
        overlap.refresh_from_db()
        find_overlaps(overlap.programme, by=by, at=at)
    return overlap


def justify_overlap(overlap: Overlap, *, by: User, reason: str, at: datetime | None = None) -> OverlapMove:
    """Let both visits stand, with the reason."""
    return cast(OverlapMove, press(OVERLAP_DESK, overlap, "justify", by=by, reason=reason, at=at))


def propose_programme(programme: Programme, *, by: User, at: datetime | None = None) -> ProgrammeMove:
    """Hand the programme to the province's leader, after a last look for overlaps."""
    with transaction.atomic():
        find_overlaps(programme, by=by, at=at)
        return cast(ProgrammeMove, press(PROGRAMME_DESK, programme, "propose", by=by, at=at))


def issue_programme(
    programme: Programme, *, number: str, issued_on: date, by: User, at: datetime | None = None
) -> list[Visit]:
    """Enter number and day of the signed programme: its plans are agreed and its visits opened; answers these."""
    made: list[Visit] = []

    def after(row: Programme, move: Any) -> None:
        for plan in row.plans.filter(state=PlanState.TAKEN):
            press(PLAN_DESK, plan, "agree", by=by, at=at)
        lines = queries.lines_of(row).prefetch_related("merged__plan__agency")
        made.extend(_open_visit(line, by=by, at=at) for line in lines)

    values = {"number": number.strip(), "issued_on": issued_on}
    press(PROGRAMME_DESK, programme, "issue", by=by, at=at, values=values, after=after)
    return made


def _open_visit(line: PlanLine, *, by: User, at: datetime | None) -> Visit:
    visit = Visit(
        kind=VisitKind.PLANNED, line=line, producer=line.producer, unit=line.producer.unit, agency=line.plan.agency,
        areas=line.areas, first_on=line.first_on, last_on=line.last_on, lead=line.lead, is_demo=line.plan.is_demo,
    )  # fmt: skip
    row = cast(Visit, open_case(VISIT_DESK, signed(visit, by), by=by, at=at))
    row.agencies.set({line.plan.agency, *(other.plan.agency for other in line.merged.all())})
    return row
