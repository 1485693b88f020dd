"""A value for a field, by its type, its checks and a running number."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst

from ocop.kit import clock

Make = Callable[[int], Any]
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


def _years(field: models.Field) -> int:
    """How many years back from this one the field admits."""
    return max(min(YEARS, clock.today().year - bounds(field)[0] + 1), 1)


def room(field: models.Field) -> int | None:
    """How many different values a number can give the field; None when there is no end of them."""
    if field.choices:
        return len(flat_choices(field))
    if isinstance(field, models.BooleanField):
        return 2
    if is_year(field):
        return _years(field)
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


def _text(field: models.Field) -> Make:
    length = getattr(field, "max_length", None) or 4_000
    if isinstance(field, models.EmailField):
        return lambda number: f"mau{number}@example.vn"
    if isinstance(field, models.URLField):
        return lambda number: f"https://example.vn/mau/{number}"
    if isinstance(field, models.SlugField):
        return lambda number: f"mau-{number}"
    if field.name.endswith("code"):
        return lambda number: f"MAU-{number}" if length >= 10 else _short(number, length)
    if "phone" in field.name:
        return lambda number: f"+849{10_000_000 + number:08d}"
    if length < 9:
        return lambda number: _short(number, length)
    word = capfirst(str(field.verbose_name))[: length - 6]
    return lambda number: f"{word} {number}"


def _number(field: models.Field, *, apart: bool) -> Make:
    if is_year(field):
        this, years = clock.today().year, _years(field) if apart else min(_years(field), 3)
        return lambda number: this - number % years
    low, high = bounds(field)
    least = max(low, 1)
    if isinstance(field, models.BigIntegerField) and not apart and high >= 10**9:
        return lambda number: 1_000_000 * (1 + number % 90)
    span = max(min(high - least + 1, 10**9 if apart else 60), 1)
    return lambda number: least + number % span


def _decimal(field: Any) -> Make:
    low, high = bounds(field)
    most = min(high, 10 ** (field.max_digits - field.decimal_places) - 1)
    least = max(low, 1) if most >= 1 else 0
    span, part = max(min(most - least + 1, 60), 1), Decimal(0).scaleb(-field.decimal_places)
    return lambda number: Decimal(least + number % span) + part


def _day(field: models.Field, place: int, *, apart: bool) -> Make:
    """Days of facts lie behind, in the order of the fields; days on which something ends lie around today and after."""
    today = clock.today()
    if is_end(field) and field.null:
        if "due" in field.name:
            return lambda number: today + timedelta(days=number % 400 - 20)
        return lambda number: today + timedelta(days=30 + number % 700)
    latest = today - timedelta(days=60 - place)
    return lambda number: latest - timedelta(days=number if apart else number % 700)


def _moment(day: Make) -> Make:
    return lambda number: datetime.combine(day(number), time(9), tzinfo=clock.LOCAL)


def maker(field: models.Field, *, place: int = 0, apart: bool = False) -> Make:
    """What answers the value of a field that is no link, by a running number.

    `place` is the field's place among the model's days, so that what begins is before what ends; `apart`: rows are
    told apart by this field, so that another number gives another value. Raises TypeError for a field nobody knows.
    """
    if field.choices:
        found = flat_choices(field) or [""]
        return lambda number: found[number % len(found)]
    if isinstance(field, models.DateTimeField):
        return _moment(_day(field, place, apart=apart))
    if isinstance(field, models.DateField):
        return _day(field, place, apart=apart)
    if isinstance(field, models.TimeField):
        return lambda number: time(7 + number % 10)
    if isinstance(field, models.DurationField):
        return lambda number: timedelta(hours=1 + number % 8)
    if isinstance(field, models.BooleanField):
        return lambda number: apart and bool(number % 2)
    if isinstance(field, models.IntegerField):
        return _number(field, apart=apart)
    if isinstance(field, models.DecimalField):
        return _decimal(field)
    if isinstance(field, models.FloatField):
        whole = _number(field, apart=apart)
        return lambda number: float(whole(number))
    if isinstance(field, models.CharField | models.TextField):
        return _text(field)
    raise TypeError(f"{field}: no sample value is known for a {type(field).__name__}")
