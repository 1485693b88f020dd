from datetime import date, timedelta

import pytest

from ocop.accounts import actions
from ocop.accounts.enums import EndReason, Role
from ocop.accounts.models import Delegation, Membership
from ocop.accounts.queries import scope_of
from ocop.accounts.tests.factories import UserFactory
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused


@pytest.fixture
def today():
    return clock.today()


def test_a_grant_counts_at_once_and_is_announced_without_personal_data(land, person, heard):
    row = actions.grant_membership(
        person, agency=land.office, role=Role.COMMUNE_OFFICER, by=land.leader, basis="Quyết định số 5"
    )
    assert scope_of(person).has(Role.COMMUNE_OFFICER, land.commune)
    assert heard == [
        (
            "accounts.role_granted",
            row,
            {"role": Role.COMMUNE_OFFICER, "agency": land.office.pk, "holder": person.pk},
        )
    ]


@pytest.mark.parametrize(
    ("who", "where", "role"),
    [
        ("officer", "office", Role.COMMUNE_OFFICER),
        ("leader", "office", Role.COMMUNE_LEADER),
        ("leader", "next_office", Role.COMMUNE_OFFICER),
        ("admin", "strange_office", Role.COMMUNE_OFFICER),
        ("stranger", "office", Role.COMMUNE_OFFICER),
    ],
)
def test_roles_are_given_only_in_reach(land, person, who, where, role):
    with pytest.raises(Forbidden):
        actions.grant_membership(person, agency=getattr(land, where), role=role, by=getattr(land, who))
    assert not person.memberships.exists()


def test_nobody_gives_a_role_to_oneself(land):
    with pytest.raises(Refused) as refused:
        actions.grant_membership(land.admin, agency=land.committee, role=Role.PROVINCE_LEADER, by=land.admin)
    assert refused.value.code == "accounts.self_grant"


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2026, 3, 1), date(2026, 3, 1), True),
    ],
)
def test_the_same_role_never_overlaps(land, person, start, end, refused):
    half = {"agency": land.office, "role": Role.COMMUNE_OFFICER, "by": land.admin}
    actions.grant_membership(person, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30), **half)
    if refused:
        with pytest.raises(Refused) as error:
            actions.grant_membership(person, valid_from=start, valid_to=end, **half)
        assert error.value.code == "accounts.overlap"
    else:
        actions.grant_membership(person, valid_from=start, valid_to=end, **half)
    assert person.memberships.count() == (1 if refused else 2)


def test_another_role_may_overlap(land, person):
    for role in (Role.COMMUNE_OFFICER, Role.READER):
        actions.grant_membership(person, agency=land.office, role=role, by=land.admin)
    assert scope_of(person).roles == {Role.COMMUNE_OFFICER, Role.READER}


def test_a_role_ends_with_its_last_day_and_takes_what_was_lent_along(land, today):
    row = land.officer.memberships.get()
    running = actions.delegate(
        row,
        to_user=UserFactory(),
        valid_from=today,
        valid_to=today + timedelta(30),
        basis="Số 1",
        by=land.officer,
    )
    later = actions.delegate(
        row, to_user=UserFactory(), valid_from=today + timedelta(20), valid_to=today + timedelta(30), basis="Số 2",
        by=land.officer,
    )  # fmt: skip
    actions.end_membership(row, by=land.leader, on=today + timedelta(10), reason=EndReason.MOVED)
    row.refresh_from_db()
    running.refresh_from_db()
    assert (row.valid_to, row.ended_reason) == (today + timedelta(10), EndReason.MOVED)
    assert running.valid_to == today + timedelta(10)
    assert not Delegation.objects.filter(pk=later.pk).exists()


def test_the_last_administrator_stays(land, today):
    row = land.admin.memberships.get()
    land.stranger.memberships.update(valid_to=today)
    with pytest.raises(Refused) as refused:
        actions.end_membership(row, by=None, on=today)
    assert refused.value.code == "accounts.last_administrator"


def test_hand_over_moves_the_role_on_the_day(land, person, today, heard):
    row = land.officer.memberships.get()
    day = today + timedelta(5)
    heir = actions.hand_over(row, to_user=person, on=day, basis="Quyết định số 7", by=land.officer)
    row.refresh_from_db()
    assert (row.valid_to, row.ended_reason, row.successor) == (
        day - timedelta(1),
        EndReason.HANDED_OVER,
        heir,
    )
    assert (heir.valid_from, heir.valid_to, heir.role, heir.agency) == (day, None, row.role, row.agency)
    eve = day - timedelta(1)
    holders = [
        (scope_of(land.officer, on).is_official, scope_of(person, on).is_official) for on in (eve, day)
    ]
    assert holders == [(True, False), (False, True)]
    assert [verb for verb, *_ in heard] == ["accounts.handed_over"]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"basis": " "}, "accounts.basis"), ({"on": date(2023, 1, 1)}, "accounts.days")],
)
def test_hand_over_is_refused_and_changes_nothing(land, person, today, change, code):
    row = land.officer.memberships.get()
    call = {"to_user": person, "on": today, "basis": "Quyết định số 7", "by": land.officer, **change}
    with pytest.raises(Refused) as refused:
        actions.hand_over(row, **call)
    assert refused.value.code == code
    assert Membership.objects.get(pk=row.pk).valid_to is None
    assert not person.memberships.exists()


def test_a_neighbour_cannot_hand_over(land, person, today):
    with pytest.raises(Forbidden):
        actions.hand_over(
            land.officer.memberships.get(), to_user=person, on=today, basis="Số 1", by=land.next_officer
        )


@pytest.mark.parametrize(
    ("start", "end", "basis", "code"),
    [
        (date(2022, 12, 31), date(2026, 1, 1), "Số 1", "accounts.days"),
        (date(2026, 2, 1), date(2026, 1, 1), "Số 1", "accounts.days"),
        (date(2026, 1, 1), date(2026, 2, 1), "", "accounts.basis"),
    ],
)
def test_a_role_is_lent_only_within_its_days_and_on_a_basis(land, person, start, end, basis, code):
    with pytest.raises(Refused) as refused:
        actions.delegate(
            land.officer.memberships.get(), to_user=person, valid_from=start, valid_to=end, basis=basis,
            by=land.officer,
        )  # fmt: skip
    assert refused.value.code == code
    assert not Delegation.objects.exists()


def test_a_delegate_cannot_lend_further(land, person, today):
    row = land.officer.memberships.get()
    span = {"valid_from": today, "valid_to": today + timedelta(9), "basis": "Số 1"}
    actions.delegate(row, to_user=person, by=land.officer, **span)
    with pytest.raises(Forbidden):
        actions.delegate(row, to_user=UserFactory(), by=person, **span)


def test_a_lent_role_is_taken_back(land, person, today):
    lent = actions.delegate(
        land.officer.memberships.get(), to_user=person, valid_from=today, valid_to=today + timedelta(9),
        basis="Số 1", by=land.officer,
    )  # fmt: skip
    actions.end_delegation(lent, by=land.officer, on=today)
    assert scope_of(person, today).is_official
    assert not scope_of(person, today + timedelta(1)).is_official
