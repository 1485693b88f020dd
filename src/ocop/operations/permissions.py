"""Who looks after the running system."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.units.queries import NotInForce, home_province


def runs_the_system(user: Any) -> bool:
    """True for the administrator of the province that this installation serves."""
    if not user.is_authenticated:
        return False
    scope = scope_of(user)
    if not scope.has_any(Role.ADMINISTRATOR):
        return False
    try:
        return scope.has(Role.ADMINISTRATOR, home_province(clock.today()).pk)
    except NotInForce:  # before the units of this province are loaded nobody looks after it
        return False
