"""Checks of a file of support policies before it is loaded: shape, dates, choices, whole amounts, references."""

from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from ocop.rulebook.enums import SupportContent, SupportDecider, SupportOnce
from ocop.rulebook.rules.book_check import Place, Problem
from ocop.rulebook.rules.data_check import each_row, term_problems

POLICY_KEYS = {"slug", "title", "valid_from", "confirmed", "source", "items"}
POLICY_MAY = POLICY_KEYS | {"instrument", "province", "unit", "decided_by", "valid_to", "note"}
ITEM_KEYS = {"code", "name", "content"}
ITEM_MAY = ITEM_KEYS | {
    "measure", "amount", "percent", "ceiling", "conditions", "once_per", "valid_from", "valid_to",
}  # fmt: skip
CHOICES = {"content": SupportContent.values, "once_per": SupportOnce.values}


def unit_codes(document: Any) -> list[str]:
    """The codes of the units whose own policies the file holds."""
    rows = document.get("policies") if isinstance(document, dict) else None
    rows = rows if isinstance(rows, list) else []
    return [str(row["unit"]) for row in rows if isinstance(row, dict) and row.get("unit")]


def support_problems(
    document: Any, instruments: Collection[str] | None, units: Collection[str] | None
) -> list[Problem]:
    """Everything wrong with a file of policies; `instruments` and `units` may be named (None: any)."""
    found: list[Problem] = []
    seen: set[Any] = set()
    for place, row in each_row(document, "policies", POLICY_KEYS, POLICY_MAY, found):
        found += term_problems(place, row)
        if row["slug"] in seen:
            found.append(Problem((*place, "slug"), f"chính sách {row['slug']} bị lặp"))
        seen.add(row["slug"])
        if not isinstance(row["confirmed"], bool):
            found.append(Problem((*place, "confirmed"), "confirmed phải là true hoặc false"))
        if row.get("decided_by", SupportDecider.LOCAL) not in SupportDecider.values:
            words = ", ".join(SupportDecider.values)
            found.append(Problem((*place, "decided_by"), f"decided_by phải là một trong {words}"))
        if instruments is not None and row.get("instrument") and row["instrument"] not in instruments:
            found.append(Problem((*place, "instrument"), f"không có văn bản {row['instrument']}"))
        if units is not None and row.get("unit") and row["unit"] not in units:
            found.append(
                Problem((*place, "unit"), f"không có đơn vị mã {row['unit']} (mã đặt trong dấu nháy)")
            )
        found += _item_problems(place, row)
    return found


def _item_problems(place: Place, policy: dict[str, Any]) -> Iterator[Problem]:
    found: list[Problem] = []
    seen: set[Any] = set()
    for inner, row in each_row({"items": policy["items"]}, "items", ITEM_KEYS, ITEM_MAY, found):
        where = (*place, *inner)
        start = row.get("valid_from", policy["valid_from"])
        if "valid_from" in row or "valid_to" in row:
            yield from term_problems(where, {**row, "valid_from": start})
        if (row["code"], start) in seen:
            yield Problem((*where, "code"), f"nội dung {row['code']} bị lặp")
        seen.add((row["code"], start))
        for name, values in CHOICES.items():
            if row.get(name, "") not in values and not (name == "once_per" and row.get(name) is None):
                words = ", ".join(one for one in values if one)
                yield Problem((*where, name), f"{name} phải là một trong {words}")
        for name in ("amount", "ceiling"):
            value = row.get(name)
            if value is not None and (type(value) is not int or value < 1):
                yield Problem((*where, name), f"{name} phải là số đồng nguyên, hoặc để trống")
        if row.get("percent") is not None and not _is_share(row["percent"]):
            yield Problem((*where, "percent"), "percent phải từ 0 đến 100, đặt trong dấu nháy")
    yield from (Problem((*place, *problem.place), problem.reason) for problem in found)


def _is_share(value: Any) -> bool:
    try:
        return isinstance(value, str) and 0 <= Decimal(value) <= 100
    except InvalidOperation:
        return False
