"""Model parts without domain words."""

import operator
from datetime import date
from functools import reduce
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from ocop.kit.jobs.models import CronRun, DataLoad, JobProgress, WorkerBeat  # noqa: F401 - for migrations
from ocop.kit.text import fold, nfc


def count_of(rows: models.QuerySet, link: str) -> Coalesce:
    """How many of `rows` lead by `link` to the row at hand.

    Unlike `Count` over a join it is worked out for the rows that are shown, not for all that a list holds.
    """
    return _worked_out(rows, link, models.Count("pk"))


def sum_of(rows: models.QuerySet, link: str, *names: str) -> Coalesce:
    """The sum of whole numbers of the `rows` that lead by `link` to the row at hand; as `count_of`."""
    return _worked_out(rows, link, models.Sum(reduce(operator.add, map(models.F, names))))


def _worked_out(rows: models.QuerySet, link: str, number: models.Aggregate) -> Coalesce:
    linked = rows.filter(**{link: models.OuterRef("pk")}).order_by().values(link)
    return Coalesce(
        models.Subquery(linked.annotate(number=number).values("number")),
        0,
        output_field=models.BigIntegerField(),
    )


def any_of(*conditions: Q) -> Q:
    """Rows that meet one of the conditions, said as "not none of them"; no row when there is no condition.

    Of an OR over two indexed columns SQLite gathers all keys from both indexes before it shows a row, though most
    people who have several ways to a row see nearly all; so it goes through the list in its order. PostgreSQL reads
    both alike. One condition alone keeps its index.
    """
    if len(conditions) < 2:
        return conditions[0] if conditions else Q(pk__in=[])
    none = Q()
    for condition in conditions:
        none &= ~condition
    return ~none


class DatedQuerySet(models.QuerySet):
    """Rows with validity. Days are inclusive on both ends; `valid_to` null means open."""

    def valid_on(self, day: date) -> Self:
        """Rows in force on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def overlapping(self, start: date, end: date | None) -> Self:
        """Rows in force on at least one day of the span."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=start))
        return rows if end is None else rows.filter(valid_from__lte=end)


class Dated(models.Model):
    """Validity: first and last day, both inclusive, as the instruments write them ("đến hết ngày")."""

    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def in_force(self, day: date) -> bool:
        """True when the row counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def dated_check(name: str) -> models.CheckConstraint:
    """The database's own promise that a span does not end before it starts."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
    )


class Searchable(models.Model):
    """Two stored texts, so that search is the same on every database.

    `search_text` is folded ("buoi phuc trach" finds "Bưởi Phúc Trạch"); `search_exact` keeps the marks and ranks
    exact spellings first. A subclass answers its words in `search_words()`; `save()` derives both columns, bulk
    writers call `set_search()` themselves.
    """

    search_text = models.TextField(editable=False, default="", blank=True)
    search_exact = models.TextField(editable=False, default="", blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_search()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "search_exact"}
        super().save(*args, **kwargs)

    def search_words(self) -> list[str]:
        raise TypeError(f"{type(self).__name__} must name the words it is found by")

    def set_search(self) -> None:
        words = " ".join(word for word in self.search_words() if word)
        self.search_text = fold(words)
        self.search_exact = " ".join(nfc(words).lower().split())


class SearchableQuerySet(models.QuerySet):
    """Rows that can be found by what a person types."""

    def found_by(self, typed: str) -> Self:
        """Rows that hold every typed word, exact marks first: "bưởi" ranks Bưởi above Buôi, "buoi" finds both."""
        words = fold(typed).split()
        if not words:
            return self
        rows = self
        for word in words:
            rows = rows.filter(search_text__contains=word)
        exact = nfc(typed).lower().strip()
        return rows.annotate(
            _rank=models.Case(
                models.When(search_exact__startswith=exact, then=0),
                models.When(search_exact__contains=exact, then=1),
                default=2,
                output_field=models.IntegerField(),
            )
        ).order_by("_rank", "search_exact", "pk")


class OnceKey(models.Model):
    """A form may be sent once: the key of its hidden field, and where the first sending led."""

    key = models.CharField(max_length=40, unique=True)
    user_id_text = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class DayOverride(models.Model):
    """A day whose nature differs from the holidays library: a swapped working day, an extra holiday of a year."""

    day = models.DateField("ngày", unique=True)
    is_working = models.BooleanField("là ngày làm việc")
    name = models.CharField("tên", max_length=120)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = "ngày nghỉ, ngày làm bù"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class ImportBatch(models.Model):
    """One uploaded sheet between its preview and its confirmation.

    `rows` holds the rows that passed (plain JSON values), `problems` the rows that did not; both are emptied when
    the batch is done or swept, so that personal data of a sheet does not stay behind.
    """

    key = models.CharField(max_length=40, unique=True)
    register = models.CharField("sổ", max_length=60)
    user_id_text = models.CharField(max_length=20)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField("tải lên lúc", db_index=True)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần nhập từ Excel"

    def __str__(self) -> str:
        return f"{self.register}: {self.file_name}"
