"""A checklist and its answers: what is missing, what was found, when two phones disagree."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ocop.kit.errors import BadData
from ocop.quality.enums import Area, Verdict


@dataclass(frozen=True)
class Asked:
    """A question of a checklist."""

    code: str
    area: str
    text: str
    help: str = ""
    basis: str = ""


def chosen(questions: Iterable[Asked], areas: Collection[str]) -> list[Asked]:
    """The questions of those areas, all of them when no area is named."""
    return [one for one in questions if not areas or one.area in areas]


def unanswered(questions: Iterable[Asked], answers: Mapping[str, str]) -> list[Asked]:
    """Questions without an answer yet."""
    return [one for one in questions if not answers.get(one.code)]


def failed(questions: Iterable[Asked], answers: Mapping[str, str]) -> list[Asked]:
    """Questions answered with "no": what the minutes list as findings."""
    return [one for one in questions if answers.get(one.code) == Verdict.NO]


@dataclass(frozen=True)
class Sent:
    """An answer that comes from a phone: on which state of the row it was given, and by whom."""

    base: int
    value: str
    note: str
    by: int


@dataclass(frozen=True)
class Held:
    """The answer that the office holds."""

    version: int
    value: str
    note: str
    by: int | None


def conflicts(sent: Sent, held: Held | None) -> bool:
    """Whether a sent answer would silently undo what somebody else wrote meanwhile.

    The same words are no conflict, nor is a later word of the same person: one person's phone and tablet go by the
    order in which they come.
    """
    if held is None or held.version == sent.base:
        return False
    if (held.value, held.note) == (sent.value, sent.note):
        return False
    return held.by != sent.by


def parse(entries: object, where: str) -> list[Asked]:
    """The questions of a data file; raises BadData naming every fault."""
    if not isinstance(entries, list) or not entries:
        raise BadData(f"{where}: phải có danh sách câu hỏi (questions).")
    faults, seen, found = [], set(), []
    for place, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            faults.append(f"câu {place}: phải có code, area, text")
            continue
        code, area, text = (str(entry.get(name) or "") for name in ("code", "area", "text"))
        if not code or len(code) > 20 or code in seen:
            faults.append(f"câu {place}: code trống, dài quá 20 ký tự hoặc bị lặp ({code!r})")
        if area not in Area.values:
            faults.append(f"câu {place}: area {area!r} phải là một trong {', '.join(Area.values)}")
        if not text:
            faults.append(f"câu {place}: thiếu text")
        seen.add(code)
        found.append(Asked(code, area, text, str(entry.get("help") or ""), str(entry.get("basis") or "")))
    if faults:
        raise BadData("\n".join(f"{where}: {fault}" for fault in faults))
    return found
