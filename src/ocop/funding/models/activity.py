"""What the programme's money is spent on."""

from typing import Self

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Searchable, SearchableQuerySet

SUPPORT = "ho-tro-chu-the"
"""Code of the activity under which support is paid to producers (V.2)."""
MOBILISED = "long-ghep"
"""Code of the activity under which mobilised resources stand (IV.13)."""


class ActivityQuerySet(SearchableQuerySet):
    """Activities; the list is the same for everybody."""

    def visible_to(self, user: object) -> Self:
        """Every activity."""
        return self


class Activity(Searchable):
    """One activity of the plan that gets money, with the clause it carries out.

    `is_management` marks the costs of management and supervision, which V.2 keeps apart.
    """

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên hoạt động", max_length=200)
    clause = models.CharField("mục của Kế hoạch", max_length=12)
    is_management = models.BooleanField("chi quản lý, giám sát", default=False)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        verbose_name = "hoạt động được cấp vốn"

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.clause]
