"""The project's own rule books, loaded once for the tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from ocop.rulebook import loader


@pytest.fixture(scope="module")
def books_of_module(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Both books with procedures and settings; rolled back after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load_all(lambda text: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def books(books_of_module: None, db: None) -> None:
    """Both books; what a test changes in them is undone after it. Every test of a module asks for them, or none."""
