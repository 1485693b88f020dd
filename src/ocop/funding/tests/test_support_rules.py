"""What stands against a request for support, as tables."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ocop.funding.rules import support
from ocop.funding.rules.support import Earlier, ItemFacts, SupportFacts, is_double, limit
from ocop.funding.rules.workflow import SUPPORT, narrowed, roles_under

ITEM = ItemFacts(
    "Bao bì", "51-2021", "bao-bi", "packaging", valid_from=date(2022, 1, 1), valid_to=date(2025, 12, 31)
)
FACTS = SupportFacts(
    ITEM, date(2024, 5, 2), producer=1, product=None, quantity=1, cost=None, amount=10_000_000
)
GIVEN = Earlier(
    "51-2021", "bao-bi", "Bao bì", "packaging", "", producer=1, product=None, asked_on=date(2024, 1, 5),
    number="7/QĐ-UBND", decided_on=date(2024, 2, 1), amount=20_000_000, paid=15_000_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "percent", "ceiling", "quantity", "cost", "most"),
    [
        (30_000_000, None, None, 1, None, 30_000_000),
        (30_000_000, None, None, 3, None, 90_000_000),
        (30_000_000, None, 50_000_000, 3, None, 50_000_000),
        (None, "30", None, 1, 100_000_001, 30_000_000),
        (None, "30", 25_000_000, 1, 100_000_000, 25_000_000),
        (None, "30", 25_000_000, 1, None, 0),
        (20_000_000, "50", None, 1, 10_000_000, 5_000_000),
        (None, None, 40_000_000, 1, None, 40_000_000),
        (None, None, None, 1, 100_000_000, None),
    ],
)
def test_the_most_that_a_policy_gives(amount, percent, ceiling, quantity, cost, most):
    item = replace(ITEM, amount=amount, percent=percent and Decimal(percent), ceiling=ceiling)
    assert limit(item, quantity, cost) == most


@pytest.mark.parametrize(
    ("cost", "codes"), [(None, []), (10_000_000, []), (9_999_999, ["support.cost_passed"])]
)
def test_nothing_is_supported_above_what_it_costs(cost, codes):
    """Where the policy gives no amount, the cost of the work is still the most."""
    assert [one.code for one in support.under_ceiling(replace(FACTS, cost=cost))] == codes


@pytest.mark.parametrize(
    ("day", "for_unit", "codes"),
    [
        (date(2021, 12, 31), True, ["support.not_in_force"]),
        (date(2022, 1, 1), True, []),
        (date(2025, 12, 31), True, []),
        (date(2026, 1, 1), True, ["support.not_in_force"]),
        (date(2024, 1, 1), False, ["support.elsewhere"]),
    ],
)
def test_the_item_is_in_force_on_the_day_for_the_unit(day, for_unit, codes):
    facts = replace(FACTS, asked_on=day, item=replace(ITEM, for_unit=for_unit))
    assert [one.code for one in support.in_force(facts)] == codes


@pytest.mark.parametrize(
    ("once", "product", "earlier", "double"),
    [
        # the same item
        ("", None, {}, False),
        ("producer", None, {}, True),
        ("producer", 5, {"product": 6}, True),
        ("producer", None, {"producer": 2}, False),
        ("product", 5, {"product": 5}, True),
        ("product", 5, {"product": 6}, False),
        ("product", 5, {"product": 5, "producer": 2}, True),
        # another item of the same policy
        ("producer", None, {"code": "may", "content": "packaging"}, False),
        # another policy for the same content
        ("", None, {"policy": "huyen"}, True),
        ("", None, {"policy": "huyen", "asked_on": date(2023, 12, 31)}, False),
        ("", None, {"policy": "huyen", "asked_on": date(2023, 12, 31), "once_per": "producer"}, True),
        ("", None, {"policy": "huyen", "content": "promotion"}, False),
        ("", 5, {"policy": "huyen", "product": 6}, False),
        ("", 5, {"policy": "huyen", "product": 5}, True),
        ("product", 5, {"policy": "huyen", "product": 5, "asked_on": date(2020, 1, 1)}, True),
        ("", None, {"policy": "huyen", "producer": 2}, False),
    ],
)
def test_what_is_paid_twice(once, product, earlier, double):
    facts = replace(FACTS, product=product, item=replace(ITEM, once_per=once))
    assert is_double(facts, replace(GIVEN, once_per=earlier.pop("once_per", once), **earlier)) is double


def test_a_double_names_the_earlier_payment():
    facts = replace(
        FACTS, item=replace(ITEM, once_per="producer"), earlier=(replace(GIVEN, once_per="producer"),)
    )
    assert [one.reason for one in support.not_twice(facts)] == [
        "Đã được hỗ trợ: “Bao bì” 20.000.000 đ theo Quyết định 7/QĐ-UBND ngày 01/02/2024 (đã chi 15.000.000 đ). "
        "Không hỗ trợ hai lần cho cùng một việc."
    ]


def test_an_amount_without_a_ground_needs_a_note():
    facts = replace(FACTS, number="9/QĐ-UBND", decided_on=date(2024, 6, 1), source="local")
    assert [one.code for one in support.is_decision(facts)] == ["support.no_basis"]
    assert [one.code for one in support.is_decision(replace(facts, amount_basis="Thông báo 3/TB-UBND"))] == []
    known = replace(facts, item=replace(ITEM, amount=30_000_000))
    assert [one.code for one in support.is_decision(known)] == []


@pytest.mark.parametrize(
    ("paid", "payment", "codes"),
    [(0, 20, []), (5, 15, []), (5, 16, ["support.overpaid"]), (20, 1, ["support.overpaid"]), (0, None, [])],
)
def test_payments_stay_within_the_decision(paid, payment, codes):
    facts = replace(FACTS, decided_amount=20, paid=paid, payment=payment)
    assert [one.code for one in support.within_decided(facts)] == codes


def test_the_table_has_no_dead_end():
    assert [*SUPPORT.problems(), *narrowed("local").problems(), *narrowed("province").problems()] == []


@pytest.mark.parametrize(
    ("decided_by", "kept"),
    [
        ("local", {"local.officer", "local.leader", "commune_officer"}),
        ("province", {"advisory_officer", "province_leader", "commune_officer"}),
    ],
)
def test_one_level_decides(decided_by, kept):
    held = frozenset(
        {"local.officer", "local.leader", "advisory_officer", "province_leader", "commune_officer"}
    )
    assert roles_under(decided_by, held) == kept
    named = set().union(*(one.roles for one in narrowed(decided_by).transitions))
    assert not named & (held - kept)
