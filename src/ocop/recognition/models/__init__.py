from ocop.recognition.models.certificate import Certificate, CertificateChange
from ocop.recognition.models.decision import Decision

__all__ = ["Certificate", "CertificateChange", "Decision"]
