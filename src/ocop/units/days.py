"""The day that a question to the API is about."""

import re
from datetime import date

from ocop.kit import clock
from ocop.units.queries import first_day_held

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadDay(ValueError):  # noqa: N818 - names the fault of the question
    """The day asked cannot be answered; the message says why."""


def read_day(text: str | None) -> date:
    """The day asked, today when none was given.

    Raises `BadDay` for anything but an ISO date, and for a day before the first stage held.
    """
    if text is None:
        return clock.today()
    try:
        day = date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadDay("Ngày phải có dạng năm-tháng-ngày, ví dụ 2025-07-01.")
    first = first_day_held()
    if first is None or day < first:
        since = f"{first:%d/%m/%Y}" if first else "chưa có"
        raise BadDay(f"Chưa có dữ liệu đơn vị hành chính cho ngày này; dữ liệu có từ ngày {since}.")
    return day
