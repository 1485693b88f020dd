"""Public codes of certificates: made to be typed from a label, read as forgivingly as that is safe."""

from itertools import product

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, so that no two signs look alike."""

LENGTH = 10
_LOOKS_LIKE = {"0": "DQ", "O": "DQ", "1": "J7", "I": "J7", "L": "J7"}
_MOST_DOUBTS = 4


def tidy(typed: str) -> str:
    """Upper case without spaces, dots, dashes and other separators."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def readings(typed: str) -> list[str]:
    """Every code that a typed or scanned text may mean, the text itself first; empty for what cannot be a code.

    Signs that no code holds (0, O, 1, I, L) are read as those they are mistaken for. With more than four such signs
    the text is taken as it stands.
    """
    code = tidy(typed)
    if not code or len(code) > 12:
        return []
    if sum(sign in _LOOKS_LIKE for sign in code) > _MOST_DOUBTS:
        return [code]
    others = ("".join(signs) for signs in product(*(_LOOKS_LIKE.get(sign, sign) for sign in code)))
    return list(dict.fromkeys([code, *others]))
