"""The JSON API: every router that the apps below have registered, under one roof, with JSON for every error."""

import logging
from collections.abc import Callable
from functools import wraps
from hashlib import md5
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ocop.kit import registry
from ocop.kit.limits import seconds_to_wait

log = logging.getLogger(__name__)

TITLE = "OCOP Hà Tĩnh"
DESCRIPTION = (
    "Dữ liệu mở của Chương trình mỗi xã một sản phẩm tỉnh Hà Tĩnh: đơn vị hành chính theo ngày, bộ tiêu chí, "
    "tự chấm điểm, các lần công nhận sao. Ngày viết theo ISO (2026-05-22), tính cả hai đầu; null là chưa kết thúc."
)
NOT_FOUND = "Không có địa chỉ hoặc dữ liệu này."
NOT_ALLOWED = "Địa chỉ này không nhận phương thức đã dùng; các phương thức được nhận: {allowed}."
TOO_MANY = "Quá nhiều lượt hỏi từ địa chỉ này; hãy hỏi lại sau {wait} giây."
BROKEN = "Hệ thống gặp lỗi khi trả lời. Lỗi đã được ghi lại, hãy thử lại sau."


def fault(field: str, message: str, status: int) -> JsonResponse:
    """An error in the one shape that this API has."""
    return JsonResponse({"detail": [{"field": field, "message": message}]}, status=status)


def not_found(request: HttpRequest) -> JsonResponse:
    """An address that this API does not have."""
    return fault("path", NOT_FOUND, 404)


def make_api() -> NinjaAPI:
    """The API with all routers of `kit.registry.api_routers`, in their order."""
    api = NinjaAPI(
        title=TITLE, version="1", description=DESCRIPTION, docs_url=None, urls_namespace="api-v1", auth=None
    )
    for entry in registry.api_routers:
        api.add_router(entry.prefix, entry.router, tags=list(entry.tags) or None)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Http404, lambda request, error: not_found(request))
    api.add_exception_handler(
        HttpError, lambda request, error: fault("request", str(error), error.status_code)
    )
    api.add_exception_handler(Exception, _broken)
    return api


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    detail = [
        {"field": ".".join(str(part) for part in one["loc"][1:]) or "body", "message": str(one["msg"])}
        for one in error.errors
    ]
    return JsonResponse({"detail": detail}, status=422)


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    log.exception("API %s %s", request.method, request.path, exc_info=error)
    return fault("request", BROKEN, 500)


def dressed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose refusals of a method are JSON and whose answers to GET carry an ETag.

    Answers are asked for again each time (`no-cache`), so that a revocation is seen at the next request; an unchanged
    answer costs no bytes. Answers to signed-in people are private.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        wait = seconds_to_wait(request, "api", settings.OCOP_RATE_API)
        if wait:
            refused = fault("request", TOO_MANY.format(wait=wait), 429)
            refused["Retry-After"] = str(wait)
            return refused
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = fault("method", NOT_ALLOWED.format(allowed=allowed), 405)
            response["Allow"] = allowed
        if request.method != "GET" or response.status_code != 200:
            return response
        private = settings.SESSION_COOKIE_NAME in request.COOKIES
        patch_cache_control(response, no_cache=True, **{"private" if private else "public": True})
        etag = quote_etag(md5(response.content, usedforsecurity=False).hexdigest())
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    return answered
