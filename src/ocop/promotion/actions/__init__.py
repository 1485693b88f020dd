"""What people do in promotion."""

from ocop.promotion.actions.fairs import (
    ENTRY_DESK,
    FAIR_DESK,
    amend_entry,
    cancel_fair,
    extend_call,
    open_fair,
    register_for_fair,
    report_entry,
    report_fair,
    select_entry,
)
from ocop.promotion.actions.matching import (
    REQUEST_DESK,
    answer_introduction,
    introduce,
    open_request,
)
from ocop.promotion.actions.points import (
    POINT_DESK,
    close_point,
    number_point,
    record_check,
    register_point,
)
from ocop.promotion.actions.sales import report_month

__all__ = [
    "ENTRY_DESK",
    "FAIR_DESK",
    "POINT_DESK",
    "REQUEST_DESK",
    "amend_entry",
    "answer_introduction",
    "cancel_fair",
    "close_point",
    "extend_call",
    "introduce",
    "number_point",
    "open_fair",
    "open_request",
    "record_check",
    "register_for_fair",
    "register_point",
    "report_entry",
    "report_fair",
    "report_month",
    "select_entry",
]
