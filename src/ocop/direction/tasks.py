"""Jobs of direction."""

from ocop.direction.actions.calling import call_tasks
from ocop.kit import clock


def call_today() -> None:
    """Every morning: remind of tasks before and on their last day, tell those above of late ones."""
    call_tasks(clock.today())
