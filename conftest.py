"""Nothing of the tests may leave the machine or wait for it."""

import socket

import pytest


@pytest.fixture(autouse=True)
def _no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection to another machine fails, naming the address."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("localhost", "::1") and not str(host).startswith("127."):
            raise AssertionError(f"a test may not leave this machine: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
