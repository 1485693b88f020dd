"""When somebody is reminded of a task, and when somebody higher is told."""

from datetime import date

BEFORE, TODAY, LATE, LEADER = "before", "today", "late", "leader"


def call_of(last_on: date, today: date, *, remind_days: int, escalate_days: int) -> str:
    """What this day calls for: a reminder so many days before and on the last day, word to the standing agency on the
    first day after it, to the leader after `escalate_days`; "" for every other day."""
    left = (last_on - today).days
    calls = {remind_days: BEFORE, 0: TODAY, -1: LATE, -max(escalate_days, 2): LEADER}
    return calls.get(left, "")
