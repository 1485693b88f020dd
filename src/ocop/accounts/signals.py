"""Facts that accounts announces to the apps above."""

from django.dispatch import Signal

# user: the person; at: when. Apps above erase what they hold of that person, in the same transaction.
personal_data_erased = Signal()

# membership: the one that ended; successor: the new one or None; by: who did it.
membership_ended = Signal()

# membership: the new one; by: who gave it, None for the operator's command.
membership_granted = Signal()
