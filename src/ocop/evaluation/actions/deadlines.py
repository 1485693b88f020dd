"""Deadlines that run when the calendar changes: a swap of working days is often decided after they were counted."""

from django.db import transaction

from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.clock import COMMUNE_RULE, commune_due
from ocop.evaluation.rules.workflow import COMMUNE_CLOCK
from ocop.kit import days
from ocop.rulebook.models import DeadlineRule


def count_again() -> int:
    """Put the last day of every running count of working days where the calendar of now says; answers how many moved.

    Only the commune's 15 working days (Art. 7.2) count working days; all other last days are days of the calendar.
    Run with the change of the calendar, in its transaction; who changed that is recorded there.
    """
    moved, calendar = 0, days.load()
    with transaction.atomic():
        rows = Dossier.objects.filter(
            state__in=COMMUNE_CLOCK, due_rule=COMMUNE_RULE, received_on__isnull=False
        )
        for row in rows.select_for_update(of=("self",)).select_related("procedure").order_by("pk"):
            try:
                due = row.received_on and commune_due(row, row.received_on, calendar)
            except DeadlineRule.DoesNotExist:  # the days were taken out of the procedure since
                continue
            if due != row.due_on:
                Dossier.objects.filter(pk=row.pk).update(due_on=due)
                moved += 1
    return moved
