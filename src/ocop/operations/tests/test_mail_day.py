"""The mail server is away for a day: everything waits, the page says so, and all of it arrives once."""

import socket
import socketserver
import threading
from datetime import timedelta

import pytest

from ocop.inbox import actions
from ocop.inbox.enums import DeliveryState
from ocop.inbox.models import Delivery
from ocop.inbox.rules import retries
from ocop.inbox.tests.factories import PersonFactory
from ocop.kit import clock, registry
from ocop.operations.tests.test_state import STATE, admin, at_desk, home  # noqa: F401

pytestmark = pytest.mark.django_db
KIND = registry.NoticeKind("test.day", "Trong ngày", ("inbox", "email"))
NOTICES = 40


class Taking(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self) -> None:
        """One conversation."""
        self.wfile.write(b"220 here\r\n")
        while said := self.rfile.readline():
            word = said.strip().upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    if line.startswith(b"To: "):
                        self.server.taken.append(line.strip().decode())
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def mail_server(settings):
    """A port at which nobody listens yet, and what makes a server listen there."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 1
    started = []

    def come_back():
        socketserver.TCPServer.allow_reuse_address = True
        server = socketserver.TCPServer(("127.0.0.1", port), Taking)
        server.taken = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return server.taken

    yield come_back
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(registry.notice_kinds, "_entries", {KIND.key: KIND})


def test_a_day_without_a_mail_server(mail_server, at_desk):  # noqa: F811
    begun = clock.now()
    people = [PersonFactory(email=f"nguoi-{number}@vidu.vn") for number in range(NOTICES)]
    for person in people:
        actions.notify(kind=KIND.key, to=person, title="Nhắc hạn", at=begun)
    for minute in range(0, 24 * 60, 5):
        assert actions.deliver_due(at=begun + timedelta(minutes=minute)) == 0
    rows = list(Delivery.objects.all())
    assert len(rows) == NOTICES
    assert {row.state for row in rows} == {DeliveryState.FAILED}
    page = at_desk.get(STATE).content.decode()
    assert "ConnectionRefusedError 111" in page
    assert f'data-label="Lỗi, sẽ thử lại">{NOTICES}<' in page
    taken = mail_server()
    back = begun + timedelta(days=1)
    for hour in range(26):
        actions.deliver_due(at=back + timedelta(hours=hour))
    assert sorted(taken) == sorted(f"To: {person.email}" for person in people)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_a_server_that_takes_the_line_and_says_nothing_holds_up_neither_messages_nor_the_scheduler(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = mute.getsockname()[1], 0.2
        for _ in range(retries.IN_A_ROW + 4):
            actions.notify(kind=KIND.key, to=PersonFactory(), title="Nhắc hạn")
        actions.deliver_due()
    tried = Delivery.objects.filter(tries=1)
    assert (tried.count(), {row.state for row in tried}) == (retries.IN_A_ROW, {DeliveryState.FAILED})
    assert Delivery.objects.filter(tries=0, state=DeliveryState.QUEUED).count() == 4


def test_a_clock_put_back_strands_no_notice(mail_server):
    taken = mail_server()
    actions.notify(kind=KIND.key, to=PersonFactory(), title="Nhắc hạn", at=clock.now() + timedelta(days=400))
    assert actions.deliver_due() == 1
    assert len(taken) == 1
