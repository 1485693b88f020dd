"""The steering apparatus: bodies, and who is in them."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet

from ocop.kit import clock
from ocop.kit.errors import Refusal, Refused
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.producers.casework import OfficeRegister
from ocop.producers.registers import UnitFilter
from ocop.training.enums import BodyKind
from ocop.training.models import Body, Post
from ocop.training.permissions import KEEPERS
from ocop.training.registers.row_forms import BodyForm, PostForm
from ocop.training.rules.apparatus import level_refusals


def _now(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.valid_on(clock.today())  # type: ignore[attr-defined]


def _past(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(valid_to__lt=clock.today())


TERMS = (
    Preset("dang-giu", "Đang hoạt động", _now, "Chưa có tổ chức, người nào đang hoạt động."),
    Preset("da-het", "Đã kết thúc", _past, "Chưa có nhiệm kỳ nào kết thúc."),
)


class BodyFilters(django_filters.FilterSet):
    """Kind and unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = Body
        fields = ["kind", "unit"]


class BodiesRegister(OfficeRegister):
    """Steering committees, standing agency, offices and desks (plan IV.2.1)."""

    key = "apparatus_bodies"
    model = Body
    title = "Tổ chức trong bộ máy"
    noun = "tổ chức"
    section = "Sổ & danh mục"
    icon = "sitemap"
    order = 20
    keepers = KEEPERS
    producer_path = ""
    presets = TERMS
    story = ("unit",)
    columns = (
        Column("name", example="Ban Chỉ đạo xã Phúc Trạch"),
        Column("kind"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Xã Phúc Trạch"),
        Column("decision_number", on="detail excel import api"),
        Column("decision_on", on="detail excel import api"),
        Column("valid_from"),
        Column("valid_to"),
        Column("note", on="detail excel import"),
    )
    filterset_class = BodyFilters
    form_class = BodyForm
    related = ("unit",)
    ordering = ("unit__level", "unit__name", "kind", "pk")
    natural_key = ("name", "unit", "valid_from")
    empty_text = (
        "Ban Chỉ đạo, cơ quan thường trực, văn phòng điều phối, bộ phận phụ trách của địa bàn có ở đây."
    )

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        """A kind that stands at every level."""
        return {"kind": BodyKind.STEERING}

    def write(self, form: Any, row: Body, *, by: Any, is_new: bool) -> None:
        """A body stands at its own level."""
        refusals = level_refusals(row.kind, row.unit.level)
        if refusals:
            raise Refused.because(refusals)
        row.save()

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A row of others, and days the wrong way round."""
        yield from super().check_row(values, user)
        yield from days_wrong(values)


def days_wrong(values: dict[str, Any]) -> Iterable[str]:
    """The last day is not before the first."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"


class PostFilters(django_filters.FilterSet):
    """Position, kind of body, unit."""

    unit = UnitFilter(field_name="body__unit_id", label="Địa bàn")

    class Meta:
        model = Post
        fields = {"position": ["exact"], "body__kind": ["exact"]}


def bodies_seen(user: Any) -> list[tuple[str, int]]:
    """(name, id) of bodies that go on, by name and by name with the unit; for imports."""
    rows = list(Body.objects.visible_to(user).valid_on(clock.today()).select_related("unit"))
    return [(row.name, row.pk) for row in rows] + [(f"{row.name} – {row.unit.title}", row.pk) for row in rows]


class PostsRegister(OfficeRegister):
    """Who holds which post, from when to when: people in charge down to the commune."""

    key = "apparatus_posts"
    model = Post
    title = "Cán bộ chỉ đạo, phụ trách"
    noun = "người"
    section = "Sổ & danh mục"
    icon = "users"
    order = 21
    keepers = KEEPERS
    unit_path = "body__unit_id"
    producer_path = ""
    presets = TERMS
    story = ("body__unit", "body")
    detail_template = "training/post.html"
    columns = (
        Column("person_name", example="Nguyễn Văn An"),
        Column("title", example="Phó Chủ tịch UBND xã"),
        Column("position"),
        Column("body.name", "Tổ chức", on="list detail excel api", sort="body__name"),
        Column("body", "Tổ chức", on="import", lookup=bodies_seen, example="Ban Chỉ đạo xã Phúc Trạch"),
        Column("body.unit.title", "Địa bàn", on="list detail excel api", sort="body__unit__name"),
        Column("duty", on="detail excel import api"),
        Column("decision_number", on="detail excel import"),
        Column("decision_on", on="detail excel import"),
        Column("office_phone", on="list detail excel import"),
        Column("valid_from"),
        Column("valid_to"),
        Column("ended_reason", on="detail excel"),
        Column("successor", "Bàn giao cho", on="detail excel", sort=""),
    )
    filterset_class = PostFilters
    form_class = PostForm
    sections = (
        Section("Người giữ nhiệm vụ", ("person_name", "title", "position", "duty", "office_phone")),
        Section("Tổ chức", ("body.name", "body.unit.title")),
        Section(
            "Nhiệm kỳ",
            ("decision_number", "decision_on", "valid_from", "valid_to", "ended_reason", "successor"),
        ),
    )
    related = ("body__unit", "successor")
    ordering = ("body__unit__level", "body__unit__name", "body", "-valid_from", "pk")
    natural_key = ("person_name", "body", "position", "valid_from")
    empty_text = "Người trong Ban Chỉ đạo và cán bộ phụ trách OCOP của địa bàn có ở đây."

    def _unit_id(self, row: Post) -> int | None:
        return row.body.unit_id

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Days the right way round; bodies are those the officer sees."""
        yield from days_wrong(values)

    def detail_context(self, user: Any, row: Post) -> dict[str, Any]:
        """Whether the term may be handed over now."""
        goes_on = row.successor_id is None and (row.valid_to is None or row.valid_to >= clock.today())
        allowed = not isinstance(self.may_edit(user, row), Refusal)
        return {"may_hand_over": goes_on and allowed, "term": row.term(clock.today())}


BODIES = BodiesRegister()
POSTS = PostsRegister()
