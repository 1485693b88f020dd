from ocop.recognition.models.certificate import Certificate, CertificateChange
from ocop.recognition.models.copies import PaperCopy, TrustedRoot
from ocop.recognition.models.decision import Decision
from ocop.recognition.models.misuse import MisuseReport
from ocop.recognition.models.reissue import Reissue, ReissueMove
from ocop.recognition.models.verification import Verification, VerificationMove
from ocop.recognition.models.watch import ExpiryWarning

__all__ = [
    "Certificate",
    "CertificateChange",
    "Decision",
    "ExpiryWarning",
    "MisuseReport",
    "PaperCopy",
    "Reissue",
    "ReissueMove",
    "TrustedRoot",
    "Verification",
    "VerificationMove",
]
