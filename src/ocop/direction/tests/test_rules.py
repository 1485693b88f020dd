"""The tables of tasks and work plans, their guards, deadlines, and the days on which somebody is told."""

from datetime import date, timedelta

import pytest

from ocop.direction.rules import plans, tasks
from ocop.direction.rules.calling import call_of

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def facts(**values):
    return tasks.TaskFacts(first_on=FIRST, last_on=LAST, **values)


@pytest.mark.parametrize("flow", [tasks.TASK, plans.WORK_PLAN], ids=lambda flow: flow.key)
def test_the_tables_have_no_dead_ends(flow):
    assert flow.problems() == []


def test_who_presses_what_out_of_each_state():
    table = {
        state: {one.name: (one.target, *one.roles) for one in tasks.TASK.out_of(state)}
        for state in tasks.TASK.states()
    }
    handed = {
        "extend": (None, tasks.MONITOR),
        "reassign": ("given", tasks.MONITOR),
        "stop": ("stopped", tasks.MONITOR),
    }
    assert table == {
        "given": {"accept": ("accepted", tasks.AGENCY), **handed},
        "accepted": {"start": ("running", tasks.AGENCY), **handed},
        "running": {"report": ("reported", tasks.AGENCY), **handed},
        "returned": {"report": ("reported", tasks.AGENCY), **handed},
        "reported": {"confirm": ("done", tasks.MONITOR), "return": ("returned", tasks.MONITOR)},
        "done": {},
        "stopped": {},
    }


@pytest.mark.parametrize(
    ("guard", "given", "codes"),
    [
        (tasks.planned_within, {}, ["task.planned"]),
        (tasks.planned_within, {"planned_from": FIRST, "planned_to": LAST}, []),
        (tasks.planned_within, {"planned_from": LAST, "planned_to": FIRST}, ["task.order"]),
        (
            tasks.planned_within,
            {"planned_from": FIRST, "planned_to": LAST + timedelta(days=1)},
            ["task.late_plan"],
        ),
        (tasks.shown, {}, ["task.result", "task.proof"]),
        (tasks.shown, {"has_result": True}, ["task.proof"]),
        (tasks.shown, {"has_result": True, "has_proof": True}, []),
    ],
)
def test_the_guards(guard, given, codes):
    assert [refusal.code for refusal in guard(facts(**given))] == codes


def test_a_figure_that_failed_is_said():
    (refusal,) = tasks.shown(facts(has_result=True, figure_failed=True))
    assert "chưa tính được" in refusal.reason


@pytest.mark.parametrize(
    ("state", "day", "due"),
    [
        ("given", date(2026, 3, 1), date(2026, 3, 11)),
        ("given", date(2026, 12, 28), LAST),
        ("given", date(2027, 2, 1), date(2027, 2, 1)),
        ("accepted", date(2026, 3, 1), LAST),
        ("running", date(2026, 3, 1), LAST),
        ("returned", date(2026, 3, 1), LAST),
        ("reported", date(2026, 12, 28), date(2027, 1, 12)),
        ("done", date(2026, 3, 1), None),
    ],
)
def test_the_last_day_of_a_state(state, day, due):
    assert tasks.due_in(state, day, LAST, accept_days=10, confirm_days=15) == due


def test_what_each_day_around_the_last_one_calls_for():
    calls = {
        left: call_of(LAST, LAST - timedelta(days=left), remind_days=7, escalate_days=5)
        for left in range(-7, 9)
    }
    assert {left: call for left, call in calls.items() if call} == {
        7: "before", 0: "today", -1: "late", -5: "leader",
    }  # fmt: skip
    assert call_of(LAST, LAST + timedelta(days=2), remind_days=7, escalate_days=1) == "leader"


def test_a_work_plan_is_sent_with_lines_and_approved_with_a_signature():
    assert [one.code for one in plans.has_lines(plans.PlanFacts(lines=0))] == ["work.empty"]
    signed = plans.PlanFacts(lines=1, number="5/KH", signer="A", has_day=True)
    assert list(plans.is_signed(signed)) == []
    assert [one.code for one in plans.is_signed(plans.PlanFacts(lines=1, number="5/KH"))] == ["work.signed"]
