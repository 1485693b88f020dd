"""Three years of capacity building for the demo."""

from collections.abc import Callable


def load(log: Callable[[str], None]) -> None:
    """Nothing yet."""
