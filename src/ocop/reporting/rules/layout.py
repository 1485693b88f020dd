"""The layout of a report form: sections of figures, words and files, checked before it is published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("figures", "text", "files")


@dataclass(frozen=True)
class Section:
    """A section of a form. `indicators` are the keys of a table of figures, `help` what to write."""

    key: str
    title: str
    kind: str
    indicators: tuple[str, ...] = ()
    help: str = ""
    required: bool = False


def read(layout: Sequence[Mapping[str, Any]]) -> list[Section]:
    """The sections of a stored layout, in order."""
    return [
        Section(
            key=str(one["key"]), title=str(one["title"]), kind=str(one["kind"]),
            indicators=tuple(one.get("indicators", ())), help=str(one.get("help", "")),
            required=bool(one.get("required", False)),
        )
        for one in layout
    ]  # fmt: skip


def problems(sections: Sequence[Section], known: Collection[str]) -> list[str]:
    """Vietnamese sentences against a layout: nothing in it, a key twice, a table without rows, an unknown figure."""
    found = []
    if not sections:
        found.append("Mẫu phải có ít nhất một phần.")
    keys = [section.key for section in sections]
    found += [f"Phần “{key}” có hai lần." for key in sorted({key for key in keys if keys.count(key) > 1})]
    for section in sections:
        if not section.title.strip():
            found.append("Mỗi phần phải có tên.")
        if section.kind not in KINDS:
            found.append(f"Phần “{section.title}”: không rõ loại.")
        if section.kind == "figures" and not section.indicators:
            found.append(f"Phần “{section.title}”: chưa chọn chỉ tiêu nào.")
        unknown = [key for key in section.indicators if key not in known]
        found += [f"Phần “{section.title}”: không có chỉ tiêu “{key}”." for key in unknown]
    named = [key for section in sections for key in section.indicators]
    found += [
        f"Chỉ tiêu “{key}” có hai lần." for key in sorted({key for key in named if named.count(key) > 1})
    ]
    return found
