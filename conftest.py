"""Where the tests' tables come from, and a guard: nothing of the tests may leave the machine or wait for it."""

import shutil
import socket

import pytest
from django.db import connections
from tests.tables import empty_tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: left to the end it would run alone, beside a worker that has nothing to do."""
    items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in ("slow", "thorough")))


def _copies_tables(config: pytest.Config) -> bool:
    """Whether the tables are copied: on SQLite, unless the run asks for tables without migrations."""
    return connections["default"].vendor == "sqlite" and not config.getvalue("nomigrations")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """SQLite in a file of the worker's own, a copy of the migrated tables.

    In a file, threads and the live server meet there as they do in `make run`, with waiting.
    """
    if connections["default"].vendor != "sqlite":
        return
    path = tmp_path_factory.mktemp("base") / "tests.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(path)
    if _copies_tables(request.config):
        shutil.copyfile(empty_tables(), path)
        connections["default"].settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Copied tables are used as they are, not made anew; the folder goes with the run."""
    return _copies_tables(request.config) or request.config.getvalue("reuse_db")


@pytest.fixture(autouse=True)
def _no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection to another machine fails, naming the address."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("localhost", "::1") and not str(host).startswith("127."):
            raise AssertionError(f"a test may not leave this machine: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
