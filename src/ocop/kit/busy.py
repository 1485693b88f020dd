"""A database that is locked or away, a disk that is full: 503 or 507 with a sentence, and nothing is half written.

The database itself waits and tries again for as long as the settings say (SQLite 20 s, PostgreSQL until a lock comes
free or a connection of the pool does). Only then does an error get here; the transaction of the action is gone.
"""

import errno
import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from ocop.kit.context import standing

RETRY_AFTER = 5  # seconds
SENTENCE = "Hệ thống đang bận, việc vừa rồi chưa được ghi. Hãy chờ vài giây rồi thử lại."
FULL = (
    "Máy chủ đã hết chỗ chứa nên việc vừa rồi chưa được ghi. Những gì đã lưu vẫn còn. Hãy báo quản trị viên."
)
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
logger = logging.getLogger(__name__)


def is_busy(error: BaseException | None) -> bool:
    """True when the database was locked, broke a deadlock, or could not be reached, or the cache in Redis could not."""
    if isinstance(error, OperationalError):
        return not str(error).startswith("no such")  # a table that is not there is a fault, not a queue
    return isinstance(error, InterfaceError | RedisError)


def is_full(error: BaseException | None) -> bool:
    """True when the disk, the quota of the account or the size of one file was used up."""
    return isinstance(error, OSError) and error.errno in NO_ROOM


def busy(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503 with the time after which to try again: a page, or JSON for who asked for it. Asks no database."""
    logger.error("the database is busy or away", exc_info=error)
    response = _said(request, "database.busy", SENTENCE, "kit/busy.html", 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def full(request: HttpRequest, error: BaseException) -> HttpResponse:
    """507: nothing can be written until somebody makes room. Asks no database."""
    logger.critical("there is no room left to write", exc_info=error)
    return _said(request, "disk.full", FULL, "kit/full.html", 507)


def _said(request: HttpRequest, code: str, sentence: str, page: str, status: int) -> HttpResponse:
    response: HttpResponse
    if "application/json" in request.headers.get("Accept", "") or request.path.startswith("/api/"):
        refusal = {"code": code, "reason": sentence, "article": ""}
        response = JsonResponse({"message": sentence, "refusals": [refusal]}, status=status)
    else:
        response = HttpResponse(render_to_string(page, standing()), status=status)
    response["Cache-Control"] = "no-store"
    return response


def answer_to(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer to a database that is busy or a disk that is full; None for any other error."""
    if error is None:
        return None
    if is_busy(error):
        return busy(request, error)
    return full(request, error) if is_full(error) else None


def failed(request: HttpRequest, *args: Any) -> HttpResponse:
    """The handler of what nobody caught: a database that is busy, a disk that is full, else a server error."""
    known = answer_to(request, sys.exc_info()[1])
    return known or HttpResponse(render_to_string("500.html", standing()), status=500)
