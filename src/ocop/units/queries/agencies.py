"""Agencies by the part they play, and the people's committee of a unit."""

from datetime import date

from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit

COMMITTEE_KINDS = (
    AgencyKind.PROVINCE_COMMITTEE,
    AgencyKind.DISTRICT_COMMITTEE,
    AgencyKind.COMMUNE_COMMITTEE,
)


def agencies_with(duty: str, day: date, province: Unit | None = None) -> list[Agency]:
    """Agencies that play that part on that day, of one province (central ones: without a province)."""
    rows = Agency.objects.with_duty(duty, day).select_related("unit")
    return list(rows.filter(unit__covers__holder=province) if province else rows.filter(unit__isnull=True))


def agency_with(duty: str, day: date, province: Unit | None = None) -> Agency | None:
    """The one agency that plays that part on that day, or None."""
    return next(iter(agencies_with(duty, day, province)), None)


def committee_of(unit: Unit, day: date) -> Agency | None:
    """The people's committee of a unit on that day, or None."""
    return Agency.objects.valid_on(day).filter(unit=unit, kind__in=COMMITTEE_KINDS).first()
