"""What the registers of direction share."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q

from ocop.accounts.agencies import kept_agency_ids
from ocop.direction.registers.forms import own_agencies
from ocop.units.models import Agency

SECTION = "Số liệu & báo cáo"


def named(agencies: Iterable[Agency]) -> list[tuple[str, int]]:
    """(name, id) and (short name, id) of agencies, for imports."""
    rows = list(agencies)
    return [(row.name, row.pk) for row in rows] + [(row.short_name, row.pk) for row in rows if row.short_name]


def agencies_kept(user: Any) -> list[tuple[str, int]]:
    """The agencies for which the person works."""
    return named(own_agencies(user))


def of_own_agencies(user: Any) -> Q:
    """Rows of the agencies for which the person works."""
    return Q(agency_id__in=sorted(kept_agency_ids(user)))


LOOKUPS: dict[type[Model], Callable[[Any], Iterable[tuple[str, Any]]]] = {Agency: agencies_kept}
