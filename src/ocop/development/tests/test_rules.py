"""The tables of this app, and what stands against their steps."""

from datetime import date

import pytest

from ocop.accounts.enums import Role
from ocop.development.enums import Change, Level
from ocop.development.rules.advice import ADVICE_FLOW, AdviceFacts
from ocop.development.rules.obstacles import OBSTACLE_FLOW, ObstacleFacts, level_on
from ocop.development.rules.organisations import ORGANISATION_FLOW, OrganisationFacts
from ocop.development.rules.technology import LIST_FLOW, NEED_FLOW, ListFacts, NeedFacts
from ocop.kit.flow import moves_for

FLOWS = (OBSTACLE_FLOW, ADVICE_FLOW, ORGANISATION_FLOW, NEED_FLOW, LIST_FLOW)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_the_tables_have_no_dead_ends(flow):
    assert flow.problems() == []


def names(flow, state, role, facts):
    return [offer.name for offer in moves_for(flow, state, {role}, facts)]


OFFICER, LEADER, OWNER = "local.officer", "local.leader", "producer.owner"
DEPARTMENT, PROVINCE = Role.DEPARTMENT_OFFICER.value, Role.PROVINCE_LEADER.value


@pytest.mark.parametrize(
    ("flow", "facts", "state", "role", "verbs"),
    [
        (OBSTACLE_FLOW, ObstacleFacts(), "raised", OFFICER, ["assign", "raise"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "raised", OWNER, ["withdraw"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "assigned", "obstacle.assignee", ["answer"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "assigned", LEADER, ["reassign", "raise"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "settled", OWNER, ["confirm", "reopen"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "settled", OFFICER, ["close"]),
        (OBSTACLE_FLOW, ObstacleFacts(), "answered", "system.clock", ["escalate"]),
        (ADVICE_FLOW, AdviceFacts(), "running", OFFICER, ["report", "cancel"]),
        (ADVICE_FLOW, AdviceFacts(), "reported", OWNER, ["rate"]),
        (ORGANISATION_FLOW, OrganisationFacts(), "asked", OFFICER, ["advise", "stop"]),
        (ORGANISATION_FLOW, OrganisationFacts(), "advised", OFFICER, ["advise_again", "complete", "stop"]),
        (ORGANISATION_FLOW, OrganisationFacts(), "advised", OWNER, ["withdraw"]),
        (NEED_FLOW, NeedFacts(), "proposed", OFFICER, ["gather", "decline"]),
        (NEED_FLOW, NeedFacts(), "gathered", DEPARTMENT, ["list", "introduce", "drop"]),
        (NEED_FLOW, NeedFacts(), "listed", PROVINCE, ["approve"]),
        (NEED_FLOW, NeedFacts(), "introduced", OFFICER, ["transfer"]),
        (LIST_FLOW, ListFacts(), "draft", DEPARTMENT, ["compile", "submit"]),
        (LIST_FLOW, ListFacts(), "submitted", PROVINCE, ["return", "approve"]),
        (LIST_FLOW, ListFacts(), "submitted", DEPARTMENT, []),
    ],
)
def test_who_is_offered_what(flow, facts, state, role, verbs):
    assert names(flow, state, role, facts) == verbs


FOUND = {"change": Change.FOUND, "advices": 1, "name": "HTX", "form": "cooperative", "registered": True,
         "members": 7, "capital": 10, "least": 5}  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "verb", "facts", "codes"),
    [
        (OBSTACLE_FLOW, "assign", ObstacleFacts(), ["obstacle.assignee"]),
        (OBSTACLE_FLOW, "assign", ObstacleFacts(assigned=True, assigned_ahead=False), ["obstacle.day"]),
        (OBSTACLE_FLOW, "answer", ObstacleFacts(answer=" "), ["obstacle.answer"]),
        (OBSTACLE_FLOW, "settle", ObstacleFacts(outcome="solved"), ["obstacle.outcome"]),
        (OBSTACLE_FLOW, "close", ObstacleFacts(), ["obstacle.wait"]),
        (OBSTACLE_FLOW, "raise", ObstacleFacts(at_province=True), ["obstacle.level"]),
        (ADVICE_FLOW, "report", AdviceFacts(done_in_order=False), ["advice.result", "advice.day"]),
        (ADVICE_FLOW, "rate", AdviceFacts(rating=6), ["advice.rating"]),
        (ADVICE_FLOW, "rate", AdviceFacts(rating=5), []),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**FOUND), []),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**{**FOUND, "members": 4}), ["organisation.members"]),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**{**FOUND, "advices": 0}), ["organisation.advice"]),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**{**FOUND, "capital": None}), ["organisation.numbers"]),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**{**FOUND, "form": "", "registered": False}),
         ["organisation.form", "organisation.registered"]),
        (ORGANISATION_FLOW, "complete", OrganisationFacts(**{**FOUND, "change": Change.RESTRUCTURE}),
         ["organisation.producer"]),
        (ORGANISATION_FLOW, "complete",
         OrganisationFacts(change=Change.STRENGTHEN, advices=1, members=3, capital=1, has_producer=True), []),
        (NEED_FLOW, "list", NeedFacts(), ["need.list"]),
        (NEED_FLOW, "approve", NeedFacts(), ["need.decided"]),
        (NEED_FLOW, "transfer", NeedFacts(), ["need.technology", "need.transfer"]),
        (NEED_FLOW, "transfer", NeedFacts(technology=True, transferred=True, capacity_after=True, in_order=False),
         ["need.day"]),
        (LIST_FLOW, "submit", ListFacts(), ["list.empty"]),
        (LIST_FLOW, "approve", ListFacts(needs=2), ["list.number"]),
        (LIST_FLOW, "approve", ListFacts(needs=2, number="1/QĐ", decided=True), []),
    ],
)  # fmt: skip
def test_what_stands_against_a_step(flow, verb, facts, codes):
    transition = next(one for one in flow.transitions if one.name == verb)
    assert [refusal.code for refusal in transition.refusals(facts)] == codes


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 11, 20), Level.NONE),
        (date(2026, 11, 21), Level.LEADER),
        (date(2026, 11, 25), Level.LEADER),
        (date(2026, 11, 26), Level.PROVINCE),
    ],
)
def test_how_far_up_a_late_case_goes(today, level):
    assert level_on(date(2026, 11, 20), today, wait_days=5) == level


def test_a_case_without_a_day_is_never_late():
    assert level_on(None, date(2026, 11, 20), wait_days=5) == Level.NONE
