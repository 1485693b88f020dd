"""Measuring: what an app's `bench.py` declares, and the yardsticks it measures against.

    BENCHES = [Bench("validity", "trang kiểm tra", bar=8, unit="empty views", run=validity_page)]

`run()` prepares its own data (inside a transaction that is rolled back) and answers one number in the bench's unit.
Ratios are taken within one run, so that a slow machine slows both sides.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path


@dataclass(frozen=True)
class Bench:
    """One row of the table: `bar` is the limit in `unit`; `at_least` turns it round; `for_scale` only informs."""

    key: str
    what: str
    bar: float
    unit: str
    run: Callable[[], float]
    at_least: bool = False
    for_scale: bool = False

    def holds(self, value: float) -> bool:
        """True when the measured value keeps the bar."""
        return value >= self.bar if self.at_least else value <= self.bar


def _empty(request: HttpRequest) -> HttpResponse:
    if getattr(request, "user", None) is not None:
        bool(request.user.is_authenticated)  # a signed-in page always asks who it is
    return HttpResponse("")


urlpatterns = [path("", _empty)]


def seconds(work: Callable[[], Any], *, times: int = 30, warm: int = 3) -> list[float]:
    """Seconds of each of `times` calls, after `warm` calls that do not count."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]


def client_of(user: Any = None) -> Client:
    """A browser in which the user is signed in; nobody when None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def empty_view(user: Any = None, *, times: int = 60) -> float:
    """Seconds (median) of a view that answers '' through the full middleware, signed in when a user is given."""
    client = client_of(user)
    with override_settings(ROOT_URLCONF=__name__):
        return median(seconds(lambda: client.get("/"), times=times))


def page_ratio(
    url: str, user: Any = None, *, times: int = 30, use_p95: bool = False, **headers: Any
) -> float:
    """How many empty views a GET costs; raises AssertionError when the page does not answer 200.

    Empty views are measured before and after, so that a machine that slows down midway does not decide.
    """
    client = client_of(user)
    status = client.get(url, **headers).status_code
    if status != 200:
        raise AssertionError(f"{url} answers {status}")
    before = empty_view(user)
    taken = seconds(lambda: client.get(url, **headers), times=times)
    yardstick = min(before, empty_view(user))
    return (p95(taken) if use_p95 else median(taken)) / yardstick


def call_ratio(call: Callable[[Client], HttpResponse], user: Any = None, *, times: int = 30) -> float:
    """The same for any request: `call(client)` sends it (a POST, say) and answers the response."""
    client = client_of(user)
    status = call(client).status_code
    if status >= 400:
        raise AssertionError(f"the request answers {status}")
    before = empty_view(user)
    taken = median(seconds(lambda: call(client), times=times))
    return taken / min(before, empty_view(user))


def queries(work: Callable[[], Any]) -> int:
    """How many queries a call sends."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def per_second(work: Callable[[], Any], *, at_least: float = 1.0) -> float:
    """How often per second a call can be made on one core, over at least that many seconds."""
    work()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < at_least:
        work()
        count += 1
    return count / (time.perf_counter() - begun)


def ratio(work: Callable[[], Any], yardstick: Callable[[], Any], *, times: int = 3) -> float:
    """The time of `work` as a multiple of the yardstick's: best of `times` each, taken in turns."""
    ours, theirs = [], []
    for _ in range(times):
        theirs += seconds(yardstick, times=1, warm=0)
        ours += seconds(work, times=1, warm=0)
    return min(ours) / min(theirs)
