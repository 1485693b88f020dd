"""Old certificates as offices wrote them: one number in several spellings."""

import re

from ocop.kit.text import fold

_LEAD = re.compile(r"^\s*(?:giấy\s+chứng\s+nhận|gcn|qđ|quyết\s+định)?\s*(?:số|so)?\s*[:.]?\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_SERIAL = re.compile(r"\d+")


def tidy_number(typed: str) -> str:
    """The number as it is printed: without "Số", "GCN" before it and spaces inside: "Số: 012 / 2022" is "012/2022"."""
    bare = "".join(_LEAD.sub("", typed).split())
    return bare or "".join(typed.split())


def turned_into_date(typed: str) -> bool:
    """True where the spreadsheet has read a number such as 12/2022 as a day."""
    return bool(_DATE.fullmatch(typed.strip()))


def serial_of(typed: str) -> str:
    """What makes the number one within its agency and year: "12", "012/2022" and "Số 12/GCN-OCOP" are "12".

    A number without any digit is itself, folded.
    """
    found = _SERIAL.search(tidy_number(typed))
    return str(int(found[0])) if found else fold(tidy_number(typed))
