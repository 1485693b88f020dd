"""The table of the transfer: every step of Decision 148 has one in the amended procedure, and nothing else moves."""

from datetime import date

import pytest

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.transfer import PROVINCE_STEP, WITH_DISTRICT, transferred
from ocop.evaluation.rules.workflow import FLOW_26_2026, FLOW_148_1489, FLOW_148_2023, WAITS_FOR

JULY = date(2025, 7, 1)
OLD, NEW, LAW26 = FLOW_148_2023.key, FLOW_148_1489.key, FLOW_26_2026.key


@pytest.mark.parametrize(
    ("state", "target"),
    [
        ("draft", "draft"),
        ("submitted", "submitted"),
        ("commune_review", "commune_review"),
        ("returned_by_commune", "returned_by_commune"),
        ("proposed_to_district", "proposed"),
        ("district_intake", "proposed"),
        ("returned_by_district", "returned_by_province"),
        ("district_expert_review", "proposed"),
        ("district_council_ready", "proposed"),
        ("district_in_session", "proposed"),
        ("district_awaiting_decision", "proposed"),
        ("district_to_be_told", "to_be_told"),
        ("district_to_forward", "proposed"),
        ("forwarded_by_district", "proposed"),
        ("fell_back", "council_ready"),
        ("province_intake", "province_intake"),
        ("returned_by_province", "returned_by_province"),
        ("expert_review", "expert_review"),
        ("council_ready", "council_ready"),
        ("in_session", "in_session"),
        ("awaiting_decision", "awaiting_decision"),
        ("awaiting_approval", "awaiting_approval"),
        ("approved_for_centre", "approved_for_centre"),
        ("at_centre", "at_centre"),
        ("centre_below", "centre_below"),
        ("to_be_told", "to_be_told"),
    ],
)
def test_from_july_2025_the_province_has_what_the_district_had(state: str, target: str) -> None:
    assert transferred(OLD, state, JULY) == (NEW, target)
    assert transferred(OLD, state, date(2027, 1, 1)) == (NEW, target)


@pytest.mark.parametrize("state", sorted(FLOW_148_2023.final))
def test_what_ended_stays_as_it_ended(state: str) -> None:
    assert transferred(OLD, state, JULY) == (OLD, state)


def test_every_open_step_of_the_old_procedure_lands_on_a_step_of_the_new_one() -> None:
    steps = set(FLOW_148_2023.states()) - FLOW_148_2023.final
    landed = {transferred(OLD, state, JULY)[1] for state in steps}
    assert landed - (set(FLOW_148_1489.states()) - FLOW_148_1489.final) == set()


def test_no_step_that_waits_for_a_district_is_left_out() -> None:
    waits = {
        state for state, roles in WAITS_FOR.items() if any(role.startswith("district_") for role in roles)
    }
    assert waits - WITH_DISTRICT == set()
    assert set(PROVINCE_STEP) - WITH_DISTRICT == {S.FORWARDED_BY_DISTRICT}


@pytest.mark.parametrize(
    ("flow", "state", "day"),
    [
        (OLD, "district_intake", date(2025, 1, 1)),
        (OLD, "district_intake", date(2025, 6, 30)),
        (NEW, "commune_review", JULY),
        (NEW, "proposed", date(2027, 1, 1)),
        (LAW26, "commune_review", date(2027, 1, 1)),
    ],
)
def test_while_there_are_districts_and_under_later_procedures_nothing_changes(
    flow: str, state: str, day: date
) -> None:
    assert transferred(flow, state, day) == (flow, state)


@pytest.mark.parametrize(
    ("interim", "day", "target"),
    [
        ("province", JULY, "proposed"),
        ("none", JULY, "commune_review"),
        ("none", date(2025, 7, 5), "commune_review"),
        ("none", date(2025, 7, 6), "proposed"),
    ],
)
def test_in_the_five_days_the_setting_says_who_has_what_no_district_had_received(
    interim: str, day: date, target: str
) -> None:
    assert transferred(OLD, "proposed_to_district", day, interim) == (NEW, target)
    assert transferred(OLD, "district_in_session", day, interim) == (NEW, "proposed")
