"""A value for a field, by its type, its checks and a running number."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst

from ocop.kit import clock

ENDS = ("_to", "until", "expires", "ends", "end_on", "due", "deadline", "closes", "last_day")
YEARS = 20
"""How many years a field of a year holds when years tell rows apart."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def flat_choices(field: models.Field) -> list[Any]:
    """The values that a field with choices takes, the empty one apart."""
    return [value for value, _ in field.flatchoices if value not in ("", None)]


def is_year(field: models.Field) -> bool:
    """True for a number that names a year."""
    return isinstance(field, models.IntegerField) and (field.name == "year" or field.name.endswith("_year"))


def is_end(field: models.Field) -> bool:
    """True for a day on which something ends or is due."""
    return any(word in field.name for word in ENDS)


def bounds(field: models.Field) -> tuple[int, int]:
    """Least and greatest number that the field's checks admit."""
    lows = [int(check.limit_value) for check in field.validators if isinstance(check, MinValueValidator)]
    highs = [int(check.limit_value) for check in field.validators if isinstance(check, MaxValueValidator)]
    return max(lows, default=-(10**9)), min(highs, default=10**9)


def room(field: models.Field) -> int | None:
    """How many different values a number can give the field; None when there is no end of them."""
    if field.choices:
        return len(flat_choices(field))
    if isinstance(field, models.BooleanField):
        return 2
    if is_year(field):
        return YEARS
    if isinstance(field, models.IntegerField):
        low, high = bounds(field)
        return high - max(low, 1) + 1 if high < 10_000 else None
    return None


def _short(number: int, length: int) -> str:
    """The number in as few signs as it takes, at most `length`."""
    signs = ""
    while number or not signs:
        number, rest = divmod(number, len(DIGITS))
        signs = DIGITS[rest] + signs
    return signs[-length:]


def _text(field: models.Field, number: int) -> str:
    length = getattr(field, "max_length", None) or 4_000
    if isinstance(field, models.EmailField):
        return f"mau{number}@example.vn"
    if isinstance(field, models.URLField):
        return f"https://example.vn/mau/{number}"
    if isinstance(field, models.SlugField):
        return f"mau-{number}"
    if "phone" in field.name:
        return f"+849{10_000_000 + number:08d}"
    tail = f" {number}"
    if len(tail) + 3 > length:
        return _short(number, length)
    return capfirst(str(field.verbose_name))[: length - len(tail)] + tail


def _number(field: models.Field, number: int, *, apart: bool) -> int:
    if is_year(field):
        return clock.today().year - number % (YEARS if apart else 3)
    low, high = bounds(field)
    least = max(low, 1)
    if isinstance(field, models.BigIntegerField) and not apart and high >= 10**9:
        return 1_000_000 * (1 + number % 90)
    span = min(high - least + 1, 10**9 if apart else 60)
    return least + number % span


def _decimal(field: Any, number: int) -> Decimal:
    low, high = bounds(field)
    most = min(high, 10 ** (field.max_digits - field.decimal_places) - 1)
    least = max(low, 1) if most >= 1 else 0
    return Decimal(least + number % max(min(most - least + 1, 60), 1)) + Decimal(0).scaleb(
        -field.decimal_places
    )


def _day(field: models.Field, number: int, place: int, *, apart: bool) -> Any:
    """Days of facts lie behind, in the order of the fields; days on which something ends lie around today and after."""
    today = clock.today()
    if is_end(field) and field.null:
        return today + timedelta(days=number % 400 - 20 if "due" in field.name else 30 + number % 700)
    back = number if apart else number % 700
    return today - timedelta(days=60 + back) + timedelta(days=place)


def value_for(field: models.Field, number: int, *, place: int = 0, apart: bool = False) -> Any:
    """The value of a field that is no link.

    `place` is the field's place among the model's days, so that what begins is before what ends; `apart`: rows are
    told apart by this field, so that another number gives another value.
    """
    if field.choices:
        found = flat_choices(field)
        return found[number % len(found)] if found else ""
    if isinstance(field, models.DateTimeField):
        day = _day(field, number, place, apart=apart)
        return datetime.combine(day, time(9), tzinfo=clock.LOCAL)
    if isinstance(field, models.DateField):
        return _day(field, number, place, apart=apart)
    if isinstance(field, models.TimeField):
        return time(7 + number % 10)
    if isinstance(field, models.DurationField):
        return timedelta(hours=1 + number % 8)
    if isinstance(field, models.BooleanField):
        return bool(number % 2) if apart else False
    if isinstance(field, models.IntegerField):
        return _number(field, number, apart=apart)
    if isinstance(field, models.DecimalField):
        return _decimal(field, number)
    if isinstance(field, models.FloatField):
        return float(_number(field, number, apart=apart))
    if isinstance(field, models.CharField | models.TextField):
        return _text(field, number)
    raise TypeError(f"{field}: no sample value is known for a {type(field).__name__}")
