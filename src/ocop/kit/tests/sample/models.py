from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Dated, Searchable, SearchableQuerySet, dated_check


class Genre(models.TextChoices):
    NOVEL = "novel", "Tiểu thuyết"
    POEMS = "poems", "Thơ"


def genres():
    return Genre.choices


class Shelf(models.Model):
    name = models.CharField("tên kệ", max_length=40)

    def __str__(self) -> str:
        return self.name


class BookQuerySet(SearchableQuerySet):
    def visible_to(self, user):
        return self.filter(owner_name=user.get_username())


class Book(Searchable):
    code = models.CharField("mã", max_length=10, unique=True)
    title = models.CharField("tên sách", max_length=60)
    genre = models.CharField("thể loại", max_length=10, choices=genres)
    shelf = models.ForeignKey(Shelf, models.PROTECT, verbose_name="kệ")
    pages = models.PositiveIntegerField("số trang", null=True, blank=True, validators=[MinValueValidator(1)])
    price = models.BigIntegerField("giá", default=0)
    bought_on = models.DateField("ngày mua", null=True, blank=True)
    is_lent = models.BooleanField("đang cho mượn", default=False)
    owner_name = models.CharField("người giữ", max_length=40, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookQuerySet.as_manager()
    history = HistoricalRecords(user_db_constraint=False)

    class Meta:
        verbose_name = "sách"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kit_sample:books_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.code, self.title]


class Page(models.Model):
    book = models.ForeignKey(Book, models.PROTECT, verbose_name="sách")
    number = models.PositiveIntegerField("trang số")

    class Meta:
        verbose_name = "trang"

    def __str__(self) -> str:
        return f"trang {self.number}"


class Count(Dated):
    """How many books of a kind a shelf held in a year."""

    shelf = models.ForeignKey(Shelf, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=genres)
    share = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    book = models.ForeignKey(Book, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelf", "year", "kind"], name="kit_sample_count_once"),
            models.CheckConstraint(condition=models.Q(share__lte=50), name="kit_sample_count_share"),
            dated_check("kit_sample_count_dated"),
        ]


class LoanState(models.TextChoices):
    ASKED = "asked", "Đã hỏi mượn"
    LENT = "lent", "Đang cho mượn"
    BACK = "back", "Đã trả"
    REFUSED = "refused", "Không cho mượn"


def loan_states():
    return LoanState.choices


class LoanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.exclude(book__owner_name="") if user.get_username() != "stranger" else self.none()


class Loan(CaseBase):
    book = models.ForeignKey(Book, models.PROTECT, verbose_name="sách")
    state = models.CharField("trạng thái", max_length=10, choices=loan_states, default=LoanState.ASKED)
    shelf_mark = models.CharField("chỗ cất", max_length=20, blank=True)

    objects = LoanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Mượn {self.book}"

    def get_absolute_url(self) -> str:
        return reverse("kit_sample:loans_detail", args=[self.pk])


class LoanMove(MoveBase):
    subject = models.ForeignKey(Loan, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
