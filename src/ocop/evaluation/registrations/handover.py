"""What evaluation hands over when units and agencies cease."""

from ocop.evaluation.actions.transfer import PART
from ocop.kit import registry


def register() -> None:
    """Add it."""
    registry.handover_parts.add(PART)
