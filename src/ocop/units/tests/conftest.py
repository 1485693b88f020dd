"""The real units and the invented province, loaded once per module for the tests that ask about them."""

from datetime import date

import pytest
from django.db import transaction

from ocop.units.loading import load
from ocop.units.models import Unit

DAY_2023 = date(2024, 3, 1)
DAY_2025_01 = date(2025, 3, 15)
DAY_2025_07 = date(2025, 8, 1)


@pytest.fixture(scope="module")
def loaded_units(django_db_setup, django_db_blocker):
    """Loads the project's own files, the invented province too, and takes them away after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda line: None, demo=True)
        yield
        transaction.set_rollback(True)


def unit(code: str, first_day: str) -> Unit:
    """The unit with that code that began on that day."""
    return Unit.objects.get(code=code, valid_from=first_day)
