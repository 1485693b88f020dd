"""The virus scanner's protocol, spoken with a small daemon of our own on the loopback."""

import socket
import struct
import threading

import pytest

from ocop.audit.models import Event
from ocop.files import actions
from ocop.files.models import StoredFile
from ocop.files.tests.factories import PersonFactory, pdf, sent
from ocop.kit.errors import Refused

pytestmark = pytest.mark.django_db


class Daemon(threading.Thread):
    """Takes one INSTREAM as clamd does, keeps what it was sent, gives the answer it was told to give."""

    def __init__(self, answer):
        super().__init__(daemon=True)
        self.answer, self.received = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(10)
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"

    def run(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack(">I", stream.read(4))[0]:
                self.received += stream.read(length)
            connection.sendall(self.answer)
        self.server.close()


@pytest.fixture
def scanner(settings):
    """Starts a daemon that gives one answer."""
    started = []

    def start(answer):
        daemon = Daemon(answer)
        daemon.start()
        settings.OCOP_CLAMD = daemon.address
        started.append(daemon)
        return daemon

    yield start
    for daemon in started:
        daemon.join(5)


def test_clean_file_is_kept_and_says_so(scanner):
    daemon, content = scanner(b"stream: OK\0"), pdf(400)
    assert len(content) > 64 * 1024 * 0.5
    stored = actions.store(sent("a.pdf", content), by=PersonFactory())
    assert (stored.scan_state, daemon.received) == ("clean", content)


def test_infected_file_is_put_away_refused_and_logged(scanner, settings):
    scanner(b"stream: Eicar-Test-Signature FOUND\0")
    person, content = PersonFactory(), pdf()
    with pytest.raises(Refused) as refused:
        actions.store(sent("a.pdf", content), by=person)
    assert refused.value.code == "file.infected"
    assert StoredFile.objects.count() == 0
    event = Event.objects.get(verb="file.infected")
    assert (event.actor, event.data["virus"]) == (person, "Eicar-Test-Signature")
    away = settings.OCOP_DATA_DIR / "quarantine" / event.data["sha256"]
    assert away.read_bytes() == content


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_scanner_that_gives_no_verdict_lets_nothing_in(scanner, answer):
    scanner(answer)
    with pytest.raises(Refused) as refused:
        actions.store(sent("a.pdf", pdf()), by=PersonFactory())
    assert (refused.value.code, StoredFile.objects.count()) == ("file.scanner_down", 0)


def test_scanner_that_is_down_lets_nothing_in(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.OCOP_CLAMD = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Refused) as refused:
        actions.store(sent("a.pdf", pdf()), by=PersonFactory())
    assert refused.value.code == "file.scanner_down"
