"""The seal over frozen figures: any change of a row gives another digest."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """SHA-256 over who, when, what period, and every row in a fixed order."""
    lines = [[str(part) for part in head], *sorted([str(part) for part in row] for row in rows)]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
