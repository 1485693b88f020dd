"""Whole numbers as people in Viet Nam type them: 2.400.000.000, "2,4 tỷ", "350 triệu đồng", "80 %"."""

import re
from decimal import Decimal

_TIMES = {
    "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "": 1,
}  # fmt: skip
_SHAPE = re.compile(
    r"(?P<figure>[\d.,\s]*\d)\s*(?P<times>tỷ|tỉ|triệu|tr|nghìn|ngàn|k)?\s*(?:đồng|vnđ|vnd|đ|₫|%|người)?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}([.,\s])\d{3}(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
LARGEST = 10**15


def parse_whole(typed: str) -> int:
    """The whole number that was typed; dots, commas and spaces between thousands, words for thousands and more.

    Raises ValueError for anything else, and for a figure that stays no whole number.
    """
    found = _SHAPE.fullmatch(" ".join(typed.split()))
    if found is None:
        raise ValueError(typed)
    figure, times = found["figure"].strip(), _TIMES[(found["times"] or "").lower()]
    grouped = _GROUPED.fullmatch(figure)
    # "1.200 triệu" counts thousands; "1,234 tỷ" is a decimal, as a comma is one in Vietnamese.
    if figure.isdigit() or (grouped and (times == 1 or grouped[1] != ",")):
        value = Decimal(re.sub(r"\D", "", figure)) * times
    elif _DECIMAL.fullmatch(figure):
        value = Decimal(figure.replace(",", ".")) * times
    else:
        raise ValueError(typed)
    if value != value.to_integral_value() or value > LARGEST:
        raise ValueError(typed)
    return int(value)
