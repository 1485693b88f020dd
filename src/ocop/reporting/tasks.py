"""Jobs of figures: what a board shows is measured here, never in a request."""

from datetime import date, timedelta

from django.urls import reverse

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.jobs import progress, retrying_task
from ocop.kit.jobs.models import JobProgress
from ocop.reporting.actions.calling import open_due, remind
from ocop.reporting.actions.measure import measure, sweep
from ocop.reporting.actions.reports import take_figures
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Round
from ocop.reporting.queries.places import units_under
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

WRITTEN = (ReportState.DRAFT, ReportState.RETURNED)
KEPT_FRESH = timedelta(days=60)
"""For so long after the last day to hand in, figures of a round are taken that could not be taken before."""


def ask_for(unit: Unit, day: date, *, by: User) -> JobProgress:
    """Start measuring a unit and everything under it for a day; answers the job, whose page leads to the board."""
    job = progress.start(f"Tính số liệu {unit.title} ngày {day:%d/%m/%Y}", by=by)
    measure_unit.enqueue(unit.pk, day.isoformat(), str(job.key))
    return job


@retrying_task(tries=3, limit=3600)
def measure_unit(unit_id: int, day_text: str, job_key: str) -> None:
    """Measure a unit with everything under it and say how far it is."""
    unit, day = Unit.objects.get(pk=unit_id), date.fromisoformat(day_text)
    made = measure(
        units_under(unit, day), day, step=lambda percent, text: progress.step(job_key, percent, text)
    )
    url = f"{reverse('reporting:board')}?don-vi={unit.code}&ngay={day_text}"
    progress.finish(job_key, f"Đã tính {made} số liệu.", result_url=url)


def measure_today() -> None:
    """Every night: each province that is held, with everything under it, for today; older days are swept."""
    today = clock.today()
    for province in Unit.objects.valid_on(today).filter(level=UnitLevel.PROVINCE):
        measure(units_under(province, today), today)
    sweep()


@retrying_task(tries=3, limit=3600)
def fill_round(round_id: int) -> None:
    """Fill the reports of a round that are still written with the figures of its days, as far as these have passed."""
    round = Round.objects.select_related("form").get(pk=round_id)
    take_figures(round, only=list(round.reports.filter(state__in=WRITTEN).values_list("pk", flat=True)))


def take_open_figures(today: date) -> None:
    """Start filling the reports that are still written, anew each day until the last day of their figures has passed.

    The report of a year is due on the very day on which its figures end, so they cannot wait for that.
    """
    for round in Round.objects.filter(first__lte=today, due_on__gte=today - KEPT_FRESH):
        moments = round.reports.filter(state__in=WRITTEN).values_list("measured_at", flat=True)
        days = {clock.local_day(at) if at else date.min for at in moments}
        if any(day <= round.last and day < today for day in days):
            fill_round.enqueue(round.pk)


def prepare_rounds() -> None:
    """Every morning: open what is due soon, take figures, remind who has not sent."""
    today = clock.today()
    for province in Unit.objects.valid_on(today).filter(level=UnitLevel.PROVINCE):
        open_due(province, today)
    take_open_figures(today)
    remind(today)
