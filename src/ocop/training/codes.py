"""The code that a phone scans for attendance: which session, when it was made, whether from screen or paper; signed.

Nobody can make one without the server's key. A code of the screen lives two minutes, so that a photograph sent to
somebody at home is of no use; a printed one lives as long as its session takes attendance.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ocop.training.models import Session

SCREEN, PAPER = "m", "g"
_SIGNER = Signer(salt="training.attendance", sep=".")


@dataclass(frozen=True)
class Code:
    """What a code says."""

    session_id: int
    kind: str
    made: datetime

    @property
    def turns(self) -> bool:
        """Whether it is one of those that change on the screen."""
        return self.kind == SCREEN


def make(session: Session, kind: str, now: datetime) -> str:
    """The code of a session at a moment."""
    return _SIGNER.sign(f"{session.pk}-{kind}-{int(now.timestamp()):x}")


def read(text: str) -> Code | None:
    """What a code says, None for one that nobody here made."""
    try:
        session_id, kind, made = _SIGNER.unsign(text).split("-")
        return Code(int(session_id), kind, datetime.fromtimestamp(int(made, 16), UTC))
    except (BadSignature, ValueError):
        return None


def address(code: str) -> str:
    """The absolute address that the QR code holds."""
    return f"{settings.OCOP_SITE_URL}{reverse('training:scan', args=[code])}"
