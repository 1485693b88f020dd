"""The machine's own time: for leases, retries and heartbeats, which must not move with `OCOP_TODAY`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The real present moment, aware. Domain code asks `ocop.kit.clock` instead."""
    return timezone.now()  # noqa: TID251 - a lease that moves with the demo clock would never end
