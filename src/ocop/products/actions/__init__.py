"""Everything that products can be asked to do."""

from ocop.products.actions.codes import allot_code
from ocop.products.actions.media import add_photo, end_mark_use, put_first, remove_photo, use_mark
from ocop.products.actions.merging import merge_products
from ocop.products.actions.papers import add_paper, add_version, update_paper, withdraw_paper
from ocop.products.actions.product import (
    change_group,
    choose_set,
    open_product,
    set_status,
    transfer_product,
    update_product,
)

__all__ = [
    "add_paper", "add_photo", "add_version", "allot_code", "change_group", "choose_set", "end_mark_use",
    "merge_products", "open_product", "put_first", "remove_photo", "set_status", "transfer_product", "update_paper",
    "update_product", "use_mark", "withdraw_paper",
]  # fmt: skip
