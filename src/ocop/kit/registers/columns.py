"""A column of a register: declared in a line, completed from the model's field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst

from ocop.kit import formats
from ocop.kit.excel import Column as SheetColumn
from ocop.kit.excel import Kind, Lookup

Pairs = Iterable[tuple[str, Any]]
EVERYWHERE = "list detail excel import api"
NAMING = {"name", "title", "full_name", "public_name", "number"}
"""What names the object that it belongs to, in a path over other objects; a day or an amount of one does not."""


@dataclass(frozen=True)
class Column:
    """What a register shows of a row.

    `name`: a field, property or method of the row, or a path ("place.name"). Label, kind, choices, whether it is
    required and its length come from the model field where there is one. `value(row)` computes instead.
    `sort`: what to order by (default: the field, or the path; "" for none). `on`: the places where it appears, out of
    "list detail excel import api"; import takes only editable fields. `lookup(user)`: the (label, value) pairs that
    an imported reference may name (default: the related rows that the user sees). `template`: a cell of its own, with
    `row` and `value`. `total`: summed in the export. `names`: the words name the object
    before the last dot of the path, and lead there. The other values go to the sheet's column.
    """

    name: str
    label: str = ""
    kind: Kind | None = None
    value: Callable[[Any], Any] | None = None
    sort: str | None = None
    on: str = EVERYWHERE
    required: bool | None = None
    lookup: Callable[[Any], Pairs | Lookup] | None = None
    template: str = ""
    hint: str = ""
    example: str = ""
    total: bool = False
    width: int = 0
    places: int | None = None
    names: bool = False
    aliases: tuple[str, ...] = ()


def _kind_of(source: models.Field | None) -> Kind:
    if source is None:
        return Kind.TEXT
    if source.choices or source.is_relation:
        return Kind.CHOICE
    order = (
        (models.DateTimeField, Kind.MOMENT),
        (models.DateField, Kind.DATE),
        (models.BooleanField, Kind.BOOLEAN),
        (models.DecimalField, Kind.DECIMAL),
        (models.FloatField, Kind.DECIMAL),
        (models.IntegerField, Kind.INTEGER),
    )
    return next((kind for type_, kind in order if isinstance(source, type_)), Kind.TEXT)


@dataclass(frozen=True)
class BoundColumn:
    """A column together with its model; what views, sheets and API ask."""

    column: Column
    model: type[models.Model]
    lookups: dict[type[models.Model], Callable[[Any], Any]] = field(default_factory=dict, compare=False)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.column, name)

    @cached_property
    def field(self) -> models.Field | None:
        """The model field of that name, None for computed columns and paths."""
        if self.column.value is not None:
            return None
        try:
            found = self.model._meta.get_field(self.column.name)
        except FieldDoesNotExist:
            return None
        return found if isinstance(found, models.Field) else None

    @cached_property
    def source(self) -> models.Field | None:
        """The field whose values are shown: of that name, or at the end of the path; None for what is computed."""
        if self.column.value is not None or self.field is not None:
            return self.field
        model: Any = self.model
        *way, last = self.column.name.split(".")
        try:
            for part in way:
                model = model._meta.get_field(part).related_model
            found = model._meta.get_field(last)
        except (FieldDoesNotExist, AttributeError):
            return None
        return found if isinstance(found, models.Field) else None

    @cached_property
    def label(self) -> str:
        """What heads the column."""
        return self.column.label or capfirst(str(self.field.verbose_name if self.field else self.column.name))

    @cached_property
    def kind(self) -> Kind:
        """How its values are written."""
        return self.column.kind or _kind_of(self.source)

    @property
    def is_number(self) -> bool:
        """Whether its values stand at the right edge."""
        return self.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)

    @cached_property
    def order(self) -> str:
        """What the list is ordered by for this column, "" when it cannot be sorted."""
        if self.column.sort is not None:
            return self.column.sort
        if self.column.value is not None:
            return ""
        if self.field is not None:
            return "" if self.field.is_relation else self.column.name
        return self.column.name.replace(".", "__") if "." in self.column.name else ""

    def appears(self, place: str) -> bool:
        """Whether the column is meant for `place`."""
        return place in self.column.on.split()

    def raw(self, row: Any) -> Any:
        """The value of a row as the model holds it; methods are called, a missing link answers None."""
        return self._read(row)

    @cached_property
    def _read(self) -> Callable[[Any], Any]:
        """How a row is read, chosen once: an export reads a column as often as it has rows."""
        if self.column.value is not None:
            return self.column.value
        if self.field is not None:
            return attrgetter(self.column.name)
        return self._follow

    def _follow(self, row: Any) -> Any:
        value = row
        for part in self.column.name.split("."):
            value = getattr(value, part) if value is not None else None
            if callable(value) and not isinstance(value, models.Manager):
                value = value()
        return value

    def typed(self, row: Any) -> Any:
        """The value for a sheet: numbers and days as such, choices and links as their words."""
        value = self.raw(row)
        if self.labels:
            return self.labels.get(value, value)
        if value is None or isinstance(value, str | int | float | Decimal | date):
            return value
        return str(value)

    @cached_property
    def labels(self) -> dict[Any, str]:
        """The words of a choice by its stored value; Django works them out anew for each row."""
        source = self.source
        return {value: str(label) for value, label in source.flatchoices} if source and source.choices else {}

    def shown(self, row: Any) -> str:
        """The value for a reader."""
        value = self.typed(row)
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, datetime):
            return formats.moment(value)
        if isinstance(value, date):
            return formats.day(value)
        if self.kind is Kind.MONEY:
            return formats.money(value)
        if isinstance(value, int | float | Decimal) and self.kind in (Kind.INTEGER, Kind.DECIMAL):
            return formats.number(value, self.column.places)
        return capfirst(str(value)) if self.field is not None and self.field.is_relation else str(value)

    def link(self, row: Any) -> str:
        """The address of the object that the column shows, "" when it shows none that has a page."""
        if self.column.value is not None or not self._leads_away:
            return ""
        *path, last = self.column.name.split(".")
        found: Any = row
        for part in path if self.column.names or last in NAMING else (*path, last):
            found = getattr(found, part, None)
        return found.get_absolute_url() if hasattr(found, "get_absolute_url") else ""

    @cached_property
    def _leads_away(self) -> bool:
        """Whether the column, or the first part of its path, is a link to another row."""
        try:
            found = self.model._meta.get_field(self.column.name.partition(".")[0])
        except FieldDoesNotExist:
            return False
        return bool(found.many_to_one or found.one_to_one)

    def plain(self, row: Any) -> Any:
        """The value for the API: plain types, the code of a choice, the words of a link."""
        value = self.raw(row)
        return (
            value
            if value is None or isinstance(value, str | bool | int | float | Decimal | date)
            else str(value)
        )

    @property
    def importable(self) -> bool:
        """Whether a sheet may fill this column: an editable field that the declaration sends to imports."""
        return self.appears("import") and self.field is not None and self.field.editable

    @property
    def attribute(self) -> str:
        """The model attribute that an import sets."""
        return self.field.attname if self.field is not None else self.column.name

    def _lookup(self, user: Any) -> Lookup | None:
        source = self.field
        if self.column.lookup is not None:
            return self._made(self.column.lookup(user))
        if source is None:
            return None
        if source.choices:
            return self._made((str(label), value) for value, label in source.flatchoices)
        if source.is_relation:
            target: type[models.Model] = source.related_model  # type: ignore[assignment]
            if target in self.lookups:
                return self._made(self.lookups[target](user))
            rows = target._default_manager.all()
            rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
            return self._made((str(row), row.pk) for row in rows)
        return None

    def _made(self, pairs: Pairs | Lookup) -> Lookup:
        """A lookup as the declaration made it, or one of the pairs that it answered."""
        return pairs if isinstance(pairs, Lookup) else Lookup(pairs, what=f"danh mục “{self.label}”")

    def for_export(self) -> SheetColumn:
        """The column of an exported sheet."""
        column = self.column
        return SheetColumn(
            column.name, self.label, self.kind, total=column.total, width=column.width, places=column.places
        )

    def for_import(self, user: Any) -> SheetColumn:
        """The column of a template or an uploaded sheet, with the model field's own checks."""
        source, column = self.field, self.column
        if source is None:
            raise TypeError(f"{column.name}: only a model field can be imported")
        required = column.required
        if required is None:
            required = not source.blank and not source.has_default()
        # A year is shown like a code, without a point between its digits, yet it is read as the number that it is.
        counts = self.kind is Kind.CODE and isinstance(source, models.IntegerField)
        return SheetColumn(
            self.attribute,
            self.label,
            Kind.INTEGER if counts else self.kind,
            required=required,
            max_length=getattr(source, "max_length", None) if not source.choices else None,
            lookup=self._lookup(user),
            validators=() if source.is_relation or source.choices else tuple(source.validators),
            aliases=column.aliases,
            hint=column.hint or str(source.help_text or ""),
            example=column.example,
            width=column.width,
            places=column.places,
        )
