"""Codes and serial numbers of certificates of attendance."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, so that no two signs look alike."""
LENGTH = 10


def tidy(typed: str) -> str:
    """A typed code in upper case without separators; "" for what cannot be one."""
    code = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return code if len(code) == LENGTH else ""


def serial(number: int, course_code: str) -> str:
    """The number on the paper: "007/TH-K3F8QA"."""
    return f"{number:03d}/{course_code}"


def masked_name(full_name: str) -> str:
    """A name for a public page: first and last word, the middle hidden ("Nguyễn … Lan"); one word: its first sign."""
    words = full_name.split()
    if not words:
        return ""
    if len(words) == 1:
        return f"{words[0][0]}…"
    return f"{words[0]} … {words[-1]}"
