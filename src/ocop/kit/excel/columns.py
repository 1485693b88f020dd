"""What a column of a sheet holds, in both directions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from ocop.kit.text import fold, nfc


class Kind(StrEnum):
    """How a cell is read, checked, written and shown."""

    TEXT = "text"
    CODE = "code"  # digits that are no number: kept as text, leading zeros stay
    PHONE = "phone"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    CHOICE = "choice"


SUGGESTED = 100
"""How many different unknown names of one sheet get a suggestion: each costs a look at every label."""


class Lookup:
    """From what a person types to a stored value, without regard to marks, case and spaces.

    `pairs` are (label, value); one value may have several labels (a name and a code). An unknown name is answered with
    the nearest label: "Ý bạn là “Xã Phúc Trạch”?". A subclass may know more (`otherwise`).
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]], *, what: str = "danh mục") -> None:
        self.what = what
        self._exact: dict[str, set[Any]] = {}
        self._folded: dict[str, set[Any]] = {}
        self._near: dict[str, str] = {}
        self.labels: list[str] = []
        for label, value in pairs:
            self.labels.append(label)
            self._exact.setdefault(nfc(label).strip().lower(), set()).add(value)
            self._folded.setdefault(fold(label), set()).add(value)

    def find(self, typed: str) -> Any:
        """The value; exact spelling first. Raises ValueError (Vietnamese) when unknown or ambiguous."""
        found = self._exact.get(nfc(typed).strip().lower()) or self._folded.get(fold(typed))
        if not found:
            raise ValueError(self.otherwise(typed))
        if len(found) > 1:
            raise ValueError(f"“{typed}” chỉ nhiều mục trong {self.what}; hãy ghi mã hoặc tên đầy đủ")
        return next(iter(found))

    def otherwise(self, typed: str) -> str:
        """What is said of a name that is not there."""
        return f"“{typed}” không có trong {self.what}{self.suggestion(typed)}"

    def suggestion(self, typed: str) -> str:
        """ ". Ý bạn là “...”?" with the label most like what was typed; empty when none is like it."""
        words = fold(typed)
        if words not in self._near:
            if len(self._near) >= SUGGESTED:
                return ""
            self._near[words] = self._nearest(words)
        near = self._near[words]
        return f". Ý bạn là “{near}”?" if near else ""

    def _nearest(self, words: str) -> str:
        labels = {fold(label): label for label in reversed(self.labels)}
        close = self.close_to(words, labels)
        return labels[close] if close else ""

    @staticmethod
    def close_to(words: str, among: Iterable[str]) -> str:
        """The one of these folded texts that is most like the words; empty when none is."""
        return next(iter(get_close_matches(words, list(among), n=1, cutoff=0.6)), "")


@dataclass(frozen=True)
class Column:
    """One column. `key` names the value in a read row, `label` heads the column.

    `lookup` is needed by `Kind.CHOICE` when reading; `validators` are Django validators run on the read value;
    `example` and `hint` appear in the template; `total` sums the column in an export; `width` in characters.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    max_length: int | None = None
    lookup: Lookup | None = None
    validators: tuple[Callable[[Any], None], ...] = ()
    aliases: tuple[str, ...] = ()
    hint: str = ""
    example: str = ""
    total: bool = False
    width: int = 0
    places: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Folded headings under which the column is recognised."""
        return [_heading(text) for text in (self.label, *self.aliases)]


_UNIT = re.compile(r"\s*\(([^()]*)\)$")


def _heading(text: str) -> str:
    return fold(text).replace("*", "").strip(" :.")


def heading(text: Any) -> str:
    """A heading cell as it is compared: folded, without the star of required columns."""
    return _heading(str(text)) if text not in (None, "") else ""


def bare(head: str) -> str:
    """A heading without the unit of measure behind it: "so tien (dong)" is "so tien"."""
    return _UNIT.sub("", head)


def multiplied(head: str) -> str:
    """The unit of a heading that says its amounts are not đồng ("trieu dong"); empty for every other heading."""
    found = _UNIT.search(head)
    unit = found[1] if found else ""
    return unit if re.match(r"(1\.?000|nghin|ngan|trieu|ty|ti)\b", unit) else ""
