"""Public JSON API of recognitions: which stars counted on a day, where, and by which decision."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from ninja import Router

from ocop.kit.registry import ApiRouter
from ocop.recognition import openapi
from ocop.recognition.enums import State
from ocop.recognition.models import Certificate
from ocop.recognition.queries import expiring_days
from ocop.units.days import BadDay, read_day
from ocop.units.queries import NotInForce, match_ids, unit_on

router = Router(tags=["recognitions"])
entry = ApiRouter(key="recognitions", router=router, tags=("recognitions",))

KEYS = ("on", "unit", "stars", "state", "q", "page", "size")
MOST = 100


class _BadValueError(ValueError):
    """A value that the question cannot have; the message says why."""


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and low <= int(text) <= high):
        raise _BadValueError(f"Phải là số nguyên từ {low} đến {high}.")
    return int(text)


def _state(text: str) -> str:
    if text not in State.values:
        raise _BadValueError(f"Phải là một trong: {', '.join(State.values)}.")
    return text


def _words(text: str) -> str:
    if len(text) > 100:
        raise _BadValueError("Không quá 100 ký tự.")
    return text


READERS: dict[str, tuple[Callable[[str], Any], Any]] = {
    "stars": (lambda text: _number(text, 3, 5), None),
    "state": (_state, None),
    "q": (_words, ""),
    "page": (lambda text: _number(text, 1, 1_000_000), 1),
    "size": (lambda text: _number(text, 1, MOST), 50),
}


def _read(request: HttpRequest) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The values of the question and every fault found."""
    values: dict[str, Any] = {}
    faults = [
        {"field": key[:40], "message": f"Tham số không được dùng; các tham số: {', '.join(KEYS)}."}
        for key in request.GET
        if key not in KEYS
    ]
    try:
        values["on"] = read_day(request.GET.get("on"))
    except BadDay as bad:
        faults.append({"field": "on", "message": str(bad)})
    for key, (reader, otherwise) in READERS.items():
        text = request.GET.get(key)
        try:
            values[key] = otherwise if text is None else reader(text)
        except _BadValueError as bad:
            faults.append({"field": key, "message": str(bad)})
    if "on" in values and "unit" in request.GET:
        try:
            values["unit"] = unit_on(request.GET["unit"], values["on"])
        except NotInForce as absent:
            faults.append({"field": "unit", "message": absent.reason})
    return values, faults


@router.get(
    "/recognitions",
    summary="Các lần công nhận sao",
    operation_id="list_recognitions",
    openapi_extra=openapi.LIST,
)
def list_recognitions(request: HttpRequest) -> JsonResponse:
    """Published recognitions with their state on a day, newest first.

    `unit` is a unit of that day: its subtree and the units that these wholly absorbed; rows known only to a former
    district match the province. `state` is computed for the day: a recognition of unknown term is `unknown`, never
    valid and never expired. 422 names every wrong value.
    """
    values, faults = _read(request)
    if faults:
        return JsonResponse({"detail": faults}, status=422)
    day: date = values["on"]
    rows = Certificate.objects.public().with_state(day, expiring_days=expiring_days(day))
    if values.get("unit"):
        rows = rows.filter(unit_id__in=match_ids(values["unit"], day))
    if values["stars"]:
        rows = rows.filter(stars=values["stars"])
    if values["state"]:
        rows = rows.filter(state_that_day=values["state"])
    order = ["-issued_year", "-issued_on", "pk"]
    rows = (
        rows.found_by(values["q"]).order_by("_rank", *order) if values["q"].strip() else rows.order_by(*order)
    )
    pages = Paginator(rows.select_related("product__producer", "decision", "unit"), values["size"])
    page = values["page"]
    here = pages.page(page).object_list if page <= pages.num_pages else []
    return JsonResponse(
        {
            "count": pages.count,
            "next": _address_of(request, page + 1) if page < pages.num_pages else None,
            "results": [_plain(row) for row in here],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _address_of(request: HttpRequest, page: int) -> str:
    """The same question for another page, as an absolute address."""
    asked = request.GET.copy()
    asked["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _plain(row: Certificate) -> dict[str, Any]:
    decision = row.decision
    return {
        "code": row.code,
        "product": row.product_name,
        "product_code": row.product.public_code,
        "producer": row.producer_name,
        "stars": row.stars,
        "state": row.state_that_day,  # type: ignore[attr-defined]
        "year": row.issued_year,
        "issued_on": row.issued_on,
        "valid_to": row.valid_to,
        "certificate_number": row.number or None,
        "decision": {"number": decision.number, "issued_on": decision.issued_on} if decision else None,
        "unit": {"code": row.unit.code, "name": row.unit.name, "type": row.unit.type_label},
        "url": f"{settings.OCOP_SITE_URL}{row.check_path}",
    }
