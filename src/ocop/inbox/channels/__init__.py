"""The ways out. A channel is a module with `address(user) -> str` ('' when it cannot reach the person) and
`send(notice, address)`, which raises `UndeliverableError` when trying again is useless and anything else when not.
"""

from types import ModuleType

from ocop.inbox.channels import email, sms
from ocop.inbox.channels.errors import UndeliverableError
from ocop.inbox.enums import Channel

CHANNELS: dict[str, ModuleType] = {Channel.EMAIL: email, Channel.SMS: sms}

__all__ = ["CHANNELS", "UndeliverableError"]
