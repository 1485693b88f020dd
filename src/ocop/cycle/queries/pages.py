"""What pages of the cycle show beside their rows."""

from datetime import date
from typing import Any

from ocop.accounts.queries import scope_of
from ocop.cycle.enums import CycleStep
from ocop.cycle.queries.calendar import calendar_of
from ocop.cycle.queries.ideas import own_producers
from ocop.cycle.rules.calendar import step_on
from ocop.kit import formats
from ocop.units.models import Unit


def unit_of_reader(user: Any, wanted: Unit | None) -> int | None:
    """Whose calendar a reader is shown: of the unit asked for, of the own office, of the own producer."""
    if wanted is not None:
        return wanted.pk
    held = next((one.unit_id for one in scope_of(user).of() if one.unit_id is not None), None)
    if held is not None:
        return held
    producer = own_producers(user).first()
    return producer.unit_id if producer else None


def calendar_strip(user: Any, wanted: Unit | None, day: date) -> list[dict[str, Any]]:
    """The six steps of the year with their days for the stepper, where today stands; empty without a calendar."""
    unit = unit_of_reader(user, wanted)
    windows = calendar_of(unit, day.year) if unit is not None else {}
    if not windows:
        return []
    now = step_on(windows, day)
    found = []
    for step in CycleStep:
        window = windows.get(step)
        if now == step:
            state = "current"
        else:
            state = "done" if window and window.last < day else "todo"
        note = (
            f"{formats.day(window.first)[:5]} – {formats.day(window.last)[:5]}" if window else "chưa có lịch"
        )
        found.append({"label": f"{step.value}. {step.label}", "state": state, "note": note})
    return found
