import pytest

from ocop.accounts.enums import Role
from ocop.accounts.rules import granting, phones, secrets


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("(0912) 345-678", "+84912345678"),
        ("0239 3855 555", "+842393855555"),
        ("+49 30 123456", "+4930123456"),
        ("0000000000", None),
        ("12345", None),
        ("ba-lan", None),
        ("a0912345678@example.vn", None),
        ("", None),
    ],
)
def test_phone_has_one_form(typed, kept):
    assert phones.normalise(typed) == kept


@pytest.mark.parametrize(
    ("kept", "shown", "masked"),
    [("+84912345678", "0912 345 678", "091 •••• 678"), (None, "", "")],
)
def test_phone_is_shown_and_masked(kept, shown, masked):
    assert (phones.shown(kept), phones.masked(kept)) == (shown, masked)


def test_every_role_belongs_to_some_agency():
    assert set(granting.FITS) == set(Role)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("commune_committee", [Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.READER]),
        ("central_office", [Role.STANDING_OFFICER, Role.READER]),
        (
            "district_committee",
            [
                Role.DISTRICT_OFFICER,
                Role.DISTRICT_LEADER,
                Role.DISTRICT_CLERK,
                Role.EXPERT_MEMBER,
                Role.EXPERT_LEAD,
                Role.READER,
            ],
        ),
    ],
)
def test_roles_of_an_agency_follow_its_kind(kind, roles):
    assert granting.roles_for_kind(kind) == roles


def test_leaders_give_only_small_roles_of_their_agency():
    assert granting.given_by(frozenset({Role.COMMUNE_LEADER})) == {Role.COMMUNE_OFFICER, Role.READER}
    assert granting.given_by(frozenset({Role.COMMUNE_OFFICER})) == frozenset()


def test_temporary_passwords_can_be_read_out():
    made = {secrets.temporary_password() for _ in range(50)}
    assert len(made) == 50
    assert not {sign for word in made for sign in word} & set("oil01ABCDEFGHIJKLMNOPQRSTUVWXYZ")
