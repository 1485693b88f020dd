"""A query compiled once answers for other values what it would answer anew."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.kit.prepared import Prepared
from ocop.kit.tests.sample.models import Book, Shelf

pytestmark = pytest.mark.django_db


def bought(pages, day):
    rows = Book.objects.filter(pages__gte=pages, bought_on__lte=day).order_by("pk")
    return rows.values_list("pk", "title", "bought_on", "is_lent", "created_at", "shelf__name")


def book(code, pages, bought_on):
    shelf, _ = Shelf.objects.get_or_create(name="Kệ gỗ")
    return Book.objects.create(code=code, title=code, shelf=shelf, pages=pages, bought_on=bought_on)


def test_the_rows_are_those_of_the_query_for_each_value():
    thin, thick = book("A", 10, date(2025, 7, 1)), book("B", 300, date(2026, 1, 31))
    query = Prepared(bought)
    for pages, day, expected in (
        (1, date(2026, 1, 31), [thin, thick]),
        (1, date(2026, 1, 30), [thin]),
        (11, date(2026, 1, 31), [thick]),
        (301, date(2026, 1, 31), []),
        (1, date(2025, 6, 30), []),
    ):
        rows = query.rows(pages, day)
        assert [row[0] for row in rows] == [one.pk for one in expected]
        assert repr(rows) == repr(list(bought(pages, day))), "days, moments and truth as the model has them"


def test_it_is_built_once_and_asked_each_time():
    built = []

    def build(pages, day):
        built.append((pages, day))
        return bought(pages, day)

    query = Prepared(build)
    with CaptureQueriesContext(connection) as caught:
        for number in range(3):
            query.rows(number, date(2026, 1, 1 + number))
    assert (len(built), len(caught)) == (1, 3)


@pytest.mark.parametrize("value", ["A", True, datetime(2026, 1, 1, 9, tzinfo=UTC), None])
def test_other_kinds_of_values_are_refused(value):
    with pytest.raises(TypeError, match="whole numbers and days"):
        Prepared(lambda code: Book.objects.filter(code=code).values_list("pk")).rows(value)


def test_a_value_that_the_query_leaves_out_is_refused():
    query = Prepared(lambda pages, day: Book.objects.filter(pages=pages).values_list("pk"))
    with pytest.raises(ValueError, match=r"\[1\]"):
        query.rows(1, date(2026, 1, 1))
