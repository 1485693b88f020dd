"""What must be true of a material area, and when its certificates are told of (clause IV.3.1)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

REMIND_AT = (90, 30, 7)
"""Days before the end of a certificate at which people are told."""


def faults_of(
    *,
    hectares: Decimal | None,
    heads: int | None,
    lat: Decimal | None,
    lng: Decimal | None,
    is_public: bool,
    planting_code: str,
    code_issued_on: date | None,
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for everything that speaks against an area as it was typed."""
    if not hectares and not heads:
        yield "hectares", "Ghi diện tích, hoặc số con, số lồng, số đàn."
    if (lat is None) != (lng is None):
        yield "lat" if lat is None else "lng", "Tọa độ phải có đủ vĩ độ và kinh độ."
    if is_public and lat is None:
        yield "is_public", "Muốn hiện trên bản đồ công khai phải có tọa độ."
    if code_issued_on and not planting_code:
        yield "planting_code", "Có ngày cấp thì phải có mã số vùng trồng."


def reminder(expires_on: date, day: date) -> int | None:
    """The step of `REMIND_AT` that holds for a certificate on that day; None while it is early, 0 once it ended."""
    left = (expires_on - day).days
    if left < 0:
        return 0
    return next((step for step in sorted(REMIND_AT) if left <= step), None)
