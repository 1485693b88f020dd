"""Sets of unit ids: subtree of a day, reach without dates, and what a filter by unit matches."""

from datetime import date

from ocop.units.models import Succession, Unit, UnitCover, UnitParent
from ocop.units.queries.tree import province_of
from ocop.units.rules.reach import Graph, Span


def subtree_ids(unit: Unit, day: date) -> set[int]:
    """The unit and every unit below it on that day; one query per level of the tree."""
    found, ahead = {unit.pk}, {unit.pk}
    while ahead:
        links = UnitParent.objects.valid_on(day).filter(parent__in=ahead)
        ahead = set(links.values_list("unit_id", flat=True)) - found
        found |= ahead
    return found


def covered_ids(unit: Unit) -> set[int]:
    """The unit's reach without dates, from the table that the loader builds; one query."""
    return set(UnitCover.objects.filter(holder=unit).values_list("covered_id", flat=True))


def match_ids(unit: Unit, on: date) -> set[int]:
    """What a filter by this unit means on that day: its subtree, and the older units these wholly absorbed.

    Exact by date, unlike `covered_ids`. A unit in parts counts where all its parts lie inside (Đại Nài
    matches the province, neither of its two wards); one without a known successor stays with the unit above
    it, so that rows known only to a former district match the province.
    """
    province = province_of(unit)
    inside = covered_ids(province) if province else {unit.pk}
    graph = Graph(
        spans={
            pk: Span(start, end)
            for pk, start, end in Unit.objects.filter(pk__in=inside).values_list(
                "pk", "valid_from", "valid_to"
            )
        },
        under=[
            (child, parent, Span(start, end))
            for child, parent, start, end in UnitParent.objects.filter(unit__in=inside).values_list(
                "unit_id", "parent_id", "valid_from", "valid_to"
            )
        ],
        steps=list(
            Succession.objects.filter(predecessor__in=inside).values_list(
                "predecessor_id", "successor_id", "on"
            )
        ),
    )
    return graph.with_absorbed(graph.subtree(unit.pk, on), on)
