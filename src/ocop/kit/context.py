"""What every page needs around its content."""

from django.conf import settings
from django.http import HttpRequest

from ocop.kit import clock, language


def standing() -> dict:
    """What a page tells of the day without asking a request, a user or the database."""
    return {"today": clock.today(), "clock_moved": clock.is_moved(), "demo": settings.OCOP_DEMO}


def chrome(request: HttpRequest) -> dict:
    """Today, whether the clock was moved, whether this is the demo; the page in the other languages."""
    return {
        **standing(),
        "site_url": settings.OCOP_SITE_URL,
        "addresses": language.addresses_of(request.get_full_path()) if language.translated(request) else {},
    }
