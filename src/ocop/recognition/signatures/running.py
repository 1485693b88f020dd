"""Has a file's signatures checked in a process of its own, and says in values what came out."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

PROBE = Path(__file__).with_name("probe.py")
PROBE_SECONDS = 90
MAX_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What the check found: one dict for each signature; `readable` is False where the file could not be checked."""

    readable: bool
    signatures: list[dict[str, Any]]


def check(path: Path, *, roots: Iterable[bytes], at: datetime) -> Answer:
    """The signatures of a PDF as of a moment at which the bytes were known to exist.

    `roots` are certificates in DER; nothing is fetched from anywhere. A file that is too large, hangs or ends the
    process is not readable.
    """
    if path.stat().st_size > MAX_BYTES:
        return Answer(False, [])
    head = json.dumps(
        {"roots": [base64.b64encode(root).decode() for root in roots], "at": at.isoformat()}
    ).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own file under our own Python
            [sys.executable, "-I", str(PROBE)],
            input=head + b"\n" + path.read_bytes(),
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
        found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return Answer(False, [])
    return Answer("signatures" in found, found.get("signatures", []))
