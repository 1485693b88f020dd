"""What the toolbox loads at set-up and clears at night."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from ocop.kit import days, once
from ocop.kit.excel import sweep as sweep_imports


def days_file() -> Path:
    """The project's own list of days off and days worked in exchange."""
    return Path(settings.OCOP_REFERENCE_DIR) / "kit" / "day-overrides.yaml"


def load_days(log: Callable[[str], None]) -> None:
    """The overrides of working days, from the project's data file."""
    made, changed = days.load_overrides(days_file())
    log(f"Ngày nghỉ, ngày làm bù: {made} mới, {changed} sửa")


def sweep() -> None:
    """Old keys of forms and imports that nobody confirmed."""
    once.sweep()
    sweep_imports()
