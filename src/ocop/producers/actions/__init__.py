"""Everything that producers can be asked to do."""

from ocop.producers.actions.access import end_access, grant, let_help, let_in, register_for_person
from ocop.producers.actions.associations import Restructured, restructure_association
from ocop.producers.actions.claims import claim, decide, register_own
from ocop.producers.actions.merging import merge_producers
from ocop.producers.actions.people import (
    correct_representative,
    erase_representative,
    record_representative,
    view_representative,
)
from ocop.producers.actions.register import (
    change_form,
    move_producer,
    open_producer,
    register_producer,
    tax_code_for,
    update_producer,
)
from ocop.producers.actions.shares import confirm_share

__all__ = [
    "Restructured",
    "change_form",
    "claim",
    "confirm_share",
    "correct_representative",
    "decide",
    "end_access",
    "erase_representative",
    "grant",
    "let_help",
    "let_in",
    "merge_producers",
    "move_producer",
    "open_producer",
    "record_representative",
    "register_for_person",
    "register_own",
    "register_producer",
    "restructure_association",
    "tax_code_for",
    "update_producer",
    "view_representative",
]
