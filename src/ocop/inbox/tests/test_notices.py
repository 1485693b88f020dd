"""Telling people, and getting it to them whatever the mail server does."""

import json
import smtplib
import socket
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from ocop.inbox import actions, queries
from ocop.inbox.models import Delivery, Notice
from ocop.inbox.rules import retries
from ocop.inbox.tests.factories import NoticeFactory, PersonFactory
from ocop.kit import clock, registry

pytestmark = pytest.mark.django_db

KIND = registry.NoticeKind("test.returned", "Hồ sơ bị trả lại", ("inbox", "email", "sms"))


@pytest.fixture(autouse=True)
def _kind(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(registry.notice_kinds, "_entries", {KIND.key: KIND})
    settings.OCOP_DATA_DIR, settings.OCOP_SMS = tmp_path, "file"


def tell(person, **more):
    content = {"title": "Hồ sơ bị trả lại", "text": "Thiếu phiếu kiểm nghiệm.", "url": "/ho-so/HS-1/"} | more
    return actions.notify(kind=KIND.key, to=person, **content)


def states():
    return dict(Delivery.objects.values_list("channel", "state"))


def test_notice_and_its_ways_out():
    person = PersonFactory(phone="+84912345678")
    notice = tell(person)
    assert states() == {"email": "queued", "sms": "queued"}
    assert notice.paste_text == (
        "Hồ sơ bị trả lại\nThiếu phiếu kiểm nghiệm.\nhttp://127.0.0.1:8000/ho-so/HS-1/"
    )


def test_nobody_is_sent_what_cannot_reach_them(settings):
    tell(PersonFactory(email="", phone=None))
    settings.OCOP_SMS = ""
    tell(PersonFactory(email="", phone="+84912345679"))
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 0)


def test_what_is_rolled_back_is_never_told():
    with transaction.atomic():
        tell(PersonFactory())
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_told_once_by_key():
    person = PersonFactory()
    first, again = (tell(person, dedupe_key="deadline:HS-1") for _ in range(2))
    other = tell(PersonFactory(), dedupe_key="deadline:HS-1")
    assert (first.pk == again.pk, first.pk == other.pk, Delivery.objects.count()) == (True, False, 2)


def test_each_of_several_people_once():
    one, two = PersonFactory(), PersonFactory()
    assert len(actions.notify_each([one, two, one], kind=KIND.key, title="Phiên họp")) == 2


def test_mail_and_message_go_out(tmp_path):
    person = PersonFactory(email="a@vidu.vn", phone="+84912345678")
    tell(person)
    assert actions.deliver_due() == 2
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["a@vidu.vn"], "Hồ sơ bị trả lại", "Thiếu phiếu kiểm nghiệm.\n\nhttp://127.0.0.1:8000/ho-so/HS-1/")
    ]
    line = json.loads((tmp_path / "sms" / "outbox.jsonl").read_text(encoding="utf-8"))
    assert (line["to"], line["text"]) == (
        "+84912345678",
        "Hồ sơ bị trả lại\nhttp://127.0.0.1:8000/ho-so/HS-1/",
    )
    assert states() == {"email": "sent", "sms": "sent"}
    assert actions.deliver_due() == 0


@pytest.fixture
def dead_server(settings):
    """A mail server that is down: a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    return settings


def test_server_that_is_down_loses_nothing(dead_server):
    start = clock.now()
    tell(PersonFactory(), at=start)
    moment = start
    for tries, wait in enumerate(retries.WAITS, start=1):
        assert actions.deliver_due(at=moment) == 0
        row = Delivery.objects.get()
        assert (row.state, row.tries, row.next_try_at, row.error) == (
            "failed",
            tries,
            moment + wait,
            "ConnectionRefusedError 111",
        )
        assert actions.deliver_due(at=moment + wait - timedelta(seconds=1)) == 0
        assert Delivery.objects.get().tries == tries
        moment += wait
    dead_server.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.deliver_due(at=moment) == 1
    assert (len(mail.outbox), states()) == (1, {"email": "sent"})


def test_given_up_at_last_and_taken_up_again(dead_server):
    tell(PersonFactory())
    Delivery.objects.update(tries=len(retries.WAITS))
    actions.deliver_due()
    assert states() == {"email": "gave_up"}
    dead_server.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.requeue(by=None) == 1
    assert actions.deliver_due() == 1


class Refusing(threading.Thread):
    """A mail server that knows no such recipient."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(10)
        self.port = self.server.getsockname()[1]

    def run(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rwb") as stream:
            stream.write(b"220 here\r\n")
            stream.flush()
            while (said := stream.readline().upper()) and not said.startswith(b"QUIT"):
                stream.write(b"550 no such person\r\n" if said.startswith(b"RCPT") else b"250 fine\r\n")
                stream.flush()
        self.server.close()


def test_address_that_does_not_exist_is_given_up_without_naming_it(settings):
    server = Refusing()
    server.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = server.port
    tell(PersonFactory(email="khong-co@vidu.vn"))
    actions.deliver_due()
    server.join(5)
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.error) == ("gave_up", 1, "Máy chủ thư từ chối địa chỉ (550)")
    assert issubclass(smtplib.SMTPRecipientsRefused, OSError)


def test_delivery_that_a_killed_worker_held_is_taken_up_again(monkeypatch):
    start = clock.now()
    tell(PersonFactory(), at=start)
    monkeypatch.setattr(actions, "_deliver", lambda delivery, at: 0)  # killed before it said how it went
    actions.deliver_due(at=start)
    monkeypatch.undo()
    assert actions.deliver_due(at=start + retries.CLAIM - timedelta(seconds=1)) == 0
    assert actions.deliver_due(at=start + retries.CLAIM) == 1
    assert len(mail.outbox) == 1


def test_choice_counts_over_the_kinds_channels():
    person = PersonFactory(phone="+84912345678")
    assert queries.channels_for(person, KIND.key) == ["email", "sms"]
    actions.choose(KIND.key, channels=["sms"], by=person)
    tell(person)
    assert states() == {"sms": "queued"}


def test_unread_count_is_one_query(django_assert_num_queries):
    person = PersonFactory()
    for _ in range(3):
        NoticeFactory(to=person)
    NoticeFactory()
    actions.mark_read(Notice.objects.filter(to=person).first(), by=person)
    with django_assert_num_queries(1):
        assert queries.unread_count(person) == 2


def test_nobody_marks_the_notice_of_another():
    notice = NoticeFactory()
    actions.mark_read(notice, by=PersonFactory())
    assert notice.is_unread


class TestPages:
    """The reader's own pages."""

    @pytest.fixture
    def person(self, client):
        person = PersonFactory(phone="+84912345678")
        client.force_login(person)
        return person

    def test_list_shows_mine_unread_first(self, client, person):
        old = NoticeFactory(to=person, title="Cũ, chưa đọc", at=clock.now() - timedelta(days=1))
        read = NoticeFactory(to=person, title="Mới, đã đọc", read_at=clock.now())
        NoticeFactory(title="Của người khác")
        response = client.get("/thong-bao/")
        assert [notice.pk for notice in response.context["page"]] == [old.pk, read.pk]
        assert "Của người khác" not in response.content.decode()

    def test_opening_marks_as_read_and_goes_there(self, client, person):
        notice = NoticeFactory(to=person, url="/ho-so/HS-1/")
        response = client.post(f"/thong-bao/{notice.pk}/mo/")
        assert (response.status_code, response["Location"]) == (302, "/ho-so/HS-1/")
        notice.refresh_from_db()
        assert notice.read_at is not None

    @pytest.mark.parametrize("url", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
    def test_opening_never_leaves_the_system(self, client, person, url):
        notice = NoticeFactory(to=person, url=url)
        assert client.post(f"/thong-bao/{notice.pk}/mo/")["Location"] == "/thong-bao/"

    def test_notice_of_another_is_404(self, client, person):
        assert client.post(f"/thong-bao/{NoticeFactory().pk}/mo/").status_code == 404

    def test_all_read(self, client, person):
        NoticeFactory(to=person)
        other = NoticeFactory()
        client.post("/thong-bao/da-doc/")
        assert list(Notice.objects.unread()) == [other]

    def test_choices_are_kept(self, client, person):
        assert "checked" in client.get("/thong-bao/tuy-chon/").content.decode()
        client.post("/thong-bao/tuy-chon/", {"kind0": ["sms"]})
        assert queries.channels_for(person, KIND.key) == ["sms"]

    def test_signed_out_is_asked_to_sign_in(self, client):
        answers = [client.get("/thong-bao/").status_code, client.get("/thong-bao/tuy-chon/").status_code]
        assert answers == [302, 302]
