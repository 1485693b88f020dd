"""What a person types for a unit, taken apart: type word, name, names of the units above."""

import re
from dataclasses import dataclass

from ocop.kit.text import fold, nfc

# Folded spellings of the types, longest first, so that "thi xa" is not read as "thi" + "xa".
TYPE_WORDS = {
    "thanh pho": "thanh_pho", "thi tran": "thi_tran", "thi xa": "thi_xa", "phuong": "phuong",
    "huyen": "huyen", "tinh": "tinh", "xa": "xa", "tp.": "thanh_pho", "tp": "thanh_pho", "tx.": "thi_xa",
    "tx": "thi_xa", "tt.": "thi_tran", "tt": "thi_tran", "h.": "huyen", "p.": "phuong", "x.": "xa",
    "t.": "tinh",
}  # fmt: skip
_LEADING = re.compile(r"^(" + "|".join(re.escape(word) for word in TYPE_WORDS) + r")(?:\s+|(?<=\.))(?=\S)")
# A district word in mid-text begins the unit above; "tinh" is left out, since Hà Tĩnh folds to it.
_ABOVE = re.compile(r"(?<=\S)\s+(?=(?:huyen|thi xa|thanh pho)\s+\S)")
_CODE = re.compile(r"\((\d{2,5})\)\s*$")


@dataclass(frozen=True)
class Typed:
    """The parts of a typed name. `name` is folded, `exact` keeps the marks, both without the type word;
    `above` is folded with its type words spelled out."""

    name: str
    exact: str
    type: str = ""
    above: tuple[str, ...] = ()
    code: str = ""


def take_apart(typed: str) -> Typed:
    """Read "xã Thạch Hạ, huyện Thạch Hà", "tx ky anh", "Xã Thạch Khê (18604)" or a bare name."""
    text = " ".join(nfc(typed).split())
    code = _CODE.search(text)
    text = _CODE.sub("", text).strip()
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return Typed("", "", code=code.group(1) if code else "")
    head = parts[0]
    cut = _ABOVE.search(fold(head))
    if cut and len(fold(head)) == len(head):
        parts[:1] = [head[: cut.start()], head[cut.end() :]]
    kind, exact = _without_type(parts[0])
    above = tuple(_canonical(part) for part in parts[1:])
    return Typed(fold(exact), exact.lower(), kind, above, code.group(1) if code else "")


def _without_type(text: str) -> tuple[str, str]:
    """Type and the rest of the text; the type is empty when the text does not begin with one."""
    found = _LEADING.match(fold(text))
    if not found:
        return "", text
    words = len(found.group(1).split()) if not found.group(1).endswith(".") else 0
    rest = text[len(found.group(0)) :] if not words else text.split(maxsplit=words)[words]
    return TYPE_WORDS[found.group(1)], rest.strip()


def _canonical(text: str) -> str:
    """A name folded, its type word spelled out: "TX. Kỳ Anh" and "thị xã kỳ anh" are one."""
    kind, name = _without_type(text)
    return f"{kind.replace('_', ' ')} {fold(name)}".strip()


def rank_of(name: str, typed: Typed) -> int | None:
    """How well a unit's name answers what was typed: 0 best, None not at all. Exact marks come first."""
    folded, exact = fold(name), nfc(name).lower()
    if exact == typed.exact:
        return 0
    if folded == typed.name:
        return 1
    if exact.startswith(typed.exact):
        return 2
    if folded.startswith(typed.name):
        return 3
    return 4 if all(word in folded for word in typed.name.split()) else None
