"""Communication plan and log, places that use OCOP products, sales channels of producers."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from ocop.kit import clock
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, Section, this_year
from ocop.promotion.models import CommunicationItem, CommunicationPlan, SalesChannel, UsePlace
from ocop.promotion.registers.base import ProducerRegister, PromotionRegister, filters_for, year_of
from ocop.promotion.registers.reach_forms import ChannelForm, ItemForm, PlanForm, UsePlaceForm

CHECK_DAYS = 365
"""A channel that nobody looked at for a year is asked about; a habit of the system, no rule."""
YES_NO = [("co", "hiện đại"), ("khong", "khác")]


def _used_today(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=clock.today()))


def _running(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.valid_on(clock.today())  # type: ignore[attr-defined]


def _unchecked(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    old = clock.today() - timedelta(days=CHECK_DAYS)
    return _running(register, rows, user).filter(Q(checked_on__isnull=True) | Q(checked_on__lt=old))


class CommunicationPlansRegister(PromotionRegister):
    """The year's plan of communication."""

    key = "communication_plans"
    model = CommunicationPlan
    title = "Kế hoạch truyền thông"
    noun = "dòng kế hoạch"
    icon = "calendar"
    order = 50
    presets = (Preset("nam-nay", "Năm nay", this_year(), "Năm nay chưa có kế hoạch truyền thông."),)
    columns = (
        Column("topic"),
        Column("year", kind=Kind.CODE, on="list detail excel"),
        Column("year", on="import api"),
        Column("quarter", on="list detail excel import"),
        Column("medium"),
        Column("audience", on="list detail excel import api"),
        Column("unit"),
        Column("agency", on="detail excel import"),
        Column("planned", total=True),
        Column("done", "Đã làm", value=lambda row: sum(item.pieces for item in row.items.all()), kind=Kind.INTEGER,
               on="list detail excel", total=True),
        Column("budget", kind=Kind.MONEY, total=True, on="detail excel import"),
        Column("note", on="detail excel import"),
    )  # fmt: skip
    filterset_class = filters_for(CommunicationPlan, "year", "medium", "audience")
    form_class = PlanForm
    related = ("unit",)
    prefetch = ("items",)
    ordering = ("-year", "quarter", "pk")
    natural_key = ("unit", "year", "medium", "topic")
    story = ("unit",)
    empty_text = "Mỗi dòng: nội dung gì, bằng cách nào, cho ai, bao nhiêu lần trong năm."


class CommunicationRegister(PromotionRegister):
    """What was told: broadcasts, articles, newsletters, panels, village meetings, conferences (plan IV.1)."""

    key = "communication"
    model = CommunicationItem
    title = "Nhật ký truyền thông"
    noun = "hoạt động"
    icon = "speakerphone"
    order = 51
    presets = (
        Preset("nam-nay", "Năm nay", this_year("on__year"), "Năm nay chưa ghi hoạt động truyền thông nào."),
    )
    columns = (
        Column("title"),
        Column("on"),
        Column("medium"),
        Column("audience", on="list detail excel import api"),
        Column("unit"),
        Column("agency", on="detail excel import"),
        Column("pieces", total=True),
        Column("reach", total=True),
        Column("cost", kind=Kind.MONEY, total=True, on="list detail excel import"),
        Column("link", on="detail excel import api"),
        Column("plan", on="detail"),
        Column("note", on="detail excel import"),
    )
    filterset_class = filters_for(CommunicationItem, "medium", "audience", nam=year_of("on"))
    form_class = ItemForm
    related = ("unit", "plan")
    ordering = ("-on", "-pk")
    natural_key = ("unit", "on", "medium", "title")
    story = ("unit", "plan")
    empty_text = (
        "Ghi mỗi tin, bài, buổi họp thôn, ấn phẩm: bằng cách nào, cho ai, bao nhiêu người, hết bao nhiêu."
    )


class UsePlacesRegister(PromotionRegister):
    """Restaurants, hotels, agencies, canteens that use OCOP products (plan IV.1)."""

    key = "use_places"
    model = UsePlace
    title = "Nơi sử dụng sản phẩm OCOP"
    noun = "nơi sử dụng"
    icon = "building"
    order = 40
    presets = (Preset("dang-dung", "Đang dùng", _used_today, "Chưa ghi nơi nào đang dùng sản phẩm OCOP."),)
    columns = (
        Column("name"),
        Column("kind"),
        Column("unit"),
        Column("address", on="list detail excel import api"),
        Column("phone", on="detail excel import", kind=Kind.PHONE),
        Column("website", on="detail excel import api"),
        Column("products_shown", "Sản phẩm OCOP đang dùng", sort="", on="detail excel",
               value=lambda row: ", ".join(product.name for product in row.products.all())),
        Column("product_count", "Số sản phẩm", kind=Kind.INTEGER, value=lambda row: len(row.products.all()), sort="",
               on="list api"),
        Column("how", on="detail excel import"),
        Column("since", on="list detail excel import"),
        Column("until", on="detail excel import"),
        Column("is_public", on="list detail excel import"),
        Column("lat", on="detail excel import api", places=5),
        Column("lng", on="detail excel import api", places=5),
        Column("note", on="detail import"),
    )  # fmt: skip
    filterset_class = filters_for(UsePlace, "kind", "is_public")
    form_class = UsePlaceForm
    sections = (
        Section("Nơi sử dụng", ("kind", "unit", "address", "phone", "website", "is_public")),
        Section("Sản phẩm OCOP", ("products_shown", "how", "since", "until")),
        Section("Vị trí, ghi chú", ("lat", "lng", "note")),
    )
    related = ("unit",)
    prefetch = ("products",)
    ordering = ("name", "pk")
    natural_key = ("name", "unit")
    story = ("unit", "products")
    empty_text = (
        "Nhà hàng, khách sạn, cơ quan, bếp ăn dùng sản phẩm OCOP; nơi nào đồng ý thì lên bản đồ công khai."
    )


class ChannelFilters(django_filters.FilterSet):
    """Kind, modern or not, unit."""

    modern = django_filters.ChoiceFilter(label="Kênh hiện đại", choices=YES_NO, method="by_modern")

    class Meta:
        model = SalesChannel
        fields = ["kind"]

    def by_modern(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Channels that the plan's target counts, or the others."""
        modern = rows.modern()  # type: ignore[attr-defined]
        return modern if value == "co" else rows.exclude(pk__in=modern.values("pk"))


class ChannelsRegister(ProducerRegister):
    """Where producers sell, with proof and dates (plan II)."""

    key = "channels"
    model = SalesChannel
    title = "Kênh bán hàng của chủ thể"
    noun = "kênh bán hàng"
    icon = "world-www"
    order = 41
    presets = (
        Preset("dang-ban", "Đang bán", _running, "Chưa ghi kênh bán hàng nào."),
        Preset("can-xem-lai", "Cần xem lại", _unchecked, "Kênh nào cũng đã được xem lại trong một năm qua."),
    )
    columns = (
        Column("name"),
        Column("kind"),
        Column("producer", sort="producer__name"),
        Column("url", on="detail excel import api"),
        Column("valid_from"),
        Column("valid_to", on="detail excel import api"),
        Column("checked_on"),
        Column("share", on="detail excel import"),
        Column("note", on="detail excel import"),
    )
    filterset_class = ChannelFilters
    form_class = ChannelForm
    related = ("producer__unit",)
    ordering = ("producer__name", "kind", "pk")
    natural_key = ("producer", "kind", "name", "valid_from")
    story = ("producer",)
    empty_text = (
        "Siêu thị, cửa hàng tiện lợi, sàn điện tử, trang web, Facebook, Zalo... kèm đường dẫn hoặc ảnh."
    )


COMMUNICATION_PLANS = CommunicationPlansRegister()
COMMUNICATION = CommunicationRegister()
USE_PLACES = UsePlacesRegister()
CHANNELS = ChannelsRegister()
