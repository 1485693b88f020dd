"""Edges of a request: an id for the logs, NFC for whatever was typed, a page for whatever was refused."""

import logging
import uuid
from contextvars import ContextVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from ocop.kit.busy import busy, is_busy
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.kit.text import nfc

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RequestIdMiddleware:
    """Gives the request an id, in the logs and in the answer's `X-Request-Id`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]
        token = request_id.set(request.request_id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
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
    """A refusal, or a busy database, that no view caught becomes a page: what happened, what is kept, what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_busy(error):
            return busy(request, error)
        if not isinstance(error, Refused):
            return None
        status = 403 if isinstance(error, Forbidden) else 409 if isinstance(error, Stale) else 422
        if "application/json" in request.headers.get("Accept", ""):
            refusals = [{"code": r.code, "reason": r.reason, "article": r.article} for r in error.refusals]
            return JsonResponse({"refusals": refusals}, status=status)
        return render(request, "kit/refused.html", {"error": error}, status=status)
