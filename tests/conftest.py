"""What the tests across apps share: a world with its personas, loaded once per module, and clients of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.personas import World, make_world


@dataclass
class Visitors:
    """A signed-in client per persona; `anonymous` is nobody."""

    world: World
    made: dict[str, Client] = field(default_factory=dict)

    def client(self, persona: str) -> Client:
        """The browser of that persona, signed in."""
        if persona not in self.made:
            self.made[persona] = Client(raise_request_exception=False)
            if persona != "anonymous":
                user = self.world.users[persona]
                self.made[persona].force_login(user)
        return self.made[persona]


@pytest.fixture(scope="module")
def module_world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    """Reference data and personas for all tests of a module; rolled back after the last one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(module_world: World, db: None) -> World:
    """The world of the module; what a test changes in it is undone after the test."""
    return module_world


@pytest.fixture
def visitors(world: World) -> Visitors:
    """Clients of the personas."""
    return Visitors(world)
