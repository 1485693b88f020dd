"""A new list of days off moves the days that run, and a load says beforehand which dossiers it reaches."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from ocop.evaluation.queries import effects
from ocop.evaluation.queries.clock import commune_clock
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.kit.days import is_working_day
from ocop.kit.jobs.preview import watch
from ocop.kit.models import DayOverride
from ocop.rulebook.actions import drop_day, set_day
from ocop.rulebook.models import DeadlineRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    made = make_world()
    settings.OCOP_PROVINCE = made.province.code
    return made


@pytest.fixture
def running(world):
    """A dossier whose 15 working days run."""
    return world.walk_to("commune_review")


def first_worked(since: date, until: date) -> date:
    return next(
        day
        for day in (date.fromordinal(n) for n in range(since.toordinal() + 1, until.toordinal()))
        if is_working_day(day)
    )


def test_a_list_of_days_off_moves_running_deadlines_after_saying_so(world, running, tmp_path):
    due = running.due_on
    day = first_worked(running.received_on, due)
    path = tmp_path / "nghi.yaml"
    path.write_text(f"- {{day: {day}, working: false, name: Nghỉ bù, source: TB 1}}", encoding="utf-8")
    out = StringIO()
    call_command("load_days", str(path), "--dry-run", stdout=out)
    told = [line for line in out.getvalue().splitlines() if line.startswith("Ảnh hưởng")]
    running.refresh_from_db()
    assert running.due_on == due
    call_command("load_days", str(path), stdout=StringIO())
    running.refresh_from_db()
    assert running.due_on > due
    assert told == [
        f"Ảnh hưởng: 1 hồ sơ đổi hạn ({running.code}: {due:%d/%m/%Y} → {running.due_on:%d/%m/%Y})"
    ]
    # The day that is stored, listed and reminded of is the day that the page counts.
    assert f"{running.due_on:%d/%m/%Y}" in str(commune_clock(running, clock.today()))


def test_a_day_set_in_the_browser_and_dropped_again_moves_them_too(world, running):
    due = running.due_on
    day = first_worked(running.received_on, due)
    row = set_day(day, is_working=False, name="Nghỉ bù", source="TB 1", by=world["admin"])
    running.refresh_from_db()
    assert running.due_on > due
    drop_day(row, by=world["admin"])
    running.refresh_from_db()
    assert running.due_on == due


def test_a_deadline_that_is_not_counted_in_working_days_stays(world):
    row = world.walk_to("council_ready")
    due = row.due_on
    day = first_worked(clock.today(), due)
    set_day(day, is_working=False, name="Nghỉ bù", source="TB 1", by=world["admin"])
    row.refresh_from_db()
    assert row.due_on == due


def test_a_changed_procedure_and_set_count_the_dossiers_under_them(world, running):
    rule = DeadlineRule.objects.get(procedure=running.procedure, key="commune-assessment")

    def work():
        DeadlineRule.objects.filter(pk=rule.pk).update(length=12)
        type(running.criteria_set).objects.filter(pk=running.criteria_set_id).update(name="Tên mới")

    said = watch(work, [DeadlineRule, type(running.criteria_set)], dry_run=True).effects
    assert said == [
        f"1 hồ sơ đang mở theo {running.procedure.name}; hồ sơ đã mở giữ quy trình của mình",
        f"1 hồ sơ đang mở chấm theo các bộ được sửa của {running.criteria_set.book}; phiếu đã nộp giữ câu chữ lúc nộp",
    ]


def test_nothing_is_said_when_nothing_is_reached(world):
    before = effects.look()
    DayOverride.objects.create(day=date(2030, 1, 7), is_working=False, name="x")
    assert effects.words(before, effects.look(), []) == []
