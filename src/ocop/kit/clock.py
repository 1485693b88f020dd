"""One clock. Every page, action, job and deadline takes today from here.

`OCOP_TODAY` moves the day (demo mode only, checked at start); the time of day goes on as it is.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, moved by whole days when `OCOP_TODAY` is set."""
    real = timezone.now()  # noqa: TID251 - the one place that asks the machine
    if settings.OCOP_TODAY is None:
        return real
    return real + timedelta(days=(settings.OCOP_TODAY - real.astimezone(LOCAL).date()).days)


def today() -> date:
    """The local day in Asia/Ho_Chi_Minh."""
    return settings.OCOP_TODAY or now().astimezone(LOCAL).date()


def is_moved() -> bool:
    """True when the clock does not show the real day, so that every page says so."""
    return settings.OCOP_TODAY is not None


def local_day(moment: datetime) -> date:
    """The day on which an aware moment fell in Vietnam."""
    return moment.astimezone(LOCAL).date()
