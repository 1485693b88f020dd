"""The nightly look at dossiers whose rules were replaced (Art. 12 of Decision 26/2026/QĐ-TTg)."""

from django.db import transaction

from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.transition import TRANSITION_RULE, dossiers_of_old_books, old_rules_of
from ocop.kit import clock


def date_old_dossiers() -> int:
    """Give open dossiers of replaced rules their last day under them; answers how many got one.

    A dossier that moves gets it with its move; one that lies still, here. Running twice changes nothing.
    """
    today, dated = clock.today(), 0
    waiting = dossiers_of_old_books(today).exclude(due_rule=TRANSITION_RULE)
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            row = Dossier.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=pk)
            old = old_rules_of(row, today)
            if old is None or old.last_day is None or row.due_rule == TRANSITION_RULE:
                continue
            row.due_on, row.due_rule = old.last_day, TRANSITION_RULE
            row.save(update_fields=["due_on", "due_rule"])
        dated += 1
    return dated
