"""What every page needs around its content."""

from django.conf import settings
from django.http import HttpRequest

from ocop.kit import clock


def chrome(request: HttpRequest) -> dict:
    """Today, whether the clock was moved, whether this is the demo."""
    return {
        "today": clock.today(),
        "clock_moved": clock.is_moved(),
        "demo": settings.OCOP_DEMO,
        "site_url": settings.OCOP_SITE_URL,
    }
