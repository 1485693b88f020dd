"""Units and producers as sheets name them, inside the reach of whoever imports."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.excel import Lookup
from ocop.kit.text import fold
from ocop.producers.models import VIEWING_ROLES, Producer
from ocop.units.lookups import UnitLookup


class ReachLookup(Lookup):
    """Answers the id of a row for one of its names; a row of another unit is refused with that unit named.

    `inside` are the rows that may be named, `everything` is asked only when a name is not among them: rows with a
    `unit`. `names(row)` are the names of a row, its code first.
    """

    def __init__(
        self, inside: Iterable[Any], everything: QuerySet, names: Callable[[Any], list[str]], *, what: str
    ) -> None:
        rows = list(inside)
        super().__init__(((name, row.pk) for row in rows for name in names(row)), what=what)
        self._inside = {row.pk for row in rows}
        self._everything, self._names = everything, names
        self._outside: dict[str, str] | None = None

    def otherwise(self, typed: str) -> str:
        if self._outside is None:
            others = (row for row in self._everything.select_related("unit") if row.pk not in self._inside)
            self._outside = {fold(name): row.unit.title for row in others for name in self._names(row)}
        unit = self._outside.get(fold(typed))
        if unit is not None:
            return f"“{typed}” thuộc {unit}, ngoài địa bàn bạn phụ trách"
        return super().otherwise(typed)


def producer_lookup(producers: Iterable[Producer]) -> ReachLookup:
    """Producers by code or public name."""
    return ReachLookup(
        producers,
        Producer.objects.known().unmerged(),
        lambda row: [row.code, row.public_name],
        what="danh sách chủ thể",
    )


def row_lookup(rows: QuerySet, *, what: str) -> ReachLookup:
    """Rows of a register with a code, a name and a unit; for imports that name a parent."""
    everything = rows.model._default_manager.all()
    return ReachLookup(rows, everything, lambda row: [row.code, row.name], what=what)


def units_kept(user: Any) -> UnitLookup:
    """The units in the officer's reach, by old or new name; for imports."""
    reach = scope_of(user).unit_ids(*VIEWING_ROLES).values_list("covered_id", flat=True)
    return UnitLookup(reach, clock.today())


def producers_seen(user: Any) -> ReachLookup:
    """The producers that the person sees, by code or public name; for imports."""
    return producer_lookup(Producer.objects.visible_to(user).known().only("code", "brand", "name"))
