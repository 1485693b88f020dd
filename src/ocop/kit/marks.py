"""A short digest of what a form was opened with, so that two people who save one screen notice each other."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def is_blank(value: Any) -> bool:
    """True for a question without an answer."""
    return value in (None, "", [])


def mark_of_values(values: Any) -> str:
    """A short digest of plain values; an absent answer and an empty one are the same."""
    if isinstance(values, Mapping):
        values = {key: None if is_blank(value) else value for key, value in values.items()}
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
