from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Searchable, SearchableQuerySet


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

    def search_words(self) -> list[str]:
        return [self.code, self.title]
