"""Administrative units and agencies over time."""

from ocop.units.models.agency import Agency, AgencyDuty, AgencySuccession
from ocop.units.models.handover import Handover, HandoverDoubt
from ocop.units.models.unit import Succession, Unit, UnitCover, UnitParent

__all__ = [
    "Agency",
    "AgencyDuty",
    "AgencySuccession",
    "Handover",
    "HandoverDoubt",
    "Succession",
    "Unit",
    "UnitCover",
    "UnitParent",
]
