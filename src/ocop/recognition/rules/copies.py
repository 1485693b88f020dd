"""Which certificate a scanned file belongs to, by the file's name: its number or its code."""

import re
from collections.abc import Iterable

from ocop.kit.text import fold
from ocop.recognition.rules.past import tidy_number

_LEADS = {"gcn", "so", "giay", "chung", "nhan", "ocop", "ban", "chup", "scan", "quet", "ky"}
_CODE = re.compile(r"[0-9A-Za-z]{8,12}")


def number_key(number: str) -> str:
    """A number as a file name can bear it: "Số 012/2024" and "012-2024" are "12-2024"."""
    words = re.split(r"[^a-z0-9]+", fold(tidy_number(number)))
    return "-".join(word.lstrip("0") or "0" for word in words if word)


def name_keys(file_name: str) -> tuple[str, str]:
    """(number, code) that a file name may mean: "GCN 012-2024.pdf" is ("12-2024", ""); "" where it means none."""
    stem = re.sub(r"\.[^.]{1,5}$", "", file_name.rsplit("/", 1)[-1])
    words = [word for word in re.split(r"[^a-z0-9]+", fold(stem)) if word]
    while words and words[0] in _LEADS:
        words.pop(0)
    code = words[0].upper() if len(words) == 1 and _CODE.fullmatch(words[0]) else ""
    return "-".join(word.lstrip("0") or "0" for word in words), code


class Names:
    """Certificates by what their files may be called."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """`rows`: (id, number, code) of the certificates that may be meant."""
        self._codes: dict[str, int] = {}
        self._numbers: dict[str, list[int]] = {}
        self._serials: dict[str, list[int]] = {}
        for pk, number, code in rows:
            self._codes[code.upper()] = pk
            if number and (key := number_key(number)):
                self._numbers.setdefault(key, []).append(pk)
                figures = [word for word in key.split("-") if word.isdigit()]
                self._serials.setdefault(figures[0] if figures else key, []).append(pk)

    def meant(self, file_name: str) -> list[int]:
        """Ids of the certificates that a file name fits: by code, by the whole number, else by its first figure."""
        number, code = name_keys(file_name)
        if code and code in self._codes:
            return [self._codes[code]]
        return self._numbers.get(number) or (self._serials.get(number, []) if number.isdigit() else [])
