"""A register as sheets: export, template, import."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.db import models
from simple_history.utils import bulk_create_with_history

from ocop.kit import clock, excel
from ocop.kit.models import Searchable

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

CHUNK = 900
"""Values per query: SQLite takes no more than 999 parameters by default."""


def export(register: "Register", target: BinaryIO, rows: models.QuerySet, *, user: Any, words: str) -> int:
    """Write the rows as a workbook, in constant memory; answers how many."""
    columns = register.on("excel")
    stream = rows.iterator(chunk_size=1000) if isinstance(rows, models.QuerySet) else rows
    heading = excel.Heading(register.title, unit=register.office(user), filters=words)
    values: Iterable[list[Any]] = ([column.typed(row) for column in columns] for row in stream)
    return excel.write(target, [column.for_export() for column in columns], values, heading)


def template(register: "Register", target: BinaryIO, *, user: Any) -> None:
    """Write the empty workbook to fill in."""
    excel.template(
        target, register.importer(user).columns, title=register.title, notes=register.template_notes
    )


def _key_names(register: "Register") -> tuple[str, ...]:
    return tuple(
        cast(models.Field, register.model._meta.get_field(name)).attname for name in register.natural_key
    )


def known_in_database(register: "Register", keys: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Which of the natural keys stand in the database, looked up by their most telling column in chunks.

    An empty cell of a column that is never null stands in the database as that column's default.
    """
    model, names = register.model, _key_names(register)
    stored = {key: _as_stored(register, key) for key in keys}
    there = _stored_keys(model, names, list(stored.values()))
    return {key for key, value in stored.items() if value in there}


def _as_stored(register: "Register", key: tuple[Any, ...]) -> tuple[Any, ...]:
    """A natural key as a new row would have it."""
    fields = [register.model._meta.get_field(name) for name in register.natural_key]
    return tuple(
        field.get_default() if value is None and isinstance(field, models.Field) and not field.null else value
        for field, value in zip(fields, key, strict=True)
    )


def _stored_keys(
    model: type[models.Model], names: tuple[str, ...], keys: list[tuple[Any, ...]]
) -> set[tuple[Any, ...]]:
    """The natural keys of the rows that share the most telling column with one of these."""
    place = max(range(len(names)), key=lambda index: len({key[index] for key in keys}))
    wanted = list({key[place] for key in keys} - {None})
    found: set[tuple[Any, ...]] = set()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(model._base_manager.filter(**{f"{names[place]}__in": part}).values_list(*names))
    if any(key[place] is None for key in keys):
        found.update(model._base_manager.filter(**{f"{names[place]}__isnull": True}).values_list(*names))
    return found


def write_in_bulk(register: "Register", rows: list[dict[str, Any]], by: Any) -> int:
    """Write rows and their history in bulk."""
    stamps = [
        field.name
        for field in register.model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add)
    ]
    now = clock.now()
    made = []
    for values in rows:
        row = register.model(**{name: value for name, value in values.items() if value is not None})
        for name in stamps:
            setattr(row, name, now)
        register.prepare(row, by=by)
        if isinstance(row, Searchable):
            row.set_search()
        made.append(row)
    if register.has_history:
        bulk_create_with_history(
            made, register.model, batch_size=500, default_user=by, default_date=now,
            default_change_reason="Nhập từ Excel",
        )  # fmt: skip
    else:
        register.model._base_manager.bulk_create(made, batch_size=500)
    return len(made)


def importer(register: "Register", user: Any) -> excel.Importer:
    """What an import of this register by this user needs."""
    return excel.Importer(
        register=register.key,
        columns=[column.for_import(user) for column in register.on("import")],
        create=lambda rows, by: register.write_rows(rows, by=by),
        natural_key=_key_names(register),
        known=register.known_keys,
        check=lambda values: register.check_row(values, user),
    )
