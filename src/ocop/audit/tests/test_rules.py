"""The arithmetic of the chain."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from ocop.audit.rules import chain


@pytest.mark.parametrize(
    ("ids", "ranges"),
    [([], []), ([1], [[1, 1]]), ([1, 2, 3], [[1, 3]]), ([1, 2, 5, 7, 8], [[1, 2], [5, 5], [7, 8]])],
)
def test_ranges(ids, ranges):
    assert chain.ranges_of(ids) == ranges


@pytest.mark.parametrize(
    ("ranges", "above", "gaps"),
    [
        ([[1, 3]], 0, []),
        ([[2, 3], [6, 6]], 0, [[1, 1], [4, 5]]),
        ([[6, 9], [12, 12]], 5, [[10, 11]]),
        ([[3, 3], [8, 9]], 5, [[6, 7]]),
    ],
)
def test_gaps(ranges, above, gaps):
    assert chain.gaps_of(ranges, above) == gaps


def test_plain_is_the_same_before_and_after_storing():
    moment = datetime(2026, 7, 1, 7, 0, tzinfo=timezone(timedelta(hours=7)))
    assert chain.plain(
        {"at": moment, "day": date(2026, 7, 1), "points": Decimal("71.50"), "ids": (1, 2), "on": True}
    ) == {
        "at": "2026-07-01T00:00:00+00:00",
        "day": "2026-07-01",
        "points": "71.5",
        "ids": [1, 2],
        "on": True,
    }
    assert chain.plain(datetime(2026, 7, 1, tzinfo=UTC)) == chain.plain(moment)


def test_digest_does_not_depend_on_the_order_of_keys():
    assert chain.digest_of({"a": 1, "b": "đ"}) == chain.digest_of({"b": "đ", "a": 1})
    assert chain.digest_of({"a": 1}) != chain.digest_of({"a": 2})


def test_seal_depends_on_what_came_before_and_on_every_event():
    lines = [(1, "x"), (2, "y")]
    seal = chain.seal_digest("", 1, lines)
    others = [
        chain.seal_digest("p", 1, lines),
        chain.seal_digest("", 2, lines),
        chain.seal_digest("", 1, lines[:1]),
    ]
    assert seal not in others
    assert len(set(others)) == 3
