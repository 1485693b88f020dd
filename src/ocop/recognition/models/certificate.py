"""Certificates of stars and what happened to them."""

import secrets
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet
from ocop.recognition.enums import IN_VALIDITY, ChangeKind, ReissueGround, RevocationGround, State, mark_of
from ocop.recognition.rules.codes import ALPHABET, LENGTH
from ocop.recognition.rules.validity import Facts, state_on


def new_code() -> str:
    """A public code that can be typed from a label and cannot be guessed (about 49 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def change_kinds() -> list[tuple[str, str]]:
    return ChangeKind.choices


def revocation_grounds() -> list[tuple[str, str]]:
    return [*RevocationGround.choices, *ReissueGround.choices]


class CertificateQuerySet(ScopedQuerySet):
    """Certificates; the state of a day is an annotation, so lists filter on it."""

    producer_path = "product__producer_id"

    def public(self) -> Self:
        """Those that anybody may see: published ones."""
        return self.filter(published_at__isnull=False)

    def latest_of_product(self, day: date) -> Self:
        """Of each product the certificate that speaks for it: no later published one has come into force."""
        later = Certificate.objects.filter(product=OuterRef("product"), published_at__isnull=False)
        later = later.filter(Q(issued_on__isnull=True) | Q(issued_on__lte=day))
        year, its_year = Coalesce(OuterRef("issued_year"), 0), Coalesce("issued_year", 0)
        later = later.annotate(its_year=its_year)
        return self.filter(
            ~Exists(later.filter(Q(its_year__gt=year) | Q(its_year=year, pk__gt=OuterRef("pk"))))
        )

    def with_state(self, day: date, *, expiring_days: int = 180) -> Self:
        """Annotate `state_that_day`; the same order of questions as `rules.validity.state_on`."""
        return self.annotate(
            state_that_day=Case(
                When(revoked_on__lte=day, then=Value(State.REVOKED)),
                When(replaced_on__lte=day, then=Value(State.REPLACED)),
                When(Q(issued_on__isnull=True) | Q(valid_to__isnull=True), then=Value(State.UNKNOWN)),
                When(issued_on__gt=day, then=Value(State.NOT_YET)),
                When(valid_to__gt=day + timedelta(days=expiring_days), then=Value(State.VALID)),
                When(valid_to__gte=day, then=Value(State.EXPIRING)),
                When(extended_to__gte=day, then=Value(State.EXTENDED)),
                default=Value(State.EXPIRED),
                output_field=CharField(max_length=20),
            )
        )

    def in_validity(self, day: date) -> Self:
        """Those that count as stars on that day."""
        return self.with_state(day).filter(state_that_day__in=IN_VALIDITY)


class Certificate(Searchable):
    """One star given to one product: by which decision, from when, until when (Art. 4.3).

    Names and unit are those printed on the certificate, so that it reads right after a rename or a merger. A
    historical row may know only the year of recognition; its term is then unknown and shown as such.
    """

    code = models.CharField("mã tra cứu", max_length=12, unique=True, default=new_code, editable=False)
    product = models.ForeignKey(
        "products.Product", on_delete=models.PROTECT, related_name="recognition_certificates"
    )
    stars = models.PositiveSmallIntegerField("số sao")
    decision = models.ForeignKey(
        "recognition.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    issuer = models.ForeignKey(
        "units.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recognition_certificates",
    )
    number = models.CharField("số giấy chứng nhận", max_length=60, blank=True)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField("năm công nhận", null=True, blank=True)
    valid_to = models.DateField("ngày hiệu lực cuối cùng", null=True, blank=True)
    extended_to = models.DateField("được kéo dài đến", null=True, blank=True)
    revoked_on = models.DateField("thu hồi từ ngày", null=True, blank=True)
    replaced_on = models.DateField("được thay thế từ ngày", null=True, blank=True)
    product_name = models.CharField("tên sản phẩm", max_length=300)
    producer_name = models.CharField("tên chủ thể", max_length=300)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="recognition_certificates")
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    data_key = models.CharField(max_length=200, blank=True, db_index=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-issued_year", "product_name"]
        verbose_name = "giấy chứng nhận"
        constraints = [
            models.CheckConstraint(name="recognition_stars_3_to_5", condition=Q(stars__gte=3, stars__lte=5)),
            models.UniqueConstraint(
                fields=["issuer", "issued_year", "number"],
                condition=~Q(number=""),
                name="recognition_certificate_number_once",
                violation_error_message="Số giấy chứng nhận này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="recognition_term_in_order",
                condition=Q(valid_to__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_to__gte=F("issued_on")),
            ),
        ]
        indexes = [models.Index(fields=["valid_to"]), models.Index(fields=["published_at", "stars"])]

    def __str__(self) -> str:
        return f"{self.product_name} – {self.stars} sao"

    def search_words(self) -> list[str]:
        return [self.product_name, self.producer_name, self.number, self.code]

    def get_absolute_url(self) -> str:
        return reverse("recognition:certificates_detail", args=[self.pk])

    @property
    def check_path(self) -> str:
        """The path of the public validity page; printed on labels, so it never changes."""
        return f"/kiem-tra/{self.code}"

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, colour, icon) of the state that `with_state` annotated; raises AttributeError without it."""
        return mark_of(self.state_that_day)  # type: ignore[attr-defined]

    @property
    def in_validity(self) -> bool:
        """True when the state that `with_state` annotated lets the star be shown; AttributeError without it."""
        return self.state_that_day in IN_VALIDITY  # type: ignore[attr-defined]

    @property
    def is_printable(self) -> bool:
        """True when number and day of issue are known, so that the paper can be made."""
        return bool(self.number and self.issued_on and self.decision_id)

    @property
    def facts(self) -> Facts:
        return Facts(self.issued_on, self.valid_to, self.extended_to, self.revoked_on, self.replaced_on)

    def state_on(self, day: date, *, expiring_days: int = 180) -> State:
        """The state of this certificate on that day."""
        return state_on(self.facts, day, expiring_days=expiring_days)


class CertificateChange(models.Model):
    """One event in the life of a certificate; append-only, shown on the public page."""

    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.CharField("việc", max_length=20, choices=change_kinds)
    on = models.DateField("có hiệu lực từ", null=True, blank=True)
    decision = models.ForeignKey(
        "recognition.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    ground = models.CharField("căn cứ thu hồi", max_length=4, choices=revocation_grounds, blank=True)
    text = models.TextField("nội dung", blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="recognition_changes"
    )
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "thay đổi của giấy chứng nhận"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.certificate}"
