"""How rows of one model are put together: worked out once, run for every number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from ocop.kit.samples import values

Turn = Callable[[int], int]


@cache
def fields_of(model: type[models.Model]) -> tuple[models.Field, ...]:
    """The columns that somebody has to fill."""
    return tuple(
        one
        for one in model._meta.concrete_fields
        if not isinstance(one, models.AutoField | models.GeneratedField)
        and not (one.primary_key and one.has_default())
        and not getattr(one, "auto_now", False)
        and not getattr(one, "auto_now_add", False)
    )


def left_alone(one: models.Field, out: set[str]) -> bool:
    """Whether the field keeps its default: what nobody types, moments of events to come, states, files."""
    if not (one.blank or one.null or one.has_default()):
        return False
    if one.name in out or not one.editable:
        return True
    if isinstance(
        one, models.BooleanField | models.JSONField | models.FileField | models.UUIDField | models.BinaryField
    ):
        return True
    if isinstance(one, models.DateField) and one.null:
        return isinstance(one, models.DateTimeField) or not values.is_end(one) or one.name == "valid_to"
    return one.has_default() and bool(one.choices)


@cache
def unique_sets(model: type[models.Model]) -> tuple[tuple[str, ...], ...]:
    """The sets of fields that tell rows apart, single ones first."""
    found = [
        (one.name,)
        for one in model._meta.concrete_fields
        if one.unique and not one.primary_key and not one.null and not one.has_default()
    ]
    found += [tuple(names) for names in model._meta.unique_together]
    found += [
        tuple(one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.fields
    ]
    return tuple(found)


def _part(before: int, room: int | None) -> Turn:
    """A digit of the number: what is left of it after the digits before, within the room."""
    if room is None:
        return lambda number: number // before
    return lambda number: number // before % room


def _itself(number: int) -> int:
    return number


def turns_of(
    sets: Iterable[Sequence[models.Field]], room: Callable[[models.Field], int | None]
) -> dict[str, Turn]:
    """For the fields that tell rows apart, which of its values each takes.

    One field without end is enough; otherwise the fields are the digits of the number, the last of them a link, to
    which there will be as many rows as it takes.
    """
    turns: dict[str, Turn] = {}
    for members in sets:
        if any(one.name in turns for one in members):
            continue
        rooms = {one: room(one) for one in members}
        endless = next((one for one in members if rooms[one] is None), None)
        if endless is not None:
            turns[endless.name] = _itself
            continue
        before = 1
        for one in members[:-1]:
            turns[one.name] = _part(before, rooms[one])
            before *= rooms[one] or 1
        turns[members[-1].name] = _part(before, None)
    return turns


@dataclass
class Plan:
    """Values, links and what has to agree among them, by a running number."""

    model: type[models.Model]
    makers: list[tuple[str, values.Make]] = field(default_factory=list)
    links: list[tuple[models.Field, Turn, bool]] = field(default_factory=list)
    agreeing: list[tuple[str, str]] = field(default_factory=list)

    def agree(self, found: dict[str, Any]) -> None:
        """The producer of a row is the producer of the row's product."""
        for _ in range(2):
            done = set()
            for name, other in self.agreeing:
                target = found.get(other)
                if name in done or target is None or found.get(name) is None:
                    continue
                found[name] = getattr(target, name) or found[name]
                done.add(name)


def agreements(links: Iterable[models.Field]) -> Iterator[tuple[str, str]]:
    """(link, other link) where what the other leads to has a link of that name to the same kind."""
    links = list(links)
    for one in links:
        for other in links:
            if other is one or other.related_model is one.related_model:
                continue
            target: Any = other.related_model
            same = {known.name: known for known in target._meta.concrete_fields}.get(one.name)
            if same is not None and same.related_model is one.related_model:
                yield one.name, other.name
