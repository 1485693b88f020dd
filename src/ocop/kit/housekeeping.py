"""What the toolbox loads at set-up and clears at night."""

from collections.abc import Callable

from django.conf import settings

from ocop.kit import days, once
from ocop.kit.excel import sweep as sweep_imports


def load_days(log: Callable[[str], None]) -> None:
    """The overrides of working days, from the project's data file."""
    made, changed = days.load_overrides(settings.OCOP_REFERENCE_DIR / "kit" / "day-overrides.yaml")
    log(f"Ngày nghỉ, ngày làm bù: {made} mới, {changed} sửa")


def sweep() -> None:
    """Old keys of forms and imports that nobody confirmed."""
    once.sweep()
    sweep_imports()
