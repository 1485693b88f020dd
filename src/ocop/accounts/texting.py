"""Text messages to a bare number, through the channel that the inbox is set to use."""

from django.conf import settings

from ocop.inbox.channels import sms


def can_text() -> bool:
    """True when a gateway is set (`OCOP_SMS`); without one, phones are confirmed at the commune."""
    return bool(settings.OCOP_SMS)


def send_text(phone: str, text: str) -> None:
    """Send at once; raises what the gateway raises. Codes are never kept as notices."""
    sms.BACKENDS[settings.OCOP_SMS](phone, text)
