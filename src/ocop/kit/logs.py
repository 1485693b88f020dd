"""Lines of the log without personal data: what an error quotes from a row or a form stays out of them."""

import logging
import re

# Phone numbers and personal identity numbers (12 digits) of Vietnam begin with 0, from abroad with 84.
NUMBER = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .-]?\d){8,11}(?!\w)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The last line of a traceback, with the module of its exception.
DATABASE = re.compile(r"^(?P<kind>(?:psycopg\.|sqlite3\.|django\.db\.)[\w.]+): (?P<told>.*)$", re.MULTILINE)
# PostgreSQL quotes the row on lines of their own, names of tables and constraints in the first one.
QUOTED = re.compile(r"^(?:DETAIL|CONTEXT|HINT|QUERY|LINE \d+|PARAMETERS):.*$\n?", re.MULTILINE)
VALUE = re.compile(r"(?<=: )\".*\"$")
LEFT_OUT = "[…]"


def scrub(text: str) -> str:
    """The text without rows that a database quotes, without phone and identity numbers and mail addresses."""
    text = DATABASE.sub(lambda found: f"{found['kind']}: {VALUE.sub(LEFT_OUT, found['told'])}", text)
    text = QUOTED.sub("", text)
    return MAIL.sub(LEFT_OUT, NUMBER.sub(LEFT_OUT, text))


class LineFormatter(logging.Formatter):
    """Formats a record, traceback included, and scrubs what comes out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines to be written."""
        return scrub(super().format(record))
