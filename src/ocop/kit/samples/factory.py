"""The maker of sample rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from simple_history.utils import bulk_create_with_history

from ocop.kit.models import Searchable
from ocop.kit.registers.known import REGISTERS
from ocop.kit.samples import values
from ocop.kit.samples.plan import Plan, Turn, agreements, fields_of, left_alone, turns_of, unique_sets

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
        self._numbered: dict[type[models.Model], dict[int, models.Model]] = {}
        self._left_out: dict[type[models.Model], set[str]] = {}
        self._plans: dict[tuple[Any, ...], Plan] = {}
        self._once: dict[type[models.Model], tuple[int, list[models.Model]]] = {}
        self._rooms: dict[type[models.Model], int] = {}
        self._telling: dict[type[models.Model], list[Register]] = {}
        self._busy: set[type[models.Model]] = set()

    # -- rows

    def new(self, model: type[models.Model], number: int = 0, **fixed: Any) -> Any:
        """A valid row that is not stored; raises TypeError naming the model when the checks cannot be met."""
        while True:
            row = self._compose(model, number, fixed)
            wrong = self._wrong(row)
            if not wrong:
                return row
            self._leave_out(model, number, wrong, fixed)

    def make(self, model: type[models.Model], number: int = 0, **fixed: Any) -> Any:
        """A stored row; the same number without fixed values is the same row."""
        known = self._numbered.setdefault(model, {})
        if number in known and not fixed:
            return known[number]
        row = self.new(model, number, **fixed)
        row.save()
        known.setdefault(number, row)
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
        if model not in self._telling:
            self._telling[model] = [one for one in REGISTERS if one.model is model]
        told: dict[str, Any] = {}
        for register in self._telling[model]:
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

    def _different(self, model: type[models.Model], size: int) -> list[Any]:
        """As many rows as asked for, each once: what was given may take turns unevenly."""
        pool = self.pool(model)
        known = self._once.get(model)
        if known is None or known[0] != len(pool):
            known = self._once[model] = (len(pool), list(dict.fromkeys(pool)))
        if len(known[1]) < size:
            self.pool(model, len(pool) + size - len(known[1]))
            return self._different(model, size)
        return known[1]

    def _prepare(self, model: type[models.Model], count: int) -> None:
        """Make, in bulk, what many rows will lead to."""
        for one in fields_of(model):
            if not one.is_relation or one.null or one.related_model is model:
                continue
            target: Any = one.related_model
            if one.unique:
                self.pool(target, count)
            elif target not in self.given:
                self.pool(target, FEW if count > FEW else 1)

    def _compose(self, model: type[models.Model], number: int, fixed: Mapping[str, Any]) -> Any:
        """A row by its plan; not checked."""
        fixed = {**self._of(model, number), **fixed}
        empty = frozenset(name for name, value in fixed.items() if value is None)
        plan, found = self._plan(model, frozenset(fixed), empty), dict(fixed)
        for name, make in plan.makers:
            found[name] = make(number)
        for one, turn, apart in plan.links:
            place, target = turn(number), one.related_model
            pool = self._different(target, place + 1) if apart else self.pool(target)  # type: ignore[arg-type]
            found[one.name] = pool[place % len(pool)]
        plan.agree(found)
        row = model(**found)
        if isinstance(row, Searchable):
            row.set_search()
        return row

    def _plan(self, model: type[models.Model], fixed: frozenset[str], empty: frozenset[str]) -> Plan:
        out = self._left_out.get(model, set())
        key = (model, fixed, empty, frozenset(out))
        if key not in self._plans:
            self._plans[key] = self._planned(model, fixed, empty, out)
        return self._plans[key]

    def _planned(
        self, model: type[models.Model], fixed: frozenset[str], empty: frozenset[str], out: set[str]
    ) -> Plan:
        free = [one for one in fields_of(model) if not {one.name, one.attname} & fixed]
        turns = turns_of(self._told_apart(model, free, empty, out), self._room)
        plan, place = Plan(model), 0
        for one in fields_of(model):
            place += isinstance(one, models.DateField)
            if one not in free:
                continue
            turn = turns.get(one.name)
            if one.is_relation:
                if not self._is_empty(one, out):
                    plan.links.append((one, turn or _itself, turn is not None))
            elif turn is not None or not left_alone(one, out):
                make = values.maker(one, place=place, apart=turn is not None)
                if turn is not None:
                    make = _after(turn, make)
                elif one.name in out and one.choices:
                    make = _after(_first, make)
                plan.makers.append((one.name, make))
        plan.agreeing = list(agreements(one for one, _, _ in plan.links))
        # What decides a link by which rows are told apart takes the turns of that link.
        led = {other: turns[name] for name, other in plan.agreeing if name in turns and other not in turns}
        plan.links = [(one, led.get(one.name, turn), apart) for one, turn, apart in plan.links]
        return plan

    def _told_apart(
        self, model: type[models.Model], free: list[models.Field], empty: frozenset[str], out: set[str]
    ) -> Iterator[list[models.Field]]:
        """The unique sets that count for these rows (none with an empty member), links last, those to what nobody
        gave at the very end."""
        known = {one.name: one for one in free}
        for names in unique_sets(model):
            members = [known[name] for name in names if name in known]
            is_empty = bool(empty & set(names)) or any(
                self._is_empty(one, out) if one.is_relation else one.name in out and one.blank
                for one in members
            )
            if members and not is_empty:
                yield sorted(members, key=lambda one: (one.is_relation, one.related_model not in self.given))

    def _is_empty(self, one: models.Field, out: set[str]) -> bool:
        """Whether a link leads nowhere: it may be empty, and nobody gave what it could lead to."""
        unknown = one.related_model not in self.given or one.related_model is one.model
        return one.null and (one.name in out or not one.editable or unknown)

    def _room(self, one: models.Field) -> int | None:
        """How many values a field has; of a link as many as there were when this was asked first."""
        if not one.is_relation:
            return values.room(one)
        target: Any = one.related_model
        there = len(set(self.given.get(target) or self._made.get(target, [])))
        return self._rooms.setdefault(target, max(there, 1))

    # -- checks

    def _wrong(self, row: models.Model) -> set[str]:
        try:
            row.full_clean(validate_unique=False)
        except ValidationError as error:
            return set(error.message_dict)
        return set()

    def _leave_out(
        self, model: type[models.Model], number: int, wrong: set[str], fixed: Mapping[str, Any]
    ) -> None:
        """Leave out what the checks complain about; raises TypeError when nothing helps.

        A complaint about the whole row (either a partner or a producer, not both) is answered by the first of these
        that helps: one field empty, links first; all that is optional empty; all but one link.
        """
        out = self._left_out.setdefault(model, set())
        told = {**self._of(model, number), **fixed}
        optional = [
            field
            for field in sorted(fields_of(model), key=lambda field: not field.is_relation)
            if field.name not in told and (field.blank or field.null or field.has_default() or field.choices)
        ]
        names = {field.name for field in optional}
        if NON_FIELD_ERRORS not in wrong and (wrong & names) - out:
            out |= wrong & names
            return
        ways = [out | {field.name} for field in optional]
        ways += [names, *(names - {field.name} for field in optional if field.is_relation)]
        for way in ways:
            self._left_out[model] = way
            if not self._wrong(self._compose(model, number, fixed)):
                return
        self._left_out[model] = out
        row = self._compose(model, number, fixed)
        try:
            row.full_clean(validate_unique=False)
        except ValidationError as error:
            raise TypeError(f"{model.__name__}: no valid sample: {error.message_dict}") from error


def _itself(number: int) -> int:
    return number


def _first(number: int) -> int:
    return 0


def _after(turn: Turn, make: values.Make) -> values.Make:
    return lambda number: make(turn(number))
