"""Loads the criteria for sale points from data/promotion/sale-point-criteria.yaml."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.law.models import Instrument
from ocop.promotion.enums import CriterionKind
from ocop.promotion.models import SaleCriterion

FILE = "promotion/sale-point-criteria.yaml"
PLAIN = ("group", "text", "kind", "measure", "required", "confirmed", "source", "order")


def _day(row: dict[str, Any], name: str) -> date | None:
    value = row.get(name)
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError as error:
        raise BadData(f"{FILE}, {row.get('key')}: {name} không phải ngày") from error


def read_criteria(text: str, known: dict[str, int]) -> list[dict[str, Any]]:
    """The rows of the file as values of `SaleCriterion`; raises BadData naming what is wrong."""
    found = []
    for row in (yamltext.parse(text) or {}).get("criteria", []):
        key, instrument = row.get("key"), known.get(row.get("instrument", ""))
        if not key or not row.get("text") or _day(row, "valid_from") is None:
            raise BadData(f"{FILE}: dòng thiếu key, text hoặc valid_from: {row}")
        if instrument is None:
            raise BadData(f"{FILE}, {key}: không có văn bản {row.get('instrument')}")
        if row.get("kind") not in CriterionKind.values:
            raise BadData(f"{FILE}, {key}: kind phải là một trong {', '.join(CriterionKind.values)}")
        minimum = row.get("minimum")
        found.append(
            {
                "key": key, "instrument_id": instrument, "valid_from": _day(row, "valid_from"),
                "valid_to": _day(row, "valid_to"), "minimum": None if minimum is None else Decimal(str(minimum)),
                **{name: row[name] for name in PLAIN if name in row},
            }
        )  # fmt: skip
    return found


@transaction.atomic
def load_criteria(log: Callable[[str], None]) -> None:
    """Write the criteria; one that answers already point at keeps its row, with the file's words."""
    path = settings.OCOP_REFERENCE_DIR / FILE
    rows = read_criteria(path.read_text(encoding="utf-8"), dict(Instrument.objects.values_list("slug", "pk")))
    written = 0
    for values in rows:
        where = {"key": values["key"], "valid_from": values["valid_from"]}
        known = SaleCriterion.objects.filter(**where).first()
        if known is not None and all(getattr(known, name) == value for name, value in values.items()):
            continue
        SaleCriterion.objects.update_or_create(**where, defaults=values)
        written += 1
    log(f"tiêu chí điểm bán: ghi {written}, có {len(rows)}")
