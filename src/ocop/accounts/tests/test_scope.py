from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, people_for, scope_of
from ocop.accounts.tests.factories import DelegationFactory, MembershipFactory, UserFactory
from ocop.units.models import UnitCover
from ocop.units.tests.factories import AgencyFactory, UnitFactory


def ids(query):
    return set(query.values_list("covered_id", flat=True))


def test_an_officer_covers_the_communes_that_were_absorbed_not_a_neighbour_not_another_province(land):
    old = UnitFactory(under=land.province, valid_to=date(2025, 6, 30))
    UnitCover.objects.create(holder=land.commune, covered=old)
    scope = scope_of(land.officer)
    assert ids(scope.unit_ids(Role.COMMUNE_OFFICER)) == {land.commune.pk, old.pk}
    assert [
        scope.has(Role.COMMUNE_OFFICER, unit)
        for unit in (land.commune, old, land.neighbour, land.strange_commune, land.province)
    ] == [True, True, False, False, False]


def test_a_role_of_the_province_covers_its_communes_and_no_other_province(land):
    scope = scope_of(land.admin)
    assert ids(scope.unit_ids(Role.ADMINISTRATOR)) == {land.province.pk, land.commune.pk, land.neighbour.pk}
    assert not scope.has(Role.ADMINISTRATOR, land.strange_commune)
    assert not scope.has(Role.COMMUNE_OFFICER, land.commune)


def test_other_roles_do_not_widen_a_role(land):
    MembershipFactory(user=land.officer, agency=land.next_office, role=Role.READER)
    scope = scope_of(land.officer)
    assert scope.roles == {Role.COMMUNE_OFFICER, Role.READER}
    assert ids(scope.unit_ids(Role.COMMUNE_OFFICER)) == {land.commune.pk}
    assert ids(scope.unit_ids()) == {land.commune.pk, land.neighbour.pk}
    assert scope.agency_ids(Role.READER) == {land.next_office.pk}


@pytest.mark.parametrize(("day", "held"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_a_membership_ends_with_its_last_day(land, day, held):
    row = MembershipFactory(agency=land.office, valid_to=date(2025, 6, 30))
    assert scope_of(row.user, day).has(Role.COMMUNE_OFFICER, land.commune) is held


def test_a_membership_does_not_outlive_its_agency(land):
    gone = AgencyFactory(unit=land.commune, valid_to=date(2025, 6, 30))
    row = MembershipFactory(agency=gone)
    assert scope_of(row.user, date(2025, 6, 30)).is_official
    assert not scope_of(row.user, date(2025, 7, 1)).is_official


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_lent_role_counts_on_its_days(land, day, held):
    lent = DelegationFactory(membership__agency=land.office, membership__role=Role.COMMUNE_LEADER)
    assert scope_of(lent.to, day).has(Role.COMMUNE_LEADER, land.commune) is held
    assert scope_of(lent.membership.user, day).has(Role.COMMUNE_LEADER, land.commune)


def test_a_lent_role_ends_when_the_role_itself_ends(land):
    lent = DelegationFactory(membership__agency=land.office, membership__valid_to=date(2026, 3, 31))
    assert scope_of(lent.to, date(2026, 3, 31)).is_official
    assert not scope_of(lent.to, date(2026, 4, 1)).is_official


def test_nobody_and_the_locked_have_no_scope(land):
    assert not scope_of(AnonymousUser())
    land.officer.is_active = False
    land.officer.save()
    assert not scope_of(User.objects.get(pk=land.officer.pk))
    assert not scope_of(UserFactory())


def test_worn_names_role_and_agency(land):
    worn = scope_of(land.officer).worn
    assert (worn.role, worn.unit) == ("Cán bộ phụ trách OCOP cấp xã", land.office.name)
    assert scope_of(UserFactory()).worn is None


def test_agency_and_unit_of_a_role_are_whole_rows_without_another_query(land, django_assert_num_queries):
    central = MembershipFactory(user=land.officer, agency=AgencyFactory(unit=None, name="Bộ Thử")).agency
    with django_assert_num_queries(1):
        found = [holding.agency for holding in scope_of(land.officer).holdings]
        assert [agency.unit for agency in found] == [land.commune, None]
    for agency, expected in zip(found, (land.office, central), strict=True):
        for row, stored in ((agency, expected), (agency.unit, expected.unit)):
            if stored is not None:
                values = type(stored).objects.values().get(pk=stored.pk)
                assert {name: getattr(row, name) for name in values} == values


@pytest.mark.parametrize("count", [1, 12])
def test_scope_costs_two_queries_however_many_roles(land, django_assert_num_queries, count):
    user = UserFactory()
    offices = [AgencyFactory() for _ in range(count)]
    for office in offices:
        MembershipFactory(user=user, agency=office)
    DelegationFactory(to=user, membership__agency=land.office)
    with django_assert_num_queries(2):
        scope = scope_of(user)
        assert all(scope.has(Role.COMMUNE_OFFICER, office.unit) for office in offices)
        assert scope_of(user).worn.unit == offices[0].name


def test_holders_are_found_over_a_unit_with_their_delegates(land):
    old = UnitFactory(under=land.province)
    UnitCover.objects.create(holder=land.commune, covered=old)
    delegate = UserFactory()
    DelegationFactory(
        membership=land.officer.memberships.get(),
        to=delegate,
        valid_from=date(2023, 1, 1),
        valid_to=date(2099, 1, 1),
    )
    assert set(holders_of(Role.COMMUNE_OFFICER, unit=old)) == {land.officer, delegate}
    assert set(holders_of(Role.COMMUNE_OFFICER, agency=land.next_office)) == {land.next_officer}
    assert set(holders_of(Role.ADMINISTRATOR, unit=land.commune)) == {land.admin}


def test_people_are_seen_by_those_who_look_after_them(land):
    producer = UserFactory(unit=land.commune)
    own = {land.leader, land.officer, producer}
    assert set(people_for(land.leader)) == own
    assert set(people_for(land.officer)) == own
    assert set(people_for(land.next_officer)) == {land.next_officer}
    assert set(people_for(land.admin)) == own | {land.admin, land.next_officer}
    assert set(people_for(land.stranger)) == {land.stranger}
    assert set(people_for(producer)) == set()
