"""Producers, with their legal form and their addresses over time."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.attached import is_attached
from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, any_of, dated_check
from ocop.producers.codes import new_code
from ocop.producers.enums import LegalForm, SiteKind, SizeClass, legal_forms, site_kinds, size_classes
from ocop.producers.models.access import ACCESS, ProducerAccess
from ocop.producers.rules import tax_codes

# Officers who see the producers of the units in their reach.
VIEWING_ROLES = (
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_LEADER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.DISTRICT_CLERK,
    Role.ADVISORY_OFFICER,
    Role.EXPERT_LEAD,
    Role.EXPERT_MEMBER,
    Role.DEPARTMENT_OFFICER,
    Role.PROVINCE_LEADER,
    Role.PROVINCE_CLERK,
    Role.STANDING_OFFICER,
    Role.READER,
)


class ProducerQuerySet(SearchableQuerySet):
    """Producers."""

    def visible_to(self, user: Any) -> Self:
        """Those the person has access to today, and for officers those of the units in their reach.

        A row keeps its unit of then; the reach follows succession (`accounts.Scope.unit_ids`). A producer that also
        works in another commune is seen there too, as long as that address is in force. Merged doubles are not rows.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        today, scope, ways = clock.today(), scope_of(user), []
        if is_attached(user, ACCESS):
            ways.append(Q(pk__in=ProducerAccess.objects.producer_ids(user)))
        if scope.has_any(*VIEWING_ROLES):
            units = scope.unit_ids(*VIEWING_ROLES)
            sites = ProducerSite.objects.valid_on(today).filter(unit_id__in=units)
            ways += [Q(unit_id__in=units), Q(pk__in=sites.values("producer_id"))]
        return self.unmerged().filter(any_of(*ways))

    def known(self) -> Self:
        """Without the placeholders of register rows that name no producer."""
        return self.filter(is_unknown=False)

    def unmerged(self) -> Self:
        """Without doubles that were merged into another row.

        Said as "not those that were": SQLite would go through nearly all rows by the index of the few that were.
        """
        return self.exclude(merged_into__isnull=False)


class Producer(Searchable):
    """Who makes the product (chủ thể): a cooperative, group, enterprise, farm, household, for tourism also a society.

    `name` is the registered name; of a household it may be a person's name, so the public reads `public_name`, the
    brand. `unit` is the unit of the main address, as it was then. A tax code of 12 digits is personal data.
    """

    code = models.CharField("mã chủ thể", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên đăng ký", max_length=250)
    brand = models.CharField("tên thương hiệu, biển hiệu", max_length=200, blank=True)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        related_name="producers",
        verbose_name="địa bàn",
    )
    tax_code = models.CharField("mã số thuế", max_length=13, blank=True)
    registration_number = models.CharField("số giấy đăng ký kinh doanh", max_length=60, blank=True)
    registration_issuer = models.CharField("nơi cấp", max_length=200, blank=True)
    registered_on = models.DateField("ngày cấp", null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField("năm thành lập", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    is_unknown = models.BooleanField("chưa rõ chủ thể", default=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    source = models.CharField("nguồn", max_length=400, blank=True)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField("ghi sổ lúc", default=clock.now, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False,
        verbose_name="đã gộp vào",
    )  # fmt: skip
    former_codes = models.CharField("mã của các dòng đã gộp", max_length=300, blank=True, editable=False)

    objects = ProducerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact", "tax_code"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "chủ thể"
        verbose_name_plural = "chủ thể"
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code=""),
                name="producers_producer_tax_code",
                violation_error_message="Mã số thuế này đã có ở một chủ thể khác trong sổ.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_name

    @property
    def audit_label(self) -> str:
        """How the log names it: the code, which is no personal datum."""
        return self.code

    @property
    def public_name(self) -> str:
        """What anybody may read: the brand; without one the registered name, which loaders and forms keep free of
        persons' names for households."""
        return self.brand or self.name

    @property
    def tax_code_shown(self) -> str:
        """The tax code, masked when it is a person's number."""
        return tax_codes.shown(self.tax_code)

    def search_words(self) -> list[str]:
        """Found by names and code, and by the tax code of an organisation; never by a person's number."""
        number = "" if tax_codes.is_personal(self.tax_code) else self.tax_code
        return [self.name, self.brand, self.code, number, self.former_codes]

    def get_absolute_url(self) -> str:
        return reverse("producers:producers_detail", args=[self.pk])

    def form_row(self, day: date | None = None) -> "ProducerForm | None":
        """The legal form in force on that day (default today)."""
        day = day or clock.today()
        return next((row for row in self.forms.all() if row.in_force(day)), None)

    def form_on(self, day: date | None = None) -> str | None:
        """The key of the legal form on that day (default today), None when none is on record."""
        row = self.form_row(day)
        return row.form if row else None

    def size_on(self, day: date | None = None) -> str:
        """The size class on that day, "" when it does not apply or is not known."""
        row = self.form_row(day)
        return row.size if row else ""

    def site_on(self, day: date | None = None) -> "ProducerSite | None":
        """The main address on that day (default today)."""
        day = day or clock.today()
        rows = [row for row in self.sites.all() if row.in_force(day)]
        return next((row for row in rows if row.is_main), rows[0] if rows else None)

    @property
    def form_label(self) -> str:
        """The legal form of today in words, with the size of an enterprise."""
        row = self.form_row()
        return row.label if row else LegalForm.UNKNOWN.label


class ProducerForm(Dated):
    """The legal form and size class of a producer from one day to another; counted over time, so dated."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="forms", verbose_name="chủ thể")
    form = models.CharField("loại hình", max_length=20, choices=legal_forms)
    size = models.CharField("quy mô", max_length=10, choices=size_classes, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = "loại hình chủ thể"
        constraints = [
            dated_check("producers_form_days"),
            models.UniqueConstraint(
                fields=["producer"], condition=Q(valid_to__isnull=True), name="producers_form_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In words, e.g. "Doanh nghiệp (nhỏ)"."""
        size = f" ({SizeClass(self.size).label.lower()})" if self.size else ""
        return f"{LegalForm(self.form).label}{size}"


class ProducerSite(Dated):
    """An address of a producer from one day to another. The row keeps its unit of then."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="sites", verbose_name="chủ thể")
    kind = models.CharField("loại địa điểm", max_length=10, choices=site_kinds, default=SiteKind.SEAT)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="producer_sites", verbose_name="địa bàn"
    )
    address = models.CharField("địa chỉ (thôn, đường)", max_length=250, blank=True)
    is_main = models.BooleanField("địa điểm chính", default=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-is_main", "-valid_from", "-pk"]
        verbose_name = "địa điểm của chủ thể"
        constraints = [
            dated_check("producers_site_days"),
            models.UniqueConstraint(
                fields=["producer"],
                condition=Q(valid_to__isnull=True, is_main=True),
                name="producers_site_one_main",
            ),
        ]
        indexes = [models.Index(fields=["unit", "producer"], name="producers_site_unit")]

    def __str__(self) -> str:
        return f"{self.address}, {self.unit}" if self.address else str(self.unit)
