"""What every page needs around its content."""

from django.conf import settings
from django.http import HttpRequest

from ocop.kit import clock, language


def chrome(request: HttpRequest) -> dict:
    """Today, whether the clock was moved, whether this is the demo; the page in the other languages."""
    return {
        "today": clock.today(),
        "clock_moved": clock.is_moved(),
        "demo": settings.OCOP_DEMO,
        "site_url": settings.OCOP_SITE_URL,
        "addresses": language.addresses_of(request.get_full_path()) if language.translated(request) else {},
    }
