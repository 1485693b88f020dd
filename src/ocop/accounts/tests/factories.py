"""Factories of people and their roles, for this app and those above."""

from datetime import date

import factory

from ocop.accounts.enums import Role
from ocop.accounts.models import Delegation, Membership, User
from ocop.units.tests.factories import AgencyFactory

PASSWORD = "Mat-khau-thu-2026"


class UserFactory(factory.django.DjangoModelFactory):
    """An active person without a role, who signs in with `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"nguoi-thu-{number}")
    full_name = factory.Sequence(lambda number: f"Người Thử {number}")

    @factory.post_generation
    def password(user, create, extracted, **kwargs):  # noqa: N805 - factory_boy passes the object first
        user.set_password(extracted or PASSWORD)
        if create:
            user.save()


class MembershipFactory(factory.django.DjangoModelFactory):
    """A commune officer since 2023 in a commune of tests."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.COMMUNE_OFFICER
    valid_from = date(2023, 1, 1)


class DelegationFactory(factory.django.DjangoModelFactory):
    """A role lent for the year 2026."""

    class Meta:
        model = Delegation

    membership = factory.SubFactory(MembershipFactory)
    to = factory.SubFactory(UserFactory)
    valid_from = date(2026, 1, 1)
    valid_to = date(2026, 12, 31)
    basis = "Văn bản ủy quyền số 1"
    granted_by = factory.LazyAttribute(lambda row: row.membership.user)
