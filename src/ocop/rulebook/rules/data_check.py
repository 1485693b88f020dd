"""Checks of a file of procedures or of settings before it is loaded: shape, dates, references, values."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from ocop.rulebook.enums import DayUnit, LastDay, Level, OnReturn, RoundStep
from ocop.rulebook.rules.book_check import Place, Problem
from ocop.rulebook.rules.settings import BY_KEY

PROCEDURE_KEYS = {"key", "name", "book", "valid_from", "flow_key", "levels", "decides"}
PROCEDURE_MAY = PROCEDURE_KEYS | {"instrument", "valid_to", "source", "note", "deadlines"}
DEADLINE_KEYS = {"key", "name", "level"}
DEADLINE_MAY = DEADLINE_KEYS | {
    "start_event", "length", "unit", "on_return", "last_day", "round", "step", "before", "article", "note",
}  # fmt: skip
SETTING_KEYS = {"key", "value", "valid_from", "source", "confirmed"}
SETTING_MAY = SETTING_KEYS | {"valid_to", "province"}
CHOICES = {
    "level": Level.values, "unit": DayUnit.values, "on_return": OnReturn.values, "last_day": LastDay.values,
    "step": RoundStep.values,
}  # fmt: skip


def procedure_problems(
    document: Any, books: Collection[str], instruments: Collection[str] | None
) -> list[Problem]:
    """Everything wrong with a file of procedures; `books` and `instruments` may be named (None: any)."""
    found: list[Problem] = []
    seen: set[Any] = set()
    for place, row in each_row(document, "procedures", PROCEDURE_KEYS, PROCEDURE_MAY, found):
        found += term_problems(place, row)
        if row["key"] in seen:
            found.append(Problem((*place, "key"), f"quy trình {row['key']} bị lặp"))
        seen.add(row["key"])
        if row["book"] not in books:
            found.append(Problem((*place, "book"), f"không có bộ {row['book']}"))
        if instruments is not None and row.get("instrument") and row["instrument"] not in instruments:
            found.append(Problem((*place, "instrument"), f"không có văn bản {row['instrument']}"))
        if not isinstance(row["levels"], list) or not set(row["levels"]) <= set(Level.values):
            found.append(Problem((*place, "levels"), f"levels gồm các cấp: {', '.join(Level.values)}"))
        elif not isinstance(row["decides"], dict) or not set(row["decides"].values()) <= set(row["levels"]):
            found.append(
                Problem((*place, "decides"), "decides: mỗi hạng sao do một cấp trong levels quyết định")
            )
        found += _deadline_problems(place, row.get("deadlines"))
    return found


def _deadline_problems(place: Place, rows: Any) -> Iterator[Problem]:
    found: list[Problem] = []
    seen: set[Any] = set()
    document = {"deadlines": rows or []}
    for inner, row in each_row(document, "deadlines", DEADLINE_KEYS, DEADLINE_MAY, found):
        where = (*place, *inner)
        if row["key"] in seen:
            yield Problem((*where, "key"), f"thời hạn {row['key']} bị lặp")
        seen.add(row["key"])
        for name, values in CHOICES.items():
            if row.get(name) and row[name] not in values:
                yield Problem((*where, name), f"{name} phải là một trong {', '.join(values)}")
        length = row.get("length")
        if length is not None and (type(length) is not int or length < 1):
            yield Problem((*where, "length"), "length phải là số nguyên từ 1")
        if (length is None) == (row.get("before") is None):
            yield Problem(where, "mỗi thời hạn có hoặc length (số ngày) hoặc before (ngày/tháng)")
    yield from (Problem((*place, *problem.place), problem.reason) for problem in found)


def setting_problems(document: Any, provinces: Collection[str]) -> list[Problem]:
    """Everything wrong with a file of dated settings; `provinces` are the codes that may be named."""
    found: list[Problem] = []
    seen: set[tuple[Any, ...]] = set()
    for place, row in each_row(document, "settings", SETTING_KEYS, SETTING_MAY, found):
        found += term_problems(place, row)
        known = BY_KEY.get(row["key"]) if isinstance(row["key"], str) else None
        if known is None:
            found.append(Problem(place, f"không có thiết lập {row['key']}"))
            continue
        try:
            known.read(row["value"])
        except ValueError as error:
            found.append(Problem(place, str(error)))
        if not isinstance(row["confirmed"], bool):
            found.append(Problem((*place, "confirmed"), "confirmed phải là true hoặc false"))
        if not isinstance(row["source"], str) or not row["source"].strip():
            found.append(Problem((*place, "source"), "source phải ghi số, ngày của văn bản hoặc biên bản"))
        province = row.get("province", "")
        if province and province not in provinces:
            found.append(
                Problem((*place, "province"), f"không có tỉnh mã {province} (mã đặt trong dấu nháy)")
            )
        start = (row["key"], province, row["valid_from"])
        if start in seen:
            found.append(Problem(place, f"{row['key']} từ {row['valid_from']} bị lặp"))
        seen.add(start)
    return found


def each_row(
    document: Any, key: str, needed: set[str], may: set[str], found: list[Problem]
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each row of the list that has what it needs; what is wrong with the others is put into `found`."""
    rows = document.get(key) if isinstance(document, dict) else None
    if not isinstance(rows, list):
        found.append(Problem((), f"thiếu danh sách {key}"))
        return
    for index, row in enumerate(rows):
        place: Place = (key, index)
        if not isinstance(row, dict):
            found.append(Problem(place, "phải là một mục có các khóa"))
        elif lacking := needed - set(row):
            found.append(Problem(place, f"thiếu: {', '.join(sorted(lacking))}"))
        else:
            if unknown := set(map(str, row)) - may:
                found.append(Problem(place, f"khóa không rõ: {', '.join(sorted(unknown))}"))
            yield place, row


def term_problems(place: Place, row: dict[str, Any]) -> list[Problem]:
    """Days are texts, so that they are read alike everywhere; the last is not before the first."""
    days, found = {}, []
    for name in ("valid_from", "valid_to"):
        value = row.get(name)
        if value is None and name == "valid_to":
            continue
        try:
            days[name] = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            found.append(Problem((*place, name), f"{name} phải là ngày trong dấu nháy, dạng '2026-05-22'"))
    if len(days) == 2 and days["valid_to"] < days["valid_from"]:
        found.append(Problem((*place, "valid_to"), "hết hiệu lực trước khi có hiệu lực"))
    return found
