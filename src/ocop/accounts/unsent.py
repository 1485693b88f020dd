"""What somebody sent just after the session had ended: kept until the same person signs in again.

Only for the person who used this browser last (a signed cookie says who), only for a few hours, never a password.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ocop.kit import clock

SLOT = "unsent"
COOKIE = "ocop_nguoi"
RESENT = "_gui_lai"
SALT = "accounts.unsent"
KEPT = timedelta(hours=4)
COOKIE_AGE = 30 * 24 * 3600
MOST_CHARACTERS = 200_000
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
PROSE = 8
"""From this length on a value is shown as something that was typed; shorter ones are choices and codes."""


def _secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name or name == RESENT


def last_person(request: HttpRequest) -> int | None:
    """The id of who was signed in last in this browser, None when nobody or when the cookie was touched."""
    try:
        return int(request.get_signed_cookie(COOKIE, salt=SALT, default="") or 0) or None
    except (signing.BadSignature, ValueError):
        return None


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser know whose typing may be kept, when the signed-in person is a new one here."""
    if last_person(request) != request.user.pk:
        response.set_signed_cookie(
            COOKIE,
            str(request.user.pk),
            salt=SALT,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def keep(request: HttpRequest) -> bool:
    """Keep the fields of a form sent without a session; False when it is not kept (no owner known, or too large)."""
    who = last_person(request)
    if who is None or request.content_type not in FORM_TYPES:
        return False
    fields = [[name, values] for name, values in request.POST.lists() if not _secret(name)]
    if sum(len(value) for _, values in fields for value in values) > MOST_CHARACTERS:
        return False
    request.session[SLOT] = {
        "who": who,
        "path": request.get_full_path(),
        "fields": fields,
        "files": [one.name for files in dict(request.FILES.lists()).values() for one in files],
        "at": clock.now().isoformat(),
    }
    return True


def waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for the person who signed in (`path`, `fields`, `files`, `typed`); None for anybody else."""
    kept = request.session.get(SLOT)
    if not kept or kept["who"] != request.user.pk or clock.now() - datetime.fromisoformat(kept["at"]) > KEPT:
        return None
    values = [value.strip() for _, values in kept["fields"] for value in values]
    return {**kept, "typed": [value for value in values if len(value) >= PROSE and " " in value]}


def drop(request: HttpRequest) -> None:
    """Forget what waited."""
    request.session.pop(SLOT, None)
