"""Units of any day as JSON: `GET /units?on=`, `GET /units/{code}?on=`. Days are inclusive, null = open."""

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Schema

from ocop.units.days import BadDay, read_day
from ocop.units.models import Succession, Unit, UnitParent
from ocop.units.queries import NotInForce, unit_on

router = Router()


class LinkOut(Schema):
    """A unit before or after; `extent`: whole or part; `confirmed` false: inferred, not read in the law."""

    code: str
    name: str
    valid_from: date
    extent: str
    confirmed: bool


class UnitOut(Schema):
    """One unit as on the day asked; `type` as in the official list, `level`: province, district, commune."""

    code: str
    name: str
    type: str
    level: str
    parent: str | None
    valid_from: date
    valid_to: date | None
    successors: list[LinkOut]
    predecessors: list[LinkOut]


class SpanOut(Schema):
    """Days on which a code was in force, and for which unit."""

    name: str
    type: str
    valid_from: date
    valid_to: date | None


class FaultOut(Schema):
    """One fault of the question: the field and what is wrong with it."""

    field: str
    message: str


class RefusalOut(Schema):
    """Why there is no answer."""

    detail: list[FaultOut]


class NotInForceOut(RefusalOut):
    """Why there is no such unit on that day, and the days when the code was in force (none: unknown code)."""

    in_force: list[SpanOut]


def _refused(field: str, message: str) -> tuple[int, dict]:
    return 422, {"detail": [{"field": field, "message": message}]}


@router.get(
    "/units",
    response={200: list[UnitOut], 404: RefusalOut, 422: RefusalOut},
    summary="Mọi đơn vị hành chính của một ngày",
)
def list_units(
    request: HttpRequest, on: str | None = None, province: str = ""
) -> tuple[int, list[dict] | dict]:
    """Every unit of the province served (or of `province`) on that day, by level and code. Four queries."""
    try:
        day = read_day(on)
    except BadDay as bad:
        return _refused("on", str(bad))
    code = province or settings.OCOP_PROVINCE
    units = list(
        Unit.objects.valid_on(day).filter(covers__holder__code=code, covers__holder__level="province")
    )
    if not units:
        message = f"Không có tỉnh mã {code} ngày {day:%d/%m/%Y}."
        return 404, {"detail": [{"field": "province", "message": message}]}
    return 200, _described(sorted(units, key=lambda unit: (len(unit.code), unit.code)), day)


@router.get(
    "/units/{code}",
    response={200: UnitOut, 404: NotInForceOut, 422: RefusalOut},
    summary="Một đơn vị hành chính trong một ngày",
)
def get_unit(request: HttpRequest, code: str, on: str | None = None) -> tuple[int, dict]:
    """The unit of that code on that day, with those before and after it; 404 lists the days it was."""
    try:
        day = read_day(on)
    except BadDay as bad:
        return _refused("on", str(bad))
    try:
        unit = unit_on(code, day)
    except NotInForce as absent:
        return 404, {
            "detail": [{"field": "code", "message": absent.reason}],
            "in_force": [
                {
                    "name": unit.name,
                    "type": unit.type_label,
                    "valid_from": unit.valid_from,
                    "valid_to": unit.valid_to,
                }
                for unit in absent.units
            ],
        }
    return 200, _described([unit], day)[0]


def _described(units: list[Unit], day: date) -> list[dict]:
    """Units with parent, predecessors and successors; two queries, however many units."""
    ids = [unit.pk for unit in units]
    parents = dict(
        UnitParent.objects.valid_on(day).filter(unit__in=ids).values_list("unit_id", "parent__code")
    )
    after: dict[int, list[dict]] = {}
    before: dict[int, list[dict]] = {}
    steps = Succession.objects.filter(Q(predecessor__in=ids) | Q(successor__in=ids))
    for step in steps.select_related("predecessor", "successor").order_by(
        "on", "successor__code", "predecessor__code"
    ):
        after.setdefault(step.predecessor_id, []).append(_link(step.successor, step))
        before.setdefault(step.successor_id, []).append(_link(step.predecessor, step))
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "type": unit.type_label,
            "level": unit.level,
            "parent": parents.get(unit.pk),
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "successors": after.get(unit.pk, []),
            "predecessors": before.get(unit.pk, []),
        }
        for unit in units
    ]


def _link(unit: Unit, step: Succession) -> dict:
    return {
        "code": unit.code,
        "name": unit.name,
        "valid_from": unit.valid_from,
        "extent": step.extent,
        "confirmed": step.confirmed,
    }
