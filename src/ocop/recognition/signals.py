"""Facts that recognition announces to whoever lies above it."""

from django.dispatch import Signal

# A certificate was issued. Sent inside the transaction; arguments: certificate, by.
certificate_issued = Signal()

# A certificate was revoked. Sent inside the transaction; arguments: certificate, by.
certificate_revoked = Signal()
