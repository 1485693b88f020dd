"""Units in a sheet: named by their old or new names, inside the reach of whoever imports."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ocop.kit.excel import Lookup
from ocop.kit.text import fold
from ocop.units.models import Unit
from ocop.units.queries import NotInForce, find_units

KINDS = ("xa ", "phuong ", "thi tran ", "huyen ", "thi xa ", "thanh pho ", "tinh ")


class UnitLookup(Lookup):
    """Answers the id of a unit of the day for a name of any time.

    `reach` holds the ids of the units that the person may write of; a unit outside it is named and refused, an unknown
    name is answered with the nearest in reach. Each name of a sheet is looked up once, however many rows bear it.
    """

    def __init__(
        self, reach: Iterable[int], day: date, *, levels: Iterable[str] = (), what: str = "đơn vị"
    ) -> None:
        self.reach, self.day, self.levels = set(reach), day, tuple(levels)
        rows = Unit.objects.valid_on(day)
        rows = rows.filter(level__in=self.levels) if self.levels else rows
        units = [unit for unit in rows.order_by("name", "pk") if unit.pk in self.reach]
        super().__init__(((unit.title, unit.pk) for unit in units), what=what)
        self._known: dict[str, int | str] = {}

    def find(self, typed: str) -> Any:
        key = fold(typed)
        if key not in self._known:
            self._known[key] = self._look_up(typed)
        found = self._known[key]
        if isinstance(found, str):
            raise ValueError(found)
        return found

    def _look_up(self, typed: str) -> int | str:
        """The id, or the sentence that says why not; a full name in reach costs no query."""
        own_title = self._folded.get(fold(typed), set())
        if len(own_title) == 1:
            return int(next(iter(own_title)))
        try:
            found = find_units(typed, self.day, levels=self.levels, current_only=True)
        except NotInForce:  # the province served is not held for that day: nothing beside the reach is known
            found = []
        if len(found) > 1:
            own = [answer for answer in found if answer.unit.pk in self.reach]
            same = [
                answer for answer in found if fold(typed) in (fold(answer.unit.name), fold(answer.unit.title))
            ]
            found = own if len(own) == 1 else same if len(same) == 1 else found
        if len(found) > 1:
            names = ", ".join(answer.name for answer in found[:4])
            return f"“{typed}” chỉ nhiều nơi. Ý bạn là: {names}?"
        if not found:
            return f"không có “{typed}”{self.suggestion(typed) or '.'}"
        unit = found[0].unit
        return unit.pk if unit.pk in self.reach else f"{unit.title} không thuộc địa bàn bạn phụ trách"

    def _nearest(self, words: str) -> str:
        """The nearest by the bare name: "Phúc Trach1" is like "Phúc Trạch", whatever stands in front of it."""
        names = {_bare(fold(label)): label for label in reversed(self.labels)}
        close = self.close_to(_bare(words), names)
        return names[close] if close else ""


def _bare(words: str) -> str:
    """A folded name without the kind of unit in front."""
    for kind in KINDS:
        words = words.removeprefix(kind)
    return words
