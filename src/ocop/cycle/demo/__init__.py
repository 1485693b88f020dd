"""An invented run of the cycle for the demo."""

from collections.abc import Callable


def load_demo(log: Callable[[str], None]) -> None:
    """Filled in below."""
