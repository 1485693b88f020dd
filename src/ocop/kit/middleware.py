"""Edges of a request: an id for the logs, NFC for whatever was typed, a page for whatever was refused."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from ocop.kit import logs, metrics
from ocop.kit.busy import answer_to
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.kit.logs import request_id
from ocop.kit.text import nfc

PASSED_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
QUIET = ("kit:healthz", "operations:metrics")
"""Asked every few seconds by machines: their lines are for a log at level DEBUG."""
access = logging.getLogger("ocop.request")


def _id_for(request: HttpRequest) -> str:
    """The id that a trusted proxy gave the request, or a new one. What others send is not believed."""
    passed = request.headers.get("X-Request-Id", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return passed if PASSED_ID.fullmatch(passed) else uuid.uuid4().hex[:16]


class RequestIdMiddleware:
    """Gives the request an id, in the logs and in the answer's `X-Request-Id`, and writes one line of its end."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = _id_for(request)
        token, asked = request_id.set(request.request_id), logs.request.set(request)
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds, route = time.perf_counter() - begun, logs.route_of(request)
            said = {"method": request.method, "route": route, "status": response.status_code}
            access.log(
                logging.DEBUG if route in QUIET else logging.INFO,
                "%s %s %s",
                *said.values(),
                extra={**said, "ms": round(seconds * 1000)},
            )
            metrics.answered(**said, seconds=seconds)
        finally:
            request_id.reset(token)
            logs.request.reset(asked)
        response["X-Request-Id"] = request.request_id
        return response


def _normalised(data: QueryDict) -> QueryDict:
    """A copy of the query with every value in NFC; the same object when nothing had to change."""
    if all(
        (value.isascii() and "\x00" not in value) or nfc(value) == value
        for values in dict(data.lists()).values()
        for value in values
    ):
        return data
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for key, values in data.lists():
        clean.setlist(key, [nfc(value) for value in values])
    clean._mutable = False
    return clean


class NormaliseInputMiddleware:
    """All typed input becomes NFC before a form sees it (Macs and some keyboards send NFD)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        request.GET = _normalised(request.GET)
        if request.method == "POST" and request.content_type in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ):
            request.POST = _normalised(request.POST)
        return self.get_response(request)


class RefusedMiddleware:
    """A refusal, a busy database, a full disk that no view caught becomes a page: what happened, what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return answer_to(request, error)
        status = 403 if isinstance(error, Forbidden) else 409 if isinstance(error, Stale) else 422
        if "application/json" in request.headers.get("Accept", ""):
            refusals = [{"code": r.code, "reason": r.reason, "article": r.article} for r in error.refusals]
            return JsonResponse({"refusals": refusals}, status=status)
        return render(request, "kit/refused.html", {"error": error}, status=status)
