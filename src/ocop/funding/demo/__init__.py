"""Demo data of support and money: three years of the ledger, support of invented producers."""

from ocop.funding.demo.steps import load

__all__ = ["load"]
