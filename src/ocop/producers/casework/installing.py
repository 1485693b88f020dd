"""Make a register of an office known to everything that lists such things."""

from typing import Any, TypeVar

from ocop.kit import registers, registry
from ocop.kit.cases import Procedure
from ocop.kit.registers import Register

Kind = TypeVar("Kind", bound=Register)


def install(register: Kind) -> Kind:
    """Menu, API, stories; of a procedure also its flow, to-dos and notices; files open for whoever sees the row.

    Call it in `apps.py: ready()`.
    """
    if register.key in registers.REGISTERS:
        return register
    registers.install(register)
    if isinstance(register, Procedure):
        registry.flows.add(register.flow_entry())
        registry.todos.add(register.todo_source())
        registry.notice_kinds.add(register.notice_kind())
    if any(field.name == "files" for field in register.model._meta.many_to_many):

        def may(user: Any, file: Any) -> bool:
            return bool(register.may_see(user)) and register.scope(user).filter(files=file).exists()

        registry.file_readers.add(registry.FileReader(f"register.{register.key}", may))
    return register
