"""The rules of promotion: stars at fairs, criteria of sale points, signs of dying, matching."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.promotion.enums import CheckOutcome, Sign, StarRule
from ocop.promotion.rules import criteria, matching, stars, warning
from ocop.promotion.rules.workflow import FLOWS

DAY = date(2026, 11, 24)
FAIR = date(2026, 12, 20)


def test_flows_have_no_faults() -> None:
    assert [problem for flow in FLOWS for problem in flow.problems()] == []


@pytest.mark.parametrize(
    ("facts", "rule", "expected"),
    [
        (stars.StarFacts(True, date(2027, 1, 1), 4), StarRule.VALID_STAR, ("fit", True)),
        (stars.StarFacts(True, FAIR, 4), StarRule.VALID_STAR, ("fit", True)),
        (stars.StarFacts(True, None, 3), StarRule.VALID_STAR, ("fit", True)),
        (stars.StarFacts(True, date(2026, 12, 19), 4), StarRule.VALID_STAR, ("runs_out", True)),
        (stars.StarFacts(False, date(2026, 1, 1), 4), StarRule.VALID_STAR, ("no_star", False)),
        (stars.StarFacts(), StarRule.VALID_STAR, ("no_star", False)),
        (stars.StarFacts(), StarRule.ANY, ("no_star", True)),
    ],
)  # fmt: skip
def test_a_star_is_worth_what_it_is_on_the_opening_day(facts, rule, expected) -> None:
    found = stars.verdict(facts, day=FAIR, rule=rule)
    assert (found.standing, found.taken) == expected
    assert bool(found.words) == (found.standing != "fit")


AREA = criteria.Criterion("area", "number", minimum=Decimal(30))
PLACE = criteria.Criterion("place", "yes_no")
SIGN = criteria.Criterion("sign", "yes_no", confirmed=False)
COUNT = criteria.Criterion("count", "number", minimum=None, confirmed=False)
NICE = criteria.Criterion("nice", "yes_no", required=False)
ALL = (AREA, PLACE, SIGN, COUNT, NICE)


def given(**answers):
    return {
        key: criteria.Given(met=value) if isinstance(value, bool) else criteria.Given(value=Decimal(value))
        for key, value in answers.items()
    }


@pytest.mark.parametrize(
    ("answers", "outcome", "failed", "missing"),
    [
        ({"area": 30, "place": True, "sign": True, "count": 5, "nice": True}, CheckOutcome.PASSED, (), ()),
        ({"area": 29, "place": True, "sign": True, "count": 5, "nice": True}, CheckOutcome.FAILED, ("area",), ()),
        ({"area": 30, "place": False, "sign": True, "count": 5, "nice": True}, CheckOutcome.FAILED, ("place",), ()),
        # what nobody could read in the instrument decides nothing, nor does what is not required
        ({"area": 30, "place": True, "sign": False, "count": 0, "nice": False}, CheckOutcome.PASSED, (), ()),
        ({"area": 30, "place": True, "sign": True, "count": 5}, CheckOutcome.OPEN, (), ("nice",)),
        ({"area": 10}, CheckOutcome.FAILED, ("area",), ("place", "sign", "count", "nice")),
    ],
)  # fmt: skip
def test_a_visit_comes_to_what_its_confirmed_criteria_say(answers, outcome, failed, missing) -> None:
    found = criteria.judge(ALL, given(**answers))
    assert (found.outcome, found.failed, found.missing) == (outcome, failed, missing)


def test_a_number_without_a_known_minimum_is_neither_met_nor_not() -> None:
    assert criteria.met(COUNT, criteria.Given(value=Decimal(3))) is None
    assert criteria.judge(ALL, given(area=30, place=True, sign=True, count=1, nice=True)).unsure == (
        "sign",
        "count",
    )


LIMITS = warning.Limits(silent_months=2, fall_percent=30, least_products=10, check_months=12)


def sales(*values: int, last: date = date(2026, 10, 1)) -> dict[date, int]:
    """Sales of months that end with `last`, the oldest first."""
    count = len(values)
    return {warning.add_months(last, index - count + 1): value for index, value in enumerate(values)}


def facts(**changes) -> warning.PointFacts:
    known = {
        "opened_on": date(2025, 1, 15), "sales": sales(*[10] * 21), "starred": 12,
        "last_check_on": date(2026, 3, 1), "last_outcome": "passed",
    }  # fmt: skip
    return warning.PointFacts(**{**known, **changes})


def signs_of(**changes) -> list[tuple[str, int]]:
    return [(one.sign, one.weight) for one in warning.signs(facts(**changes), LIMITS, DAY)]


def test_a_living_point_shows_no_sign() -> None:
    assert signs_of() == []


def test_months_without_a_report_are_counted_back_to_the_opening() -> None:
    assert signs_of(sales=sales(*[10] * 20, last=date(2026, 9, 1))) == []
    assert signs_of(sales=sales(*[10] * 19, last=date(2026, 8, 1))) == [(Sign.SILENT, 1)]
    assert signs_of(sales=sales(*[10] * 17, last=date(2026, 6, 1))) == [(Sign.SILENT, 2)]
    # a point that opened last month owes one report
    assert warning.silent_for(facts(opened_on=date(2026, 10, 20), sales={}), DAY) == 1
    assert warning.silent_for(facts(opened_on=date(2026, 11, 2), sales={}), DAY) == 0


def test_a_fall_is_three_months_against_the_three_before() -> None:
    assert warning.fall_of(sales(100, 100, 100, 70, 70, 71), DAY) == 30
    assert signs_of(sales=sales(*[100] * 18, 70, 70, 71)) == [(Sign.FALLING, 1)]
    assert signs_of(sales=sales(*[100] * 18, 40, 40, 40)) == [(Sign.FALLING, 2)]
    assert warning.fall_of(sales(100, 100, 70, 70, 70), DAY) is None
    # the month that runs is not held against the ended ones
    assert warning.fall_of({**sales(*[10] * 6), date(2026, 11, 1): 0}, DAY) == 0


def test_few_starred_products_and_checks() -> None:
    assert signs_of(starred=9) == [(Sign.FEW_PRODUCTS, 1)]
    assert signs_of(starred=0) == [(Sign.FEW_PRODUCTS, 2)]
    assert signs_of(starred=None) == []
    assert signs_of(last_check_on=date(2025, 11, 24)) == []
    assert signs_of(last_check_on=date(2025, 11, 23)) == [(Sign.CHECK_OVERDUE, 1)]
    assert signs_of(last_check_on=None) == [(Sign.CHECK_OVERDUE, 1)]
    assert signs_of(last_outcome="failed") == [(Sign.CHECK_FAILED, 2)]


def test_the_day_of_the_next_check_stays_inside_its_month() -> None:
    assert warning.check_due_on(facts(last_check_on=date(2024, 2, 29)), 12) == date(2025, 2, 28)


def test_a_season_may_lie_over_the_new_year() -> None:
    assert matching.season(10, 2) == frozenset({10, 11, 12, 1, 2})
    assert matching.season(3, 5) == frozenset({3, 4, 5})
    assert matching.months_needed(date(2026, 11, 20), date(2027, 1, 3)) == frozenset({11, 12, 1})
    assert matching.months_needed(date(2026, 1, 1), date(2028, 1, 1)) == matching.ALL_YEAR


def supply(**changes) -> matching.Supply:
    known = {
        "product_id": 1, "group_id": 7, "volume": Decimal(100), "measure": "kg", "months": matching.ALL_YEAR,
        "price_from": 50_000, "price_to": 60_000, "has_star": True,
    }  # fmt: skip
    return matching.Supply(**{**known, **changes})


def demand(**changes) -> matching.Demand:
    known = {
        "product_id": 1, "group_id": 7, "volume": Decimal(80), "measure": "kg", "needed_from": date(2026, 12, 1),
        "needed_to": date(2027, 1, 31), "price_most": 60_000,
    }  # fmt: skip
    return matching.Demand(**{**known, **changes})


@pytest.mark.parametrize(
    ("offer", "points"),
    [
        (supply(), 100),
        (supply(product_id=2), 85),
        (supply(has_star=False), 95),
        (supply(months=frozenset({12})), 90),
        (supply(volume=Decimal(40)), 90),
        (supply(measure="quả"), 85),
        (supply(price_to=70_000), 95),
        (supply(price_from=None, price_to=None), 90),
    ],
)  # fmt: skip
def test_an_offer_is_worth_its_points(offer, points) -> None:
    found = matching.fit(offer, demand())
    assert found is not None
    assert found.points == points


@pytest.mark.parametrize(
    "offer",
    [
        supply(product_id=2, group_id=8),
        supply(months=frozenset({6})),
        supply(price_from=60_001, price_to=None),
    ],
)
def test_what_does_not_answer_is_left_out(offer) -> None:
    assert matching.fit(offer, demand()) is None


def test_the_best_comes_first() -> None:
    offers = [
        (1, supply(product_id=2)),
        (2, supply()),
        (3, supply(group_id=9, product_id=3)),
        (4, supply(has_star=False)),
    ]
    assert [key for key, _ in matching.ranked(offers, demand())] == [2, 4, 1]
