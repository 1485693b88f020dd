"""Administrative units and agencies over time."""

from ocop.units.models.agency import Agency, AgencyDuty, AgencySuccession
from ocop.units.models.unit import Succession, Unit, UnitCover, UnitParent

__all__ = ["Agency", "AgencyDuty", "AgencySuccession", "Succession", "Unit", "UnitCover", "UnitParent"]
