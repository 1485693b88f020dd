from datetime import date

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import F

from ocop.kit.registers import sheets
from ocop.kit.registers.editing import form_for
from ocop.kit.samples import Samples, typed
from ocop.kit.testing import counted
from ocop.kit.tests.sample.loans import LOANS
from ocop.kit.tests.sample.models import Book, Count, Genre, Loan, Shelf
from ocop.kit.tests.sample.registers import BOOKS

pytestmark = pytest.mark.django_db


def anna():
    return get_user_model().objects.get_or_create(username="anna")[0]


def test_a_row_is_filled_by_what_its_fields_say_and_carries_its_number():
    row = Samples().make(Book, 7)
    row.refresh_from_db()
    assert (row.code, row.title, row.genre, row.pages, row.price) == (
        "MAU-7", "Tên sách 7", Genre.POEMS, 8, 8_000_000,
    )  # fmt: skip
    assert (row.shelf.name, row.bought_on, row.is_lent, row.owner_name) == ("Tên kệ 0", None, False, "")
    assert row.search_text == "mau-7 ten sach 7"
    row.full_clean()


def test_links_lead_to_what_was_given_and_to_one_sample_otherwise():
    shelves = [Shelf.objects.create(name="Kệ gỗ"), Shelf.objects.create(name="Kệ sắt")]
    assert [book.shelf for book in Samples({Shelf: shelves}).many(Book, 3)] == [*shelves, shelves[0]]
    assert [book.shelf for book in Samples({Shelf: shelves[1]}).many(Book, 2, start=3)] == [shelves[1]] * 2
    samples = Samples()
    assert samples.make(Book, 11).shelf == samples.make(Book, 12).shelf


def test_a_link_that_may_be_empty_is_filled_only_with_what_was_given():
    book = Samples().make(Book)
    assert (Samples().make(Count, 0).book, Samples({Book: book}).make(Count, 1).book) == (None, book)


def test_links_of_a_row_agree_and_the_rows_stay_apart():
    """A count of a book is a count of the book's shelf, and there is one of a shelf, year and kind."""
    shelves = [Shelf.objects.create(name=name) for name in "ab"]
    books = [Samples({Shelf: shelf}).make(Book, n) for n, shelf in enumerate(shelves)]
    rows = Samples({Book: list(reversed(books)), Shelf: list(reversed(shelves))}).many(Count, 60)
    assert [row.shelf for row in rows] == [row.book.shelf for row in rows]
    assert {row.shelf for row in rows} == set(shelves)
    assert len({(row.shelf_id, row.year, row.kind) for row in rows}) == 60


def test_rows_that_a_constraint_tells_apart_differ_and_what_the_checks_refuse_stays_empty():
    rows = Samples().many(Count, 200)
    assert len({(row.shelf_id, row.year, row.kind) for row in rows}) == Count.objects.count() == 200
    assert {row.share for row in rows} == {0}
    assert not Count.objects.filter(valid_to__lt=F("valid_from")).exists()


def test_what_was_given_twice_tells_no_rows_apart():
    shelf, other = (Shelf.objects.create(name=name) for name in "ab")
    rows = Samples({Shelf: [shelf, other, shelf]}).many(Count, 150)
    assert len({(row.shelf_id, row.year, row.kind) for row in rows}) == 150


def test_many_rows_cost_few_queries_and_history_comes_when_asked():
    with counted() as queries:
        Samples().many(Book, 1000)
    assert len(queries) < 100  # the first rows are checked one by one
    assert (Book.objects.count(), Book.history.count()) == (1000, 0)
    Samples().many(Book, 3, start=1000, history=True)
    assert Book.history.count() == 3


def test_a_value_that_is_fixed_stays():
    row = Samples().make(Book, 1, title="Đất", bought_on=date(2026, 1, 2))
    assert (row.title, row.bought_on) == ("Đất", date(2026, 1, 2))


def test_a_model_that_cannot_be_filled_is_named():
    with pytest.raises(TypeError, match="Count: no valid sample"):
        Samples().make(Count, 1, share=99)


def test_a_case_is_in_its_first_state():
    row = Samples({get_user_model(): anna()}).row(LOANS)
    assert (type(row), row.state, row.closed_at) == (Loan, "asked", None)


def test_a_row_is_typed_into_its_form_and_its_sheet():
    samples = Samples()
    row = samples.new_row(BOOKS, 3)
    sent = typed.posted(form_for(BOOKS, anna(), None), row, title="Khác")
    assert {name: sent[name] for name in ("code", "title", "genre", "shelf", "pages", "price")} == {
        "code": "MAU-3", "title": "Khác", "genre": "poems", "shelf": str(row.shelf_id), "pages": "4",
        "price": "4000000",
    }  # fmt: skip
    form = form_for(BOOKS, anna(), None, sent)
    assert form.is_valid(), form.errors
    assert typed.cells(sheets.importer(BOOKS, anna()).columns, row) == {
        "Tên sách": "Tên sách 3", "Mã": "MAU-3", "Thể loại": "Thơ", "Kệ": row.shelf.name, "Số trang": 4,
        "Ngày mua": None, "Giá": 4_000_000, "Đang cho mượn": "không",
    }  # fmt: skip


class AskForm(forms.Form):
    kind = forms.ChoiceField(choices=[("", "-"), ("x", "X")])
    on = forms.SplitDateTimeField()
    agreed = forms.BooleanField()
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    file = forms.FileField(required=False)
    note = forms.CharField(required=False)


def test_a_form_without_a_row_gets_what_its_required_fields_admit():
    sent = typed.posted(AskForm())
    assert sorted(sent) == ["agreed", "kind", "on_0", "on_1", "several"]
    assert (sent["agreed"], sent["kind"], sent["several"]) == ("on", "x", ["a"])
    assert AskForm(sent).is_valid()


def test_a_sheet_names_the_required_column_that_a_row_cannot_fill():
    row = Samples().new_row(BOOKS, 3)
    row.code = ""
    with pytest.raises(LookupError, match="Mã"):
        typed.cells(sheets.importer(BOOKS, anna()).columns, row)
