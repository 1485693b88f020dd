"""A certificate that is issued moves the candidates that aimed at its stars."""

from typing import Any

from django.dispatch import receiver

from ocop.development.actions.candidates import note_certificate
from ocop.recognition.signals import certificate_issued


@receiver(certificate_issued, dispatch_uid="development.candidates")
def candidate_reached(sender: Any, certificate: Any, by: Any, **kwargs: Any) -> None:
    """In the transaction of the issue."""
    note_certificate(certificate, by=by)
