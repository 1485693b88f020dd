from django import forms

from ocop.kit.errors import ALLOWED, Refusal
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Register, Section
from ocop.kit.tests.sample.models import Book


class BookForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["code", "title", "genre", "shelf", "pages", "price", "bought_on", "is_lent"]


class BookRegister(Register):
    key = "books"
    app = "kit_sample"
    model = Book
    title = "Sổ sách"
    noun = "cuốn sách"
    columns = (
        Column("title"),
        Column("code", kind=Kind.CODE, hint="Như trên gáy sách"),
        Column("genre"),
        Column("shelf", sort="shelf__name"),
        Column("pages", on="detail excel import api"),
        Column("price", kind=Kind.MONEY, total=True),
        Column("bought_on"),
        Column("is_lent", on="detail import"),
        Column(
            "age", label="Dày", value=lambda book: "dày" if (book.pages or 0) > 300 else "mỏng", on="list"
        ),
    )
    filters = {"genre": ["exact"], "shelf": ["exact"], "bought_on": ["gte", "lte"], "is_lent": ["exact"]}
    related = ("shelf",)
    ordering = ("title", "pk")
    natural_key = ("code",)
    form_class = BookForm
    sections = (
        Section("Sách", ("title", "code", "genre")),
        Section("Chỗ để", ("shelf", "price", "bought_on")),
    )
    empty_text = "Sách của bạn hiện ở đây."

    def may_see(self, user):
        return Refusal("no", "Không.") if user.get_username() == "outsider" else ALLOWED

    def may_create(self, user):
        return Refusal("guest", "Khách không được thêm.") if user.get_username() == "guest" else ALLOWED

    def may_edit(self, user, row):
        return self.may_create(user)

    def save(self, form, *, by, is_new):
        form.instance.owner_name = by.get_username()
        return form.save()

    def prepare(self, row, *, by):
        row.owner_name = by.get_username()

    def check_row(self, values, user):
        if values.get("genre") == "poems" and (values.get("pages") or 0) > 500:
            yield "tập thơ không quá 500 trang"


BOOKS = BookRegister()
