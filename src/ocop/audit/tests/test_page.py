"""Who reads the log, and what the filters show."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.audit import actions
from ocop.audit.models import Event
from ocop.audit.tests.factories import PersonFactory
from ocop.kit import clock, registry

pytestmark = pytest.mark.django_db

URL = "/quan-tri/nhat-ky/"


@pytest.fixture
def roles(monkeypatch):
    """Has an access source give log roles by user name."""

    def give(by_name):
        source = registry.AccessSource(
            "test", lambda user, subject: by_name.get(user.username, []) if subject is Event else []
        )
        monkeypatch.setattr(registry.access_sources, "_entries", {"test": source})

    return give


def shown(client, **query):
    return [event.verb for event in client.get(URL, query).context["page"]]


def test_only_readers_open_it(client, roles):
    roles({"admin": ["audit.reader"]})
    assert client.get(URL).status_code == 404
    seen = []
    for person in (PersonFactory(), PersonFactory(username="admin"), PersonFactory(is_superuser=True)):
        client.force_login(person)
        seen.append(client.get(URL).status_code)
    assert seen == [404, 200, 200]


def test_reader_of_an_agency_sees_its_events_only(client, roles):
    roles({"local": ["audit.reader:7"]})
    for agency in (7, 8, None):
        actions.record(f"done.at.{agency}", by=None, agency=agency)
    client.force_login(PersonFactory(username="local"))
    assert shown(client) == ["done.at.7"]


@pytest.fixture
def admin(client):
    client.force_login(PersonFactory(is_superuser=True))


@pytest.mark.usefixtures("admin")
class TestFilters:
    """Each narrows the list."""

    def test_days_are_inclusive_and_vietnamese(self, client):
        for day, hour in ((1, 0), (1, 23), (2, 0)):
            actions.record(f"on.{day}.{hour}", by=None, at=datetime(2026, 7, day, hour, tzinfo=clock.LOCAL))
        assert shown(client, tu_ngay=date(2026, 7, 1), den_ngay=date(2026, 7, 1)) == ["on.1.23", "on.1.0"]

    def test_verb(self, client):
        actions.record("a", by=None)
        actions.record("b", by=None)
        assert shown(client, viec="a") == ["a"]

    def test_person(self, client):
        actions.record("a", by=PersonFactory(username="lan"))
        actions.record("b", by=PersonFactory(username="hoa"))
        assert shown(client, tim="lan") == ["a"]

    def test_fifty_a_page_and_as_many_queries_for_sixty_as_for_six(self, client):
        counts = []
        for more in (6, 54):
            for number in range(more):
                actions.record("a", by=PersonFactory(), number=number)
            with CaptureQueriesContext(connection) as queries:
                shown(client, viec="a")
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert (len(shown(client, viec="a")), len(shown(client, viec="a", trang=2))) == (50, 10)

    def test_says_what_happened_in_words(self, client, monkeypatch):
        monkeypatch.setattr(
            registry.verbs, "_entries", {"a.done": registry.VerbLabel("a.done", "Làm xong việc A")}
        )
        actions.record("a.done", by=None, rows=3, confirmed=True, weather="nắng", empty="")
        actions.record("b.old", by=None)
        context = client.get(URL).context
        assert [(words, facts) for _, words, facts in context["lines"]] == [
            ("b.old", []),
            ("Làm xong việc A", [("Đã xác nhận, đối chiếu", "có"), ("Số dòng", "3"), ("weather", "nắng")]),
            ("accounts.signed_in", []),
        ]
        assert context["form"].fields["viec"].choices == [
            ("", "Tất cả"),
            ("a.done", "Làm xong việc A"),
            ("accounts.signed_in", "accounts.signed_in"),
            ("b.old", "b.old"),
        ]
