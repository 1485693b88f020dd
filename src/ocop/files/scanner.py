"""Virus scan over clamd's own protocol (INSTREAM); off unless OCOP_CLAMD names the daemon."""

import socket
import struct
from pathlib import Path

from django.conf import settings

from ocop.files.disk import blocks_of
from ocop.files.enums import ScanState
from ocop.files.rules import limits

TIMEOUT = 60  # seconds


class InfectedError(Exception):
    """The scanner named a virus."""


def _connected(address: str) -> socket.socket:
    """A connection to `host:port` or to the socket file `/path`."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def scan(path: Path) -> ScanState:
    """Ask the scanner about the file.

    `ScanState.OFF` when none is set up. Raises `InfectedError` with the virus's name, and `Refused`
    ("file.scanner_down") when a scanner is set up and does not answer: unchecked files are not let in then.
    """
    if not settings.OCOP_CLAMD:
        return ScanState.OFF
    try:
        with _connected(settings.OCOP_CLAMD) as connection:
            connection.sendall(b"zINSTREAM\0")
            for block in blocks_of(path):
                connection.sendall(struct.pack(">I", len(block)) + block)
            connection.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and (piece := connection.recv(4096)):
                answer += piece
    except OSError as error:
        raise limits.refuse("file.scanner_down") from error
    verdict = answer.rstrip(b"\0\n").decode("utf-8", "replace")
    if verdict.endswith("FOUND"):
        raise InfectedError(verdict.removeprefix("stream: ").removesuffix(" FOUND"))
    if not verdict.endswith("OK"):
        raise limits.refuse("file.scanner_down")
    return ScanState.CLEAN
