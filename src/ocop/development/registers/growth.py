"""The registers of surveys, candidates for more stars, links of producers, value chains."""

from typing import Any

from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.development.models import (
    ChainMember,
    LinkGroup,
    LinkMember,
    ProductSurvey,
    StarCandidate,
    ValueChain,
)
from ocop.development.registers.forms import (
    CandidateForm,
    ChainForm,
    ChainMemberForm,
    LinkForm,
    MemberForm,
    SurveyForm,
)
from ocop.kit import clock
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, where
from ocop.producers.casework import OfficeRegister
from ocop.products.models import Product

SECTION = "Chủ thể & sản phẩm"
KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER, Role.DEPARTMENT_OFFICER)


class SurveysRegister(OfficeRegister):
    """Surveys of good products."""

    key = "surveys"
    model = ProductSurvey
    title = "Khảo sát sản phẩm"
    noun = "đợt khảo sát"
    section = SECTION
    icon = "zoom-in"
    order = 70
    keepers = KEEPERS
    producer_path = ""
    columns = (
        Column("name", width=40, example="Khảo sát sản phẩm tiềm năng quý I"),
        Column("unit", "Địa bàn", on="list detail excel import", sort="unit__name"),
        Column("held_on"),
        Column("surveyor", on="list detail excel import"),
        Column("producers_seen", total=True),
        Column("products_seen", total=True),
        Column("ideas_seen", on="detail excel import", total=True),
        Column(
            "chosen_count", "Số sản phẩm chọn hỗ trợ", kind=Kind.INTEGER, on="list detail excel", sort="chosen_count",
            total=True,
        ),
        Column("finding", on="detail excel import"),
    )  # fmt: skip
    filters = {"held_on": ["gte", "lte"]}
    form_class = SurveyForm
    related = ("unit",)
    ordering = ("-held_on", "pk")
    natural_key = ("name", "unit", "held_on")
    story = ("unit",)
    empty_text = "Các đợt khảo sát, lựa chọn sản phẩm tốt để tập trung hỗ trợ."

    def scope(self, user: Any) -> QuerySet:
        return ProductSurvey.objects.visible_to(user).counted()


def _on_the_way(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.open()  # type: ignore[attr-defined]


class CandidatesRegister(OfficeRegister):
    """Products on the way to 4 and 5 stars."""

    key = "candidates"
    model = StarCandidate
    title = "Sản phẩm hướng tới 4, 5 sao"
    noun = "sản phẩm"
    section = SECTION
    icon = "target"
    order = 72
    keepers = KEEPERS
    with_producers = True
    columns = (
        Column("product", on="list detail excel import", sort="product__name", width=35),
        Column("producer", on="list detail excel", sort="producer__name"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("year", kind=Kind.CODE),
        Column("stars_now", "Sao hiện nay", kind=Kind.INTEGER, on="list detail excel", sort="stars_now"),
        Column("target_stars"),
        Column("missing", on="detail excel import"),
        Column("missing_count", on="list detail excel import"),
        Column("support", on="detail excel import"),
        Column("support_money", kind=Kind.MONEY, on="detail excel import", total=True),
        Column("ready_by", on="detail excel import"),
        Column("state", on="list detail excel import api"),
        Column("reached_stars", on="detail excel"),
        Column("reached_on", on="detail excel"),
        Column("result", on="detail excel"),
        Column("survey", on="detail", sort="survey__held_on"),
    )
    filters = ("year", "target_stars", "state")
    form_class = CandidateForm
    related = ("product", "producer", "unit", "survey")
    ordering = ("-year", "-target_stars", "pk")
    natural_key = ("product", "year", "target_stars")
    story = ("product", "producer", "survey")
    presets = (Preset("dang-theo", "Đang theo", _on_the_way, "Không có sản phẩm nào đang theo."),)
    empty_text = "Sản phẩm được tuyển chọn để xây dựng, nâng cấp thành 4, 5 sao."

    def scope(self, user: Any) -> QuerySet:
        return StarCandidate.objects.visible_to(user).with_stars(clock.today())

    def save(self, form: Any, *, by: Any, is_new: bool) -> StarCandidate:
        """Producer and unit are the product's."""
        if is_new:
            product = form.instance.product
            form.instance.producer, form.instance.unit = product.producer, product.unit
        return super().save(form, by=by, is_new=is_new)

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Rows with their product at hand, fetched once."""
        products = Product.objects.select_related("producer", "unit").in_bulk(
            {row["product_id"] for row in rows}
        )
        for row in rows:
            product = row["product"] = products[row.pop("product_id")]
            row["producer"], row["unit"] = product.producer, product.unit
        return super().write_rows(rows, by=by)


class LinksRegister(OfficeRegister):
    """Links of producers of one product."""

    key = "links"
    presets = (
        Preset(
            "dang-lien-ket", "Đang liên kết", where(ended_on__isnull=True), "Không có liên kết nào đang chạy."
        ),
    )
    model = LinkGroup
    title = "Liên kết chủ thể cùng sản phẩm"
    noun = "nhóm liên kết"
    section = SECTION
    icon = "link"
    order = 74
    keepers = KEEPERS
    with_producers = True
    producer_path = "lead_id"
    columns = (
        Column("name", width=40, example="Liên kết cu đơ Hà Tĩnh"),
        Column("goods", on="list detail excel import api"),
        Column("lead", on="list detail excel import", sort="lead__name"),
        Column("unit", "Địa bàn", on="list detail excel import", sort="unit__name"),
        Column("mark", on="detail excel import", sort="mark__name"),
        Column("group", on="detail excel import", sort="group__code"),
        Column("founded_on", on="list detail excel import api"),
        Column(
            "member_count", "Số thành viên", kind=Kind.INTEGER, on="list detail excel", sort="member_count", total=True
        ),
        Column("contract_number", on="detail excel import"),
        Column("contract_on", on="detail excel import"),
        Column("yearly_value", kind=Kind.MONEY, on="list detail excel import", total=True),
        Column("ended_on", on="detail excel import"),
        Column("result", on="detail excel import"),
    )  # fmt: skip
    filters = ("group", "mark")
    form_class = LinkForm
    related = ("lead", "unit", "mark", "group")
    ordering = ("name", "pk")
    natural_key = ("name", "unit")
    story = ("lead", "mark", "unit")
    empty_text = "Các cơ sở cùng loại sản phẩm liên kết để có sản lượng lớn, thương hiệu chung."

    def scope(self, user: Any) -> QuerySet:
        return LinkGroup.objects.visible_to(user).counted()


class MembersRegister(OfficeRegister):
    """Members of a link."""

    key = "members"
    model = LinkMember
    title = "Thành viên liên kết"
    noun = "thành viên"
    section = SECTION
    under = "link"
    keepers = KEEPERS
    with_producers = True
    unit_path = "link__unit_id"
    columns = (
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("link", "Nhóm liên kết", on="list detail excel import", sort="link__name"),
        Column("volume", places=2),
        Column("volume_unit"),
        Column("joined_on"),
        Column("left_on"),
    )
    form_class = MemberForm
    related = ("producer", "link__unit")
    ordering = ("link", "joined_on", "pk")
    natural_key = ("link", "producer")
    story = ("producer",)


def _in_force(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.valid_on(clock.today())  # type: ignore[attr-defined]


def _counting(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.counting_on(clock.today())  # type: ignore[attr-defined]


class ChainsRegister(OfficeRegister):
    """Value chains, circular and green."""

    key = "chains"
    model = ValueChain
    title = "Chuỗi giá trị tuần hoàn, xanh"
    noun = "chuỗi giá trị"
    section = SECTION
    icon = "refresh"
    order = 76
    keepers = KEEPERS
    with_producers = True
    producer_path = "lead_id"
    columns = (
        Column("name", width=40, example="Chuỗi cam hữu cơ Vũ Quang"),
        Column("kind"),
        Column("goods", on="list detail excel import api"),
        Column("lead", on="list detail excel import", sort="lead__name"),
        Column("area", on="list detail excel import", sort="area__name"),
        Column("unit", "Địa bàn", on="detail excel import", sort="unit__name"),
        Column(
            "member_count", "Số chủ thể", kind=Kind.INTEGER, on="list detail excel", sort="member_count", total=True
        ),
        Column("households", on="detail excel import", total=True),
        Column("reused_tonnes", places=2, on="detail excel import", total=True),
        Column("yearly_value", kind=Kind.MONEY, on="detail excel import", total=True),
        Column("evidence", on="detail excel import"),
        Column("valid_from", on="list detail excel import"),
        Column("valid_to", on="list detail excel import"),
        Column("note", on="detail excel import"),
    )  # fmt: skip
    filters = ("kind",)
    form_class = ChainForm
    related = ("lead", "area", "unit")
    ordering = ("name", "pk")
    natural_key = ("name", "unit")
    story = ("lead", "area", "unit")
    presets = (
        Preset("hieu-luc", "Đang hiệu lực", _in_force, "Chưa có chuỗi nào đang hiệu lực."),
        Preset("tinh-chi-tieu", "Tính vào chỉ tiêu", _counting, "Chưa có chuỗi nào gắn vùng nguyên liệu."),
    )
    empty_text = (
        "Chuỗi giá trị theo hướng kinh tế tuần hoàn, OCOP xanh gắn với vùng nguyên liệu (chỉ tiêu II.2)."
    )

    def scope(self, user: Any) -> QuerySet:
        return ValueChain.objects.visible_to(user).counted()

    def check_row(self, values: dict[str, Any], user: Any) -> Any:
        """The last day is not before the first."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"


class ChainMembersRegister(OfficeRegister):
    """Producers in a value chain."""

    key = "chain_members"
    model = ChainMember
    title = "Thành viên chuỗi giá trị"
    noun = "thành viên"
    section = SECTION
    under = "chain"
    keepers = KEEPERS
    with_producers = True
    unit_path = "chain__unit_id"
    columns = (
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("chain", "Chuỗi giá trị", on="list detail excel import", sort="chain__name"),
        Column("stage"),
        Column("product", on="list detail excel import", sort="product__name"),
        Column("joined_on"),
        Column("left_on"),
    )
    form_class = ChainMemberForm
    related = ("producer", "chain__unit", "product")
    ordering = ("chain", "joined_on", "pk")
    natural_key = ("chain", "producer", "stage")
    story = ("producer", "product")
