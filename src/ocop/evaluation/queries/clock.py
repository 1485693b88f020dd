"""The clock of a dossier: which deadline runs after a move, stopped while the dossier is returned."""

from datetime import date

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.rules.workflow import COMMUNE_CLOCK
from ocop.kit import clock, days
from ocop.rulebook.models import DeadlineRule
from ocop.rulebook.rules import deadlines

COMMUNE_RULE = "commune_assessment"


def due_after(dossier: Dossier, verb: str, day: date) -> tuple[date | None, str]:
    """The last day of the step that the verb leads into, and the rule it comes from; (None, "") when none runs.

    The commune's 15 working days (Art. 7.2) run from receipt, day 1 being the day after, stop while the dossier is
    returned and run on afterwards (the rule's own `on_return`).
    """
    transition = dossier.flow.find(verb, dossier.state)
    target = transition.target if transition and transition.target else dossier.state
    if target in COMMUNE_CLOCK:
        rule = DeadlineRule.objects.filter(procedure=dossier.procedure, key=COMMUNE_RULE).first()
        if rule is None:
            return None, ""
        received = dossier.received_on or day
        spans = list(_returned_spans(dossier, day))
        return (
            deadlines.last_day(
                received,
                rule.length,
                rule.unit,
                is_working_day=days.is_working_day,
                paused=spans if rule.on_return == "stops" else [],
            ),
            rule.key,
        )
    if (
        target
        in (
            DossierState.PROVINCE_INTAKE,
            DossierState.EXPERT_REVIEW,
            DossierState.COUNCIL_READY,
            DossierState.IN_SESSION,
            DossierState.AWAITING_DECISION,
        )
        and dossier.round_id
    ):
        return dossier.round.rank_by, "round"
    return None, ""


def _returned_spans(dossier: Dossier, day: date) -> list[tuple[date, date]]:
    """The spans of days during which the dossier lay with the producer again, inclusive."""
    spans: list[tuple[date, date]] = []
    opened: date | None = None
    for move in DossierMove.objects.filter(subject=dossier).order_by("at", "pk"):
        moved_on = clock.local_day(move.at)
        if move.to_state == DossierState.RETURNED_BY_COMMUNE and move.from_state != move.to_state:
            opened = moved_on
        elif move.from_state == DossierState.RETURNED_BY_COMMUNE and opened:
            spans.append((opened, moved_on))
            opened = None
    if opened:
        spans.append((opened, day))
    return spans
