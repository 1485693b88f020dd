"""Reads of units and agencies: the tree of a day, lineage, reach, search by old and new names."""

from ocop.units.queries.agencies import agencies_with, agency_with, committee_of
from ocop.units.queries.lineage import heirs_on, predecessors, successors, successors_on
from ocop.units.queries.reach import covered_ids, match_ids, subtree_ids
from ocop.units.queries.search import Found, find_units
from ocop.units.queries.tree import (
    NotInForce,
    Tree,
    ancestry_on,
    district_of,
    first_day_held,
    full_name,
    full_names,
    home_province,
    province_of,
    tree_on,
    unit_on,
)

__all__ = [
    "Found",
    "NotInForce",
    "Tree",
    "agencies_with",
    "agency_with",
    "ancestry_on",
    "committee_of",
    "covered_ids",
    "district_of",
    "find_units",
    "first_day_held",
    "full_name",
    "full_names",
    "heirs_on",
    "home_province",
    "match_ids",
    "predecessors",
    "province_of",
    "subtree_ids",
    "successors",
    "successors_on",
    "tree_on",
    "unit_on",
]
