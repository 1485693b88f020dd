"""Lists of very many rows: counted as far as their reader sees, the rest when the browser asks."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.kit.registers.pages import COUNTED, FEW, RowPages
from ocop.kit.tests.sample.models import Book, Shelf
from ocop.kit.tests.sample.registers import BOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ocop.kit.tests.sample.urls")]
HTMX = {"HTTP_HX_REQUEST": "true"}
MANY = COUNTED + 60


@pytest.fixture
def anna(client):
    user = get_user_model().objects.create(username="anna")
    client.force_login(user)
    return client


def books(number: int) -> None:
    """Every other one is called a tale."""
    shelf = Shelf.objects.create(name="Kệ gỗ")
    rows = [
        Book(code=f"B{n:05}", title=f"{'Truyện' if n % 2 else 'Sách'} {n}", genre="novel", shelf=shelf, pages=10,
             owner_name="anna")
        for n in range(number)
    ]  # fmt: skip
    for row in rows:
        row.set_search()
    Book.objects.bulk_create(rows)


def test_a_list_of_a_thousand_says_how_many_and_of_more_that_there_are_more(anna):
    books(COUNTED)
    page = anna.get(BOOKS.url("list")).content.decode()
    assert f"<strong>1.000 {BOOKS.words}</strong>" in page
    Book.objects.bulk_create(
        [Book(code=f"C{n}", title="Sách", genre="novel", shelf=Shelf.objects.get(), pages=1, owner_name="anna")
         for n in range(BOOKS.per_page + 1)]
    )  # fmt: skip
    page = anna.get(BOOKS.url("list"), {"genre": "novel"}).content.decode()
    assert f"hơn 1.000 {BOOKS.words}</strong>" in page
    assert 'hx-get="?genre=novel&amp;dem=1" hx-trigger="load"' in page
    answer = anna.get(BOOKS.url("list"), {"genre": "novel", "dem": "1"}, **HTMX)
    assert answer.content.decode() == f"1.{26:03} {BOOKS.words}"


def test_the_whole_number_keeps_the_filter_and_the_scope(anna):
    books(MANY)
    Book.objects.create(code="Z", title="Truyện", genre="novel", shelf=Shelf.objects.get(), owner_name="bert")
    counted = anna.get(BOOKS.url("list"), {"q": "truyen", "dem": "1"}, **HTMX).content.decode()
    assert counted == f"{MANY // 2} {BOOKS.words}"


def test_every_page_is_reached_though_the_last_is_not_known(anna):
    books(MANY)
    seen, number = [], 1
    while number:
        pages = RowPages(Book.objects.order_by("code"), BOOKS.per_page)
        page = pages.get_page(str(number))
        seen += [row.code for row in page.object_list]
        number = page.next_page_number() if page.has_next() else 0
    assert seen == [f"B{n:05}" for n in range(MANY)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 1), ("x", 1), ("0", 1), ("-3", 1), ("3", 3), ("999999", 43), ("9" * 30, 43), ("²", 1)],
)
def test_a_page_that_there_is_not_answers_the_nearest(typed, number):
    books(MANY)
    assert RowPages(Book.objects.order_by("code"), 25).get_page(typed).number == number


def test_the_pages_of_a_list_without_end_show_no_last_page(anna):
    books(MANY)
    page = anna.get(BOOKS.url("list")).content.decode()
    assert ('rel="next"' in page, 'trang=2"' in page, 'trang=41"' in page) == (True, True, False)
    Book.objects.filter(code__gte="B00100").delete()
    assert 'trang=4"' in anna.get(BOOKS.url("list")).content.decode()


@pytest.mark.parametrize("found", [0, 3, FEW, FEW + 1, COUNTED + 30])
def test_a_search_finds_the_same_rows_in_the_same_order_however_many(found):
    books(2 * found)
    rows = Book.objects.all().found_by("truyện")
    pages = RowPages(rows, 25, searched=True)
    page = pages.get_page(1)
    assert [row.pk for row in page.object_list] == list(rows.values_list("pk", flat=True)[:25])
    assert (pages.is_more, min(found, 25 + COUNTED)) == (found > 25 + COUNTED, pages.count)


def test_what_picked_the_keys_is_not_asked_again_for_the_rows():
    books(30)
    rows = Book.objects.filter(shelf__name="Kệ gỗ").select_related("shelf").order_by("code")
    with CaptureQueriesContext(connection) as asked:
        page = RowPages(rows, 10).get_page(2)
        assert [row.shelf.name for row in page.object_list] == ["Kệ gỗ"] * 10
    counting, picking, reading = (query["sql"] for query in asked)
    assert ("Kệ gỗ" in counting, "Kệ gỗ" in picking, "Kệ gỗ" in reading) == (True, True, False)


@pytest.mark.parametrize("kept", [None, ("shelf", "page_set"), ("shelf",), ("page_set",), ()])
def test_a_page_takes_along_what_its_list_shows(kept, monkeypatch):
    books(3)
    monkeypatch.setattr(BOOKS, "related", ("shelf",))
    monkeypatch.setattr(BOOKS, "prefetch", ("page_set",))
    monkeypatch.setattr(BOOKS, "list_related", kept)
    rows = Book.objects.select_related("shelf").prefetch_related("page_set").order_by("code")
    pages = RowPages(rows, 10, drawn=BOOKS.drawn)
    page = pages.get_page(1)
    with CaptureQueriesContext(connection) as later:
        assert [(row.shelf.name, list(row.page_set.all())) for row in page.object_list] == [("Kệ gỗ", [])] * 3
    missing = {name for name in ("shelf", "page_set") if kept is not None and name not in kept}
    assert len(later) == 3 * len(missing)
