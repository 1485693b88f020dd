"""Who came after whom: one step, and the whole chain up to a day."""

from collections.abc import Iterable
from datetime import date

from ocop.units.models import Succession, Unit


def successors(unit: Unit) -> list[Succession]:
    """The steps by which a unit went into others, with the other unit; one query."""
    return list(unit.successor_rows.select_related("successor", "basis"))


def predecessors(unit: Unit) -> list[Succession]:
    """The steps by which others went into this unit, with the other unit; one query."""
    return list(unit.predecessor_rows.select_related("predecessor", "basis"))


def successors_on(unit: Unit, day: date) -> list[Unit]:
    """The units in force on that day that hold what this unit was, following the chain; itself if in force.

    Empty when nobody is known to have followed, or when the day lies before the unit began.
    """
    return heirs_on([unit], day)[unit.pk]


def heirs_on(units: Iterable[Unit], day: date) -> dict[int, list[Unit]]:
    """`successors_on` of many units, by id; one query per step of the longest chain."""
    heirs: dict[int, list[Unit]] = {}
    ahead: dict[int, list[Unit]] = {}
    for unit in units:
        heirs[unit.pk] = [unit] if unit.in_force(day) else []
        if unit.valid_to is not None and unit.valid_to < day:
            ahead[unit.pk] = [unit]
    while ahead:
        reached = {unit.pk for group in ahead.values() for unit in group}
        steps: dict[int, list[Unit]] = {}
        for step in Succession.objects.filter(predecessor__in=reached, on__lte=day).select_related(
            "successor"
        ):
            steps.setdefault(step.predecessor_id, []).append(step.successor)
        following: dict[int, list[Unit]] = {}
        for start, group in ahead.items():
            for unit in (heir for reached_unit in group for heir in steps.get(reached_unit.pk, [])):
                if not unit.in_force(day):
                    following.setdefault(start, []).append(unit)
                elif unit not in heirs[start]:
                    heirs[start].append(unit)
        ahead = following
    return heirs
