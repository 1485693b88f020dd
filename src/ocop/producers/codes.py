"""Public codes: short, not to be guessed, typed without mistakes."""

import secrets

# Crockford's letters without look-alikes: no I, L, O, U; 8 signs are about 40 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Eight signs, e.g. "7KQ4M2XD"; unique by the column's constraint."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def typed_code(typed: str) -> str:
    """What a person meant: spaces and dashes out, I and L read as 1, O as 0."""
    return "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
