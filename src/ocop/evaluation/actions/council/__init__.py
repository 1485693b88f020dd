"""The council's desk: sessions, rounds of marking, results.

Quorum, spread and the reading of minimums come from the statute's dated settings, frozen when a session opens.
"""

from ocop.evaluation.actions.council.results import (
    close_item,
    computed_result,
    save_agreed_sheet,
    save_discussion,
    settle_finding,
)
from ocop.evaluation.actions.council.rounds import (
    close_marking,
    declare,
    open_marking,
    start_item,
)
from ocop.evaluation.actions.council.sessions import (
    add_to_agenda,
    change_session,
    close_session,
    open_session,
    plan_session,
    record_attendance,
    save_notes,
    take_off_agenda,
)
from ocop.evaluation.actions.council.written import (
    ask_in_writing,
    call_meeting,
    close_written,
    extend_answers,
    wish_meeting,
)

__all__ = [
    "add_to_agenda",
    "ask_in_writing",
    "call_meeting",
    "change_session",
    "close_item",
    "close_marking",
    "close_session",
    "close_written",
    "computed_result",
    "declare",
    "extend_answers",
    "open_marking",
    "open_session",
    "plan_session",
    "record_attendance",
    "save_agreed_sheet",
    "save_discussion",
    "save_notes",
    "settle_finding",
    "start_item",
    "take_off_agenda",
    "wish_meeting",
]
