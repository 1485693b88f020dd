"""Reports of the past made in bulk are what the actions write; a second run adds nothing."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from ocop.accounts.demo import load_personas
from ocop.accounts.enums import Role
from ocop.kit import clock, registry
from ocop.kit.cases.bulk import write_past
from ocop.kit.indicators import indicators
from ocop.producers.tests.offices import make_offices
from ocop.reporting import demo
from ocop.reporting.actions.reports import (
    DESK,
    open_round,
    press_report,
    take_figures,
    terms_of,
    write_report,
)
from ocop.reporting.demo import Course, past_of
from ocop.reporting.enums import ReportState
from ocop.reporting.loader import load_reports
from ocop.reporting.models import Consolidation, Measured, Report, ReportMove, Round
from ocop.reporting.queries.reports import facts_of, on_time_board
from ocop.rulebook.models import DatedSetting

pytestmark = pytest.mark.django_db
FIELDS = ("state", "due_on", "closed_at", "submitted_at", "returns", "opened_at", "search_text")
MOVES = ("name", "from_state", "to_state", "at", "by_id", "reason", "legal_basis", "flow")


def told(report: Report) -> tuple[dict, list]:
    row = Report.objects.get(pk=report.pk)
    return {name: getattr(row, name) for name in FIELDS}, list(row.moves.order_by("pk").values_list(*MOVES))


@pytest.mark.parametrize(
    "course",
    [
        Course(), Course(3, True), Course(ends=ReportState.DRAFT), Course(ends=ReportState.SUBMITTED),
        Course(returned=True, ends=ReportState.RETURNED), Course(-1, ends=ReportState.CONSOLIDATED),
    ],
    ids=str,
)  # fmt: skip
def test_a_past_report_is_what_the_actions_write(course):
    load_reports(lambda text: None)
    with time_machine.travel("2026-06-01T09:00:00+07:00", tick=False):
        offices = make_offices()
        desk, officer = offices[Role.STANDING_OFFICER], offices[Role.COMMUNE_OFFICER]
        round = open_round(offices.province, terms_of(offices.province, "quarter", 2026, 2), by=desk)
        take_figures(round)
    pressed = Report.objects.get(unit=offices.commune)
    ReportMove.objects.filter(subject=pressed, name="open").update(by=None)
    past = past_of(pressed, course, reporter=officer, desk=desk)
    for step in past.steps:
        row = Report.objects.get(pk=pressed.pk)
        with time_machine.travel(step.at, tick=False):
            if step.verb == "submit":
                write_report(row, texts=demo.WORDS[0], corrections={}, edits=row.edits, by=officer)
            press_report(row, step.verb, by=step.by, reason=step.reason)
    wanted = told(pressed)
    ReportMove.objects.filter(subject=pressed).delete()
    pressed.texts.all().delete()
    pressed.cells.all().delete()
    Report.objects.filter(pk=pressed.pk).delete()
    blank = Report(round=round, agency=pressed.agency, unit=pressed.unit, receiver=pressed.receiver)
    (made,) = write_past(DESK, [past_of(blank, course, reporter=officer, desk=desk)])
    assert told(made) == wanted


@pytest.fixture
def country():
    """The units and personas of the demo, on the day that it shows."""
    with time_machine.travel("2026-11-24T09:00:00+07:00"):
        registry.demo_steps["units"].run(lambda text: None)
        load_personas(lambda text: None)
        load_reports(lambda text: None)
        DatedSetting.objects.create(
            key="report_opens_days", province="", value="20", valid_from=date(2023, 1, 1)
        )
        yield


def test_three_years_of_rounds_with_late_and_returned_ones(country):
    lines: list[str] = []
    demo.load(lines.append)
    demo.load(lines.append)
    over = Round.objects.filter(due_on__lt=date(2026, 11, 24)).order_by("due_on")
    assert [(round.kind, round.due_on) for round in over] == [
        ("year", date(2024, 12, 14)), ("year", date(2025, 12, 14)), ("quarter", date(2026, 3, 24)),
        ("quarter", date(2026, 6, 24)), ("quarter", date(2026, 9, 24)),
    ]  # fmt: skip
    assert (lines[1], Round.objects.count(), Consolidation.objects.count()) == ("báo cáo: đã có", 7, 5)
    kinds = set(over[0].reports.values_list("agency__kind", flat=True))
    assert ("district_committee" in kinds, "commune_committee" in kinds) == (True, False)
    board = on_time_board(over[3], date(2026, 11, 24))
    assert {line.late for line in board} == {0, 3}
    assert sum(line.report.returns > 0 for line in board) > 1
    last = set(over[4].reports.values_list("state", flat=True))
    assert last == {"accepted", "draft", "returned", "submitted"}
    for report in Report.objects.exclude(submitted_at=None)[:40]:
        facts = facts_of(report)
        assert (facts.empty_sections, facts.unmeasured, facts.unreasoned) == ((), (), ())
    assert not Report.objects.filter(
        submitted_at__gt=datetime.fromisoformat("2026-11-24T09:00:00+07:00")
    ).exists()
    assert over[4].consolidations.get().sent_on is None
    assert over[0].consolidations.get().sent_on == over[0].due_on + timedelta(days=12)


def test_figures_are_measured_after_all_other_steps_and_once():
    offices = make_offices()
    demo.measure_figures(lambda text: None)
    measured = Measured.objects.filter(unit=offices.province, day=clock.today())
    assert measured.count() == len(list(indicators))
    told = list(measured.values_list("at", flat=True))
    demo.measure_figures(lambda text: None)
    assert list(measured.values_list("at", flat=True)) == told
    assert list(registry.demo_steps)[-1].key == "reporting.figures"
