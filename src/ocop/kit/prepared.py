"""Queries that every page asks: built and compiled once in a process, asked again with other values.

    HELD = Prepared(lambda user, day: Membership.objects.valid_on(day).filter(user=user).values_list("pk", "role"))

    HELD.rows(user.pk, clock.today())

Of such a query the database takes a twentieth of the time; the rest is building it, compiling it and making rows of
its answer, which come out alike every time. ADR 30 says which queries are worth it and what was measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_LARGEST = (
    2**31 - 1
)  # of what a column of whole numbers may be compared with; no query here names it by itself


def _stand_in(value: Any, place: int) -> Any:
    """What stands for a value while the query is compiled: of its kind, and no other value of the query."""
    if type(value) is date:  # no moment: its hours would be lost
        return date(1, 1, 1 + place)
    if type(value) is int:
        return _LARGEST - place
    raise TypeError(f"a prepared query takes whole numbers and days, not {value!r}")


@dataclass(frozen=True)
class _Compiled:
    """The words of the query; per parameter the place of its value, or None and the parameter itself."""

    sql: str
    parameters: tuple[tuple[int | None, Any], ...]
    readers: tuple[tuple[int, list[Callable[..., Any]], Any], ...]


class Prepared:
    """A query of values, `build(*values)`, that is compiled on its first asking.

    The values are whole numbers and days (`datetime.date`); each must reach the database as it is, and the words of
    the query must not depend on them. Raises `TypeError` for a value of another kind and `ValueError` when one does
    not come into the query.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}  # by engine

    def rows(self, *values: Any) -> list[tuple]:
        """The rows of the query for these values, as `values_list` gives them."""
        made = self._compiled.get(connection.vendor)
        if made is None:
            made = self._compiled[connection.vendor] = self._compile(values)
        sent = [self._adapted(value) for value in values]
        with connection.cursor() as cursor:
            parameters = [kept if place is None else sent[place] for place, kept in made.parameters]
            cursor.execute(made.sql, parameters)
            found = cursor.fetchall()
        return [self._read(row, made) for row in found] if made.readers else [tuple(row) for row in found]

    @staticmethod
    def _adapted(value: Any) -> Any:
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value

    @staticmethod
    def _read(row: Any, made: _Compiled) -> tuple:
        cells = list(row)
        for place, readers, expression in made.readers:
            for reader in readers:
                cells[place] = reader(cells[place], expression, connection)
        return tuple(cells)

    def _compile(self, values: tuple) -> _Compiled:
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        compiler = self._build(*stand_ins).query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        places = {self._adapted(stand_in): place for place, stand_in in enumerate(stand_ins)}
        found = tuple(
            (places[parameter], None) if parameter in places else (None, parameter)
            for parameter in parameters
        )
        missing = set(range(len(values))) - {place for place, _ in found}
        if missing:
            raise ValueError(f"values {sorted(missing)} do not come into the query")
        columns = [column for column, *_ in compiler.select]
        readers = compiler.get_converters(columns)
        return _Compiled(sql, found, tuple((place, *one) for place, one in readers.items()))
