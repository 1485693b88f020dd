"""When reports are due and which days their figures are of (section VI.14; Article 12 of Decree 09/2019/NĐ-CP)."""

from datetime import date

import pytest

from ocop.reporting.rules.layout import Section, problems
from ocop.reporting.rules.rounds import Span, days_late, spans, title_of


@pytest.mark.parametrize(
    ("kind", "before_day", "number", "expected"),
    [
        ("quarter", 25, 1, Span(1, date(2023, 12, 15), date(2024, 3, 14), date(2024, 3, 24))),
        ("quarter", 25, 2, Span(2, date(2024, 3, 15), date(2024, 6, 14), date(2024, 6, 24))),
        ("quarter", 25, 4, Span(4, date(2024, 9, 15), date(2024, 12, 14), date(2024, 12, 24))),
        ("half_year", 20, 1, Span(1, date(2023, 12, 15), date(2024, 6, 14), date(2024, 6, 19))),
        ("year", 15, 1, Span(1, date(2023, 12, 15), date(2024, 12, 14), date(2024, 12, 14))),
    ],
)
def test_periods_of_the_decree(kind, before_day, number, expected):
    assert spans(kind, 2024, before_day=before_day, basis="decree")[number - 1] == expected


@pytest.mark.parametrize(
    ("kind", "before_day", "number", "first", "last"),
    [
        ("quarter", 25, 1, date(2024, 1, 1), date(2024, 3, 24)),
        ("quarter", 25, 3, date(2024, 7, 1), date(2024, 9, 24)),
        ("half_year", 20, 1, date(2024, 1, 1), date(2024, 6, 19)),
        ("year", 15, 1, date(2024, 1, 1), date(2024, 12, 14)),
    ],
)
def test_calendar_periods_end_when_the_report_is_due(kind, before_day, number, first, last):
    found = spans(kind, 2024, before_day=before_day, basis="calendar")[number - 1]
    assert (found.first, found.last) == (first, last)


def test_kinds_without_a_rhythm_have_no_days_of_their_own():
    with pytest.raises(KeyError):
        spans("on_request", 2024, before_day=25, basis="decree")


def test_names_and_lateness():
    titles = [title_of("quarter", 2026, 3), title_of("half_year", 2026, 1), title_of("year", 2026, 1)]
    assert titles == ["Quý III/2026", "6 tháng đầu năm 2026", "Năm 2026"]
    due = date(2026, 3, 24)
    late = [
        days_late(due, date(2026, 3, 24), due),
        days_late(due, date(2026, 3, 26), due),
        days_late(due, None, date(2026, 3, 25)),
    ]
    assert late == [0, 2, 1]


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([], ["Mẫu phải có ít nhất một phần."]),
        ([Section("a", "A", "text"), Section("a", "B", "text")], ["Phần “a” có hai lần."]),
        ([Section("a", " ", "text")], ["Mỗi phần phải có tên."]),
        ([Section("a", "A", "figures")], ["Phần “A”: chưa chọn chỉ tiêu nào."]),
        ([Section("a", "A", "figures", ("x",))], ["Phần “A”: không có chỉ tiêu “x”."]),
        (
            [Section("a", "A", "figures", ("k",)), Section("b", "B", "figures", ("k",))],
            ["Chỉ tiêu “k” có hai lần."],
        ),
        ([Section("a", "A", "figures", ("k",)), Section("b", "B", "text")], []),
    ],
)
def test_a_layout_is_checked_before_it_is_published(sections, expected):
    assert problems(sections, {"k"}) == expected
