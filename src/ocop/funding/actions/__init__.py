"""Everything that changes a request for support or adds to the ledger."""

from ocop.funding.actions.ledger import post_entries, post_entry, reverse_entry
from ocop.funding.actions.support import (
    DESK,
    appraise,
    change_request,
    decide,
    fill_request,
    open_from_plan,
    open_request,
    pay,
    press_support,
    settle,
)

__all__ = [
    "DESK",
    "appraise",
    "change_request",
    "decide",
    "fill_request",
    "open_from_plan",
    "open_request",
    "pay",
    "post_entries",
    "post_entry",
    "press_support",
    "reverse_entry",
    "settle",
]
