"""The registers of producers and of what hangs on them: villages, material areas, associations, local shares."""

from ocop.producers.registers.associations import ACTIVITIES, ASSOCIATIONS, MEMBERS, OFFICERS, SUPPORTS
from ocop.producers.registers.material import AREA_CERTIFICATES, AREA_INVESTMENTS, AREA_SUPPLIES, AREAS
from ocop.producers.registers.parts import (
    HIDDEN,
    UnitFilter,
    communes_registered_by,
    day_input,
    units_in_reach,
)
from ocop.producers.registers.record import PRODUCERS
from ocop.producers.registers.shares import LOCAL_SHARES
from ocop.producers.registers.villages import VILLAGE_PRODUCERS, VILLAGE_YEARS, VILLAGES

REGISTERS = (
    (PRODUCERS, "so/chu-the/"),
    (VILLAGES, "so/lang-nghe/"),
    (VILLAGE_PRODUCERS, "so/lang-nghe/chu-the/"),
    (VILLAGE_YEARS, "so/lang-nghe/so-lieu-nam/"),
    (AREAS, "so/vung-nguyen-lieu/"),
    (AREA_CERTIFICATES, "so/vung-nguyen-lieu/chung-nhan/"),
    (AREA_SUPPLIES, "so/vung-nguyen-lieu/cung-cap/"),
    (AREA_INVESTMENTS, "so/vung-nguyen-lieu/dau-tu/"),
    (ASSOCIATIONS, "so/hoi-ocop/"),
    (MEMBERS, "so/hoi-ocop/hoi-vien/"),
    (OFFICERS, "so/hoi-ocop/can-bo/"),
    (ACTIVITIES, "so/hoi-ocop/hoat-dong/"),
    (SUPPORTS, "so/hoi-ocop/ho-tro/"),
    (LOCAL_SHARES, "so/lao-dong-nguyen-lieu/"),
)
"""Each register with the address of its list."""

__all__ = [
    "AREAS",
    "ASSOCIATIONS",
    "HIDDEN",
    "LOCAL_SHARES",
    "PRODUCERS",
    "REGISTERS",
    "VILLAGES",
    "UnitFilter",
    "communes_registered_by",
    "day_input",
    "units_in_reach",
]
