"""What the scheduler runs."""

from ocop.development.actions.obstacles import escalate_late


def escalate_obstacles() -> int:
    """Take late obstacles up; answers how many."""
    return escalate_late()
