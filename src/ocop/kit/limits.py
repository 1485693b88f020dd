"""A modest limit on how often one address may ask what costs work: the open API and the searches.

Counted in fixed windows in the cache "limits": in Redis for all processes together when there is one, else in each
process, which needs no query. Many phones share one address of a mobile network, so limits are wide: they stop a
loop, not a crowd.
"""

import hashlib
import logging
import math
import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def address_of(request: HttpRequest) -> str:
    """Where the question comes from: the connection, or what the trusted proxies wrote down."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(passed) >= proxies and passed[-proxies]:
            return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def seconds_to_wait(request: HttpRequest, kind: str, limit: tuple[int, int] | None) -> int:
    """0 when the question may be answered, else the seconds after which to ask again. Counts the question.

    `limit` is (times, seconds); None lets everything pass. `kind` tells the counters of different limits apart.
    """
    if limit is None:
        return 0
    times, seconds = limit
    now = time.time()
    window = int(now // seconds)
    who = hashlib.blake2b(address_of(request).encode(), digest_size=12).hexdigest()
    key = f"{kind}:{window}:{who}"
    cache = caches["limits"]
    try:
        cache.add(key, 0, timeout=2 * seconds)
        count = cache.incr(key)
    except ValueError:  # the counter was dropped between the two calls
        return 0
    except RedisError as error:  # a page that cannot be counted is better than none
        logger.error("nothing is limited: the cache is away (%s)", type(error).__name__)
        return 0
    return 0 if count <= times else max(1, math.ceil((window + 1) * seconds - now))


def searches_limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose questions (an address with a query) are limited by OCOP_RATE_SEARCH; without a query it is free."""

    @wraps(view)
    def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        wait = seconds_to_wait(request, "search", settings.OCOP_RATE_SEARCH) if request.GET else 0
        if not wait:
            return view(request, *args, **kwargs)
        response = render(request, "429.html", {"wait": wait}, status=429)
        response["Retry-After"] = str(wait)
        add_never_cache_headers(response)
        return response

    return limited
