"""Papers of producers and products, in versions."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.producers.codes import new_code
from ocop.producers.models import VIEWING_ROLES, Producer, ProducerAccess
from ocop.products.enums import PaperState, paper_kinds
from ocop.products.models.product import Product
from ocop.products.rules import papers


class PaperQuerySet(SearchableQuerySet):
    """Papers."""

    def visible_to(self, user: Any) -> Self:
        """Those of the person's producers, and for officers those of producers and products in their reach."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = Q(producer_id__in=ProducerAccess.objects.producer_ids(user))
        scope = scope_of(user)
        if not scope.has_any(*VIEWING_ROLES):
            return self.filter(mine)
        units = scope.unit_ids(*VIEWING_ROLES)
        theirs = Q(producer__unit_id__in=units) | Q(product__unit_id__in=units)
        return self.filter(mine | theirs)

    def in_state(self, state: str, day: date) -> Self:
        """Papers in one of the `PaperState`s on that day."""
        rows = self.exclude(issued_on__gt=day) if state != PaperState.NOT_YET else self
        soon = day + timedelta(days=papers.EXPIRING_DAYS)
        if state == PaperState.NOT_YET:
            return rows.filter(issued_on__gt=day)
        if state == PaperState.EXPIRED:
            return rows.filter(expires_on__lt=day)
        if state == PaperState.EXPIRING:
            return rows.filter(expires_on__gte=day, expires_on__lte=soon)
        return rows.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=soon))


class Paper(Searchable):
    """A paper that belongs to a producer, optionally to one of its products; dossiers freeze a version of it."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="papers", verbose_name="chủ thể")
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="chỉ cho sản phẩm",
    )
    kind = models.CharField("loại giấy tờ", max_length=20, choices=paper_kinds)
    title = models.CharField("tên giấy tờ", max_length=200, blank=True)
    number = models.CharField("số", max_length=80, blank=True)
    issuer = models.CharField("nơi cấp", max_length=200, blank=True)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)
    expires_on = models.DateField("hết hạn sau ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField("bỏ khỏi kho lúc", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("thêm lúc", default=clock.now)

    objects = PaperQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["kind", "-at", "pk"]
        verbose_name = "giấy tờ"
        verbose_name_plural = "giấy tờ"
        constraints = [
            models.CheckConstraint(
                name="products_paper_days",
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=models.F("issued_on")),
                violation_error_message="Ngày hết hạn phải từ ngày cấp trở đi.",
            )
        ]
        indexes = [models.Index(fields=["producer", "kind"], name="products_paper_kind")]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def search_words(self) -> list[str]:
        return [self.title, self.get_kind_display(), self.number, self.issuer]

    def get_absolute_url(self) -> str:
        return reverse("products:paper", args=[self.code])

    def state_on(self, day: date | None = None) -> str:
        """Valid, expiring, expired or not yet, on that day (default today)."""
        return papers.state_on(self.issued_on, self.expires_on, day or clock.today())

    @property
    def state(self) -> str:
        """The state of today."""
        return self.state_on()

    @property
    def state_label(self) -> str:
        """The state of today in words."""
        return PaperState(self.state).label

    @property
    def latest(self) -> "PaperVersion | None":
        """The newest version, None for a paper without a file."""
        return max(self.versions.all(), key=lambda version: version.no, default=None)


class PaperVersion(models.Model):
    """One file of a paper; never changed, so that a dossier can point at it for good."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions", verbose_name="giấy tờ")
    no = models.PositiveIntegerField("lần")
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, related_name="paper_versions", verbose_name="tệp"
    )
    sha256 = models.CharField(max_length=64)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("thêm lúc")

    class Meta:
        ordering = ["paper", "-no"]
        verbose_name = "bản của giấy tờ"
        constraints = [
            models.UniqueConstraint(fields=["paper", "no"], name="products_version_no"),
            models.UniqueConstraint(fields=["paper", "sha256"], name="products_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} (bản {self.no})"
