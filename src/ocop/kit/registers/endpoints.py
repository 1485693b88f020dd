"""The JSON API of a register: the same rows, filters and search as its list."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.security import django_auth
from pydantic import create_model

from ocop.kit.excel import Kind
from ocop.kit.registers.listing import listing

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

TYPES: dict[Kind, Any] = {
    Kind.INTEGER: int,
    Kind.MONEY: int,
    Kind.DECIMAL: Decimal,
    Kind.DATE: date,
    Kind.MOMENT: datetime,
    Kind.BOOLEAN: bool,
}


def _schema(register: "Register") -> type[Schema]:
    fields: dict[str, Any] = {"id": (int, ...)}
    for column in register.on("api"):
        kind = TYPES.get(column.kind, str)
        source = column.field
        if source is not None and (source.choices or column.kind is Kind.CODE):
            kind = str | int  # as stored: a year is a number that is shown like a code
        fields[column.name.replace(".", "_")] = (kind | None, None)
    return create_model(f"{type(register).__name__}Row", __base__=Schema, **fields)


def _plain(register: "Register", row: Any) -> dict[str, Any]:
    values = {column.name.replace(".", "_"): column.plain(row) for column in register.on("api")}
    return {"id": row.pk, **values}


def router(register: "Register") -> Router:
    """A router with the list and the single row."""
    row_schema = _schema(register)
    list_schema = create_model(
        f"{type(register).__name__}List",
        __base__=Schema,
        count=(int, ...),
        next=(int | None, None),
        results=(list[row_schema], ...),  # type: ignore[valid-type]
    )
    made = Router(auth=None if register.public_api else django_auth)

    @made.get("", response=list_schema, summary=register.title, operation_id=f"{register.key}_list")
    def rows(request: HttpRequest, page: int = Query(1, ge=1), size: int = Query(50, ge=1, le=100)):
        if not register.may_see(request.user):
            raise HttpError(404, "Không tìm thấy")
        found = listing(register, request.user, request.GET)
        pages = Paginator(found.rows, size)
        here = pages.page(page).object_list if page <= pages.num_pages else []
        return {
            "count": pages.count,
            "next": page + 1 if page < pages.num_pages else None,
            "results": [_plain(register, row) for row in here],
        }

    @made.get(
        "/{int:pk}",
        response=row_schema,
        summary=f"{register.title}: một mục",
        operation_id=f"{register.key}_row",
    )
    def row(request: HttpRequest, pk: int):
        if not register.may_see(request.user):
            raise HttpError(404, "Không tìm thấy")
        return _plain(register, get_object_or_404(register.rows(request.user), pk=pk))

    return made
