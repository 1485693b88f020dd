"""Records which clauses of the plan the passing journeys prove, for `make plan`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.journeys.eras import HOME, Era
from tests.personas import load_reference

RECORD = Path(__file__).resolve().parents[2] / ".tools" / "journeys.json"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hand the clauses on with the report, which reaches the process that collects them."""
    for mark in item.iter_markers("journey"):
        item.user_properties.extend(("clause", clause) for clause in mark.args)


class Recorder:
    """Gathers the clauses of passed and of failed journeys and writes them at the end of the run."""

    def __init__(self) -> None:
        self.passed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test ended."""
        if report.when == "call" and report.passed:
            self.passed |= {clause for name, clause in report.user_properties if name == "clause"}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write what was proved; workers leave that to the process that started them."""
        if not hasattr(session.config, "workerinput"):
            RECORD.parent.mkdir(exist_ok=True)
            RECORD.write_text(json.dumps(sorted(self.passed)), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Register the recorder."""
    config.pluginmanager.register(Recorder(), "journey-recorder")


@pytest.fixture(scope="module")
def reference(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The reference data, loaded once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def era(reference: None, db: None) -> Era:
    """A commune of Hà Tĩnh whose people, district and province a test appoints."""
    return Era(HOME)
