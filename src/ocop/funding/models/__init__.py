"""Support under a policy, the ledger of the programme's money, what it is spent on."""

from ocop.funding.models.activity import Activity
from ocop.funding.models.entry import FundEntry, MobilisedResource
from ocop.funding.models.request import SupportMove, SupportRequest

__all__ = ["Activity", "FundEntry", "MobilisedResource", "SupportMove", "SupportRequest"]
