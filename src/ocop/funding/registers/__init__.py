"""The procedure of support, the ledger, resources mobilised, activities: as registers."""

from ocop.funding.registers.activities import ACTIVITIES
from ocop.funding.registers.ledger import FUND_ENTRIES, MOBILISED_RESOURCES
from ocop.funding.registers.support import SUPPORT_REQUESTS

__all__ = ["ACTIVITIES", "FUND_ENTRIES", "MOBILISED_RESOURCES", "SUPPORT_REQUESTS"]
