"""The database is locked: the page says so with 503, nothing is half written, and the next press goes through."""

import threading

import pytest
from django.db import OperationalError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from ocop.evaluation.actions.road import locked
from ocop.evaluation.models import Dossier, DossierMove, Submission
from ocop.evaluation.tests.world import make_world
from ocop.kit import busy, once
from ocop.kit.meeting import meeting_place
from ocop.kit.models import OnceKey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_submit_into_a_locked_database(tmp_path, accept):
    world = make_world()
    row = world.filled_dossier()
    client = Client(raise_request_exception=False)
    client.force_login(world["owner"])
    held, done = threading.Event(), threading.Event()
    address = reverse("evaluation:dossier-check", args=[row.code])
    sent = {"commitment": "on", once.FIELD: "k1"}

    def hold() -> None:
        with transaction.atomic():
            locked(Dossier.objects.get(pk=row.pk))
            held.set()
            done.wait(timeout=30)

    with meeting_place(tmp_path) as place:

        def press():
            held.wait(timeout=30)
            try:
                place.be_impatient(0.3)
                return client.post(address, sent, headers={"accept": accept})
            finally:
                done.set()

        _, answer = place.at_once(hold, press)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        if accept == "application/json":
            assert answer.json()["message"] == busy.SENTENCE
        else:
            assert "Hệ thống đang bận" in answer.content.decode()
        kept = Dossier.objects.get(pk=row.pk)
        assert (kept.state, kept.form02, kept.answers) == ("draft", row.form02, row.answers)
        assert [model.objects.count() for model in (DossierMove, Submission, OnceKey)] == [0, 0, 0]
        assert client.post(address, sent).status_code == 302
        assert Dossier.objects.get(pk=row.pk).state == "submitted"


def test_what_no_view_caught_is_told_apart():
    request = RequestFactory().get("/")
    for error, status in ((OperationalError("database is locked"), 503), (ValueError("x"), 500)):
        try:
            raise error
        except (OperationalError, ValueError):
            assert busy.failed(request).status_code == status
    assert not busy.is_busy(OperationalError("no such table: x"))
