"""What a list shows: search, filters, order, page, and the filter in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django_filters.filterset import filterset_factory

from ocop.kit import formats
from ocop.kit.registers.pages import RowPages
from ocop.kit.registers.presets import OF, VIEW, Preset, chosen, hidden_filter, subject_of

if TYPE_CHECKING:
    from ocop.kit.registers.columns import BoundColumn
    from ocop.kit.registers.register import Register

DASHES = "---------"  # what Django and its filters put for "no choice"
SORT, PAGE = "sap", "trang"
WORDS = {"gte": "từ", "gt": "sau", "lte": "đến", "lt": "trước"}


def _search(rows: QuerySet, name: str, typed: str) -> QuerySet:
    return rows.found_by(typed)  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def filterset_of(register: "Register") -> type[django_filters.FilterSet]:
    """The filter set of a register: its own, or built from `filters`, with a search box in front."""
    base = register.filterset_class or filterset_factory(
        register.model,
        fields=register.filters or [],  # type: ignore[arg-type]
    )
    extra: dict[str, Any] = {}
    if register.can_search and "q" not in base.base_filters:
        extra["q"] = django_filters.CharFilter(
            method=_search,
            label="Tìm",
            widget=forms.SearchInput(attrs={"autocomplete": "off"}),
        )
    if register.presets:
        extra[VIEW] = hidden_filter()
    if register.story or register.under:
        extra[OF] = hidden_filter()
    built = type(base)(base.__name__, (base,), extra)
    if "q" in built.base_filters:
        built.base_filters = {"q": built.base_filters["q"], **built.base_filters}
    for found in built.base_filters.values():
        _vietnamese(register, found)
    return built


def _vietnamese(register: "Register", found: Any) -> None:
    """Labels in words, an empty choice that says "all", a native date field."""
    is_choice = isinstance(found, django_filters.ChoiceFilter | django_filters.ModelChoiceFilter)
    if is_choice and found.extra.get("empty_label") in (None, DASHES):
        found.extra["empty_label"] = "Tất cả"
    if isinstance(found, django_filters.BooleanFilter):
        found.extra["widget"] = forms.Select(choices=[("", "Tất cả"), ("true", "có"), ("false", "không")])
    if isinstance(found, django_filters.DateFilter):
        found.extra.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if register.filterset_class is None and found.lookup_expr in WORDS:
        name = getattr(register.model._meta.get_field(found.field_name), "verbose_name", found.field_name)
        found.label = capfirst(f"{name} {WORDS[found.lookup_expr]}")
    elif found.label is None:
        names = [part.verbose_name for part in register.model._meta.fields if part.name == found.field_name]
        found.label = capfirst(names[0]) if names else None


def words_of(form: forms.Form) -> str:
    """The filter in words: "Loại: Hội chợ; Xã: Thạch Hà"."""
    parts = []
    for name, value in form.cleaned_data.items():
        if (
            name in (VIEW, OF)
            or value in (None, "", [])
            or (hasattr(value, "exists") and not form.data.get(form.add_prefix(name)))
        ):
            continue
        parts.append(f"{form.fields[name].label or name}: {_word(form.fields[name], value)}")
    return "; ".join(parts)


def _word(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ())) if not hasattr(field, "queryset") else {}
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list | tuple) or hasattr(value, "iterator"):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if hasattr(value, "strftime"):
        return formats.day(value)
    return f"“{value}”" if not choices and isinstance(value, str) else str(choices.get(value, value))


@dataclass(frozen=True)
class Heading:
    """A column heading: its label, and where a press on it leads."""

    column: "BoundColumn"
    url: str
    state: str  # "ascending" | "descending" | "none" | ""


@dataclass
class Listing:
    """Everything that the list page, the export and the API need."""

    rows: QuerySet
    form: forms.Form
    words: str
    headings: list[Heading]
    query: str
    preset: Preset | None = None
    is_filtered: bool = False
    is_searched: bool = False
    drawn: Callable[[QuerySet], QuerySet] | None = None

    def pages(self, size: int) -> RowPages:
        """All pages of so many rows each."""
        return RowPages(self.rows, size, searched=self.is_searched, drawn=self.drawn)


def listing(register: "Register", user: Any, query: QueryDict, *, opens: bool = False) -> Listing:
    """The rows that a query asks for, in its order; a list that `opens` starts on the register's first preset."""
    preset = chosen(register, query) if opens or query.get(VIEW) else None
    subject = subject_of(register, query, user)
    rows = register.rows(user) if subject is None else register.rows_of(*subject, user)
    found = filterset_of(register)(query, queryset=preset.narrow(register, rows, user) if preset else rows)
    _narrow(found.form, user)
    rows = found.qs
    columns = register.on("list")
    wanted = query.get(SORT, "")
    order = {column.name: column.order for column in columns if column.order}
    if wanted.lstrip("-") in order:
        sign = "-" if wanted.startswith("-") else ""
        rows = rows.order_by(f"{sign}{order[wanted.lstrip('-')]}", "pk")
    kept = query.copy()
    kept.pop(PAGE, None)
    if preset is not None:
        kept[VIEW] = preset.key
    typed = words_of(found.form) if found.is_bound and hasattr(found.form, "cleaned_data") else ""
    words = "; ".join(
        filter(None, [preset.label if preset else "", str(subject[1]) if subject else "", typed])
    )
    return Listing(
        rows,
        found.form,
        words,
        _headings(columns, kept, wanted),
        kept.urlencode(),
        preset,
        bool(typed or subject),
        bool(typed and found.form.cleaned_data.get("q")),
        register.drawn,
    )


def _narrow(form: forms.Form, user: Any) -> None:
    """What a person does not see cannot be filtered by, nor be read off the choices of a filter."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "visible_to"):
            field.queryset = field.queryset.visible_to(user)


def _headings(columns: "list[BoundColumn]", query: QueryDict, wanted: str) -> list[Heading]:
    headings = []
    for column in columns:
        if not column.order:
            headings.append(Heading(column, "", ""))
            continue
        turned = query.copy()
        turned[SORT] = f"-{column.name}" if wanted == column.name else column.name
        states = {column.name: "ascending", f"-{column.name}": "descending"}
        headings.append(Heading(column, f"?{turned.urlencode()}", states.get(wanted, "none")))
    return headings
