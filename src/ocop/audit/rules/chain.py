"""The arithmetic of the chain: one canonical form, one digest, seals that hold the digest before them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

Ranges = list[list[int]]


def plain(value: Any) -> Any:
    """The value as JSON can hold it, the same before it is stored and after it is read back.

    Moments in UTC, days in ISO, exact decimals without trailing zeros; whatever JSON does not know becomes text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(item) for item in value]
    return str(value)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of the content, 64 hexadecimal digits."""
    text = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_digest(previous: str, number: int, events: Iterable[tuple[int, str]]) -> str:
    """The digest of a seal: the seal before it, its number, and each event's id and digest in order."""
    sha = hashlib.sha256(f"{previous}|{number}".encode())
    for event_id, digest in events:
        sha.update(f"|{event_id}:{digest}".encode())
    return sha.hexdigest()


def ranges_of(ids: Iterable[int]) -> Ranges:
    """Ascending ids as inclusive ranges: 1 2 3 7 → [[1, 3], [7, 7]]."""
    found: Ranges = []
    for number in ids:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def gaps_of(ranges: Ranges, above: int = 0) -> Ranges:
    """The ids above `above` that lie between the ranges and in none of them."""
    gaps: Ranges = []
    expected = above + 1
    for first, last in sorted(ranges):
        if last <= above:
            continue
        if first > expected:
            gaps.append([expected, first - 1])
        expected = max(expected, last + 1)
    return gaps
