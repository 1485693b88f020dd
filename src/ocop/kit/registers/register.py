"""The declaration of a register, and what it promises to views, sheets, API and tests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db import models
from django.forms import ModelForm
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from ocop.kit import excel, registry
from ocop.kit.addresses import reverse
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.registers import endpoints, sheets, story, views
from ocop.kit.registers.columns import BoundColumn, Column
from ocop.kit.registers.known import REGISTERS
from ocop.kit.registers.presets import Preset

CLOSED = Refusal("register.closed", "Bạn không có quyền ghi vào sổ này.")


@dataclass(frozen=True)
class Section:
    """A block of the detail page: its title and the names of its columns."""

    title: str
    names: tuple[str, ...]


class Register:
    """Subclass once per register; see `docs/how-to/add-a-register.md` for every attribute with an example.

    Permissions answer `ocop.kit.errors.Verdict`s. Writing is closed until a subclass opens it; rows come from
    `scope(user)` alone, and what is not in there answers 404.
    """

    key: str
    model: type[models.Model]
    title: str
    noun: str = ""
    app: str = ""
    section: str = "Sổ & danh mục"
    icon: str = "book-2"
    order: int = 100
    columns: Sequence[Column] = ()
    filters: Sequence[str] | dict[str, list[str]] = ()
    filterset_class: type[django_filters.FilterSet] | None = None
    form_class: type[ModelForm] | None = None
    sections: Sequence[Section] = ()
    related: Sequence[str] = ()
    prefetch: Sequence[str] = ()
    list_related: Sequence[str] | None = None
    ordering: Sequence[str] = ("pk",)
    natural_key: Sequence[str] = ()
    presets: Sequence[Preset] = ()
    under: str = ""
    story: Sequence[str] = ()
    lookups: dict[type[models.Model], Callable[[Any], Any]] = {}
    per_page: int = 25
    empty_text: str = ""
    template_notes: Sequence[str] = ()
    has_api: bool = True
    public_api: bool = False
    base_template: str = "kit/base_workspace.html"
    list_template: str = "kit/register/list.html"
    detail_template: str = "kit/register/detail.html"
    form_template: str = "kit/register/form.html"

    # What apps decide -------------------------------------------------------------------------------------------

    def scope(self, user: Any) -> models.QuerySet:
        """The rows that exist for this user."""
        return self.model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]

    def may_see(self, user: Any) -> Verdict:
        """Whether the register exists for this user at all; a refusal answers 404."""
        return ALLOWED

    def may_create(self, user: Any) -> Verdict:
        """Whether the user may add a row."""
        return CLOSED

    def may_add_to(self, user: Any, subject: Any) -> Verdict:
        """Whether the page of an object in whose story the register stands offers to add a row about it."""
        parent = self.model._meta.get_field(self.under).related_model if self.under else None
        if parent is not None and isinstance(subject, parent):
            return self.may_add_under(user, subject)
        return self.may_create(user)

    def may_add_under(self, user: Any, parent: Any) -> Verdict:
        """The same on the page of the object under which the rows lie."""
        return self.may_create(user)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        """Whether the user may change this row."""
        return CLOSED

    def may_import(self, user: Any) -> Verdict:
        """Whether the user may import; by default who may add."""
        return self.may_create(user)

    def may_export(self, user: Any) -> Verdict:
        """Whether the user may take the rows away as a workbook."""
        return ALLOWED

    def make_form(
        self, user: Any, row: Any, form_type: type[ModelForm], *args: Any, **kwargs: Any
    ) -> ModelForm:
        """The form; override to hand it the user or to narrow its choices."""
        return form_type(*args, instance=row, **kwargs)

    def hold(self, form: Any, *, by: Any) -> None:
        """Keep what a refused form brought and a browser does not send again (files); by default nothing is."""

    def save(self, form: ModelForm, *, by: Any, is_new: bool) -> Any:
        """Write a valid form; override to call an action."""
        return form.save()

    def prepare(self, row: Any, *, by: Any) -> None:
        """Complete an imported row before it is written in bulk (the columns that no sheet fills)."""

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Write imported rows and answer how many; override where a row is more than one row of one table."""
        return sheets.write_in_bulk(self, rows, by)

    def known_keys(self, keys: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        """Which of these natural keys stand in the register already."""
        return sheets.known_in_database(self, keys)

    def importer(self, user: Any) -> excel.Importer:
        """How a sheet of this register is read and written by this user."""
        return sheets.importer(self, user)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Vietnamese sentences against an imported row, by attribute name; must not ask the database per row."""
        return ()

    def detail_context(self, user: Any, row: Any) -> dict[str, Any]:
        """What a detail template of the app's own needs besides the row."""
        return {}

    def sample(self, number: int, given: Mapping[type[models.Model], Any]) -> dict[str, Any]:
        """Values of a sample row (`ocop.kit.samples`) that a look at the model's fields cannot tell; `given`: the
        objects to which the rows belong, by their model."""
        return {}

    def attachments(self, row: Any) -> list[tuple[str, str]]:
        """(name, address) of the files of a row."""
        return []

    def office(self, user: Any) -> str:
        """The office that heads an exported sheet."""
        return ""

    # What follows from it ---------------------------------------------------------------------------------------

    @property
    def namespace(self) -> str:
        """The URL namespace: the app's label unless `app` says otherwise."""
        return self.app or self.model._meta.app_label

    @property
    def words(self) -> str:
        """What is counted: "12 hội chợ"."""
        return self.noun or self.title.lower()

    @cached_property
    def bound(self) -> list[BoundColumn]:
        """The columns, completed from the model."""
        return [BoundColumn(column, self.model, self.lookups) for column in self.columns]

    def page_context(self, user: Any, row: Any) -> dict[str, Any]:
        """What a kind of register adds to every detail page."""
        return {}

    def target_of(self, name: str) -> type[models.Model]:
        """The model that a link ("producer", or a path over links, "plan__producer") leads to."""
        model: type[models.Model] = self.model
        for part in name.split("__"):
            model = model._meta.get_field(part).related_model  # type: ignore[assignment]
        return model

    def rows_of(self, name: str, subject: models.Model, user: Any) -> models.QuerySet:
        """The rows of this user that belong to an object by one of the links in `story`, or to the parent."""
        linked = self.model._base_manager.filter(**{name: subject.pk}).values("pk")
        return self.rows(user).filter(pk__in=linked)

    def cells(self, row: Any, columns: "Sequence[BoundColumn] | None" = None) -> list[dict[str, Any]]:
        """A row's cells: label, text, where a press leads, or a template of its own with the raw value.

        What names another object leads there; the first cell with words that does not leads to the row itself.
        """
        cells = []
        for column in self.on("list") if columns is None else columns:
            cell = {
                "label": column.label,
                "text": column.shown(row),
                "is_number": column.is_number,
                "url": column.link(row),
                "template": column.template,
            }
            cells.append(cell | ({"value": column.raw(row)} if column.template else {}))
        own = next((cell for cell in cells if not cell["url"] and (cell["text"] or cell["template"])), None)
        if own is None:
            own = cells[0] if cells else {}
        own["url"] = self.url("detail", row.pk)
        return cells

    def after(self, row: Any) -> str:
        """Where a write leads: the row's own page, or the page of the parent on which it is kept."""
        parent = getattr(row, self.under) if self.under else None
        return parent.get_absolute_url() if parent is not None else self.url("detail", row.pk)

    def on(self, place: str) -> list[BoundColumn]:
        """The columns of `place` ("list", "detail", "excel", "import", "api")."""
        found = [column for column in self.bound if column.appears(place)]
        return [column for column in found if column.importable] if place == "import" else found

    @property
    def has_history(self) -> bool:
        """Whether the model keeps field history."""
        return hasattr(self.model, "history")

    @property
    def can_search(self) -> bool:
        """Whether rows are found by typed words."""
        return hasattr(self.model, "search_words") and hasattr(self.model._default_manager.all(), "found_by")

    def rows(self, user: Any) -> models.QuerySet:
        """The rows of this user with everything that a list shows of them."""
        rows = self.scope(user).order_by(*self.ordering)
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.prefetch_related(*self.prefetch) if self.prefetch else rows

    def drawn(self, rows: models.QuerySet) -> models.QuerySet:
        """Rows for a page of the list: with what stands in `list_related`, if that is set, instead of everything."""
        if self.list_related is None:
            return rows
        related = [name for name in self.list_related if name not in self.prefetch]
        rows = rows.select_related(None).prefetch_related(None)
        rows = rows.select_related(*related) if related else rows
        return rows.prefetch_related(*(name for name in self.list_related if name in self.prefetch))

    def url(self, name: str, *args: Any) -> str:
        """The address of a page by its name, the last part of the names in `urls()`: "list", "detail", "batch"..."""
        return reverse(f"{self.namespace}:{self.key}_{name}", args=args)

    def urls(self) -> list[URLPattern]:
        """The pages, to be put into the app's `urlpatterns` (under a `path(..., include(...))` or by `*`)."""
        known = {"register": self}
        pages: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("", views.list_page, "list"),
            ("moi/", views.create_page, "create"),
            ("excel/", views.export_file, "export"),
            ("<int:pk>/", views.detail_page, "detail"),
            ("<int:pk>/sua/", views.edit_page, "edit"),
            ("<int:pk>/lich-su/", views.history_page, "history"),
        ]
        if self.on("import"):
            pages += [
                ("excel/mau/", views.template_file, "template"),
                ("excel/nhap/", views.import_page, "import"),
                ("excel/nhap/<str:batch>/", views.batch_page, "batch"),
                ("excel/nhap/<str:batch>/ket-qua/", views.result_file, "result"),
            ]
        return [path(where, view, known, name=f"{self.key}_{name}") for where, view, name in pages]

    def menu_entry(self) -> registry.MenuEntry:
        """The line of the left rail."""
        return registry.MenuEntry(
            key=f"register.{self.key}",
            section=self.section,
            label=self.title,
            url_name=f"{self.namespace}:{self.key}_list",
            icon=self.icon,
            shown=lambda user: bool(self.may_see(user)),
            order=self.order,
        )

    def api_entry(self) -> registry.ApiRouter:
        """The JSON API: `GET /{key}` and `GET /{key}/{id}`, for signed-in people unless `public_api`."""
        return registry.ApiRouter(
            key=f"register.{self.key}",
            router=endpoints.router(self),
            prefix=f"/{self.key}",
            tags=(self.title,),
        )


def install(register: Register) -> Register:
    """Make a register known: menu, API, the list of registers. Call it in `apps.py: ready()`."""
    if register.key in REGISTERS:
        return REGISTERS[register.key]
    REGISTERS.add(register)
    story.tell(register)
    if not register.under:
        registry.menu.add(register.menu_entry())
    if register.has_api:
        registry.api_routers.add(register.api_entry())
    return register
