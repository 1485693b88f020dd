from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ocop.kit import formats
from ocop.kit.days import Calendar

TODAY = date(2026, 11, 18)  # a Wednesday; the 24th is a public holiday


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (date(2026, 3, 5), "05/03/2026"),
        (datetime(2026, 3, 5, 20, 0, tzinfo=UTC), "06/03/2026"),
        (datetime(2026, 3, 5, 20, 0), "05/03/2026"),  # noqa: DTZ001
    ],
)
def test_day(value, shown):
    assert formats.day(value) == shown


def test_moment_is_local():
    assert formats.moment(datetime(2026, 11, 23, 3, 32, tzinfo=UTC)) == "10:32 23/11/2026"
    assert formats.moment(None) == ""


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1234.50"), None, "1.234,5"),
        (0.1, None, "0,1"),
        (1200, None, "1.200"),
        (100, None, "100"),
        (-1234, None, "-1.234"),
        (Decimal("2.345"), 2, "2,35"),
        (Decimal(2), 2, "2,00"),
        (Decimal("-0.001"), 2, "0,00"),
        (None, None, ""),
    ],
)
def test_number(value, places, shown):
    assert formats.number(value, places) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("78.25"), "78,25"),
        (Decimal("78.50"), "78,5"),
        (78, "78"),
        (Decimal("89.995"), "90"),
        (None, ""),
    ],
)
def test_points(value, shown):
    assert formats.points(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1234567, "1.234.567 đ"), (0, "0 đ"), (1000, "1.000 đ"), (None, "")]
)
def test_money(value, shown):
    assert formats.money(value) == shown


@pytest.mark.parametrize(("value", "shown"), [("0912345678", "091****678"), ("12345", "*****"), ("", "")])
def test_phone_masked(value, shown):
    assert formats.phone_masked(value) == shown


@pytest.mark.parametrize(
    ("due", "working", "shown"),
    [
        (None, False, ("", "grey")),
        (date(2026, 11, 16), True, ("trễ 2 ngày", "seal")),
        (TODAY, True, ("hạn hôm nay", "clay")),
        (date(2026, 11, 20), True, ("còn 2 ngày làm việc", "clay")),
        (date(2026, 11, 25), True, ("còn 4 ngày làm việc", "water")),  # weekend and the 24th do not count
        (date(2026, 11, 25), False, ("còn 7 ngày", "water")),
    ],
)
def test_distance(due, working, shown):
    assert formats.distance(due, TODAY, working=working, calendar=Calendar()) == shown


def test_distance_over_a_weekend_only_is_told_in_days():
    assert formats.distance(date(2026, 11, 22), date(2026, 11, 20), working=True, calendar=Calendar()) == (
        "còn 2 ngày",
        "clay",
    )


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+84912345678", "0912 345 678"),
        ("0912345678", "0912 345 678"),
        ("0239 3855", "0239 3855"),
        ("………", "………"),
        ("", ""),
    ],
)
def test_a_phone_number_is_written_as_it_is_read_out(kept, shown):
    assert formats.phone(kept) == shown


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
            "Chrome trên Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge trên Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1",
            "Safari trên iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) Chrome/142.0 Mobile Safari/537.36 Zalo android",
            "Zalo trên Android",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_call_it(agent, shown):
    assert formats.browser(agent) == shown


def test_short_money_is_read_at_a_glance() -> None:
    sums = (0, 12_000, 999_999, 350_000_000, 999_960_000, 3_449_000_000, 25_550_000_000, -2_000_000)
    assert [formats.short_money(value) for value in sums] == [
        "0", "12.000", "999.999", "350 triệu", "1.000 triệu", "3,4 tỷ", "25,6 tỷ", "-2 triệu",
    ]  # fmt: skip
