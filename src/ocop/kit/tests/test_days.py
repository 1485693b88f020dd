from datetime import date

import pytest

from ocop.kit import days
from ocop.kit.errors import BadData
from ocop.kit.middleware import request_id
from ocop.kit.models import DayOverride

PLAIN = days.Calendar()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 2, 16), False),  # eve of Tết
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2024, 4, 29), False),  # swapped for
        (date(2024, 5, 4), True),  # this Saturday
        (date(2024, 5, 5), False),
        (date(2026, 8, 22), True),  # a Saturday worked in exchange for 31/08
        (date(2026, 9, 2), False),
    ],
)
def test_vietnamese_days(day, working):
    assert days.is_working_day(day, calendar=PLAIN) is working


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 1, date(2026, 11, 17)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # received on a Saturday
        (date(2026, 11, 23), 1, date(2026, 11, 25)),  # over the holiday of 24/11
        (date(2026, 2, 13), 15, date(2026, 3, 13)),  # over Tết
    ],
)
def test_add_working_days_counts_from_the_day_after(start, count, end):
    assert days.add_working_days(start, count, calendar=PLAIN) == end
    assert days.working_days_between(start, end, calendar=PLAIN) == count


def test_a_span_backwards_holds_nothing_and_a_negative_count_is_refused():
    assert days.working_days_between(date(2026, 11, 20), date(2026, 11, 16), calendar=PLAIN) == 0
    with pytest.raises(ValueError, match="negative"):
        days.add_working_days(date(2026, 11, 20), -1, calendar=PLAIN)


def test_deadline_in_calendar_days():
    assert days.deadline(date(2026, 11, 20), 5, working=False) == date(2026, 11, 25)


@pytest.mark.django_db
def test_an_override_wins_over_the_library():
    DayOverride.objects.create(day=date(2026, 9, 2), is_working=True, name="Trực")
    DayOverride.objects.create(day=date(2026, 9, 3), is_working=False, name="Nghỉ thêm")
    assert days.is_working_day(date(2026, 9, 2)) is True
    assert days.is_working_day(date(2026, 9, 3)) is False
    assert days.load().name(date(2026, 9, 3)) == "Nghỉ thêm"


@pytest.mark.django_db
def test_overrides_are_read_once_per_call_and_once_per_request(django_assert_num_queries):
    with django_assert_num_queries(1):
        days.add_working_days(date(2026, 1, 1), 200)
    token = request_id.set("one")
    try:
        with django_assert_num_queries(1):
            for count in range(30):
                days.add_working_days(date(2026, 1, 1), count)
        request_id.set("two")
        with django_assert_num_queries(1):
            days.is_working_day(date(2026, 1, 1))
    finally:
        request_id.reset(token)


@pytest.mark.django_db
def test_load_overrides_is_idempotent_and_keeps_rows_of_others(tmp_path):
    DayOverride.objects.create(day=date(2027, 1, 2), is_working=True, name="Của quản trị viên")
    file = tmp_path / "days.yaml"
    file.write_text('[{day: 2027-04-30, working: false, name: "Nghỉ", source: "TB 1"}]', encoding="utf-8")
    assert days.load_overrides(file) == (1, 0)
    assert days.load_overrides(file) == (0, 0)
    file.write_text('[{day: 2027-04-30, working: true, name: "Làm bù"}]', encoding="utf-8")
    assert days.load_overrides(file) == (0, 1)
    assert list(DayOverride.objects.values_list("day", "is_working", "name")) == [
        (date(2027, 1, 2), True, "Của quản trị viên"),
        (date(2027, 4, 30), True, "Làm bù"),
    ]
    file.write_text('[{day: "mai", working: true, name: "x"}]', encoding="utf-8")
    with pytest.raises(BadData) as refused:
        days.load_overrides(file)
    assert str(refused.value) == "days.yaml: mục 1: day phải là ngày dạng 2026-08-22"
