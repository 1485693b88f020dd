"""What was said after each round: one text of a dossier in a session, parted by the number of the round.

The spread of the totals forces a discussion before every further round (statute of the council; Art. 7.3 of Decision
26/2026/QĐ-TTg), so each round has a part of its own, and the minutes print them in order.
"""

import re

_HEAD = re.compile(r"(?m)^\[Sau vòng (\d+)\][ \t]*\n?")


def parts(text: str) -> dict[int, str]:
    """The words of each round by its number; text before the first heading belongs to round 1."""
    pieces = _HEAD.split(text)
    found: dict[int, str] = {}
    if pieces[0].strip():
        found[1] = pieces[0].strip()
    for number, words in zip(pieces[1::2], pieces[2::2], strict=True):
        kept = words.strip()
        if kept:
            known = found.get(int(number))
            found[int(number)] = f"{known}\n{kept}" if known else kept
    return found


def put(text: str, number: int, words: str) -> str:
    """The text with the words of that round replaced; headings typed by a person are not headings."""
    found = parts(text)
    found[number] = _HEAD.sub("", words).strip()
    return "\n\n".join(f"[Sau vòng {key}]\n{found[key]}" for key in sorted(found) if found[key])
