"""What a person holds beside roles is asked once, for all kinds together."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from ocop.accounts.attached import is_attached
from ocop.accounts.models import User
from ocop.accounts.tests.factories import UserFactory
from ocop.kit import registry
from ocop.kit.clock import LOCAL
from ocop.producers.models.access import ACCESS
from ocop.producers.tests.factories import AccessFactory

FIRST_DAY = date(2023, 1, 1)

pytestmark = pytest.mark.django_db


def test_every_kind_is_asked_in_one_query(django_assert_num_queries) -> None:
    access, stranger = AccessFactory(), UserFactory()
    own, other = User.objects.get(pk=access.user_id), User.objects.get(pk=stranger.pk)
    kinds = [entry.key for entry in registry.attachments]
    with django_assert_num_queries(1):
        assert [key for key in kinds if is_attached(own, key)] == [ACCESS]
    assert [key for key in kinds if is_attached(other, key)] == []
    assert len(kinds) > 1


def test_nobody_is_attached_to_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert not is_attached(AnonymousUser(), ACCESS)


def test_an_access_that_ended_counts_no_more() -> None:
    access = AccessFactory(valid_from="2020-01-01", valid_to="2020-12-31")
    assert not is_attached(User.objects.get(pk=access.user_id), ACCESS)


def test_every_kind_asks_for_the_day_it_is_given_and_for_no_other() -> None:
    """The query is compiled once: a day that it took from the clock by itself would stay."""
    asked = []
    for today in (date(2026, 1, 1), date(2026, 9, 9)):
        with time_machine.travel(datetime.combine(today, time(9), LOCAL), tick=False):
            asked.append([entry.rows(FIRST_DAY).query.sql_with_params() for entry in registry.attachments])
    assert asked[0] == asked[1]
