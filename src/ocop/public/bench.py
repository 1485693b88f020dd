"""Measures of the open site: the validity page and the simulator's API, in empty views."""

import json
from collections.abc import Callable

from django.db import transaction
from django.test import override_settings

from ocop.kit import registry
from ocop.kit.bench import Bench, call_ratio, page_ratio
from ocop.recognition.models import Certificate
from ocop.rulebook.bench import simulate_bodies
from ocop.rulebook.models import CriteriaSet

# A measure asks from one address all the time; counting its questions is part of what is measured.
SETTINGS = {"ALLOWED_HOSTS": ["*"], "OCOP_RATE_API": (10**9, 60), "OCOP_RATE_SEARCH": (10**9, 60)}


class _Back(Exception):  # noqa: N818 - no error: it takes back what the measure wrote
    """Rolls the prepared rows back."""


def _measured(work: Callable[[], float]) -> float:
    """What `work` measures, in a transaction that is rolled back."""
    found: list[float] = []
    try:
        with transaction.atomic(), override_settings(**SETTINGS):
            found.append(work())
            raise _Back
    except _Back:
        return found[0]


def validity_page() -> float:
    """The page of a certificate with a known term; loads the reference data when the database is bare."""

    def work() -> float:
        if not Certificate.objects.public().exists():
            for step in registry.reference_steps:
                step.run(lambda text: None)
        row = Certificate.objects.public().filter(issued_on__isnull=False, revoked_on=None).first()
        if row is None:
            raise AssertionError("no certificate with a known term")
        return page_ratio(row.check_path, use_p95=True)

    return _measured(work)


def simulator() -> float:
    """A full sheet sent to `POST /api/v1/simulate`."""

    def work() -> float:
        if not CriteriaSet.objects.exists():
            for step in registry.reference_steps:
                step.run(lambda text: None)
        body = json.dumps(simulate_bodies(9)[8])
        return call_ratio(
            lambda client: client.post("/api/v1/simulate", body, content_type="application/json")
        )

    return _measured(work)


BENCHES = [
    Bench("validity-page", "validity page", 8, "empty views", validity_page),
    Bench("simulator-api", "simulator API", 4, "empty views", simulator),
]
