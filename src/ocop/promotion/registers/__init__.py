"""The registers and procedures of promotion."""

from ocop.promotion.registers.fairs import FAIR_ENTRIES, FAIRS
from ocop.promotion.registers.matching import AGREEMENTS, OFFERS, REQUESTS, TALKS
from ocop.promotion.registers.points import CHECKS, POINT_SUPPORT, SALE_MONTHS, SALE_POINTS, STOCK
from ocop.promotion.registers.reach import CHANNELS, COMMUNICATION, COMMUNICATION_PLANS, USE_PLACES

ALL = (
    SALE_POINTS, SALE_MONTHS, STOCK, CHECKS, POINT_SUPPORT, FAIRS, FAIR_ENTRIES, OFFERS, REQUESTS, TALKS,
    AGREEMENTS, USE_PLACES, CHANNELS, COMMUNICATION_PLANS, COMMUNICATION,
)  # fmt: skip
"""Parents before the rows that are kept on their pages."""
