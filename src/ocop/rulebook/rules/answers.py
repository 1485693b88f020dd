"""Answers that come from outside (the JSON API): every fault with its field and a Vietnamese message."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from ocop.rulebook.rules.sheet import Sheet

_LONGEST_NAME = 40


class Fault(NamedTuple):
    """What is wrong with one field of a request."""

    field: str
    message: str


def is_integer(value: Any) -> TypeGuard[int]:
    """True for a whole number; a boolean and 1.0 are none."""
    return type(value) is int


def case_faults(sheet: Sheet, case: Any) -> Iterator[Fault]:
    """Faults of the case: required for a set with cases, ignored for the others."""
    known = [one.number for one in sheet.cases]
    if known and (not is_integer(case) or case not in known):
        names = "; ".join(f"{one.number} = {one.label}" for one in sheet.cases)
        yield Fault("case", f"Bộ {sheet.number} cần chọn trường hợp: {names}.")


def level_faults(sheet: Sheet | None, levels: Any, case: Any) -> Iterator[Fault]:
    """Faults of the levels, in the order given; without a sheet only what needs none is looked at."""
    if not isinstance(levels, Mapping):
        yield Fault("levels", "Cần một đối tượng JSON: mã tiêu chí và thứ tự của mức đạt.")
        return
    known = [one.number for one in sheet.cases] if sheet else []
    rows = {}
    if sheet and (not known or (is_integer(case) and case in known)):
        rows = {row.code: row.answers for row in sheet.rows(case)}
    for code, place in levels.items():
        field = f"levels.{code[:_LONGEST_NAME]}"
        if sheet and code not in sheet.by_code:
            yield Fault(field, f"Bộ {sheet.number} không có tiêu chí này.")
        elif not is_integer(place):
            yield Fault(field, "Mức đạt phải là số nguyên: thứ tự của mức, hoặc 0 nếu không đạt mức nào.")
        elif code in rows and place not in rows[code]:
            yield Fault(field, f"Mức đạt phải từ 0 đến {max(filter(None, rows[code]))}.")
