"""A database that is locked or away: the answer is 503 with a sentence, and nothing is half written.

The database itself waits and tries again for as long as the settings say (SQLite 20 s, PostgreSQL until a lock comes
free or a connection of the pool does). Only then does an error get here; the transaction of the action is gone.
"""

import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ocop.kit.context import standing

RETRY_AFTER = 5  # seconds
SENTENCE = "Hệ thống đang bận, việc vừa rồi chưa được ghi. Hãy chờ vài giây rồi thử lại."
logger = logging.getLogger(__name__)


def is_busy(error: BaseException | None) -> bool:
    """True when the database was locked, broke a deadlock, or could not be reached."""
    if isinstance(error, OperationalError):
        return not str(error).startswith("no such")  # a table that is not there is a fault, not a queue
    return isinstance(error, InterfaceError)


def busy(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503 with the time after which to try again: a page, or JSON for who asked for it. Asks no database."""
    logger.error("the database is busy or away", exc_info=error)
    response: HttpResponse
    if "application/json" in request.headers.get("Accept", "") or request.path.startswith("/api/"):
        refusal = {"code": "database.busy", "reason": SENTENCE, "article": ""}
        response = JsonResponse({"message": SENTENCE, "refusals": [refusal]}, status=503)
    else:
        response = HttpResponse(render_to_string("kit/busy.html", standing()), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest, *args: Any) -> HttpResponse:
    """The handler of what nobody caught: 503 for a database that is busy, else the page of a server error."""
    error = sys.exc_info()[1]
    if error is not None and is_busy(error):
        return busy(request, error)
    return HttpResponse(render_to_string("500.html", standing()), status=500)
