"""What a plan assigns: the text, to whom, how often. Reference data, loaded from data/direction/tasks.yaml."""

from typing import Any, Self

from django.db import models

from ocop.direction.enums import Rhythm, Target, rhythms, targets
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.partners.models import province_units
from ocop.reporting.models import Programme
from ocop.reporting.models.programme import indicator_keys


class AssignmentQuerySet(SearchableQuerySet):
    """Assignments of the plans of a province."""

    def visible_to(self, user: Any) -> Self:
        """Those of the provinces in which the person holds a role."""
        return self.filter(province_id__in=province_units(user))


class Assignment(Searchable):
    """One sentence of a plan that gives work to agencies; tasks are opened from it year by year.

    `agencies` are named by the plan as they were; who took over gets the task. `indicator` is the figure that a report
    of the task takes along.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="assignments", verbose_name="giai đoạn"
    )
    province = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="tỉnh"
    )
    code = models.CharField("mã", max_length=20)
    clause = models.CharField("mục của kế hoạch", max_length=20)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    title = models.CharField("nhiệm vụ", max_length=200)
    text = models.TextField("nguyên văn")
    target = models.CharField("giao cho", max_length=10, choices=targets, default=Target.AGENCIES)
    agencies = models.ManyToManyField(
        "units.Agency", blank=True, related_name="+", verbose_name="cơ quan thực hiện"
    )
    cooperating = models.ManyToManyField(
        "units.Agency", blank=True, related_name="+", verbose_name="cơ quan phối hợp"
    )
    cooperating_text = models.CharField("phối hợp khác", max_length=200, blank=True)
    rhythm = models.CharField("giao khi nào", max_length=10, choices=rhythms, default=Rhythm.YEAR)
    measure = models.CharField("đo bằng", max_length=200, blank=True)
    indicator = models.CharField("số liệu kèm", max_length=60, choices=indicator_keys, blank=True)
    confirmed = models.BooleanField("đã đối chiếu", default=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order", "pk"]
        verbose_name = "nhiệm vụ của kế hoạch"
        indexes = [
            models.Index(fields=["province", "-programme", "order", "id"], name="direction_assignment_list")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="direction_assignment_once",
                violation_error_message="Kế hoạch này đã có nhiệm vụ mang mã đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def search_words(self) -> list[str]:
        return [self.code, self.title, self.text]

    def get_absolute_url(self) -> str:
        return reverse("direction:assignments_detail", args=[self.pk])

    @property
    def who(self) -> str:
        """To whom it goes, in words."""
        if self.target != Target.AGENCIES:
            return str(self.get_target_display())
        return "; ".join(agency.short_name or agency.name for agency in self.agencies.all())

    @property
    def others(self) -> str:
        """Who takes part, in words."""
        names = [agency.short_name or agency.name for agency in self.cooperating.all()]
        return "; ".join([*names, *([self.cooperating_text] if self.cooperating_text else [])])
