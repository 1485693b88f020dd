"""Which row of the evidence guide of form 02 a paper of quality belongs to; checks of the dated data."""

from datetime import date
from typing import Any

from ocop.kit.errors import BadData
from ocop.products.enums import PaperKind
from ocop.quality.enums import ReceptionKind

PAPER_KINDS: dict[str, str] = {
    ReceptionKind.SELF_DECLARATION: PaperKind.DECLARATION,
    ReceptionKind.BASIC_STANDARD: PaperKind.DECLARATION,
    ReceptionKind.FOOD_SAFETY: PaperKind.CONDITIONS,
    ReceptionKind.CERTIFICATE: PaperKind.QUALITY_SYSTEM,
    ReceptionKind.TEST_REPORT: PaperKind.TESTS,
}


def parse_receivers(entries: object, where: str) -> list[dict[str, Any]]:
    """The rows of the data file of receivers; raises BadData naming every fault."""
    if not isinstance(entries, list):
        raise BadData(f"{where}: phải là danh sách (receivers).")
    faults, found, seen = [], [], set()
    for place, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            faults.append(f"dòng {place}: phải có kind, receiver, valid_from")
            continue
        row = {
            "kind": str(entry.get("kind") or ""),
            "receiver": str(entry.get("receiver") or ""),
            "valid_from": entry.get("valid_from"),
            "valid_to": entry.get("valid_to"),
            "goods": str(entry.get("goods") or ""),
            "source": str(entry.get("source") or ""),
            "confirmed": bool(entry.get("confirmed", False)),
        }
        if row["kind"] not in ReceptionKind.values:
            faults.append(f"dòng {place}: kind {row['kind']!r} không có")
        if not row["receiver"]:
            faults.append(f"dòng {place}: thiếu receiver")
        if type(row["valid_from"]) is not date or type(row["valid_to"]) not in (date, type(None)):
            faults.append(f"dòng {place}: valid_from, valid_to phải là ngày dạng 2023-01-01")
        key = (row["kind"], row["receiver"], row["valid_from"])
        if key in seen:
            faults.append(f"dòng {place}: lặp lại")
        seen.add(key)
        found.append(row)
    if faults:
        raise BadData("\n".join(f"{where}: {fault}" for fault in faults))
    return found
