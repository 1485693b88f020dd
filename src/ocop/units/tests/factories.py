"""Factories of units and agencies, for this app and those above."""

from datetime import date

import factory

from ocop.units.enums import AgencyKind, UnitLevel, UnitType
from ocop.units.models import Agency, Unit, UnitCover, UnitParent

FIRST_DAY = date(2023, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    """A commune in force since the first stage held, without a parent and covering itself."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda number: f"7{number:04d}")
    name = factory.Sequence(lambda number: f"Xã Thử {number}")
    type = UnitType.COMMUNE
    level = UnitLevel.COMMUNE
    valid_from = FIRST_DAY
    is_fictional = True

    @factory.post_generation
    def under(unit, create, parent, **kwargs):  # noqa: N805 - factory_boy passes the object first
        """`UnitFactory(under=province)` puts the unit under a parent for its whole life, with its reach."""
        if not create:
            return
        UnitCover.objects.get_or_create(holder=unit, covered=unit)
        if parent is None:
            return
        UnitParent.objects.create(
            unit=unit, parent=parent, valid_from=unit.valid_from, valid_to=unit.valid_to
        )
        for cover in UnitCover.objects.filter(covered=parent):
            UnitCover.objects.get_or_create(holder=cover.holder, covered=unit)


class ProvinceFactory(UnitFactory):
    """A province of tests."""

    code = factory.Sequence(lambda number: f"{70 + number % 20}")
    name = factory.Sequence(lambda number: f"Tỉnh Thử {number}")
    type = UnitType.PROVINCE
    level = UnitLevel.PROVINCE


class DistrictFactory(UnitFactory):
    """A district of tests, in force to the last day of districts."""

    code = factory.Sequence(lambda number: f"6{number:02d}")
    name = factory.Sequence(lambda number: f"Thử {number}")
    type = UnitType.DISTRICT
    level = UnitLevel.DISTRICT
    valid_to = date(2025, 6, 30)


class AgencyFactory(factory.django.DjangoModelFactory):
    """The people's committee of a commune, in force since the first stage held."""

    class Meta:
        model = Agency

    slug = factory.Sequence(lambda number: f"ubnd-thu-{number}")
    unit = factory.SubFactory(UnitFactory)
    name = factory.LazyAttribute(lambda agency: f"Ủy ban nhân dân {agency.unit.full_name}")
    kind = AgencyKind.COMMUNE_COMMITTEE
    valid_from = FIRST_DAY
