"""The registers of material areas (clause IV.3.1) and of what hangs on them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet

from ocop.kit import clock
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Section
from ocop.producers.casework import DegreesField, OfficeForm, OfficeRegister
from ocop.producers.maps import drawing
from ocop.producers.models import AreaCertificate, AreaInvestment, AreaSupply, MaterialArea
from ocop.producers.registers.parts import UnitFilter, areas_by_name
from ocop.producers.rules.areas import REMIND_AT, faults_of
from ocop.units.rules.drawing import is_inside

SECTION = "Chủ thể & sản phẩm"
FACTS = ("hectares", "heads", "lat", "lng", "is_public", "planting_code", "code_issued_on")
OFF_MAP = "Tọa độ nằm ngoài tỉnh. Hãy xem lại: vĩ độ khoảng 18, kinh độ khoảng 105 đến 106."


def _off_map(lat: Any, lng: Any) -> bool:
    return lat is not None and lng is not None and not is_inside(float(lng), float(lat))


class AreaForm(OfficeForm):
    """A material area."""

    lat = DegreesField(
        label="Vĩ độ", required=False, max_digits=8, decimal_places=5, min_value=8, max_value=24,
        help_text="Ví dụ 18,20415. Giữ ngón tay trên điểm ở ứng dụng bản đồ của điện thoại để xem tọa độ.",
    )  # fmt: skip
    lng = DegreesField(
        label="Kinh độ", required=False, max_digits=8, decimal_places=5, min_value=102, max_value=110,
        help_text="Ví dụ 105,75231.",
    )  # fmt: skip

    class Meta:
        model = MaterialArea
        fields = [
            "name", "kind", "species", "unit", "place", "hectares", "heads", "yearly_tonnes", "households", "standard",
            "planting_code", "code_issued_on", "valid_from", "valid_to", "lat", "lng", "is_public", "note", "source",
        ]  # fmt: skip
        labels = {"valid_from": "Có từ ngày", "valid_to": "Thôi từ sau ngày"}
        help_texts = {
            "is_public": "Ai cũng xem được tên, diện tích, cây con, mã số và tên công khai của chủ thể được cung cấp.",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, sentence in faults_of(**{key: data.get(key) for key in FACTS}):
            self.add_error(name, sentence)
        if _off_map(data.get("lat"), data.get("lng")):
            self.add_error("lat", OFF_MAP)
        return data


class AreaFilters(django_filters.FilterSet):
    """Kind, standard, unit, planting code, publication, certificates."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    code = django_filters.ChoiceFilter(
        label="Mã số vùng trồng", choices=[("co", "đã có"), ("chua", "chưa có")], method="by_code"
    )

    class Meta:
        model = MaterialArea
        fields = ["kind", "standard", "unit", "code", "is_public"]

    def by_code(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Areas with a planting code, or those that wait for one."""
        return rows.filter(planting_code="") if value == "chua" else rows.exclude(planting_code="")


def _in_use(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    return rows.valid_on(clock.today())


def _ending(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    last = clock.today() + timedelta(days=REMIND_AT[0])
    ending = AreaCertificate.objects.filter(expires_on__lte=last)
    return rows.valid_on(clock.today()).filter(pk__in=ending.values("area_id"))


def certified_until(area: MaterialArea) -> Any:
    """The last day of its latest certificate; None without one that ends."""
    return max((row.expires_on for row in area.certificates.all() if row.expires_on), default=None)


class AreasRegister(OfficeRegister):
    """Material areas of the units in reach; producers see those that supply them."""

    key = "areas"
    model = MaterialArea
    title = "Vùng nguyên liệu"
    noun = "vùng nguyên liệu"
    section = SECTION
    icon = "plant-2"
    order = 50
    with_producers = True
    story = ("unit",)
    columns = (
        Column("name", example="Vùng bưởi Phúc Trạch thôn 3"),
        Column("kind"),
        Column("species", example="bưởi Phúc Trạch"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Xã Phúc Trạch"),
        Column("place", on="detail excel import"),
        Column("hectares", total=True, places=2),
        Column("heads", on="detail excel import api", total=True),
        Column("yearly_tonnes", on="detail excel import api", total=True, places=2),
        Column("households", on="detail excel import api", total=True),
        Column("standard"),
        Column("planting_code", kind=Kind.CODE),
        Column("code_issued_on", on="detail excel import api"),
        Column("certified_until", "Chứng nhận đến ngày", value=certified_until, kind=Kind.DATE,
               on="list detail excel api"),
        Column("valid_from", "Có từ ngày", on="detail excel import api"),
        Column("valid_to", "Thôi từ sau ngày", on="detail excel import api"),
        Column("lat", on="detail excel import api", places=5),
        Column("lng", on="detail excel import api", places=5),
        Column("is_public", on="detail excel import api"),
        Column("note", on="detail excel import"),
        Column("source", on="detail excel import"),
    )  # fmt: skip
    filterset_class = AreaFilters
    form_class = AreaForm
    sections = (
        Section("Vùng nguyên liệu", ("name", "kind", "species", "unit.title", "place", "hectares", "heads",
                                     "yearly_tonnes", "households", "valid_from", "valid_to")),
        Section("Tiêu chuẩn, mã số", ("standard", "planting_code", "code_issued_on", "certified_until")),
        Section("Vị trí", ("lat", "lng", "is_public")),
        Section("Ghi chú, nguồn", ("note", "source")),
    )  # fmt: skip
    related = ("unit",)
    prefetch = ("certificates",)
    ordering = ("name", "pk")
    natural_key = ("name", "unit")
    presets = (
        Preset("dang-co", "Đang sản xuất", _in_use, "Chưa ghi vùng nguyên liệu nào."),
        Preset(
            "het-han", "Chứng nhận sắp hết hạn", _ending, "Không có chứng nhận nào hết hạn trong 90 ngày tới."
        ),
    )
    list_template = "producers/area_list.html"
    detail_template = "producers/area_detail.html"
    empty_text = "Vùng trồng, vùng nuôi cung cấp nguyên liệu cho sản phẩm OCOP sẽ có ở đây."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """The same facts as in the form."""
        yield from super().check_row(values, user)
        facts = {key: values.get(key) for key in FACTS} | {"planting_code": values.get("planting_code") or ""}
        yield from (sentence for _, sentence in faults_of(**facts))  # type: ignore[arg-type]
        if _off_map(values.get("lat"), values.get("lng")):
            yield OFF_MAP

    def detail_context(self, user: Any, row: MaterialArea) -> dict[str, Any]:
        """Where it lies on the drawing of the province."""
        return drawing([row])


class OfArea(OfficeRegister):
    """What all registers on the page of a material area share."""

    section = SECTION
    under = "area"
    unit_path = "area__unit_id"
    producer_path = ""
    with_producers = True
    related = ("area__unit",)
    lookups = OfficeRegister.lookups | {MaterialArea: areas_by_name}


class CertificateForm(OfficeForm):
    """A certificate of an area."""

    class Meta:
        model = AreaCertificate
        fields = [
            "area", "standard", "number", "issuer", "hectares", "issued_on", "expires_on", "note",
        ]  # fmt: skip


class AreaCertificatesRegister(OfArea):
    """Certificates of material areas, with their last day."""

    key = "area_certificates"
    model = AreaCertificate
    title = "Giấy chứng nhận"
    noun = "giấy chứng nhận"
    icon = "certificate"
    order = 51
    columns = (
        Column("standard"),
        Column("number", kind=Kind.CODE),
        Column("area", sort="area__name"),
        Column("issuer"),
        Column("hectares", on="detail excel import api", places=2, total=True),
        Column("issued_on"),
        Column("expires_on"),
        Column("note", on="detail excel import"),
    )
    filters = {"standard": ["exact"], "expires_on": ["lte"]}
    form_class = CertificateForm
    ordering = ("expires_on", "pk")
    natural_key = ("area", "number")
    empty_text = "Chưa ghi giấy chứng nhận nào."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A certificate ends after it begins."""
        yield from super().check_row(values, user)
        issued, ends = values.get("issued_on"), values.get("expires_on")
        if issued and ends and ends < issued:
            yield "Ngày hết hạn phải từ ngày cấp trở đi."


class SupplyForm(OfficeForm):
    """A producer that an area supplies."""

    class Meta:
        model = AreaSupply
        fields = ["area", "producer", "share", "tonnes", "contract", "valid_from", "valid_to"]
        labels = {"valid_from": "Từ ngày", "valid_to": "Đến hết ngày"}


class AreaSuppliesRegister(OfArea):
    """Which area supplies which producer: on the page of both."""

    key = "area_supplies"
    model = AreaSupply
    title = "Cung cấp nguyên liệu cho chủ thể"
    noun = "chủ thể được cung cấp"
    icon = "switch-horizontal"
    order = 52
    story = ("producer",)
    related = ("area__unit", "producer")
    columns = (
        Column("area", sort="area__name"),
        Column("producer", sort="producer__name"),
        Column("share", places=1),
        Column("tonnes", places=2, total=True),
        Column("contract", on="detail excel import"),
        Column("valid_from", "Từ ngày"),
        Column("valid_to", "Đến hết ngày"),
    )
    form_class = SupplyForm
    ordering = ("-valid_from", "pk")
    natural_key = ("area", "producer", "valid_from")
    empty_text = "Chưa ghi chủ thể nào lấy nguyên liệu ở vùng này."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A supply ends after it begins."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi."


class InvestmentForm(OfficeForm):
    """Infrastructure of an area."""

    class Meta:
        model = AreaInvestment
        fields = ["area", "year", "kind", "what", "amount", "money"]


class AreaInvestmentsRegister(OfArea):
    """Infrastructure of material areas by year and source."""

    key = "area_investments"
    model = AreaInvestment
    title = "Đầu tư hạ tầng vùng"
    noun = "khoản đầu tư"
    icon = "tools"
    order = 53
    columns = (
        Column("what", example="Kiên cố hóa 1,2 km mương nội đồng"),
        Column("area", sort="area__name"),
        Column("year", kind=Kind.CODE),
        Column("kind"),
        Column("amount", kind=Kind.MONEY, total=True),
        Column("money"),
    )
    filters = ("year", "kind", "money")
    form_class = InvestmentForm
    ordering = ("-year", "pk")
    natural_key = ("area", "year", "what", "money")
    empty_text = "Chưa ghi khoản đầu tư hạ tầng nào."


AREAS = AreasRegister()
AREA_CERTIFICATES = AreaCertificatesRegister()
AREA_SUPPLIES = AreaSuppliesRegister()
AREA_INVESTMENTS = AreaInvestmentsRegister()
