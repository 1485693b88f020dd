"""What ceases in a province on a day, and who takes over: read once, used by every part of a handover."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ocop.kit import registry
from ocop.kit.registry import HandoverPart, Passed, Unassigned, Undecided
from ocop.law.models import Instrument
from ocop.units.enums import Duty, UnitLevel
from ocop.units.models import Agency, AgencySuccession, HandoverDoubt, Succession, Unit, UnitParent
from ocop.units.queries.agencies import COMMITTEE_KINDS, agency_with
from ocop.units.queries.lineage import heirs_on

DAY = timedelta(days=1)
AWAITS_CHOICE = "Tỉnh (chờ xác nhận xã mới)"


@dataclass(frozen=True)
class Reorganisation:
    """What had ceased in a province by `day`, the first day of the successors.

    `units` are those whose rows are concerned: they ended on the eve, or went into units that ended on the eve, or
    ended earlier without a single heir. `holders` says who held each unit of the province on the eve, `heirs` who holds
    it on the day; `districts` and `districts_after` whose committee stood above it.
    """

    province: Unit
    day: date
    units: dict[int, Unit]
    holders: dict[int, tuple[Unit, ...]]
    heirs: dict[int, tuple[Unit, ...]]
    committees: dict[int, Agency]
    districts: dict[int, Agency]
    districts_after: dict[int, Agency]
    agencies: dict[int, Agency]
    successors: dict[int, tuple[Agency, ...]]
    desk: Agency | None
    former_desk: Agency | None
    basis: Instrument | None

    @property
    def eve(self) -> date:
        """The last day of what ceases."""
        return self.day - DAY

    @property
    def is_empty(self) -> bool:
        """True when nothing ceased on the eve."""
        return not self.units and not self.agencies

    def heir(self, unit_id: int) -> Unit | None:
        """The one commune that holds the unit on the day; None when it lies in several or in none."""
        heirs = self.heirs.get(unit_id, ())
        return heirs[0] if len(heirs) == 1 and heirs[0].level == UnitLevel.COMMUNE else None

    @property
    def clear_ids(self) -> list[int]:
        """Ids of the units concerned that one commune holds on the day."""
        return [pk for pk in self.units if self.heir(pk) is not None]

    @property
    def unclear_ids(self) -> list[int]:
        """Ids of the units whose rows the province has to place: in parts, without a known heir, or districts."""
        return [pk for pk in self.units if self.heir(pk) is None]

    def giver(self, unit_id: int) -> str:
        """Who held the unit's open work on the eve: a committee by name, or the province's list."""
        holders = self.holders.get(unit_id, ())
        return self._committee(holders[0]) if len(holders) == 1 else AWAITS_CHOICE

    def taker(self, unit_id: int) -> str:
        """Who holds it on the day: a committee by name, or the province's list."""
        heir = self.heir(unit_id)
        return self._committee(heir) if heir else AWAITS_CHOICE

    def district(self, unit_id: int) -> str:
        """The committee of the district above the unit on the eve, by name; empty without a district."""
        return _short(self.districts.get(unit_id))

    def district_after(self, unit_id: int) -> str:
        """The committee of the district above the unit's heir on the day, by name; else the province's list."""
        return _short(self.districts_after.get(unit_id)) or AWAITS_CHOICE

    @property
    def desk_name(self) -> str:
        """The province's desk on the day, its advisory body, by name."""
        return _short(self.desk) or f"UBND {self.province.full_name}"

    @property
    def former_desk_name(self) -> str:
        """The province's desk on the eve, by name."""
        return _short(self.former_desk) or f"UBND {self.province.full_name}"

    def agency_heirs(self, agency_id: int) -> str:
        """Who took over from an agency, by name; empty when nobody below the province did."""
        return " · ".join(_short(agency) for agency in self.successors.get(agency_id, ()))

    @property
    def basis_name(self) -> str:
        """How the instrument is quoted; empty when none is known."""
        return self.basis.name if self.basis else ""

    def passed(self, counts: Mapping[int, int]) -> list[Passed]:
        """Counts by the id of the old unit, as counts by the agencies that give and take; unclear units left out."""
        found: Counter[tuple[str, str]] = Counter()
        for unit_id, count in counts.items():
            if self.heir(unit_id) is not None:
                found[self.giver(unit_id), self.taker(unit_id)] += count
        return [Passed(source, target, count) for (source, target), count in sorted(found.items())]

    def _committee(self, unit: Unit) -> str:
        return _short(self.committees.get(unit.pk)) or f"UBND {unit.full_name}"


def _short(agency: Agency | None) -> str:
    """The short name of an agency; empty for none."""
    return (agency.short_name or agency.name) if agency else ""


def reorganisation_on(province: Unit, day: date) -> Reorganisation:
    """What ceased in the province on the eve of `day`; `is_empty` when nothing did.

    A unit that was renamed twice is followed through both. The number of queries depends on the length of the
    longest chain of successions only.
    """
    eve = day - DAY
    known = list(
        Unit.objects.covered_by(province).filter(valid_from__lt=day).exclude(level=UnitLevel.PROVINCE)
    )
    on_the_eve, on_the_day = heirs_on(known, eve), heirs_on(known, day)
    units = {
        unit.pk: unit for unit in known if _is_concerned(unit, on_the_eve[unit.pk], on_the_day[unit.pk], day)
    }
    if not any(unit.valid_to == eve for unit in units.values()):
        units = {}
    holders = {unit.pk: tuple(on_the_eve[unit.pk]) for unit in known}
    heirs = {unit.pk: tuple(on_the_day[unit.pk]) for unit in known}
    agencies = {
        agency.pk: agency
        for agency in Agency.objects.filter(unit__covers__holder=province, valid_to=eve).select_related(
            "unit"
        )
    }
    committees = {
        agency.unit_id: agency
        for agency in Agency.objects.filter(unit__covers__holder=province, kind__in=COMMITTEE_KINDS)
        if agency.unit_id
    }
    return Reorganisation(
        province=province,
        day=day,
        units=units,
        holders=holders,
        heirs=heirs,
        committees=committees,
        districts=_districts(province, holders, committees, eve),
        districts_after=_districts(province, heirs, committees, day),
        agencies=agencies,
        successors=_successors(agencies, day),
        desk=agency_with(Duty.ADVISORY_BODY, day, province),
        former_desk=agency_with(Duty.ADVISORY_BODY, eve, province),
        basis=_basis(province, agencies, day),
    )


def _is_concerned(unit: Unit, holders: list[Unit], heirs: list[Unit], day: date) -> bool:
    """True for a unit whose holder ended on the eve, and for one that ended earlier without a single heir."""
    if unit.in_force(day):
        return False
    placed = len(heirs) == 1 and heirs[0].level == UnitLevel.COMMUNE
    return not placed or any(holder.valid_to == day - DAY for holder in holders)


def _districts(
    province: Unit, lying_in: dict[int, tuple[Unit, ...]], committees: dict[int, Agency], day: date
) -> dict[int, Agency]:
    """The committee of the district in which each unit lay on that day, by the id of the unit."""
    links = UnitParent.objects.valid_on(day).filter(
        unit__covers__holder=province, parent__level=UnitLevel.DISTRICT
    )
    above = dict(links.values_list("unit_id", "parent_id"))
    found = {}
    for pk, places in lying_in.items():
        if len(places) == 1:
            place = places[0]
            district = place.pk if place.level == UnitLevel.DISTRICT else above.get(place.pk)
            if district in committees:
                found[pk] = committees[district]
    return found


def _successors(agencies: dict[int, Agency], day: date) -> dict[int, tuple[Agency, ...]]:
    """Who took over from each agency, as far as they are in force on the day."""
    found: dict[int, list[Agency]] = {}
    steps = AgencySuccession.objects.filter(predecessor__in=agencies, on__lte=day).select_related("successor")
    for step in steps:
        if step.successor.in_force(day):
            found.setdefault(step.predecessor_id, []).append(step.successor)
    return {pk: tuple(group) for pk, group in found.items()}


def _basis(province: Unit, agencies: dict[int, Agency], day: date) -> Instrument | None:
    """The instrument that most steps of the day name as their basis."""
    steps = Succession.objects.filter(on=day, predecessor__covers__holder=province)
    named = list(steps.filter(basis__isnull=False).values_list("basis", flat=True))
    named += AgencySuccession.objects.filter(
        predecessor__in=agencies, on=day, basis__isnull=False
    ).values_list("basis", flat=True)
    common = Counter(named).most_common(1)
    return Instrument.objects.get(pk=common[0][0]) if common else None


@dataclass(frozen=True)
class PartPreview:
    """What one part would hand over."""

    part: HandoverPart
    passing: list[Passed]
    undecided: list[Undecided]
    staying: int

    @property
    def count(self) -> int:
        """How many rows move."""
        return sum(line.count for line in self.passing)


@dataclass(frozen=True)
class Preview:
    """Everything that a handover would do, without doing it."""

    change: Reorganisation
    parts: list[PartPreview]

    @property
    def staying(self) -> int:
        """How much open work keeps its agency, of all parts."""
        return sum(part.staying for part in self.parts)

    @property
    def moving(self) -> int:
        """How many rows move, of all parts."""
        return sum(part.count for part in self.parts)

    @property
    def waiting(self) -> int:
        """How many rows have no single heir."""
        return sum(len(part.undecided) for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to hand over."""
        return not self.moving and not self.waiting


def preview(change: Reorganisation) -> Preview:
    """What every part would hand over; rows that already wait from an earlier handover are left out."""
    held = set(
        HandoverDoubt.objects.open()
        .filter(handover__province__code=change.province.code)
        .values_list("part", "code")
    )
    parts = []
    for part in registry.handover_parts:
        waiting = [row for row in part.undecided(change) if (part.key, row.code) not in held]
        parts.append(PartPreview(part, part.passing(change), waiting, part.staying(change)))
    return Preview(change, parts)


def people_to_assign(change: Reorganisation, user: Any) -> list[Unassigned]:
    """People whose role ends with their agency and who hold no other from the day on, by agency and name."""
    rows = [row for part in registry.handover_parts for row in part.unassigned(change, user)]
    return sorted(rows, key=lambda row: (row.source, row.name))


def candidates_of(change: Reorganisation) -> dict[int, list[int]]:
    """Ids of the communes likely for each unclear unit: those that took over a part of it.

    For a district, and for a commune without a known heir, those in which the communes of that district lie now.
    """
    unclear = {pk: change.units[pk] for pk in change.unclear_ids}
    found = {pk: [heir.pk for heir in change.heirs[pk] if heir.level == UnitLevel.COMMUNE] for pk in unclear}
    lost = [pk for pk in unclear if not found[pk]]
    district_of = {pk: pk for pk in lost if unclear[pk].level == UnitLevel.DISTRICT}
    above = UnitParent.objects.filter(unit__in=lost, parent__level=UnitLevel.DISTRICT).order_by("valid_from")
    district_of.update(above.values_list("unit_id", "parent_id"))
    links = list(UnitParent.objects.filter(parent__in=set(district_of.values())).select_related("unit"))
    heirs = heirs_on([link.unit for link in links], change.day)
    inside: dict[int, list[int]] = {}
    for link in links:
        mine = inside.setdefault(link.parent_id, [])
        mine += [heir.pk for heir in heirs[link.unit_id] if heir.pk not in mine]
    return {pk: found[pk] or inside.get(district_of.get(pk, 0), []) for pk in unclear}
