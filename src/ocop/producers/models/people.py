"""Representatives of producers: personal data, hidden by default."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.accounts.rules import phones
from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.producers.enums import genders

PURPOSE = "Lập hồ sơ OCOP (mẫu 01, mẫu 02), liên hệ về hồ sơ và thống kê của Chương trình."


class Representative(Dated):
    """The person who signs for a producer (form 01, form 02 part I).

    Personal data under Decree 13/2023/NĐ-CP (ethnicity is sensitive, Article 2.4): kept for a stated purpose with the
    consent recorded, shown on request only, each view by an officer announced; corrected and erased by actions. No
    field history: the log says which fields changed, never their values.
    """

    producer = models.ForeignKey(
        "producers.Producer", models.CASCADE, related_name="representatives", verbose_name="chủ thể"
    )
    full_name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ", max_length=150, blank=True)
    gender = models.CharField("giới tính", max_length=10, choices=genders, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=60, blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    personal_id = models.CharField("số định danh cá nhân", max_length=12, blank=True)
    purpose = models.CharField("mục đích sử dụng", max_length=300, default=PURPOSE)
    consent_text = models.TextField("nội dung đồng ý")
    consent_at = models.DateTimeField("đồng ý lúc")
    consent_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi nhận đồng ý"
    )
    erased_at = models.DateTimeField("đã xóa dữ liệu lúc", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = "người đại diện"
        constraints = [
            dated_check("producers_representative_days"),
            models.UniqueConstraint(
                fields=["producer"],
                condition=Q(valid_to__isnull=True, erased_at__isnull=True),
                name="producers_representative_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Người đại diện #{self.pk}"

    @property
    def phone_masked(self) -> str:
        """The phone with its middle hidden, for pages that only confirm it."""
        return phones.masked(self.phone)

    @property
    def name_masked(self) -> str:
        """Given name with initials before it: "N. V. An"."""
        parts = self.full_name.split()
        return " ".join([*(f"{part[0]}." for part in parts[:-1]), parts[-1]]) if parts else ""
