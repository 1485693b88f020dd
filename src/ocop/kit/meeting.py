"""Where several connections meet, for tests of what happens at the same moment.

The SQLite test database lives in memory, where threads share one connection and a second writer is refused instead
of waiting. `meeting_place` copies it into a file, as it stands in service; on PostgreSQL the test database serves.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.utils import load_backend

WAIT = 30  # seconds


def _use(name: str, **options: Any) -> None:
    """Give this thread its own connection to the SQLite file."""
    known = connections["default"].settings_dict
    changed = {**known, "NAME": name, "OPTIONS": {**known["OPTIONS"], **options}}
    connections["default"] = load_backend(known["ENGINE"]).DatabaseWrapper(changed, "default")


class MeetingPlace:
    """A database that several threads or processes write at once; `file` is empty on PostgreSQL."""

    def __init__(self, file: str) -> None:
        self.file = file

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """Start every act in its own thread at one moment; answers what each answered, or the exception it raised."""
        gate = threading.Barrier(len(acts))

        def run(act: Callable[[], Any]) -> Any:
            if self.file:
                _use(self.file)
            try:
                gate.wait(timeout=WAIT)
                return act()
            except Exception as error:  # the test looks at it
                return error
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def be_impatient(self, seconds: float) -> None:
        """This thread of `at_once` waits so long for a lock, not as long as in service."""
        if self.file:
            connections["default"].close()
            _use(self.file, timeout=seconds)
            return
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{int(seconds * 1000)}ms'")


@contextmanager
def meeting_place(folder: Path) -> Iterator[MeetingPlace]:
    """Use in a test with `django_db(transaction=True)`, after its rows were made; lasts until the end of the block."""
    if connection.vendor != "sqlite":
        yield MeetingPlace("")
        return
    file = str(folder / "meeting.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [file])
    mine = connections["default"]
    _use(file)
    # The first connection turns the file to write-ahead logging; threads that all come first would lock each other out.
    connections["default"].ensure_connection()
    try:
        yield MeetingPlace(file)
    finally:
        connections["default"].close()
        connections["default"] = mine


def codes_of(answers: Sequence[Any]) -> list[str]:
    """ "done" for what was done, the code of what was refused; anything else is raised."""
    found = []
    for answer in answers:
        if isinstance(answer, Exception) and not hasattr(answer, "code"):
            raise answer
        found.append(getattr(answer, "code", "") if isinstance(answer, Exception) else "done")
    return sorted(found)
