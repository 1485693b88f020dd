"""Requests counted and timed, for Prometheus.

Each web process counts for itself and is asked for itself. Where one address stands for several processes
(WEB_PROCESSES above 1), `manage.py serve` names a folder in PROMETHEUS_MULTIPROC_DIR, through which whoever answers
knows the counts of all.
"""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds

REQUESTS = Counter("ocop_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram("ocop_request_seconds", "From a request to its answer.", ("route",), buckets=BUCKETS)


def answered(*, method: str | None, route: str, status: int, seconds: float) -> None:
    """Count one answer. A method that somebody made up counts as OTHER: there are few series, whoever asks."""
    REQUESTS.labels(method if method in METHODS else "OTHER", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def text() -> bytes:
    """What was counted, and memory, threads and start of the process, in the text form of Prometheus."""
    if not os.environ.get(SHARED):
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)
    return generate_latest(together)
