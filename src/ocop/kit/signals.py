"""Facts that the toolbox announces to whoever lies above it."""

from django.dispatch import Signal

# Days off or worked in exchange were added, changed or dropped. Sent inside the transaction, without arguments.
calendar_changed = Signal()
