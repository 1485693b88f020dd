"""Passwords, codes and tokens that the system makes up: drawn at random, kept as hashes only."""

import hashlib
import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def temporary_password() -> str:
    """A password that can be read out at a counter: three groups of four without look-alike signs (about 53 bits)."""
    return "-".join("".join(secrets.choice(LETTERS + DIGITS) for _ in range(4)) for _ in range(3))


def phone_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def token() -> str:
    """The secret part of an invitation link."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is kept of a token: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()
