"""What a column of a sheet holds, in both directions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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


class Lookup:
    """From what a person types to a stored value, without regard to marks, case and spaces.

    `pairs` are (label, value); one value may have several labels (a name and a code).
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]], *, what: str = "danh mục") -> None:
        self.what = what
        self._exact: dict[str, set[Any]] = {}
        self._folded: dict[str, set[Any]] = {}
        self.labels: list[str] = []
        for label, value in pairs:
            self.labels.append(label)
            self._exact.setdefault(nfc(label).strip().lower(), set()).add(value)
            self._folded.setdefault(fold(label), set()).add(value)

    def find(self, typed: str) -> Any:
        """The value; exact spelling first. Raises ValueError (Vietnamese) when unknown or ambiguous."""
        found = self._exact.get(nfc(typed).strip().lower()) or self._folded.get(fold(typed))
        if not found:
            raise ValueError(f"“{typed}” không có trong {self.what}")
        if len(found) > 1:
            raise ValueError(f"“{typed}” chỉ nhiều mục trong {self.what}; hãy ghi mã hoặc tên đầy đủ")
        return next(iter(found))


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


def _heading(text: str) -> str:
    return fold(text).replace("*", "").strip(" :.")


def heading(text: Any) -> str:
    """A heading cell as it is compared: folded, without the star of required columns."""
    return _heading(str(text)) if text not in (None, "") else ""
