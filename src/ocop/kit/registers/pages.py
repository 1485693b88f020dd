"""Pages of rows that stay quick with very many rows."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

COUNTED = 1_000
"""So many rows beyond the reader's page are counted before the page is shown."""
FEW = 200
"""So many keys are sooner looked up again than found again."""
LONGEST = 6
"""Digits that are read of a page's number: more pages than any list has."""


class RowPages(Paginator):
    """Pages of rows that are looked up by their keys: whatever the order, only keys are sorted, not whole rows.

    Rows are counted as far as the reader can see, not to the end: `is_more` tells that `count` is where counting
    stopped. `searched`: a search of words goes through all rows one by one; the few that it finds are remembered, and
    only they are put in order. `drawn(rows)`: the rows as a page draws them, when that is less than comes with them.
    """

    def __init__(
        self,
        rows: QuerySet,
        size: int,
        *,
        searched: bool = False,
        drawn: Callable[[QuerySet], QuerySet] | None = None,
    ) -> None:
        super().__init__(rows, size)
        self.searched, self.drawn = searched, drawn
        self.is_more = False
        self._few: list[Any] | None = None

    def get_page(self, number: Any) -> Page:
        """The page of that number; the nearest when there is none."""
        typed = str(number or "")[:LONGEST]
        wanted = max(int(typed), 1) if typed.isdecimal() else 1
        self._count_to(wanted * self.per_page + COUNTED)
        return super().get_page(wanted)

    def page(self, number: Any) -> Page:
        """The rows of one page, in order; raises as Django's own does."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = self._rows if self._few is None else self._rows.filter(pk__in=self._few)
        keys = list(rows.values_list("pk", flat=True)[first : first + self.per_page])
        found = {row.pk: row for row in self._drawn(keys)} if keys else {}
        return Page([found[key] for key in keys if key in found], number, self)

    @property
    def _rows(self) -> QuerySet:
        return self.object_list  # type: ignore[return-value]

    def _drawn(self, keys: list[Any]) -> QuerySet:
        """The rows of these keys with all that goes with them; what picked the keys is not asked a second time."""
        rows = self._rows.order_by()
        rows.query.clear_where()
        rows = rows.filter(pk__in=keys)
        return self.drawn(rows) if self.drawn else rows

    def _count_to(self, reach: int) -> None:
        keys = self._rows.order_by().values_list("pk", flat=True)[: reach + 1]
        if self.searched:
            known = list(keys)
            found = len(known)
            self._few = known if found <= FEW else None
        else:
            found = keys.count()
        self.is_more = found > reach
        self.__dict__["count"] = min(found, reach)
