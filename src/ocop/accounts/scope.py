"""Who may act where today: the union of a person's memberships. Read it through `queries.scope_of`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import Delegation, Membership
from ocop.kit import clock
from ocop.kit.prepared import Prepared
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit, UnitCover


@dataclass(frozen=True)
class Holding:
    """One role that a person may act in: own, or lent by somebody (`lent_by`, a name)."""

    membership_id: int
    role: str
    agency: Agency
    lent_by: str | None = None

    @property
    def unit_id(self) -> int | None:
        """The unit of the agency; None for a central agency."""
        return self.agency.unit_id

    @property
    def role_label(self) -> str:
        """The role in words, and for whom when it is lent."""
        text = Role(self.role).label
        return f"{text} (ủy quyền của {self.lent_by})" if self.lent_by else text


@dataclass(frozen=True)
class Worn:
    """What the top bar shows of a person: role and agency."""

    role: str
    unit: str

    def __str__(self) -> str:
        return f"{self.role} · {self.unit}"


@dataclass(frozen=True)
class Scope:
    """The union of what a person may act in on one day. Rows start at `unit_ids`, questions at `has`."""

    day: date
    holdings: tuple[Holding, ...] = ()
    _covered: dict[int | None, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.holdings)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Keys of every role held, own or lent."""
        return frozenset(str(holding.role) for holding in self.holdings)

    @property
    def is_official(self) -> bool:
        """True when the person acts for at least one agency."""
        return bool(self.holdings)

    @property
    def worn(self) -> Worn | None:
        """Role and agency for the top bar, own before lent; None for people without a membership."""
        if not self.holdings:
            return None
        first, more = self.holdings[0], len(self.holdings) - 1
        also = f" và {more} vai trò khác" if more else ""
        return Worn(first.role_label + also, first.agency.short_name or first.agency.name)

    def of(self, *roles: str) -> Iterator[Holding]:
        """Holdings in one of the roles; all of them when none is named."""
        return (holding for holding in self.holdings if not roles or holding.role in roles)

    def has(self, role: str, unit: "Unit | int | None" = None) -> bool:
        """True when the role is held, and, with `unit`, held by an agency whose unit covers it.

        Cover follows succession (`units.UnitCover`): an officer of a commune of 2025 covers the communes that it
        wholly absorbed, never a neighbour. The first question about a unit costs one query, later ones none.
        """
        if unit is None:
            return any(True for _ in self.of(role))
        unit_id = unit if isinstance(unit, int) else unit.pk
        holders = {holding.unit_id for holding in self.of(role)} - {None}
        return bool(holders) and any(unit_id in self._reach()[holder] for holder in holders)

    def has_in(self, role: str, agency: "Agency | int") -> bool:
        """True when the role is held in that very agency."""
        agency_id = agency if isinstance(agency, int) else agency.pk
        return any(holding.agency.pk == agency_id for holding in self.of(role))

    def has_any(self, *roles: str) -> bool:
        """True when one of the roles is held anywhere."""
        return bool(self.roles & set(roles))

    def unit_ids(self, *roles: str) -> QuerySet:
        """A subquery of the ids of all units covered by the holdings in `roles`, for `unit_id__in=`."""
        holders = {holding.unit_id for holding in self.of(*roles)} - {None}
        if not holders:
            return UnitCover.objects.none().values("covered_id")
        return UnitCover.objects.filter(holder_id__in=sorted(holders)).values("covered_id")

    def districts_of(self, *roles: str) -> frozenset[int]:
        """Ids of the districts in whose committee one of the roles is held."""
        return frozenset(
            holding.unit_id
            for holding in self.of(*roles)
            if holding.unit_id is not None and holding.agency.kind == AgencyKind.DISTRICT_COMMITTEE
        )

    def agency_ids(self, *roles: str) -> frozenset[int]:
        """Ids of the agencies in which one of the roles is held."""
        return frozenset(holding.agency.pk for holding in self.of(*roles))

    def agency_for(self, role: str, unit: "Unit | int | None" = None) -> Agency | None:
        """The agency in whose name the person acts in that role over that unit; None when there is none."""
        for holding in self.of(role):
            if unit is None:
                return holding.agency
            unit_id = unit if isinstance(unit, int) else unit.pk
            if holding.unit_id is not None and unit_id in self._reach()[holding.unit_id]:
                return holding.agency
        return None

    def _reach(self) -> dict[int | None, frozenset[int]]:
        if not self._covered:
            holders = {holding.unit_id for holding in self.holdings if holding.unit_id is not None}
            reach: dict[int, set[int]] = {holder: {holder} for holder in holders}
            pairs = UnitCover.objects.filter(holder_id__in=sorted(holders)).values_list(
                "holder_id", "covered_id"
            )
            for holder, covered in pairs:
                reach[holder].add(covered)
            self._covered.update({holder: frozenset(ids) for holder, ids in reach.items()})
        return self._covered


def in_force(day: date) -> QuerySet[Membership]:
    """Memberships that count on that day: themselves, their agency and the account of their holder in force."""
    last = Q(agency__valid_to__isnull=True) | Q(agency__valid_to__gte=day)
    return Membership.objects.valid_on(day).filter(last, agency__valid_from__lte=day, user__is_active=True)


AGENCY = [field.attname for field in Agency._meta.concrete_fields]
UNIT = [field.attname for field in Unit._meta.concrete_fields]


def _held(person: int, day: date) -> QuerySet[Membership, tuple]:
    """What a person may act in on a day, own and lent: the membership, its holder, its agency and the unit of that."""
    lent = Delegation.objects.valid_on(day).filter(to=person).values("membership_id")
    rows = in_force(day).filter(Q(user=person) | Q(pk__in=lent)).order_by("valid_from", "pk")
    agency, unit = (f"agency__{name}" for name in AGENCY), (f"agency__unit__{name}" for name in UNIT)
    return rows.values_list("pk", "role", "user_id", "user__full_name", *agency, *unit)


HELD = Prepared(_held)


def _holdings(person: int, day: date) -> Iterator[Holding]:
    for pk, role, holder, name, *cells in HELD.rows(person, day):
        agency = Agency.from_db(DEFAULT_DB_ALIAS, AGENCY, cells[: len(AGENCY)])
        if agency.unit_id is not None:
            agency.unit = Unit.from_db(DEFAULT_DB_ALIAS, UNIT, cells[len(AGENCY) :])
        yield Holding(pk, role, agency, None if holder == person else name)


def scope_of(user: Any, day: date | None = None) -> Scope:
    """What the person may act in on `day` (default today): own memberships and those lent in force.

    One query, kept on the user object, hence for the request. Nobody's scope is empty and false.
    """
    day = day or clock.today()
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Scope(day)
    kept = getattr(user, "_scopes", None)
    if kept is None:
        kept = user._scopes = {}
    if day not in kept:
        holdings = sorted(_holdings(user.pk, day), key=lambda holding: holding.lent_by is not None)
        kept[day] = Scope(day, tuple(holdings))
    return kept[day]


def forget_scope(user: Any) -> None:
    """Drop what `scope_of` kept on this user object, after its memberships changed."""
    user._scopes = {}
