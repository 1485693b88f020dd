"""Sale points: places recognised to show and sell OCOP products."""

from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.promotion.enums import POINT_MARKS, CheckOutcome, PlaceKind, PointState, place_kinds, point_states
from ocop.promotion.models.parts import Located, not_negative


class SalePointQuerySet(ScopedQuerySet):
    """Sale points."""

    def running(self) -> "SalePointQuerySet":
        """Recognised and not closed."""
        return self.filter(state=PointState.OPEN)

    def public(self) -> "SalePointQuerySet":
        """Those that anybody may be sent to."""
        return self.running()


class SalePoint(CaseBase, Searchable, Located, WithFiles):
    """A place that shows and sells OCOP products, from its registration to its closing (Decision 4086/QĐ-UBND).

    `producer` is set when an OCOP producer runs it; otherwise the officer of the unit keeps it. `last_check_on` and
    `last_outcome` repeat the newest visit, for lists; actions write both. `phone` is the shop's, for buyers.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên điểm bán", max_length=200)
    kind = models.CharField("loại địa điểm", max_length=20, choices=place_kinds, default=PlaceKind.OTHER)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="sale_points", verbose_name="địa bàn"
    )
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    operator = models.CharField("đơn vị, hộ kinh doanh vận hành", max_length=200, blank=True)
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, null=True, blank=True, related_name="sale_points",
        verbose_name="chủ thể vận hành", help_text="Nếu một chủ thể OCOP vận hành điểm bán này.",
    )  # fmt: skip
    phone = models.CharField("điện thoại của điểm bán", max_length=20, blank=True)
    hours = models.CharField("giờ mở cửa", max_length=100, blank=True)
    area = models.DecimalField(
        "diện tích (m²)", max_digits=8, decimal_places=1, null=True, blank=True, validators=not_negative()
    )
    since = models.DateField("bán hàng từ ngày", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=point_states, default=PointState.REGISTERED, db_index=True
    )
    number = models.CharField("số quyết định công nhận", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    last_check_on = models.DateField("kiểm tra gần nhất", null=True, blank=True, editable=False)
    last_outcome = models.CharField("kết quả kiểm tra", max_length=10, blank=True, editable=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = SalePointQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "điểm bán OCOP"
        verbose_name_plural = "điểm bán OCOP"
        indexes = [
            models.Index(fields=["unit", "name", "id"], name="promotion_salepoint_list"),
            models.Index(fields=["unit", "state"], name="promotion_point_unit_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.address, self.operator, self.number, self.code]

    def get_absolute_url(self) -> str:
        return reverse("promotion:sale_points_detail", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """The state as a badge: word, tone, icon."""
        return (self.get_state_display(), *POINT_MARKS[self.state])

    @property
    def outcome_label(self) -> str:
        """What the newest visit found, in words."""
        return CheckOutcome(self.last_outcome).label if self.last_outcome else ""

    @property
    def opened_for_sale(self) -> Any:
        """The day from which reports are expected: of the recognition, before it of the first sale."""
        return self.decided_on or self.since


class SalePointMove(MoveBase):
    """One step of a sale point."""

    subject = models.ForeignKey(SalePoint, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
