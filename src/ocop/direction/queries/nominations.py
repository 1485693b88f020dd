"""What the data say of a nominee, and the list of those honoured."""

from datetime import date

from django.db.models import Max

from ocop.direction.enums import NominationState, NomineeKind, TaskState
from ocop.direction.models import Nomination, Task
from ocop.direction.rules.commendation import Check, NominationFacts, Record, checks_of
from ocop.kit import clock
from ocop.producers.casework.roles import province_code
from ocop.quality.models import Violation
from ocop.recognition.models import Certificate
from ocop.reporting.models import Programme
from ocop.units.models import AgencySuccession


def span_of(row: Nomination) -> tuple[date, date]:
    """The days looked at: the year, or the programme's period up to it."""
    last = date(row.year, 12, 31)
    if row.whole_period:
        programme = Programme.objects.of(province_code(row.unit), last)
        if programme is not None:
            return programme.valid_from, last
    return date(row.year, 1, 1), last


def record_of(row: Nomination, today: date) -> Record:
    """Violations, stars taken back, stars in force, tasks: of the days looked at."""
    first, last = span_of(row)
    if row.kind == NomineeKind.PRODUCER:
        return _of_producer(row, first, last, today)
    if row.kind == NomineeKind.PERSON:
        return Record(row.kind)
    before = AgencySuccession.objects.filter(successor=row.agency_id).values("predecessor_id")
    tasks = Task.objects.filter(last_on__gte=first, last_on__lte=last).exclude(state=TaskState.STOPPED)
    tasks = tasks.filter(agency=row.agency_id) | tasks.filter(agency__in=before)
    return Record(
        row.kind, tasks=tasks.count(), done=tasks.filter(state=TaskState.DONE).count(),
        overdue=tasks.overdue(today).count(),
    )  # fmt: skip


def _of_producer(row: Nomination, first: date, last: date, today: date) -> Record:
    stars = Certificate.objects.filter(product__producer=row.producer_id)
    standing = stars.public().in_validity(min(today, last))
    found = Violation.objects.filter(producer=row.producer_id, decided_on__gte=first, decided_on__lte=last)
    return Record(
        row.kind, violations=found.count(), revoked=stars.filter(revoked_on__gte=first, revoked_on__lte=last).count(),
        products=standing.values("product_id").distinct().count(),
        stars=standing.aggregate(best=Max("stars"))["best"] or 0,
    )  # fmt: skip


def checks_for(row: Nomination) -> list[Check]:
    """The checks as the data stand today; those kept with a decision once there is one."""
    if row.checks and row.state in (NominationState.DECIDED, NominationState.REFUSED):
        return [Check(**one) for one in row.checks]
    return checks_of(record_of(row, clock.today()))


def facts_of(row: Nomination) -> NominationFacts:
    """What the guards of the flow look at."""
    return NominationFacts(
        has_proof=row.files.exists(), merits=row.merits, checks=checks_for(row), yes=row.yes, no=row.no,
        abstained=row.abstained, council_on=row.council_on, number=row.decision_number, decided_on=row.decided_on,
    )  # fmt: skip


def honoured_with(row: Nomination) -> list[Nomination]:
    """Everybody of the same decision, in order; the row alone before there is one."""
    if not row.decision_number:
        return [row]
    rows = Nomination.objects.filter(
        state=NominationState.DECIDED, decision_number=row.decision_number, decided_on=row.decided_on
    )
    return list(rows.select_related("agency", "producer", "unit", "nominator").order_by("kind", "pk"))
