"""Mail, through whatever Django is set to send with."""

from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage

from ocop.inbox.channels.errors import UndeliverableError


def address(user: Any) -> str:
    """The person's e-mail address, '' for none."""
    return getattr(user, "email", "") or ""


def send(notice: Any, to: str) -> None:
    """One plain mail; the subject is the notice's title."""
    body = "\n\n".join(part for part in (notice.text, notice.full_url) if part)
    try:
        EmailMessage(subject=" ".join(notice.title.split()), body=body, to=[to]).send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if codes and all(code >= 500 for code in codes):
            raise UndeliverableError(f"Máy chủ thư từ chối địa chỉ ({codes[0]})") from error
        raise
