import threading
from datetime import timedelta

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.db.utils import load_backend
from django.test import RequestFactory

from ocop.kit import clock, once
from ocop.kit.errors import Refused
from ocop.kit.models import DayOverride, OnceKey


class _Form(once.OnceMixin, forms.Form):
    name = forms.CharField()


def _request():
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    return request


class _Action:
    def __init__(self):
        self.runs = 0

    def __call__(self) -> str:
        self.runs += 1
        return f"/da-lam/{self.runs}"


def test_every_shown_form_has_its_own_key_and_a_sent_one_keeps_it():
    first, second = _Form(), _Form()
    assert first["once"].value() != second["once"].value()
    sent = _Form({"name": "", "once": "abc"})
    assert sent.once_key == "abc"
    assert 'value="abc"' in str(sent["once"])


@pytest.mark.django_db
def test_sent_twice_acts_once_and_leads_to_the_same_place():
    action = _Action()
    answers = [once.run(_request(), "k", action).url for _ in range(3)]
    assert (answers, action.runs) == (["/da-lam/1"] * 3, 1)


@pytest.mark.django_db
def test_other_keys_and_no_key_act_each_time():
    action = _Action()
    for key in ("a", "b", "", ""):
        once.run(_request(), key, action)
    assert action.runs == 4


@pytest.mark.django_db
def test_the_key_of_another_person_means_nothing(django_user_model):
    one, two = _request(), _request()
    one.user = django_user_model.objects.create(username="one")
    two.user = django_user_model.objects.create(username="two")
    action = _Action()
    assert [once.run(one, "k", action).url, once.run(two, "k", action).url] == ["/da-lam/1", "/da-lam/2"]


@pytest.mark.django_db
def test_a_refused_action_may_be_sent_again():
    def refuse() -> str:
        raise Refused("no", "Không được.")

    with pytest.raises(Refused):
        once.run(_request(), "k", refuse)
    assert OnceKey.objects.count() == 0
    assert once.run(_request(), "k", _Action()).url == "/da-lam/1"


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """Answers a function that gives a thread its own connection to one database, as in service.

    The SQLite test database lives in memory, where a second writer is refused instead of waiting; so there the
    threads meet in a file.
    """
    if connection.vendor != "sqlite":
        return lambda: None

    def connect():
        settings = {**connection.settings_dict, "NAME": str(tmp_path / "shared.sqlite3")}
        connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")

    def build():
        connect()
        with connections["default"].schema_editor() as editor:
            editor.create_model(OnceKey)
            editor.create_model(DayOverride)
        connections["default"].close()

    thread = threading.Thread(target=build)
    thread.start()
    thread.join(timeout=30)
    return connect


def test_two_at_the_same_time_act_once(shared_database):
    answers, errors, barrier = [], [], threading.Barrier(4)
    runs = []

    def send():
        shared_database()

        def act() -> str:
            runs.append(1)
            row = DayOverride.objects.create(
                day=clock.today() + timedelta(days=len(runs)), is_working=True, name="x"
            )
            return f"/{row.pk}"

        try:
            barrier.wait(timeout=10)
            answers.append(once.run(_request(), "same", act).url)
        except Exception as error:
            errors.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (errors, len(runs), answers) == ([], 1, answers[:1] * 4)


@pytest.mark.django_db
def test_led_to_knows_only_what_was_done():
    assert (once.led_to(_request(), "k"), once.led_to(_request(), "")) == (None, None)
    once.run(_request(), "k", _Action())
    assert once.led_to(_request(), "k").url == "/da-lam/1"


@pytest.mark.django_db
def test_sweep_drops_old_keys_only():
    OnceKey.objects.create(key="old", at=clock.now() - timedelta(days=4))
    OnceKey.objects.create(key="new", at=clock.now())
    assert once.sweep() == 1
    assert list(OnceKey.objects.values_list("key", flat=True)) == ["new"]
