"""Pages that are asked very often: the frame around them is made once, what they say is made anew each time.

The frame (header, menu, footer) of an anonymous visitor depends on the language and the day alone. It is kept in this
process with marks in place of the parts that differ; nothing that a page says about a product is ever kept.
"""

import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from ocop.kit import clock, language

PARTS = ("title", "head", "content")
# Nobody can write these marks into a product's name: they differ in each process.
_SECRET = secrets.token_hex(8)
_NEXT = f"@@{_SECRET}-next@@"
_ADDRESS = f"/{_SECRET}-address"


def _mark(part: str) -> str:
    return f"@@{_SECRET}-{part}@@"


@lru_cache(maxsize=16)
def _frame(spoken: str, day: Any, demo: bool, moved: bool) -> str:
    """The frame in that language on that day, with marks."""
    request = HttpRequest()
    addresses = language.addresses_of(_ADDRESS)
    request.path = request.path_info = addresses[spoken]
    context = {
        "request": request,
        "today": day,
        "demo": demo,
        "clock_moved": moved,
        "site_url": settings.OCOP_SITE_URL,
        "addresses": addresses,
        "parts": {part: _mark(part) for part in PARTS},
    }
    return render_to_string("public/frame.html", context)


def in_shell(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page: its parts rendered now, inside the kept frame; signed-in people get the whole template.

    The template fills the blocks title, head and content of the public base; each is rendered as on any other page.
    """
    visited = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    if visited:
        return render(request, template, dict(context))
    page = _frame(
        get_language() or settings.LANGUAGE_CODE, clock.today(), settings.OCOP_DEMO, clock.is_moved()
    )
    parts = get_template("public/parts/" + template.rsplit("/", 1)[-1]).render(
        {**context, "site_url": settings.OCOP_SITE_URL, "next_part": _NEXT}
    )
    for part, text in zip(PARTS, parts.split(_NEXT), strict=True):
        page = page.replace(_mark(part), text, 1)
    return HttpResponse(page.replace(_ADDRESS, escape(language.bare(request.get_full_path()))))
