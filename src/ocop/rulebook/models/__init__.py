"""Criteria books, procedures with their deadlines, dated settings, support policies."""

from ocop.rulebook.models.books import CriteriaBook, CriteriaSet, ProductGroup, SheetVersion
from ocop.rulebook.models.procedures import DeadlineRule, Procedure
from ocop.rulebook.models.settings import DatedSetting
from ocop.rulebook.models.support import SupportItem, SupportPolicy

__all__ = [
    "CriteriaBook",
    "CriteriaSet",
    "DatedSetting",
    "DeadlineRule",
    "Procedure",
    "ProductGroup",
    "SheetVersion",
    "SupportItem",
    "SupportPolicy",
]
