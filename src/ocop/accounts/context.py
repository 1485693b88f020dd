"""What the top bar shows of the person."""

from django.http import HttpRequest

from ocop.accounts.queries import scope_of


def worn(request: HttpRequest) -> dict:
    """`worn` (.role, .unit): role and agency of the person who is signed in; None for people without one."""
    user = getattr(request, "user", None)
    return {"worn": scope_of(user).worn if user is not None else None}
