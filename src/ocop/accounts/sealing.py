"""Secrets that must be readable again (TOTP keys, seeds of recovery codes), encrypted at rest.

Encryption is Fernet (AES-128-CBC with HMAC-SHA256). The keys come from `OCOP_MFA_KEYS`, newest first: the first one
encrypts, all of them decrypt, so that a key is changed without locking anybody out. Without that variable the key is
derived from `SECRET_KEY`.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MARK = "sealed1:"


def _fernet(key: str) -> Fernet:
    digest = hashlib.sha256(b"ocop.accounts.second-factor:" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _keys() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in settings.OCOP_MFA_KEYS or [settings.SECRET_KEY]])


def seal(text: str) -> str:
    """The text encrypted with the newest key."""
    return MARK + _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; what was stored before there was encryption stands for itself.

    Raises ImproperlyConfigured when no key of the environment fits: a guessed answer would open the account.
    """
    if not sealed.startswith(MARK):
        return sealed
    try:
        return _keys().decrypt(sealed.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "No key of OCOP_MFA_KEYS (or SECRET_KEY) opens a stored second factor: give the old key as well."
        ) from error
