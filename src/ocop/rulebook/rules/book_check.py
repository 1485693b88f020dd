"""Checks of a criteria book before it is loaded: shape, sums, levels, references, minimums.

Appendix II of the decisions: A 40 + B 25 + C 35 = 100; each head the sum of its criteria; each
criterion's highest level its maximum. What the printed source itself breaks stands in the book's
`exceptions`, one by one.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from ocop.rulebook.rules.sheet import SECTION_POINTS, STARS_WITH_MINIMUMS

Place = tuple[Hashable, ...]

_LEVEL_KEYS = {"points", "text", "case", "min_star", "implied", "doubtful"}
_CRITERION_KEYS = {"code", "name", "max", "levels", "notes", "cases", "parent", "min_star", "min_points"}
_NOTE_TYPES = {"info", "requirement", "condition", "evidence", "disqualifier"}
_STATUSES = {"confirmed", "partial"}
_WORDINGS = {"official", "shortened"}


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `place` is the path of keys and positions into the document."""

    place: Place
    reason: str


@dataclass
class _Check:
    found: list[Problem] = field(default_factory=list)
    exceptions: dict[tuple[Any, str, str], list[int]] = field(default_factory=dict)
    used: set[tuple[Any, str, str]] = field(default_factory=set)

    def say(self, place: Place, reason: str) -> None:
        self.found.append(Problem(place, reason))

    def has(self, data: Any, place: Place, key: str, kind: type | tuple[type, ...]) -> bool:
        """True when the key is there with a value of that kind; booleans are no integers here."""
        if not isinstance(data, dict):
            self.say(place, "phải là một mục có các khóa")
            return False
        value = data.get(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            self.say((*place, key), f"thiếu hoặc sai kiểu: {key}")
            return False
        if isinstance(value, str) and not value.strip():
            self.say((*place, key), f"để trống: {key}")
            return False
        return True

    def excused(self, set_number: Any, check: str, where: str, values: list[int]) -> bool:
        """True when exactly this irregularity is listed in the book's exceptions."""
        key = (set_number, check, where)
        if self.exceptions.get(key) == values:
            self.used.add(key)
            return True
        return False


def book_problems(document: Any, group_codes: Collection[str]) -> list[Problem]:
    """Everything wrong with a book, in file order as far as it can be read; empty when it may be loaded."""
    check = _Check()
    if not isinstance(document, dict):
        return [Problem((), "tệp phải có các khóa slug, decision, groups...")]
    for key in ("slug", "decision", "title", "effective_from", "source"):
        check.has(document, (), key, str)
    for key in ("effective_from", "effective_to"):
        _day(check, document, key)
    if document.get("wording") not in _WORDINGS:
        check.say(("wording",), "wording phải là official hoặc shortened")
    if (
        check.has(document, (), "certificate_validity_months", int)
        and document["certificate_validity_months"] < 1
    ):
        check.say(("certificate_validity_months",), "thời hạn giấy chứng nhận phải từ 1 tháng")
    _bands(check, document)
    _read_exceptions(check, document)
    numbers: Counter[Any] = Counter()
    for place, data in _sets(check, document, group_codes):
        number = data.get("number") if isinstance(data, dict) else None
        numbers[number] += 1
        if numbers[number] > 1:
            check.say((*place, "number"), f"số thứ tự bộ bị lặp: {number}")
        _set(check, data, place)
    if not numbers:
        check.say(("groups",), "không có bộ tiêu chí nào")
    for index, one in enumerate(document.get("exceptions") or []):
        excuse = _exception_key(one)
        if excuse is not None and excuse not in check.used:
            check.say(("exceptions", index), "ngoại lệ không khớp với chỗ nào trong tệp")
    return check.found


def _day(check: _Check, document: dict, key: str) -> None:
    value = document.get(key)
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        check.say((key,), f"ngày không hợp lệ: {key}")


def _bands(check: _Check, document: dict) -> None:
    if not check.has(document, (), "star_bands", list):
        return
    rows = document["star_bands"]
    for index, row in enumerate(rows):
        if not (
            check.has(row, ("star_bands", index), "star", int)
            and check.has(row, ("star_bands", index), "min", int)
        ):
            return
    starts = [row["min"] for row in rows]
    if [row["star"] for row in rows] != [5, 4, 3, 2, 1]:
        check.say(("star_bands",), "khoảng điểm phải xếp từ 5 sao xuống 1 sao")
    if starts != sorted(set(starts), reverse=True) or not starts or starts[-1] != 0 or starts[0] > 100:
        check.say(("star_bands",), "điểm đầu khoảng phải giảm dần và kết thúc ở 0")


def _exception_key(one: Any) -> tuple[Any, str, str] | None:
    if not isinstance(one, dict) or not {"set", "check", "where", "values", "reason"} <= set(one):
        return None
    return (one["set"], str(one["check"]), str(one["where"]))


def _read_exceptions(check: _Check, document: dict) -> None:
    for index, one in enumerate(document.get("exceptions") or []):
        key = _exception_key(one)
        if key is None:
            check.say(("exceptions", index), "ngoại lệ phải có set, check, where, values, reason")
        else:
            check.exceptions[key] = one["values"]


def _sets(check: _Check, document: dict, group_codes: Collection[str]) -> Iterator[tuple[Place, Any]]:
    if not check.has(document, (), "groups", list):
        return
    for g, group in enumerate(document["groups"]):
        place: Place = ("groups", g)
        if not (check.has(group, place, "code", str) and check.has(group, place, "subgroups", list)):
            continue
        if group["code"] not in group_codes:
            check.say((*place, "code"), f"không có nhóm sản phẩm {group['code']}")
        for s, subgroup in enumerate(group["subgroups"]):
            inner = (*place, "subgroups", s)
            ok = check.has(subgroup, inner, "code", str) and check.has(subgroup, inner, "name", str)
            if ok and check.has(subgroup, inner, "sets", list):
                for n, data in enumerate(subgroup["sets"]):
                    yield (*inner, "sets", n), data


def _set(check: _Check, data: Any, place: Place) -> None:
    ok = check.has(data, place, "number", int) and check.has(data, place, "name", str)
    ok = ok and check.has(data, place, "code", str) and check.has(data, place, "sections", list)
    ok = ok and check.has(data, place, "minimums", dict)
    if not ok:
        return
    if data.get("status") not in _STATUSES:
        check.say((*place, "status"), "status phải là confirmed hoặc partial")
    number = data["number"]
    sections = data["sections"]
    if [section.get("code") for section in sections if isinstance(section, dict)] != list(SECTION_POINTS):
        check.say((*place, "sections"), f"bộ {number}: phải có đúng ba phần A, B, C")
        return
    _head_numbers(check, number, sections, place)
    derived: dict[int, list[str]] = {star: [] for star in STARS_WITH_MINIMUMS}
    codes: set[str] = set()
    cases: dict[frozenset, str] = {}
    for index, section in enumerate(sections):
        _section(check, number, section, (*place, "sections", index), derived, codes, cases)
    if len(cases) > 1:
        check.say((*place, "sections"), f"bộ {number}: các tiêu chí có những trường hợp khác nhau")
    _minimums(check, number, data["minimums"], (*place, "minimums"), derived, codes)


def _head_numbers(check: _Check, number: int, sections: list[dict], place: Place) -> None:
    expected = 0
    for s, section in enumerate(sections):
        heads = section.get("heads")
        for h, head in enumerate(heads if isinstance(heads, list) else []):
            expected += 1
            if isinstance(head, dict) and head.get("number") != expected:
                where = (*place, "sections", s, "heads", h, "number")
                check.say(where, f"bộ {number}: mục này phải là mục {expected}")
                return


def _section(
    check: _Check, number: int, section: dict, place: Place, derived: dict, codes: set[str], cases: dict
) -> None:
    ok = check.has(section, place, "name", str) and check.has(section, place, "max", int)
    if not (ok and check.has(section, place, "heads", list)):
        return
    code = section["code"]
    if section["max"] != SECTION_POINTS[code]:
        check.say(
            (*place, "max"),
            f"bộ {number}, phần {code}: phải là {SECTION_POINTS[code]} điểm, ghi {section['max']}",
        )
    total = 0
    for index, head in enumerate(section["heads"]):
        total += _head(check, number, head, (*place, "heads", index), derived, codes, cases)
    if total != section["max"] and not check.excused(number, "section", code, [section["max"], total]):
        check.say(place, f"bộ {number}, phần {code}: ghi {section['max']} điểm, các mục cộng được {total}")


def _head(
    check: _Check, number: int, head: Any, place: Place, derived: dict, codes: set[str], cases: dict
) -> int:
    ok = check.has(head, place, "number", int) and check.has(head, place, "name", str)
    ok = ok and check.has(head, place, "max", int) and check.has(head, place, "criteria", list)
    if not ok:
        return 0
    _notes(check, head, place)
    total = 0
    parents: dict[tuple[str, int], int] = {}
    for index, criterion in enumerate(head["criteria"]):
        inner = (*place, "criteria", index)
        points = _criterion(check, number, criterion, inner, derived, codes, cases)
        total += points
        parent = criterion.get("parent") if isinstance(criterion, dict) else None
        if isinstance(parent, dict) and check.has(parent, (*inner, "parent"), "max", int):
            key = (str(parent.get("code")), parent["max"])
            parents[key] = parents.get(key, 0) + points
    for (code, stated), got in parents.items():
        if stated != got:
            check.say(place, f"bộ {number}, tiêu chí {code}: ghi {stated} điểm, các ý cộng được {got}")
    if total != head["max"] and not check.excused(number, "head", str(head["number"]), [head["max"], total]):
        check.say(
            place,
            f"bộ {number}, mục {head['number']}: ghi {head['max']} điểm, các tiêu chí cộng được {total}",
        )
    return total


def _notes(check: _Check, data: dict, place: Place) -> None:
    for index, note in enumerate(data.get("notes") or []):
        where = (*place, "notes", index)
        if check.has(note, where, "text", str) and note.get("type") not in _NOTE_TYPES:
            check.say(where, f"loại ghi chú không rõ: {note.get('type')}")


def _criterion(
    check: _Check, number: int, data: Any, place: Place, derived: dict, codes: set[str], cases: dict
) -> int:
    ok = check.has(data, place, "code", str) and check.has(data, place, "name", str)
    ok = ok and check.has(data, place, "max", int) and check.has(data, place, "levels", list)
    if not ok:
        return 0
    code, name = data["code"], f"bộ {number}, tiêu chí {data['code']}"
    if unknown := set(data) - _CRITERION_KEYS:
        check.say(place, f"{name}: khóa không rõ {', '.join(sorted(map(str, unknown)))}")
    if code in codes:
        check.say((*place, "code"), f"{name}: mã tiêu chí bị lặp")
    codes.add(code)
    _notes(check, data, place)
    wanted = data.get("cases") or {}
    if wanted:
        cases[frozenset(wanted)] = code
    by_case: dict[int | None, list[dict]] = {case: [] for case in wanted} or {None: []}
    for index, level in enumerate(data["levels"]):
        if _level(check, name, level, (*place, "levels", index)):
            if level.get("case") in by_case:
                by_case[level.get("case")].append(level)
            else:
                check.say((*place, "levels", index), f"{name}: trường hợp không rõ {level.get('case')}")
    for rows in by_case.values():
        _levels(check, number, data, rows, place, derived)
    if data.get("min_star"):
        points = data.get("min_points")
        if data["min_star"] not in derived or not isinstance(points, int) or not 1 <= points <= data["max"]:
            check.say(place, f"{name}: min_star, min_points không hợp lệ")
        else:
            derived[data["min_star"]].append(f"{code}>={points}")
    return data["max"]


def _level(check: _Check, name: str, level: Any, place: Place) -> bool:
    if not (check.has(level, place, "points", int) and check.has(level, place, "text", str)):
        return False
    if unknown := set(level) - _LEVEL_KEYS:
        check.say(place, f"{name}: khóa không rõ {', '.join(sorted(map(str, unknown)))}")
    if level["points"] < 0:
        check.say(place, f"{name}: điểm âm")
    star = level.get("min_star")
    if star is not None and (star not in STARS_WITH_MINIMUMS or level["points"] < 1):
        check.say(place, f"{name}: dấu sao {star} không hợp lệ")
        return False
    return True


def _levels(check: _Check, number: int, data: dict, rows: list[dict], place: Place, derived: dict) -> None:
    name = f"bộ {number}, tiêu chí {data['code']}"
    points = [row["points"] for row in rows]
    if not points:
        check.say(place, f"{name}: không có mức nào")
        return
    rising = all(low < high for low, high in pairwise(points))
    if not rising and not check.excused(number, "rising", data["code"], points):
        check.say((*place, "levels"), f"{name}: điểm các mức phải tăng dần, ghi {points}")
    if max(points) != data["max"]:
        check.say((*place, "max"), f"{name}: tối đa {data['max']} nhưng mức cao nhất {max(points)}")
    stars = [row["min_star"] for row in rows if row.get("min_star")]
    if stars != sorted(set(stars)):
        check.say((*place, "levels"), f"{name}: dấu sao phải tăng theo mức và không lặp")
    for row in rows:
        mark = f"{data['code']}>={row['points']}"
        if row.get("min_star") and mark not in derived[row["min_star"]]:
            derived[row["min_star"]].append(mark)


def _minimums(
    check: _Check, number: int, stated: dict, place: Place, derived: dict[int, list[str]], codes: set[str]
) -> None:
    if set(stated) != set(STARS_WITH_MINIMUMS) or not all(isinstance(rows, list) for rows in stated.values()):
        check.say(place, f"bộ {number}: minimums phải có ba danh sách 3, 4, 5")
        return
    for star, rows in stated.items():
        for index, row in enumerate(rows):
            if str(row).split(">=")[0] not in codes:
                check.say(
                    (*place, star, index), f"bộ {number}: mức tối thiểu {row} không trỏ tới tiêu chí nào"
                )
        if sorted(map(str, rows)) != sorted(derived[star]):
            extra = sorted(set(map(str, rows)) ^ set(derived[star]))
            check.say(
                (*place, star),
                f"bộ {number}: mức tối thiểu {star} sao không khớp dấu sao ở các mức: {', '.join(extra)}",
            )
