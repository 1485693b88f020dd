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


Layout = list[dict[str, Any]]
"""A stored layout: a mapping per section, as `read` takes it."""


def _place(layout: Layout, key: str) -> int:
    """Where a section stands. Raises KeyError for one that is not there."""
    for place, one in enumerate(layout):
        if one["key"] == key:
            return place
    raise KeyError(key)


def _moved(things: Sequence[Any], place: int, step: int) -> list[Any]:
    """The same things, one of them a step up (-1) or down (+1); at the edge it stays."""
    found, target = list(things), place + step
    if 0 <= target < len(found):
        found.insert(target, found.pop(place))
    return found


def add_section(layout: Layout, *, title: str, kind: str) -> Layout:
    """With a new section at the end; its key is one that no section has."""
    keys = {one["key"] for one in layout}
    key = next(name for name in (f"phan-{number}" for number in range(1, len(keys) + 2)) if name not in keys)
    return [*layout, {"key": key, "title": title, "kind": kind}]


def change_section(layout: Layout, key: str, **values: Any) -> Layout:
    """With other words for a section: title, help, required. Raises KeyError for one that is not there."""
    place = _place(layout, key)
    return [*layout[:place], {**layout[place], **values}, *layout[place + 1 :]]


def remove_section(layout: Layout, key: str) -> Layout:
    """Without a section. Raises KeyError."""
    place = _place(layout, key)
    return [*layout[:place], *layout[place + 1 :]]


def move_section(layout: Layout, key: str, step: int) -> Layout:
    """With a section a step up or down. Raises KeyError."""
    return _moved(layout, _place(layout, key), step)


def _with_figures(layout: Layout, key: str, figures: Sequence[str]) -> Layout:
    return change_section(layout, key, indicators=list(figures))


def add_figure(layout: Layout, key: str, indicator: str) -> Layout:
    """With a figure at the end of a table. Raises KeyError for no such section."""
    return _with_figures(layout, key, [*layout[_place(layout, key)].get("indicators", ()), indicator])


def remove_figure(layout: Layout, key: str, indicator: str) -> Layout:
    """Without a figure of a table. Raises KeyError for no such section."""
    kept = [one for one in layout[_place(layout, key)].get("indicators", ()) if one != indicator]
    return _with_figures(layout, key, kept)


def move_figure(layout: Layout, key: str, indicator: str, step: int) -> Layout:
    """With a figure a step up or down in its table. Raises KeyError for no such section or figure."""
    figures = list(layout[_place(layout, key)].get("indicators", ()))
    if indicator not in figures:
        raise KeyError(indicator)
    return _with_figures(layout, key, _moved(figures, figures.index(indicator), step))
