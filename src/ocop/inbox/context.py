"""What the top bar shows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ocop.inbox import queries


def chrome(request: HttpRequest) -> dict:
    """The number of unread notices, asked of the database only by a page that shows it."""
    user = getattr(request, "user", None)
    return {"unread_notices": SimpleLazyObject(lambda: queries.unread_count(user) if user else 0)}
