"""Writes of recognition: decisions, certificates, revocation; the watch over terms."""

from ocop.recognition.actions.certificates import (
    ARTICLE_CERTIFICATE,
    ARTICLE_REVOCATION,
    Award,
    issue_certificates,
    record_decision,
    revoke,
)
from ocop.recognition.actions.extension import end_extension, extend
from ocop.recognition.actions.watch import warn_of_expiry

__all__ = [
    "ARTICLE_CERTIFICATE",
    "ARTICLE_REVOCATION",
    "Award",
    "end_extension",
    "extend",
    "issue_certificates",
    "record_decision",
    "revoke",
    "warn_of_expiry",
]
