"""The Range header of RFC 9110, one range of bytes."""

import re

_ONE = re.compile(r"bytes=(\d*)-(\d*)\s*")


class NotSatisfiableError(Exception):
    """The range lies outside of the file; the answer is 416."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for, both inclusive, or None when the whole file is to be sent.

    A header that is malformed or asks for several ranges is ignored, as RFC 9110 section 14.2 allows. Raises
    `NotSatisfiableError` when no byte of the range exists.
    """
    match = _ONE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        length = int(end)
        if length == 0 or size == 0:
            raise NotSatisfiableError
        return max(0, size - length), size - 1
    first, last = int(start), int(end) if end else size - 1
    if end and last < first:
        return None
    if first >= size:
        raise NotSatisfiableError
    return first, min(last, size - 1)
