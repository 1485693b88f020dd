"""When two names may be one business: compared folded, with short words spelled out."""

import re
from difflib import SequenceMatcher

from ocop.kit.text import fold

LIKE = 0.86
"""From this likeness on (0 to 1) two names in one commune may be one business; a person decides."""

_SHORT = {
    "htx": "hop tac xa", "tht": "to hop tac", "hkd": "ho kinh doanh", "cp": "co phan", "cty": "cong ty",
    "sx": "san xuat", "tm": "thuong mai", "dv": "dich vu", "nn": "nong nghiep", "ubnd": "uy ban nhan dan",
    "tp": "thanh pho", "&": "va",
}  # fmt: skip


def name_key(name: str) -> str:
    """A name as it is compared: folded, short words spelled out, without punctuation."""
    words = re.sub(r"[^a-z0-9&]+", " ", fold(name)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def likeness(one: str, other: str) -> float:
    """How like two name keys are, from 0 to 1; the same words in another order are wholly alike, below `LIKE` is 0."""
    first, second = one.split(), other.split()
    if not first or not second:
        return 0.0
    if sorted(first) == sorted(second):
        return 1.0
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE else 0.0
