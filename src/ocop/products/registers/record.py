"""The registers of products and of papers."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.kit.registers.sheets import CHUNK
from ocop.kit.text import fold
from ocop.producers import permissions as producers
from ocop.producers.casework.lookups import ReachLookup, producer_lookup
from ocop.producers.casework.registers import UnitStory
from ocop.producers.models import VIEWING_ROLES, Producer
from ocop.producers.registers import HIDDEN, UnitFilter, units_in_reach
from ocop.products import actions, permissions
from ocop.products.enums import PaperState
from ocop.products.models import Paper, Product
from ocop.rulebook.models import ProductGroup
from ocop.rulebook.queries import book_in_force
from ocop.units.lookups import UnitLookup

PRODUCER_HINT = "Mã chủ thể (8 ký tự) hoặc tên công khai"


def producers_kept_by(user: Any) -> ReachLookup:
    """The producers whose record the person keeps, by code or public name; for imports."""
    units = scope_of(user).unit_ids(*permissions.REGISTRARS)
    rows = Producer.objects.known().unmerged().filter(unit_id__in=units)
    return producer_lookup(rows.only("code", "brand", "name"))


def group_names(user: Any) -> list[tuple[str, int]]:
    """Product groups by their names."""
    return list(ProductGroup.objects.values_list("name", "pk"))


def _by_id(model: Any, rows: list[dict[str, Any]], name: str) -> dict[int, Any]:
    """The objects that imported rows point at, by id."""
    return model._default_manager.in_bulk({row[name] for row in rows if row.get(name)})


def officers_only(user: Any) -> Verdict:
    """Registers that list rows of many producers."""
    return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN


def units_of_marks(user: Any) -> UnitLookup:
    """Units whose marks the person keeps: the province and its communes."""
    return units_in_reach(user, permissions.MARK_KEEPERS)


def set_choices() -> list[tuple[int, str]]:
    """The sets of the book in force, by number (both books count alike)."""
    book = book_in_force(clock.today())
    rows = book.sets.order_by("number").values_list("number", "name") if book else []
    return [(number, f"{number}. {name}") for number, name in rows]


class ProductFilters(django_filters.FilterSet):
    """Group, set, unit, state, with or without a code."""

    group = django_filters.ModelChoiceFilter(label="Nhóm", queryset=ProductGroup.objects.all())
    set = django_filters.ChoiceFilter(
        label="Bộ sản phẩm", field_name="criteria_set__number", choices=set_choices
    )
    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    code = django_filters.ChoiceFilter(
        label="Mã sản phẩm", choices=[("co", "đã có"), ("chua", "chưa có")], method="by_code"
    )

    class Meta:
        model = Product
        fields = ["group", "set", "unit", "status", "code"]

    def by_code(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Products that wait for their code, or those that have one."""
        return rows.filter(code="") if value == "chua" else rows.exclude(code="")


class ProductEditForm(forms.ModelForm):
    """Plain facts of a product."""

    class Meta:
        model = Product
        fields = [
            "name", "description", "story", "spec", "packaging", "ingredients", "usage", "storage", "started_year",
            "note",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "story": forms.Textarea(attrs={"rows": 8}),
            "ingredients": forms.Textarea(attrs={"rows": 3}),
            "usage": forms.Textarea(attrs={"rows": 3}),
        }


class ProductsRegister(UnitStory):
    """Every product known, recognised or on its way."""

    key = "products"
    model = Product
    title = "Sổ sản phẩm"
    noun = "sản phẩm"
    section = "Chủ thể & sản phẩm"
    icon = "package"
    order = 20
    story = ("unit",)
    columns = (
        Column(
            "name",
            "Tên sản phẩm",
            template="products/_name_cell.html",
            on="list detail excel import api",
            example="Kẹo cu đơ Thư Viện",
        ),
        Column("producer.public_name", "Chủ thể", on="list detail excel api", sort="producer__name"),
        Column("producer", "Chủ thể", on="import", lookup=producers_kept_by, hint=PRODUCER_HINT),
        Column("group.name", "Nhóm", on="list detail excel api", sort="group__order"),
        Column("group", "Nhóm", on="import", lookup=group_names, hint="Tên nhóm ở Phụ lục I"),
        Column("criteria_set", "Bộ sản phẩm", on="detail excel api", sort=""),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("code", "Mã sản phẩm", on="list detail excel api"),
        Column("public_code", "Mã công khai", on="detail api", sort=""),
        Column("status", "Tình trạng", on="list detail excel api"),
        Column("description", on="detail excel import", sort=""),
        Column("story", on="detail", sort=""),
        Column("spec", on="detail excel import", sort=""),
        Column("packaging", on="detail excel import", sort=""),
        Column("ingredients", on="detail excel import", sort=""),
        Column("usage", on="detail", sort=""),
        Column("storage", on="detail", sort=""),
        Column("started_year", kind=Kind.CODE, on="detail excel", sort=""),
        Column("source", on="detail", sort=""),
        Column("note", on="detail", sort=""),
    )
    filterset_class = ProductFilters
    form_class = ProductEditForm
    sections = (
        Section("Thông tin chung", (
            "producer.public_name", "group.name", "criteria_set", "unit.title", "code", "public_code", "status",
            "started_year",
        )),
        Section("Mô tả", ("description", "story", "spec", "packaging", "ingredients", "usage", "storage")),
        Section("Ghi chú, nguồn", ("note", "source")),
    )  # fmt: skip
    related = ("producer", "group", "criteria_set", "unit")
    ordering = ("name", "pk")
    natural_key = ("name", "producer")
    detail_template = "products/product_detail.html"
    list_template = "products/product_list.html"
    empty_text = "Sản phẩm do chủ thể thêm ở trang cơ sở, hoặc cán bộ thêm ở trang của chủ thể."

    def detail_context(self, user: Any, row: Product) -> dict[str, Any]:
        """Whether this user writes down a change of hands."""
        return {"can_transfer": bool(permissions.may_transfer(user, row))}

    def may_export(self, user: Any) -> Verdict:
        return officers_only(user)

    def may_edit(self, user: Any, row: Product) -> Verdict:
        return permissions.may_edit(user, row)

    def may_import(self, user: Any) -> Verdict:
        return producers.may_register(user)

    def known_keys(self, keys: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        """A name that the producer's products bear already is known, whatever its marks and capitals."""
        makers = sorted({maker for _, maker in keys})
        held: set[tuple[str, int]] = set()
        for start in range(0, len(makers), CHUNK):
            rows = Product.objects.filter(producer__in=makers[start : start + CHUNK])
            held |= {(fold(name), maker) for name, maker in rows.values_list("name", "producer_id")}
        return {key for key in keys if (fold(key[0]), key[1]) in held}

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each product with its holding, group and state, as the page opens it; a name already there is left."""
        makers, groups = _by_id(Producer, rows, "producer_id"), _by_id(ProductGroup, rows, "group_id")
        held = Product.objects.filter(producer__in=makers).values_list("producer_id", "name")
        known = {(producer, fold(name)) for producer, name in held}
        made = 0
        for row in rows:
            values = {key: value for key, value in row.items() if value is not None}
            maker, group = makers[values.pop("producer_id")], groups.get(values.pop("group_id", 0))
            if (maker.pk, fold(values["name"])) not in known:
                known.add((maker.pk, fold(values["name"])))
                actions.open_product(maker, by=by, group=group, **values)
                made += 1
        return made

    def save(self, form: Any, *, by: Any, is_new: bool) -> Product:
        names = set(form.changed_data) & set(ProductEditForm.Meta.fields)
        changes = {name: form.cleaned_data[name] for name in names}
        return actions.update_product(form.instance, by=by, changes=changes)

    def menu_entry(self) -> Any:
        """Officers see it in the rail; producers reach their products from "Cơ sở của tôi"."""
        entry = super().menu_entry()
        return type(entry)(**{**vars(entry), "shown": lambda user: bool(officers_only(user))})


class PaperFilters(django_filters.FilterSet):
    """Kind and state of today."""

    state = django_filters.ChoiceFilter(label="Hiệu lực", choices=PaperState.choices, method="by_state")

    class Meta:
        model = Paper
        fields = ["kind", "state"]

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Papers in that state today."""
        return rows.in_state(value, clock.today())  # type: ignore[attr-defined]


class PapersRegister(UnitStory):
    """Papers of the producers in reach; they are kept on the producer's page."""

    key = "papers"
    model = Paper
    title = "Sổ giấy tờ"
    noun = "giấy tờ"
    section = "Chủ thể & sản phẩm"
    icon = "files"
    order = 25
    story = ("product",)
    columns = (
        Column("kind", "Loại giấy tờ", template="products/_paper_cell.html", on="list detail excel api"),
        Column("kind", "Loại giấy tờ", on="import"),
        Column("producer.public_name", "Chủ thể", on="list detail excel api", sort="producer__name"),
        Column("producer", "Chủ thể", on="import", lookup=producers_kept_by, hint=PRODUCER_HINT),
        Column("product.name", "Sản phẩm", on="list detail excel api", sort=""),
        Column("number", on="list detail excel import api", required=True),
        Column("issuer", on="detail excel import"),
        Column("issued_on", on="list detail excel import api"),
        Column("expires_on", on="list detail excel import api"),
        Column(
            "state_label",
            "Hiệu lực",
            on="list detail excel api",
            sort="",
            template="products/_paper_state.html",
        ),
    )
    filterset_class = PaperFilters
    related = ("producer", "product")
    prefetch = ("versions",)
    ordering = ("expires_on", "pk")
    natural_key = ("number", "kind", "producer")
    template_notes = (
        "Danh sách này chỉ ghi thông tin của giấy; tệp chụp, quét được thêm sau ở trang của giấy.",
    )
    detail_template = "products/paper_record.html"
    empty_text = "Giấy tờ do chủ thể cất vào kho ở trang của mình."

    def scope(self, user: Any) -> QuerySet:
        return Paper.objects.visible_to(user).filter(withdrawn_at__isnull=True)

    def may_see(self, user: Any) -> Verdict:
        return officers_only(user)

    def may_import(self, user: Any) -> Verdict:
        return producers.may_register(user)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A paper is issued before it ends, and not in the future."""
        issued, ends = values.get("issued_on"), values.get("expires_on")
        if issued and ends and ends < issued:
            yield "Ngày hết hạn phải từ ngày cấp trở đi"
        if issued and issued > clock.today():
            yield "Ngày cấp không được ở tương lai"

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each paper as the page adds it, without a file yet."""
        makers = _by_id(Producer, rows, "producer_id")
        for row in rows:
            facts = {key: value for key, value in row.items() if value is not None}
            actions.add_paper(makers[facts.pop("producer_id")], kind=facts.pop("kind"), by=by, **facts)
        return len(rows)


PRODUCTS = ProductsRegister()
PAPERS = PapersRegister()
