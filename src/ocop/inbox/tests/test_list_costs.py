"""The list of notices costs the same number of queries with few rows as with many."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.inbox.tests.factories import NoticeFactory, PersonFactory
from ocop.kit.testing import counted


@pytest.mark.django_db
def test_notices_cost_the_same_queries_with_400_as_with_20() -> None:
    person, client, costs = PersonFactory(), Client(), []
    client.force_login(person)
    for more in (20, 380):
        for number in range(more):
            NoticeFactory(to=person, url=f"/ho-so/{number}/")
        client.get(reverse("inbox:list"))
        with counted() as caught:
            assert client.get(reverse("inbox:list")).status_code == 200
        costs.append(len(caught))
    assert costs[0] == costs[1]
