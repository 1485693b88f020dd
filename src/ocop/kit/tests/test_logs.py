"""Nothing of a person reaches the log: what an error quotes is left out, what happened stays readable."""

import logging
import sys

import pytest
from django.db import IntegrityError, transaction

from ocop.kit.logs import LineFormatter, scrub
from ocop.kit.tests.sample.models import Book, Shelf


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("Not Found: /tim/?q=0912 345 678", "Not Found: /tim/?q=[…]"),
        ("SMS to +84912345678 failed", "SMS to […] failed"),
        ("mail to lan.nguyen@example.vn failed, try 3", "mail to […] failed, try 3"),
        ("giấy 042190001234 của bà Lan", "giấy […] của bà Lan"),
        ("2026-11-24 13:22:11,123 INFO ocop [0f3a9c] 127.0.0.1 GET /kiem-tra/ABC 200", None),
        ("task 20261124 ran 0.25 s, 20000 rows", None),
        (
            'psycopg.errors.UniqueViolation: duplicate key value violates unique constraint "phone_once"\n'
            "DETAIL:  Key (full_name)=(Nguyễn Thị Lan) already exists.\n\nafter",
            'psycopg.errors.UniqueViolation: duplicate key value violates unique constraint "phone_once"\n\nafter',
        ),
        (
            'django.db.utils.DataError: invalid input syntax for type integer: "Nguyễn Thị Lan"',
            "django.db.utils.DataError: invalid input syntax for type integer: […]",
        ),
    ],
)
def test_scrub(told, written):
    assert scrub(told) == (told if written is None else written)


@pytest.mark.django_db
def test_a_fault_of_the_database_is_logged_without_the_row():
    shelf = Shelf.objects.create(name="A")
    Book.objects.create(code="B1", title="x", shelf=shelf)
    formatter = LineFormatter("{asctime} {levelname} {name} [{request_id}] {message}", style="{")
    person = "".join(
        ("Bà Lan ", "0912345678")
    )  # a traceback shows the line of the fault, so it is not written there
    try:
        with transaction.atomic():
            Book.objects.update(title=person, shelf=None)
    except IntegrityError:
        record = logging.getLogger("t").makeRecord(
            "t", logging.ERROR, __file__, 1, "failed", (), sys.exc_info()
        )
        record.request_id = "r1"
        written = formatter.format(record)
    assert "[r1] failed\n" in written
    assert "IntegrityError" in written
    assert "Bà Lan" not in written
