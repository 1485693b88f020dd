"""Old certificates as offices wrote them: one number in several spellings, one business under several names."""

import re
from difflib import SequenceMatcher

from ocop.kit.text import fold

LIKE = 0.86
"""From this likeness on (0 to 1) two names in one commune may be one business; a person decides."""

_LEAD = re.compile(r"^\s*(?:giấy\s+chứng\s+nhận|gcn|qđ|quyết\s+định)?\s*(?:số|so)?\s*[:.]?\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_SERIAL = re.compile(r"\d+")
_SHORT = {
    "htx": "hop tac xa", "tht": "to hop tac", "hkd": "ho kinh doanh", "cp": "co phan", "cty": "cong ty",
    "sx": "san xuat", "tm": "thuong mai", "dv": "dich vu", "nn": "nong nghiep", "ubnd": "uy ban nhan dan",
    "tp": "thanh pho", "&": "va",
}  # fmt: skip


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


def name_key(name: str) -> str:
    """A name as it is compared: folded, short words spelled out, without punctuation."""
    words = re.sub(r"[^a-z0-9&]+", " ", fold(name)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def likeness(one: str, other: str) -> float:
    """How like two name keys are, from 0 to 1; the same words in another order are wholly alike."""
    first, second = one.split(), other.split()
    if sorted(first) == sorted(second):
        return 1.0
    if not first or not second:
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0
