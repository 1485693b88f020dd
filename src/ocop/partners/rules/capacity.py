"""Which numbers tell the capacity of a partner, by kind, and what a consent opens to the public."""

from collections.abc import Iterable, Mapping
from typing import Any

from ocop.partners.enums import AgreedField, PartnerKind

NUMBERS = {
    "areas": "số tỉnh, thành phố phục vụ",
    "volume": "năng lực mỗi năm",
    "staff": "số nhân lực",
    "certificates": "số chứng nhận, giấy phép",
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    PartnerKind.CHAIN: ("areas", "volume", "staff", "certificates"),
    PartnerKind.SCIENCE: ("areas", "staff"),
    PartnerKind.MEDIA: ("areas", "staff"),
    PartnerKind.FINANCE: ("areas", "volume", "staff"),
    PartnerKind.INTERNATIONAL: ("areas", "staff"),
    PartnerKind.JOURNALIST: ("areas",),
}
PERSONAL = frozenset({AgreedField.PHONE, AgreedField.EMAIL, AgreedField.CONTACT_PERSON})
"""Fields that may be data of a person."""


def missing_numbers(kind: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the numbers that this kind of partner must state and that are not there."""
    return tuple(NUMBERS[name] for name in NEEDED.get(kind, ()) if values.get(name) is None)


def agreed(fields: Iterable[str]) -> tuple[str, ...]:
    """The known fields of a consent, in the order in which they are shown; raises ValueError for another."""
    chosen = set(fields)
    unknown = chosen - set(AgreedField.values)
    if unknown:
        raise ValueError(f"no field {sorted(unknown)}")
    return tuple(field for field in AgreedField.values if field in chosen)
