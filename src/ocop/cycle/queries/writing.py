"""How far an idea or a plan is written: its screens, what is open, where to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ocop.cycle.models import BusinessPlan, Idea
from ocop.cycle.queries.facts import values_of
from ocop.cycle.rules.screens import Screen, missing_in


@dataclass(frozen=True)
class Part:
    """A line of the overview: a screen, done or not, in words, and its address."""

    screen: Screen
    url: str
    done: bool
    note: str

    @property
    def label(self) -> str:
        """What the screen is about."""
        return self.screen.title


def _lines(row: Any, part: str) -> int:
    return {
        "files": lambda: row.files,
        "milestones": lambda: row.milestones,
        "supports": lambda: row.supports,
    }[part]().count()


def parts_of(
    row: Idea | BusinessPlan, screens: tuple[Screen, ...], address: Callable[[Screen], str]
) -> list[Part]:
    """The screens with what is open on each."""
    found = []
    for screen in screens:
        if screen.part:
            count = _lines(row, screen.part)
            needed = screen.part == "milestones" and not count
            note = f"{count} mục" if count else "cần ít nhất một việc" if needed else "không bắt buộc"
            found.append(Part(screen, address(screen), bool(count), note))
            continue
        open_ = missing_in(screen, values_of(row, screen))
        found.append(Part(screen, address(screen), not open_, f"còn {open_} câu" if open_ else "xong"))
    return found


def resume_at(parts: list[Part]) -> Part | None:
    """The first screen with something open that must be answered; None when it may be sent."""
    return next((part for part in parts if part.note.startswith(("còn", "cần"))), None)
