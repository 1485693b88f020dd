"""The maker of sample rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from simple_history.utils import bulk_create_with_history

from ocop.kit.models import Searchable
from ocop.kit.registers.known import REGISTERS
from ocop.kit.samples import values

if TYPE_CHECKING:
    from ocop.kit.registers import Register

Given = Mapping[type[models.Model], "models.Model | Sequence[models.Model]"]
TRIED = 64
"""How many rows of a kind are checked before the rest is made alike; most values come round within as many."""
FEW = 20
"""Parents that many rows are spread over when nobody gave any."""


class Samples:
    """Makes rows that are valid and belong to the objects `given`: one object, or several that take turns.

    Choices take turns, texts carry the number, days are in the order of their fields, a link leads to what was given
    or to a sample of its own. Optional fields are filled as long as the model's checks allow it; a link that may be
    empty is filled only with what was given. What tells rows apart (unique sets of fields) differs.
    """

    def __init__(self, given: Given | None = None) -> None:
        self.given = {
            model: [one] if isinstance(one, models.Model) else list(one)
            for model, one in (given or {}).items()
        }
        self._made: dict[type[models.Model], list[models.Model]] = {}
        self._left_out: dict[type[models.Model], set[str]] = {}
        self._busy: set[type[models.Model]] = set()

    # -- rows

    def new(self, model: type[models.Model], number: int = 0, **fixed: Any) -> Any:
        """A valid row that is not stored; raises TypeError naming the model when the checks cannot be met."""
        while True:
            row = self._compose(model, number, fixed)
            wrong = self._wrong(row)
            if not wrong:
                return row
            self._leave_out(model, wrong, fixed)

    def make(self, model: type[models.Model], number: int = 0, **fixed: Any) -> Any:
        """A stored row."""
        row = self.new(model, number, **fixed)
        row.save()
        return row

    def many(
        self, model: type[models.Model], count: int, *, start: int = 0, history: bool = False, **fixed: Any
    ) -> list[Any]:
        """Rows stored in bulk, numbered from `start`; the first ones are checked, the others are made alike.

        `history` writes the first row of the field history too.
        """
        self._prepare(model, count)
        numbers = range(start, start + count)
        for number in (*numbers[:TRIED], *numbers[-1:]):
            self.new(model, number, **fixed)
        rows = [self._compose(model, number, fixed) for number in numbers]
        if history and hasattr(model, "history"):
            return list(bulk_create_with_history(rows, model, batch_size=500))
        return list(model._base_manager.bulk_create(rows, batch_size=500))

    # -- registers

    def row(self, register: "Register", number: int = 0, **fixed: Any) -> Any:
        """A stored row of a register."""
        return self.make(register.model, number, **fixed)

    def new_row(self, register: "Register", number: int = 0, **fixed: Any) -> Any:
        """A row of a register that is not stored."""
        return self.new(register.model, number, **fixed)

    def rows(self, register: "Register", count: int, *, start: int = 0, history: bool = False) -> list[Any]:
        """Stored rows of a register, in bulk."""
        return self.many(register.model, count, start=start, history=history)

    def _of(self, model: type[models.Model], number: int) -> dict[str, Any]:
        """What the registers of a model say about its rows."""
        told: dict[str, Any] = {}
        for register in REGISTERS:
            if register.model is model:
                given = {kind: pool[number % len(pool)] for kind, pool in self.given.items()}
                told.update(register.sample(number, given))
        return told

    # -- how a row is put together

    def pool(self, model: type[models.Model], size: int = 1) -> list[Any]:
        """The rows of a model that links lead to: what was given, else samples; `size` of them at least."""
        found = self.given.get(model) or self._made.setdefault(model, [])
        if len(found) < size:
            if model in self._busy:
                raise TypeError(f"{model.__name__}: a sample of it needs another one; give one")
            self._busy.add(model)
            try:
                missing = size - len(found)
                if missing == 1:
                    found.append(self.make(model, len(found)))
                else:
                    found += self.many(model, missing, start=len(found))
            finally:
                self._busy.discard(model)
        return found

    def _prepare(self, model: type[models.Model], count: int) -> None:
        """Make, in bulk, what many rows will lead to."""
        for field in _fields(model):
            if not field.is_relation or field.null or field.related_model is model:
                continue
            target: Any = field.related_model
            if target not in self.given:
                self.pool(target, count if field.unique else FEW if count > FEW else 1)
            elif field.unique:
                self.pool(target, count)

    def _compose(self, model: type[models.Model], number: int, fixed: Mapping[str, Any]) -> Any:
        fields = _fields(model)
        turns, out = self._turns(model, fields, number), self._left_out.get(model, set())
        fixed = {**self._of(model, number), **fixed}
        place, found = 0, dict(fixed)
        for field in fields:
            place += isinstance(field, models.DateField)
            if field.name in fixed or field.attname in fixed:
                continue
            apart = field.name in turns
            turn = turns.get(field.name, number)
            if field.is_relation:
                linked = self._link(field, turn, out)
                if linked is not None:
                    found[field.name] = linked
            elif apart or not _left_alone(field, out):
                first = field.name in out and bool(field.choices) and not apart
                found[field.name] = values.value_for(field, 0 if first else turn, place=place, apart=apart)
        _agree(fields, found, fixed)
        row = model(**found)
        if isinstance(row, Searchable):
            row.set_search()
        return row

    def _link(self, field: models.Field, turn: int, out: set[str]) -> Any:
        target: Any = field.related_model
        if field.null and (
            field.name in out or not field.editable or target not in self.given or target is field.model
        ):
            return None
        found = self.pool(target, turn + 1 if field.unique else 1)
        return found[turn % len(found)]

    def _turns(self, model: type[models.Model], fields: list[models.Field], number: int) -> dict[str, int]:
        """For the fields that tell rows apart: which of its values each takes, so that no two rows are the same."""
        turns: dict[str, int] = {}
        known = {field.name: field for field in fields}
        for names in _unique_sets(model):
            members = [known[name] for name in names if name in known]
            if len(members) < len(names) or any(field.name in turns for field in members):
                continue
            rooms = {field: self._room(field) for field in members}
            endless = next((field for field in members if rooms[field] is None), None)
            if endless is not None:
                turns[endless.name] = number
                continue
            rest = number
            ranked = sorted(members, key=lambda field: (field.is_relation, members.index(field)))
            for field in ranked[:-1]:
                rest, turns[field.name] = divmod(rest, rooms[field] or 1)
            turns[ranked[-1].name] = rest
            if ranked[-1].is_relation:
                self.pool(ranked[-1].related_model, rest + 1)  # type: ignore[arg-type]
        return turns

    def _room(self, field: models.Field) -> int | None:
        if not field.is_relation:
            return values.room(field)
        target: Any = field.related_model
        return max(len(self.given.get(target) or self._made.get(target, [])), 1)

    # -- checks

    def _wrong(self, row: models.Model) -> set[str]:
        try:
            row.full_clean(validate_unique=False)
        except ValidationError as error:
            return set(error.message_dict)
        return set()

    def _leave_out(self, model: type[models.Model], wrong: set[str], fixed: Mapping[str, Any]) -> None:
        """Leave optional what the checks complain about; one about the whole row empties all that is optional."""
        known, out = _fields(model), self._left_out.setdefault(model, set())
        optional = {
            field.name
            for field in known
            if field.name not in fixed and (field.blank or field.null or field.has_default() or field.choices)
        }
        more = (optional if NON_FIELD_ERRORS in wrong else wrong & optional) - out
        if not more:
            try:
                self._compose(model, 0, fixed).full_clean(validate_unique=False)
            except ValidationError as error:
                raise TypeError(f"{model.__name__}: no valid sample: {error.message_dict}") from error
            raise TypeError(f"{model.__name__}: no valid sample: {sorted(wrong)}")
        out |= more


def _fields(model: type[models.Model]) -> list[models.Field]:
    """The columns that somebody has to fill."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField | models.GeneratedField)
        and not (field.primary_key and field.has_default())
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    ]


def _left_alone(field: models.Field, out: set[str]) -> bool:
    """Whether the field keeps its default: what nobody types, moments of events to come, states, files."""
    optional = field.blank or field.null or field.has_default()
    if not optional:
        return False
    if field.name in out or not field.editable:
        return True
    if isinstance(
        field,
        models.BooleanField | models.JSONField | models.FileField | models.UUIDField | models.BinaryField,
    ):
        return True
    if isinstance(field, models.DateField) and field.null:
        return isinstance(field, models.DateTimeField) or not values.is_end(field) or field.name == "valid_to"
    return field.has_default() and bool(field.choices)


def _unique_sets(model: type[models.Model]) -> Iterable[tuple[str, ...]]:
    """The sets of fields that tell rows apart, single ones first."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and not field.null and not field.has_default():
            yield (field.name,)
    yield from (tuple(names) for names in model._meta.unique_together)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields)


def _agree(fields: list[models.Field], found: dict[str, Any], fixed: Mapping[str, Any]) -> None:
    """Links that lead to the same kind agree: the producer of a row is the producer of the row's product."""
    links = [field for field in fields if field.is_relation and found.get(field.name) is not None]
    for _ in range(2):
        for field in links:
            if field.name in fixed:
                continue
            for other in links:
                target = found[other.name]
                if other is field or other.related_model is field.related_model:
                    continue
                same = {one.name: one for one in type(target)._meta.concrete_fields}.get(field.name)
                if same is not None and same.related_model is field.related_model:
                    found[field.name] = getattr(target, field.name) or found[field.name]
                    break
