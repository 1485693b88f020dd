"""Which book, procedure, sets, deadlines and rounds the project's own data put in force on a day."""

from datetime import date

import pytest

from ocop.rulebook import queries
from ocop.rulebook.rules.deadlines import Rule


@pytest.mark.parametrize(
    ("day", "book", "procedure"),
    [
        pytest.param("2023-02-23", None, None, id="before the first book"),
        pytest.param("2023-02-24", "148-2023", "148-2023", id="148: three levels"),
        pytest.param("2025-07-05", "148-2023", "148-2023", id="148: last day of the district"),
        pytest.param("2025-07-06", "148-2023", "148-2023-1489-2025", id="1489: two levels"),
        pytest.param("2026-05-21", "148-2023", "148-2023-1489-2025", id="last day before 26/2026"),
        pytest.param("2026-05-22", "26-2026", "26-2026", id="26/2026 art. 11"),
        pytest.param("2030-01-01", "26-2026", "26-2026", id="open"),
    ],
)
def test_in_force(books, day, book, procedure):
    on = date.fromisoformat(day)
    found, way = queries.book_in_force(on), queries.procedure_in_force(on)
    assert (found and found.slug, way and way.key) == (book, procedure)


def test_the_old_book_is_still_in_force_through_the_transition(books):
    assert queries.decisions() == ["26-2026", "148-2023"]
    old = queries.procedure_in_force(date(2026, 5, 1))
    assert (old.book.slug, old.valid_to, old.decides) == (
        "148-2023",
        date(2026, 7, 21),
        {"3": "province", "4": "province", "5": "centre"},
    )


def test_sets_for_group(books):
    book = queries.book_in_force(date(2026, 6, 1))
    assert [row.number for row in queries.sets_for_group(book, "II")] == [14, 15, 16, 17]
    assert list(queries.sets_for_group(book, "IX")) == []


def test_deadlines_and_rounds_come_from_the_data(books):
    procedure = queries.procedure_in_force(date(2026, 6, 1))
    assert queries.deadline_rule(procedure, "commune-assessment") == Rule(
        15, "working", "stops", "as_counted"
    )
    assert [(one.propose_before, one.rank_before) for one in queries.province_rounds(procedure)] == [
        ((30, 4), (30, 6)),
        ((30, 10), (30, 12)),
    ]
    assert [
        (one.propose_before, one.rank_before) for one in queries.province_rounds(procedure, "centre")
    ] == [
        ((30, 7), (30, 9)),
        ((30, 1), (30, 3)),
    ]
    last = queries.commune_must_receive_by(procedure, date(2026, 9, 1), lambda day: day.weekday() < 5)
    assert last == date(2026, 10, 8)


def test_an_old_procedure_knows_no_rounds_here(books):
    old = queries.procedure_in_force(date(2024, 1, 1))
    assert queries.province_rounds(old) == []
    assert queries.commune_must_receive_by(old, date(2024, 1, 1), lambda day: True) is None
