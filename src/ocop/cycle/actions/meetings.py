"""Selection meetings: ideas put on the list, scored, proposed, approved by the leader; refusals answered."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.cycle.actions.ideas import IDEA_DESK
from ocop.cycle.enums import IdeaState, MeetingState, Verdict
from ocop.cycle.models import Idea, IdeaMove, MeetingLine, MeetingMove, SelectionMeeting
from ocop.cycle.permissions import may_run
from ocop.cycle.queries.facts import criteria_on, known, meeting_facts
from ocop.cycle.rules.plans import decision_problems
from ocop.cycle.rules.selection import (
    ARTICLE,
    DISTRICT,
    IDEA_FLOW,
    MEETING,
    MEETING_FLOW,
    given_by_facts,
    proposed,
    wrong_points,
)
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.kit.registry import announce
from ocop.producers.casework import roles_on, teller
from ocop.producers.signing import signed
from ocop.units.models import Unit
from ocop.units.queries import covered_ids

MEETING_DESK = Desk(
    flow=MEETING_FLOW, move_model=MeetingMove, roles=roles_on, facts=meeting_facts,
    tell=teller("meetings", MEETING_FLOW), opened="Lập phiên",
)  # fmt: skip
LIST_DESK = Desk(
    flow=IDEA_FLOW, move_model=IdeaMove, roles=lambda user, row: roles_on(user, row) | {MEETING},
    facts=IDEA_DESK.facts, due=IDEA_DESK.due, tell=IDEA_DESK.tell,
)  # fmt: skip
"""How the list of a meeting moves its ideas: whoever runs the meeting was asked before."""


def plan_meeting(
    unit: Unit,
    *,
    by: User,
    held_on: date,
    title: str,
    at: datetime | None = None,
    **facts: Any,
) -> SelectionMeeting:
    """Call a meeting of the office in charge of a unit; raises `Forbidden` for others."""
    meeting = SelectionMeeting(unit=unit, held_on=held_on, title=title, **facts)
    meeting.year = facts.get("year") or held_on.year
    meeting.state = MeetingState.PLANNED
    require(may_run(by, meeting))
    return open_case(MEETING_DESK, signed(meeting, by), by=by, at=at)


def _locked(meeting: SelectionMeeting, by: User) -> SelectionMeeting:
    row = SelectionMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(may_run(by, row))
    return row


def list_ideas(
    meeting: SelectionMeeting, ideas: Iterable[Idea], *, by: User, at: datetime | None = None
) -> list[MeetingLine]:
    """Put registered ideas on the list; the priorities get their points by the facts at once.

    Raises `Refused` for an idea from outside of the meeting's unit or of another year, and for one that is not
    waiting.
    """
    made = []
    with transaction.atomic():
        row = _locked(meeting, by)
        criteria, reach = criteria_on(row.held_on), covered_ids(row.unit) | {row.unit_id}
        for idea in ideas:
            if idea.unit_id not in reach or idea.year != row.year:
                raise Refused(
                    "meeting.idea", f"“{idea}” không thuộc địa bàn hoặc năm của phiên này.", ARTICLE
                )
            press(LIST_DESK, idea, "list", by=by, at=at)
            scores = given_by_facts(criteria, idea.facts)
            line = MeetingLine(meeting=row, idea=idea, scores=scores, points=sum(scores.values()))
            line.save()
            made.append(line)
    return made


def drop_idea(idea: Idea, *, by: User, at: datetime | None = None) -> MoveBase:
    """Take an idea off the list of the meeting that has not decided yet; it waits for the next one."""
    with transaction.atomic():
        line = MeetingLine.objects.filter(idea=idea, meeting__state=MeetingState.PLANNED).first()
        if line is None:
            raise Refused("meeting.decided", "Danh sách của phiên đã trình hoặc đã duyệt.", ARTICLE)
        _locked(line.meeting, by)
        move = press(LIST_DESK, idea, "unlist", by=by, at=at)
        line.delete()
    return move


def score_idea(
    line: MeetingLine,
    *,
    by: User,
    scores: Mapping[str, int],
    verdict: str = "",
    reason: str = "",
) -> MeetingLine:
    """Write the points that the meeting gave; priorities follow from the facts. Without a verdict the points propose.

    Raises `Refused` for points outside of a criterion.
    """
    with transaction.atomic():
        meeting = _locked(line.meeting, by)
        row = MeetingLine.objects.select_for_update(of=("self",)).select_related("idea").get(pk=line.pk)
        criteria = criteria_on(meeting.held_on)
        given = {**scores, **given_by_facts(criteria, row.idea.facts)}
        if refusals := wrong_points(criteria, given):
            raise Refused.because(refusals)
        row.scores, row.points = given, sum(given.values())
        row.verdict = verdict or proposed(
            row.points, needed=int(known("idea_points_needed", meeting.held_on))
        )
        row.reason = reason.strip()
        row.save()
        announce("cycle.idea_scored", by=by, subject=row.idea, points=row.points)
    return row


def submit_list(meeting: SelectionMeeting, *, by: User, at: datetime | None = None) -> MoveBase:
    """Lay the list before the leader; raises `Refused` with what is open."""
    return press(MEETING_DESK, meeting, "submit", by=by, at=at)


def return_list(meeting: SelectionMeeting, *, by: User, reason: str, at: datetime | None = None) -> MoveBase:
    """The leader wants the list gone over again."""
    return press(MEETING_DESK, meeting, "return", by=by, reason=reason, at=at)


def approve_list(
    meeting: SelectionMeeting, *, by: User, number: str, on: date | None = None, at: datetime | None = None
) -> MoveBase:
    """Approve the list by a document: every idea on it is chosen, or refused with its reason, and its people are told.

    Raises `Refused` without number or with a day before the meeting.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    if refusals := decision_problems(
        number, on or today, not_before=meeting.held_on, today=today, article=DISTRICT
    ):
        raise Refused.because(refusals)
    values = {"document_number": number.strip(), "approved_on": on or today, "approved_by": by}

    def answer(row: SelectionMeeting, move: MoveBase) -> None:
        for line in row.lines.select_related("idea"):
            verb = "select" if line.verdict == Verdict.SELECT else "refuse"
            press(
                LIST_DESK, line.idea, verb, by=by, at=at, reason=line.reason, values={"points": line.points},
                data={"document": row.document_number},
            )  # fmt: skip

    return press(MEETING_DESK, meeting, "approve", by=by, at=at, values=values, after=answer)


def cancel_meeting(
    meeting: SelectionMeeting, *, by: User, reason: str, at: datetime | None = None
) -> MoveBase:
    """Call a meeting off; its ideas wait for the next one."""

    def release(row: SelectionMeeting, move: MoveBase) -> None:
        for line in row.lines.select_related("idea"):
            if line.idea.state == IdeaState.LISTED:
                press(LIST_DESK, line.idea, "unlist", by=by, at=at)
        row.lines.all().delete()

    return press(MEETING_DESK, meeting, "cancel", by=by, reason=reason, at=at, after=release)
