"""The clock of a dossier: which deadline runs after a move, stopped while the dossier is returned."""

from dataclasses import replace
from datetime import date

from ocop.evaluation.enums import DossierKind, DossierState, RoundLevel
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.queries.rounds import round_for
from ocop.evaluation.queries.transition import TRANSITION_RULE, old_rules_of
from ocop.evaluation.rules.clock_words import ClockWords, not_started, words_of
from ocop.evaluation.rules.workflow import COMMUNE_CLOCK
from ocop.kit import clock, days, formats
from ocop.rulebook.models import DeadlineRule
from ocop.rulebook.queries import deadline_rule
from ocop.rulebook.rules import deadlines

COMMUNE_RULE = "commune-assessment"
ROUND_RULE = "round"
RENEWAL_RULE = "renewal"
COMMUNE_STEPS = (DossierState.SUBMITTED, DossierState.COMMUNE_REVIEW, DossierState.RETURNED_BY_COMMUNE)
PROVINCE_STEPS = frozenset(
    {
        DossierState.PROVINCE_INTAKE,
        DossierState.EXPERT_REVIEW,
        DossierState.COUNCIL_READY,
        DossierState.IN_SESSION,
        DossierState.AWAITING_DECISION,
        DossierState.AWAITING_APPROVAL,
    }
)


def due_after(dossier: Dossier, verb: str, day: date) -> tuple[date | None, str]:
    """The last day of the step that the verb leads into, and the rule it comes from; (None, "") when none runs.

    The commune's 15 working days (Art. 7.2) run from receipt, day 1 being the day after, stop while the dossier is
    returned and run on afterwards (the rule's own `on_return`). At the province the round's last day counts, for a
    re-evaluation 45 calendar days (Art. 7.6); on the way to the centre that of the centre's round (Art. 5). A dossier
    of replaced rules has the last day that these still give it (Art. 12).
    """
    transition = dossier.flow.find(verb, dossier.state)
    target = transition.target if transition and transition.target else dossier.state
    old = old_rules_of(dossier, day)
    if old is not None and old.last_day is not None and target not in dossier.flow.final:
        return old.last_day, TRANSITION_RULE
    if target in COMMUNE_CLOCK:
        try:
            due = commune_due(dossier, dossier.received_on or day, days.calendar(), back_on=day)
        except DeadlineRule.DoesNotExist:  # Decision 148 sets no days, so far as is known
            return None, ""
        return due, COMMUNE_RULE
    if target in PROVINCE_STEPS and dossier.kind == DossierKind.RENEWAL:
        last_day = _renewal_due(dossier, day)
        if last_day is not None:
            return last_day, RENEWAL_RULE
    if target in PROVINCE_STEPS and dossier.round is not None:
        return dossier.round.rank_by, ROUND_RULE
    if target in (DossierState.APPROVED_FOR_CENTRE, DossierState.AT_CENTRE):
        centre = round_for(dossier.province, day, level=RoundLevel.CENTRE)
        if centre is not None:
            sends = target == DossierState.APPROVED_FOR_CENTRE
            return (centre.propose_by if sends else centre.rank_by), ROUND_RULE
    return None, ""


def commune_due(
    dossier: Dossier, received: date, calendar: days.Calendar, *, back_on: date | None = None
) -> date | None:
    """The last of the commune's working days in that calendar, counted from receipt (Art. 7.2).

    Raises DeadlineRule.DoesNotExist where the procedure sets no days.
    """
    rule = deadline_rule(dossier.procedure, COMMUNE_RULE)
    return deadlines.deadline(received, rule, calendar.is_working, pauses_of(dossier, back_on=back_on))


def _renewal_due(dossier: Dossier, day: date) -> date | None:
    """45 calendar days from the complete dossier that the commune sent (Art. 7.6), stopped while it is away.

    None where the procedure has no such length or the dossier was never sent.
    """
    sent = dossier.moves.filter(to_state=DossierState.PROPOSED).order_by("at", "pk").first()
    try:
        rule = deadline_rule(dossier.procedure, RENEWAL_RULE)
    except DeadlineRule.DoesNotExist:
        return None
    if sent is None:
        return None
    spans = _away(dossier, {DossierState.RETURNED_BY_PROVINCE}, back_on=day)
    return deadlines.deadline(clock.local_day(sent.at), rule, days.calendar().is_working, spans)


def pauses_of(dossier: Dossier, *, back_on: date | None = None) -> list[deadlines.Pause]:
    """The spans during which the dossier lay with the producer again; `back_on` ends one that is still open.

    Only returns after receipt count: before it no clock runs.
    """
    return _away(
        dossier,
        {DossierState.RETURNED_BY_COMMUNE},
        back_on=back_on,
        out_of={DossierState.COMMUNE_REVIEW},
    )


def _away(
    dossier: Dossier,
    states: set[DossierState],
    *,
    back_on: date | None = None,
    out_of: set[DossierState] | None = None,
) -> list[deadlines.Pause]:
    """The spans spent in `states`, entered from `out_of` where that is said."""
    spans: list[deadlines.Pause] = []
    opened: date | None = None
    for move in DossierMove.objects.filter(subject=dossier).order_by("at", "pk"):
        if (
            move.from_state == move.to_state
        ):  # recorded without a step on the road: the dossier stays where it lay
            continue
        moved_on = clock.local_day(move.at)
        if move.to_state in states and (out_of is None or move.from_state in out_of):
            opened = moved_on
        elif move.from_state in states and opened:
            spans.append(deadlines.Pause(opened, moved_on))
            opened = None
    if opened:
        spans.append(deadlines.Pause(opened, back_on))
    return spans


def commune_clock(dossier: Dossier, today: date) -> ClockWords | None:
    """The commune's 15 working days as they stand on a day; None where no such clock runs (Art. 7.2).

    The day on which the dossier comes back is not counted, yet the clock no longer stands on it.
    """
    if dossier.state not in COMMUNE_STEPS:
        return None
    try:
        rule = deadline_rule(dossier.procedure, COMMUNE_RULE)
    except DeadlineRule.DoesNotExist:
        return None
    if dossier.received_on is None:
        return not_started(rule.length)
    is_working = days.calendar().is_working
    reading = deadlines.read(dossier.received_on, rule, is_working, today, pauses_of(dossier))
    away = dossier.state == DossierState.RETURNED_BY_COMMUNE
    return words_of(reading if away else replace(reading, paused=False), today)


def due_words(dossier: Dossier, today: date) -> tuple[str, str]:
    """How far the dossier's last day is, and its tone; the commune's clock counts working days (Art. 7.2)."""
    return formats.distance(dossier.due_on, today, working=dossier.due_rule == COMMUNE_RULE)
