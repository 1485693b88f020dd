"""What stops a backup or a restore."""


class BackupError(Exception):
    """One Vietnamese sentence for the person at the keyboard: what happened, what is kept, what to do."""
