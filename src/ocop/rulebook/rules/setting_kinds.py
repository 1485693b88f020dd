"""What a dated setting is: its kind, its limits, and how a stored value is read."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

Kind = Literal["integer", "decimal", "boolean", "choice"]


@dataclass(frozen=True)
class KnownSetting:
    """A setting: its key, kind, default, Vietnamese label, source, and whether that source was confirmed."""

    key: str
    kind: Kind
    default: int | bool | str | Decimal
    label: str
    source: str
    confirmed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    at_least: int = 0
    at_most: int | None = None

    def read(self, value: Any) -> int | bool | str | Decimal:
        """The typed value of what is stored; raises ValueError (in Vietnamese) when it does not fit."""
        if self.kind == "boolean":
            if not isinstance(value, bool):
                raise ValueError(f"{self.label}: phải là có hoặc không.")
            return value
        if self.kind == "choice":
            if value not in dict(self.choices):
                raise ValueError(f"{self.label}: phải là một trong {', '.join(dict(self.choices))}.")
            return str(value)
        return self._number(value)

    def _number(self, value: Any) -> int | Decimal:
        if isinstance(value, bool) or (self.kind == "integer" and not isinstance(value, int)):
            raise ValueError(f"{self.label}: phải là số nguyên.")
        try:
            number = value if self.kind == "integer" else Decimal(str(value))
        except InvalidOperation:
            raise ValueError(f"{self.label}: phải là số.") from None
        if not Decimal(number).is_finite() or number < self.at_least:
            raise ValueError(f"{self.label}: phải từ {self.at_least} trở lên.")
        if self.at_most is not None and number > self.at_most:
            raise ValueError(f"{self.label}: không quá {self.at_most}.")
        return number
