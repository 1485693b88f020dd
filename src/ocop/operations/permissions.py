"""Who looks after the running system."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.units.queries import home_province


def runs_the_system(user: Any) -> bool:
    """True for the administrator of the province that this installation serves."""
    if not user.is_authenticated:
        return False
    scope = scope_of(user)
    return scope.has_any(Role.ADMINISTRATOR) and scope.has(
        Role.ADMINISTRATOR, home_province(clock.today()).pk
    )
