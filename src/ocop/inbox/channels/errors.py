"""How a channel says that it will never work."""


class UndeliverableError(Exception):
    """The address does not exist or is refused for good; the message holds no address."""
