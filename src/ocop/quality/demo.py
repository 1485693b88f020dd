"""Demo."""

from collections.abc import Callable


def load_demo(log: Callable[[str], None]) -> None:
    """Nothing yet."""
