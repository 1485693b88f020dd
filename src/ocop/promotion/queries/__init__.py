"""Reads of promotion."""

from ocop.promotion.queries.channels import ChannelShare, modern_share
from ocop.promotion.queries.coverage import Coverage, coverage_on
from ocop.promotion.queries.fairs import fair_facts, fair_totals, product_lines
from ocop.promotion.queries.points import (
    BoardLine,
    board,
    criteria_on,
    facts_of,
    limits_on,
    months_missing,
    stock_of,
)
from ocop.promotion.queries.stars import star_facts

__all__ = [
    "BoardLine",
    "ChannelShare",
    "Coverage",
    "board",
    "coverage_on",
    "criteria_on",
    "facts_of",
    "fair_facts",
    "fair_totals",
    "limits_on",
    "modern_share",
    "months_missing",
    "product_lines",
    "star_facts",
    "stock_of",
]
