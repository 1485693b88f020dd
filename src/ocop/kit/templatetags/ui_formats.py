"""Vietnamese formats as filters: day, moment, number, points, money, browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ocop.kit import formats
from ocop.kit.templatetags.ui_library import register


def _blank_stays_blank(write: Callable[..., str]) -> Callable[..., str]:
    """The format, for which '' is no value: Django hands a filter '' for a name that leads nowhere."""

    @wraps(write)
    def written(value: Any, *more: Any) -> str:
        return "" if value == "" else write(value, *more)

    return written


for _name in ("day", "moment", "number", "points", "money", "browser"):
    register.filter(_name, _blank_stays_blank(getattr(formats, _name)))
