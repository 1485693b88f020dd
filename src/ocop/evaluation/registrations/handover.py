"""What evaluation hands over when units and agencies cease."""

from ocop.evaluation.actions import district_councils, transfer
from ocop.kit import registry


def register() -> None:
    """Add it."""
    registry.handover_parts.add(transfer.PART)
    registry.handover_parts.add(district_councils.PART)
