"""Which rows of a register exist for a person."""

from typing import Any, Self

from django.db.models import Q

from ocop.accounts.attached import is_attached
from ocop.accounts.queries import scope_of
from ocop.kit.models import SearchableQuerySet, any_of
from ocop.producers.models import VIEWING_ROLES, ProducerAccess
from ocop.producers.models.access import ACCESS


def acts_for_producers(user: Any) -> bool:
    """Whether the person acts for any producer today."""
    return is_attached(user, ACCESS)


class ScopedQuerySet(SearchableQuerySet):
    """Rows of a unit, of a producer, or of both.

    `unit_path` and `producer_path` lead from the row to the id of its unit and of its producer ("" where there is
    none); `roles` are the officers who see the rows of their units. A row keeps its unit of then, the reach of an
    officer follows succession.
    """

    unit_path = "unit_id"
    producer_path = "producer_id"
    roles: tuple[str, ...] = VIEWING_ROLES

    def visible_to(self, user: Any) -> Self:
        """The rows in the person's reach."""
        return self.filter(any_of(*self.ways(user)))

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """How rows come into the person's reach: by the officer's units, by the producers that the person acts for.

        `via` leads from a row of another table to the row here ("first__").
        """
        if not getattr(user, "is_authenticated", False):
            return []
        units = self.by_units(user, f"{via}{self.unit_path}") if self.unit_path else []
        producers = self.by_producers(user, f"{via}{self.producer_path}") if self.producer_path else []
        return [*units, *producers]

    def by_units(self, user: Any, path: str) -> list[Q]:
        """The way by units: `path` leads to the id of one that the officer covers; no way for whoever is none."""
        scope = scope_of(user)
        return [Q(**{f"{path}__in": scope.unit_ids(*self.roles)})] if scope.has_any(*self.roles) else []

    def by_producers(self, user: Any, path: str) -> list[Q]:
        """The way by producers that the person acts for; none for whoever acts for nobody."""
        if not acts_for_producers(user):
            return []
        return [Q(**{f"{path}__in": ProducerAccess.objects.producer_ids(user)})]
