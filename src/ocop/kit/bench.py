"""Measuring: what an app's `bench.py` declares, and the yardsticks it measures against.

    BENCHES = [Bench("validity", "validity page", bar=8, unit="empty views", run=validity_page)]

`run()` prepares its own data (inside a transaction that is rolled back) and answers one number in the bench's unit.
Ratios are taken within one run, so that a slow machine slows both sides.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext, _TestState
from django.urls import path

TRIES = 3


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


class _EmptyHandler(ClientHandler):
    """The server's whole middleware, behind which only the empty view stands; the settings stay as they are."""

    def get_response(self, request: Any) -> Any:
        request.urlconf = __name__
        return super().get_response(request)


def seconds(work: Callable[[], Any], *, times: int = 30, warm: int = 3) -> list[float]:
    """Processor seconds of each of `times` calls, after `warm` calls that do not count.

    The processor time of this process, not the clock on the wall: other work on the machine does not decide.
    """
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
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


@contextmanager
def as_served() -> Iterator[None]:
    """Templates without the instruments of the test runner, which copies every context; no server carries those."""
    instrumented, original = Template._render, getattr(_TestState, "saved_data", None)
    Template._render = original.template_render if original else instrumented
    try:
        yield
    finally:
        Template._render = instrumented


@as_served()
def in_empty_views(
    works: Iterable[Callable[[], Any]], user: Any = None, *, may_repeat: bool = True
) -> list[float]:
    """What each of the calls costs in empty views, signed in when a user is given.

    Calls and empty views take turns and the yardstick is the median of all empty views, so that a machine that
    slows down midway slows both sides. Of a call that may be made again the fastest of three tries counts: where
    machines share a processor the very same loop takes a third longer now and then, which is no work of ours.
    """
    client = client_of(user)
    client.handler = _EmptyHandler(enforce_csrf_checks=False)
    seconds(lambda: client.get("/"), times=1)
    empty, taken = [], []
    gc.collect()
    gc.freeze()  # what preparing the bench left in memory is no server's: it would be searched in every call
    for work in works:
        tries = []
        for _ in range(TRIES if may_repeat else 1):
            empty += seconds(lambda: client.get("/"), times=2, warm=0)
            tries += seconds(work, times=1, warm=0)
        taken.append(min(tries))
    gc.unfreeze()
    yardstick = median(empty)
    return [one / yardstick for one in taken]


def page_ratio(
    url: str, user: Any = None, *, times: int = 100, use_p95: bool = False, **headers: Any
) -> float:
    """How many empty views a GET costs (median or p95); raises AssertionError when it does not answer 200."""
    client = client_of(user)
    status = client.get(url, **headers).status_code
    if status != 200:
        raise AssertionError(f"{url} answers {status}")
    found = in_empty_views([lambda: client.get(url, **headers)] * times, user)
    return p95(found) if use_p95 else median(found)


def call_ratio(call: Callable[[Client], HttpResponse], user: Any = None, *, times: int = 100) -> float:
    """The same (p95) for any request: `call(client)` sends it (a POST, say) and answers the response."""
    client = client_of(user)
    status = call(client).status_code
    if status >= 400:
        raise AssertionError(f"the request answers {status}")
    return p95(in_empty_views([lambda: call(client)] * times, user, may_repeat=False))


def queries(work: Callable[[], Any]) -> int:
    """How many queries a call sends."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def per_second(work: Callable[[], Any], *, at_least: float = 1.0) -> float:
    """How often a processor second a call can be made, over at least that many seconds of one core."""
    work()
    count, begun = 0, time.process_time()
    while time.process_time() - begun < at_least:
        work()
        count += 1
    return count / (time.process_time() - begun)
