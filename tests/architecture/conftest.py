"""The world in which addresses are tried: a row of every register belongs to producer_owner and the home commune."""

from typing import Any

import pytest

from tests.personas import World
from tests.rows import row_of_each_register


@pytest.fixture(scope="module")
def module_world(module_world: World, django_db_blocker: Any) -> World:
    """The world of all tests, with those rows."""
    with django_db_blocker.unblock():
        module_world.rows = row_of_each_register(module_world)
    return module_world
