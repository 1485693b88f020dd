"""The registers that apps have installed, by key."""

from typing import TYPE_CHECKING

from ocop.kit.registry import Registry

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

REGISTERS: "Registry[Register]" = Registry("registers")
