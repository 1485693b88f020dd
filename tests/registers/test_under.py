"""The page of a case offers to add a row under it only while the case takes one."""

from typing import Any

import pytest

from ocop.kit.registers import REGISTERS
from tests.personas import World
from tests.registers.people import Desk, people_of


@pytest.fixture
def desk(world: World) -> Desk:
    """People, browsers, a maker of rows."""
    return Desk(world, people_of(world))


@pytest.mark.parametrize(
    ("key", "taking", "over"),
    [
        ("contest_entries", "running", "closed"),
        ("course_people", "inviting", "cancelled"),
        ("course_sessions", "planned", "closed"),
        ("milestones", "approved", "done"),
        ("project_milestones", "running", "stopped"),
        ("project_progress", "running", "finished"),
        ("project_risks", "running", "finished"),
        ("quality-lines", "returned", "sent"),
        ("sale_months", "open", "closed"),
        ("sale_stock", "open", "approved"),
        ("tour_visits", "ended", "closed"),
        ("training_lines", "draft", "closed"),
        ("work_lines", "returned", "approved"),
    ],
)
def test_a_row_is_offered_while_its_case_takes_one(key: str, taking: str, over: str, desk: Desk) -> None:
    register: Any = REGISTERS[key]
    row = desk.samples.row(register, 0)
    parent = getattr(row, register.under)
    offered = {}
    for state in (taking, over):
        parent.state = state
        offered[state] = {name for name in desk.people if register.may_add_to(desk.people[name], parent)}
    assert (bool(offered[taking]), offered[over]) == (True, set())
