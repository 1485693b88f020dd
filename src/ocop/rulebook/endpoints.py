"""Public JSON API of the rulebook: a set as data, and the self-assessment simulator.

The bodies are read by hand: the answer must name every wrong field in Vietnamese, and a simulation has to
stay as cheap as a few empty views.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from ocop.kit.registry import ApiRouter
from ocop.rulebook import openapi
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.queries import decisions, sheet_of
from ocop.rulebook.rules.answers import Fault, case_faults, is_integer, level_faults
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.rules.sheet import Criterion, Head, Note, Sheet

router = Router(tags=["rulebook"])
entry = ApiRouter(key="rulebook", router=router, prefix="", tags=("rulebook",))

_KEYS = ("decision", "set", "levels", "case")
_MOST_FAULTS = 200


@router.get(
    "/rulebook/{decision}/sets/{number}",
    summary="Một bộ tiêu chí",
    operation_id="get_criteria_set",
    openapi_extra=openapi.GET_SET,
)
def get_set(request: HttpRequest, decision: str, number: str) -> HttpResponse:
    """A set of a decision (`26-2026` or `148-2023`) with its sections, heads, criteria, levels and minimums.

    `wording` "shortened" means that texts are a summary, not the official words. 404 for a decision or
    set that does not exist, 422 for a number that is none.
    """
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        return _refused([Fault("number", "Số thứ tự bộ tiêu chí phải là số nguyên.")])
    rows = CriteriaSet.objects.select_related("book", "group").defer("document")
    row = rows.filter(book__slug=decision, number=int(number)).first()
    if row is None:
        fault = _unknown_set(int(number)) if decision in decisions() else _unknown_decision()
        return _refused([fault], status=404)
    return JsonResponse(_set_as_data(row))


@router.post("/simulate", summary="Tự chấm điểm", operation_id="simulate", openapi_extra=openapi.SIMULATE)
def simulate(request: HttpRequest) -> HttpResponse:
    """Score a set: points, sections, band and the stars left after the minimums.

    A level is the place in the book's list of the criterion (1 = first, implied levels count), 0 = none
    of them. Disqualifiers are not asked. 422 with every wrong field.
    """
    try:
        body = json.loads(request.body)
    except RequestDataTooBig:
        return _refused([Fault("body", "Dữ liệu gửi lên quá lớn.")], status=413)
    except (ValueError, RecursionError):
        return _refused([Fault("body", "Nội dung phải là JSON hợp lệ, mã hóa UTF-8.")])
    if not isinstance(body, dict):
        return _refused([Fault("body", "Nội dung phải là một đối tượng JSON.")])
    sheet, faults = _read(body)
    if faults or sheet is None:
        return _refused(faults)
    outcome = evaluate(sheet, body["levels"], body.get("case") if sheet.cases else None)
    return JsonResponse(
        {
            "decision": sheet.decision,
            "set": sheet.number,
            "points": outcome.points,
            "sections": outcome.sections,
            "band": outcome.band,
            "stars": outcome.stars,
            "unscored": outcome.unscored,
            "missed": [missed._asdict() for missed in outcome.missed],
        }
    )


def _read(body: dict[str, Any]) -> tuple[Sheet | None, list[Fault]]:
    faults = [
        Fault(key[:40], f"Trường không được dùng; các trường: {', '.join(_KEYS)}.")
        for key in body
        if key not in _KEYS
    ]
    decision, number = body.get("decision"), body.get("set")
    sheet = None
    if isinstance(decision, str) and "\x00" not in decision and is_integer(number) and 0 < number < 10_000:
        sheet = sheet_of(decision, number)
    if sheet is None:
        faults += _sheet_faults(decision, number)
    else:
        faults += case_faults(sheet, body.get("case"))
    faults += level_faults(sheet, body.get("levels"), body.get("case"))
    return sheet, faults


def _sheet_faults(decision: Any, number: Any) -> Iterator[Fault]:
    known = isinstance(decision, str) and decision in decisions()
    if not known:
        yield _unknown_decision()
    if not is_integer(number):
        yield Fault("set", "Số thứ tự bộ tiêu chí phải là số nguyên.")
    elif known:
        yield _unknown_set(number)


def _unknown_decision() -> Fault:
    return Fault("decision", f"Không có quyết định này; các mã: {', '.join(decisions())}.")


def _unknown_set(number: int) -> Fault:
    return Fault("set", "Quyết định này không có bộ tiêu chí với số thứ tự đã nêu.")


def _refused(faults: list[Fault], status: int = 422) -> JsonResponse:
    detail = [{"field": fault.field, "message": fault.message} for fault in faults[:_MOST_FAULTS]]
    return JsonResponse({"detail": detail}, status=status)


def _set_as_data(row: CriteriaSet) -> dict[str, Any]:
    sheet, book = row.sheet, row.book
    return {
        "decision": book.slug,
        "decision_number": book.number,
        "valid_from": book.valid_from,
        "valid_to": book.valid_to,
        "set": row.number,
        "name": row.name,
        "group": {"code": row.group.code, "name": row.group.name, "name_en": row.group.name_en},
        "subgroup": {"code": row.subgroup_code, "name": row.subgroup},
        "agencies": row.agencies,
        "sample_units": row.sample_units,
        "wording": book.wording,
        "source": book.source,
        "status": row.status,
        "doubts": row.doubts,
        "bands": [
            {"stars": band.star, "min": band.at_least, "certificate": band.certificate}
            for band in sheet.bands
        ],
        "cases": [{"case": case.number, "label": case.label} for case in sheet.cases],
        "disqualifiers": sheet.disqualifiers,
        "sections": [
            {
                "code": section.code,
                "name": section.name,
                "max": section.max,
                "heads": [_head_as_data(head) for head in section.heads],
            }
            for section in sheet.sections
        ],
        "minimums": {str(star): _minimums_as_data(sheet, star) for star in (3, 4, 5)},
    }


def _head_as_data(head: Head) -> dict[str, Any]:
    return {
        "number": head.number,
        "name": head.name,
        "max": head.max,
        "notes": _notes_as_data(head.notes),
        "criteria": [_criterion_as_data(criterion) for criterion in head.criteria],
    }


def _criterion_as_data(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "max": criterion.max,
        "parent": criterion.parent,
        "notes": _notes_as_data(criterion.notes),
        "cases": [{"case": case.number, "label": case.label} for case in criterion.cases],
        "levels": [
            {
                "place": level.place,
                "case": level.case,
                "points": level.points,
                "text": level.text,
                "min_star": level.min_star,
                "implied": level.implied,
                "doubtful": level.doubtful,
            }
            for level in criterion.levels
        ],
    }


def _notes_as_data(notes: tuple[Note, ...]) -> list[dict[str, str]]:
    return [{"type": note.kind, "text": note.text} for note in notes]


def _minimums_as_data(sheet: Sheet, star: int) -> list[dict[str, Any]]:
    found = []
    for criterion in sheet.criteria:
        cases: list[int | None] = [one.number for one in criterion.cases]
        for case in cases or [None]:
            found += [
                {
                    "criterion": criterion.code,
                    "case": case,
                    "needed": criterion.place_for(minimum.points, case),
                    "points": minimum.points,
                }
                for minimum in criterion.minimums(case)
                if minimum.star == star
            ]
    return found
