"""Lines of the log: whom and what they belong to, and no personal data in them.

What an error quotes from a row or a form stays out, an address is written as the name of its route (a path may hold
the code of an invitation, a query what somebody typed), a person as a number. Under a request every line carries its
id; under a background job the id of the job and of the request that asked for it.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.http import HttpRequest

# Phone numbers and personal identity numbers (12 digits) of Vietnam begin with 0, from abroad with 84.
NUMBER = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .-]?\d){8,11}(?!\w)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The last line of a traceback, with the module of its exception.
DATABASE = re.compile(r"^(?P<kind>(?:psycopg\.|sqlite3\.|django\.db\.)[\w.]+): (?P<told>.*)$", re.MULTILINE)
# PostgreSQL quotes the row on lines of their own, names of tables and constraints in the first one.
QUOTED = re.compile(r"^(?:DETAIL|CONTEXT|HINT|QUERY|LINE \d+|PARAMETERS):.*$\n?", re.MULTILINE)
VALUE = re.compile(r"(?<=: )\".*\"$")
LEFT_OUT = "[…]"
NOBODY = "-"


class Job(NamedTuple):
    """The background job at work: its id, and the id of the request that asked for it ("-" for none)."""

    key: str
    request_id: str = NOBODY


request_id: ContextVar[str] = ContextVar("request_id", default=NOBODY)
request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
job: ContextVar[Job | None] = ContextVar("job", default=None)


def scrub(text: str) -> str:
    """The text without rows that a database quotes, without phone and identity numbers and mail addresses."""
    text = DATABASE.sub(lambda found: f"{found['kind']}: {VALUE.sub(LEFT_OUT, found['told'])}", text)
    text = QUOTED.sub("", text)
    return MAIL.sub(LEFT_OUT, NUMBER.sub(LEFT_OUT, text))


def route_of(asked: HttpRequest) -> str:
    """The name of the route, "-" for an address that leads nowhere. Never the path: it may hold codes and tokens."""
    match = asked.resolver_match
    return (match.view_name or match.route) if match else NOBODY


def user_of(asked: HttpRequest | None) -> str:
    """The number of the person, "" for nobody; asks no database, so it knows only whom the request has met."""
    user = getattr(asked, "_cached_user", None)
    return str(user.pk) if user is not None and user.pk else ""


class TrailFilter(logging.Filter):
    """Adds `request_id`, `user` and `job` to a record, and puts the route where Django writes the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True; the record is changed."""
        working = job.get()
        record.request_id = working.request_id if working else request_id.get()
        record.job = working.key if working else ""
        record.user = user_of(request.get())
        asked = getattr(record, "request", None)
        if isinstance(asked, HttpRequest) and isinstance(record.args, tuple):
            known = (asked.path, asked.path_info, asked.get_full_path())
            record.args = tuple(route_of(asked) if value in known else value for value in record.args)
        return True


class LineFormatter(logging.Formatter):
    """Formats a record as a line that people read, traceback included, and scrubs what comes out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines to be written."""
        return scrub(super().format(record))


class JsonFormatter(logging.Formatter):
    """One record, one line of JSON. Of what a library attaches to a record only `FIELDS` is written."""

    FIELDS = ("request_id", "job", "user", "method", "route", "status", "ms")

    def format(self, record: logging.LogRecord) -> str:
        """The line; the moment in UTC, a traceback under `error`."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        line.update(
            {name: value for name in self.FIELDS if (value := getattr(record, name, "")) not in ("", NOBODY)}
        )
        if record.exc_info:
            line["error"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, form: str, level: str) -> dict[str, Any]:
    """What Django sets logging up with: everything on standard error, as "json" or as "text".

    The web server's own lines go the same way. `django.request` repeats what the line of each request says, save
    for faults of the server.
    """
    handler = {
        "class": "logging.StreamHandler",
        "stream": "ext://sys.stderr",
        "formatter": form,
        "filters": ["trail"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"trail": {"()": TrailFilter}},
        "formatters": {
            "text": {
                "()": LineFormatter,
                "format": "{asctime} {levelname} {name} [{request_id}] {message}",
                "style": "{",
            },
            "json": {"()": JsonFormatter},
        },
        "handlers": {"stderr": handler},
        "loggers": {
            "pikepdf": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "_granian": {"handlers": ["stderr"], "propagate": False},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
