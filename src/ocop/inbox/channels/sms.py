"""Text messages (SMS or Zalo): an interface and its backends.

A backend is `send(phone, text)`. `OCOP_SMS` names it: "" sends none (messages are pasted by hand), "file" writes
each as a line of JSON under OCOP_DATA_DIR/sms, which is what the demo does. A gateway of the operator is added to
`BACKENDS` by the app that brings it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from ocop.kit import clock


def write_to_file(phone: str, text: str) -> None:
    """One line of JSON per message in outbox.jsonl."""
    folder = Path(settings.OCOP_DATA_DIR) / "sms"
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": clock.now().isoformat(), "to": phone, "text": text}, ensure_ascii=False)
    with (folder / "outbox.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


BACKENDS: dict[str, Callable[[str, str], None]] = {"file": write_to_file}


def address(user: Any) -> str:
    """The person's phone number, '' for none and while no backend is set."""
    return str(getattr(user, "phone", "") or "") if settings.OCOP_SMS else ""


def send(notice: Any, to: str) -> None:
    """Title and address; the text itself is read in the system, behind the sign-in."""
    BACKENDS[settings.OCOP_SMS](to, "\n".join(part for part in (notice.title, notice.full_url) if part))
