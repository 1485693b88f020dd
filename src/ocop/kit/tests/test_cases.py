"""A procedure as a register: pages, presses, clock, to-dos, papers; stories and rows under a parent."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse

from ocop.kit import clock, once, registry
from ocop.kit.cases import open_case, press
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registers import REGISTERS, Section, install
from ocop.kit.registers.story import STORIES
from ocop.kit.testing import counted
from ocop.kit.tests.sample.loans import DESK, LOANS, PAGES, TOLD
from ocop.kit.tests.sample.models import Book, Loan, Page, Shelf
from ocop.kit.tests.sample.registers import BOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ocop.kit.tests.sample.urls")]


@pytest.fixture(autouse=True)
def _installed():
    """The sample registers are known for one test, and gone after it."""
    known = [(one, dict(one._entries)) for one in (REGISTERS, STORIES, registry.tabs, registry.menu)]
    api = dict(registry.api_routers._entries)
    for register in (BOOKS, LOANS, PAGES):
        install(register)
    yield
    for one, entries in known:
        one._entries = entries
    registry.api_routers._entries = api


def person(name="anna"):
    return get_user_model().objects.get_or_create(username=name)[0]


@pytest.fixture
def book():
    shelf = Shelf.objects.create(name="Kệ gỗ")
    return Book.objects.create(code="B1", title="Truyện", genre="novel", shelf=shelf, owner_name="anna")


@pytest.fixture
def loan(book):
    TOLD.clear()
    return open_case(DESK, Loan(book=book), by=person("reader"))


def test_a_case_begins_with_its_first_move_and_its_clock(loan):
    move = loan.moves.get()
    assert (move.name, move.from_state, move.to_state, move.by.username) == ("open", "", "asked", "reader")
    assert (loan.due_on, loan.closed_at, TOLD) == (
        clock.today() + (date(2026, 1, 4) - date(2026, 1, 1)), None, [("open", "asked")],
    )  # fmt: skip


def test_a_press_sets_values_before_the_guards_look(loan):
    with pytest.raises(Refused, match="Cần ghi chỗ cất"):
        press(DESK, loan, "lend", by=person())
    with time_machine.travel("2026-03-01T09:00:00+07:00"):
        press(DESK, loan, "lend", by=person(), values={"shelf_mark": "K1"})
    assert (loan.state, loan.shelf_mark, loan.due_on) == ("lent", "K1", date(2026, 3, 15))


def test_a_refused_press_keeps_nothing(loan):
    def spoil(row):
        row.shelf_mark = "K2"
        row.book.title = "Hỏng"
        row.book.save()

    with pytest.raises(Refused):
        press(DESK, loan, "refuse", by=person(), values={"shelf_mark": "K1"}, before=spoil)
    loan.refresh_from_db()
    assert (loan.state, loan.shelf_mark, loan.moves.count()) == ("asked", "", 1)
    assert Book.objects.get().title == "Truyện"


def test_somebody_elses_verb_and_a_verb_of_another_state(loan):
    with pytest.raises(Forbidden):
        press(DESK, loan, "refuse", by=person("reader"), reason="x")
    with pytest.raises(Refused, match="sang bước khác"):
        press(DESK, loan, "return", by=person("reader"))


def test_the_end_of_a_case_stops_its_clock(loan):
    press(DESK, loan, "refuse", by=person(), reason="Sách rách")
    assert (loan.due_on, loan.closed_at is not None) == (None, True)


def test_the_page_offers_the_press_and_the_list_opens_on_what_waits(client, loan):
    client.force_login(person())
    listed = client.get(LOANS.url("list"))
    assert list(listed.context["page"].object_list) == [loan]
    page = client.get(LOANS.url("detail", loan.pk))
    assert [one.name for one in page.context["offers"]] == ["lend", "refuse"]
    assert LOANS.url("verb", loan.pk, "lend") in page.content.decode()
    client.force_login(person("reader"))
    assert list(client.get(LOANS.url("list")).context["page"].object_list) == []
    everything = client.get(LOANS.url("list"), {"xem": "tat-ca"})
    assert list(everything.context["page"].object_list) == [loan]


def test_a_verb_with_a_form_keeps_what_was_typed_and_acts_once(client, loan):
    client.force_login(person())
    url = LOANS.url("verb", loan.pk, "lend")
    refused = client.post(url, {"shelf_mark": "", "reason": "vội", once.FIELD: "k"})
    assert (refused.status_code, refused.context["form"]["reason"].value()) == (422, "vội")
    first = client.post(url, {"shelf_mark": "K1", once.FIELD: "k"})
    second = client.post(url, {"shelf_mark": "K1", once.FIELD: "k"})
    assert (first.status_code, second.status_code, first.url, second.url) == (
        302, 302, loan.get_absolute_url(), loan.get_absolute_url(),
    )  # fmt: skip
    loan.refresh_from_db()
    assert (loan.state, loan.moves.count()) == ("lent", 2)


def test_a_plain_press_asks_for_its_reason(client, loan):
    client.force_login(person())
    press_url = LOANS.url("press", loan.pk)
    client.post(press_url, {"verb": "refuse"})
    loan.refresh_from_db()
    assert loan.state == "asked"
    client.post(press_url, {"verb": "refuse", "reason": "Sách rách"})
    loan.refresh_from_db()
    assert (loan.state, loan.moves.last().reason) == ("refused", "Sách rách")
    client.force_login(person("stranger"))
    assert client.post(press_url, {"verb": "refuse", "reason": "x"}).status_code == 404


def test_the_last_word_stands_at_the_head_until_the_case_is_closed(client, loan):
    client.force_login(person())
    page = client.get(LOANS.url("detail", loan.pk))
    assert page.context["last_word"] is None
    press(DESK, loan, "lend", by=person(), values={"shelf_mark": "K1"}, reason="Giữ gìn bìa sách")
    page = client.get(LOANS.url("detail", loan.pk))
    assert page.content.decode().index("Giữ gìn bìa sách") < page.content.decode().index("<dl")
    other = open_case(DESK, Loan(book=loan.book), by=person("reader"))
    press(DESK, other, "refuse", by=person(), reason="Sách rách")
    assert client.get(LOANS.url("detail", other.pk)).context["last_word"] is None


def test_what_waits_stands_among_the_to_dos(loan):
    (line,) = LOANS.todo_source().items(person(), clock.today())
    assert (line.title, line.url, line.due, line.kind) == (
        "Cho mượn: Mượn Truyện", loan.get_absolute_url(), loan.due_on, "waiting",
    )  # fmt: skip
    late = list(LOANS.todo_source().items(person(), date(2100, 1, 1)))
    assert [one.kind for one in late] == ["late"]
    assert list(LOANS.todo_source().items(person("reader"), clock.today())) == []


def test_a_paper_comes_as_a_file(client, loan):
    client.force_login(person())
    answer = client.get(LOANS.url("paper", loan.pk, "phieu"))
    assert b"".join(answer.streaming_content) == "phiếu Mượn Truyện".encode()
    assert client.get(LOANS.url("paper", loan.pk, "khong-co")).status_code == 404


def test_the_book_tells_its_loans_in_a_tab(client, loan, book):
    client.force_login(person())
    tabs = client.get(BOOKS.url("detail", book.pk)).context["tabs"]
    url = reverse("kit:story", args=["kit_sample.book", book.pk, "sach"])
    assert [tab["label"] for tab in tabs if tab["url"] == url] == ["Sách"]
    page = client.get(url)
    assert [line[0] for part in page.context["blocks"] for line in part["lines"]] == [loan]
    other = Book.objects.create(code="B2", title="Khác", genre="novel", shelf=book.shelf, owner_name="anna")
    empty = client.get(reverse("kit:story", args=["kit_sample.book", other.pk, "sach"]))
    assert [part["lines"] for part in empty.context["blocks"]] == [[]]
    client.force_login(person("stranger"))
    assert client.get(url).status_code == 404


def test_the_list_of_one_book_names_it_among_the_filters(client, loan, book):
    client.force_login(person())
    found = client.get(LOANS.url("list"), {"cua": f"book:{book.pk}"}).context["found"]
    assert (found.words, list(found.rows)) == ("Truyện", [loan])
    assert list(client.get(LOANS.url("list"), {"cua": "book:0", "xem": "tat-ca"}).context["found"].rows) == [
        loan
    ]


def test_rows_under_a_parent_are_kept_on_its_page(client, book):
    client.force_login(person())
    assert not any(entry.key == "register.pages" for entry in registry.menu)
    (part,) = client.get(BOOKS.url("detail", book.pk)).context["blocks"]
    assert (part["title"], part["lines"]) == ("Trang", [])
    form = client.get(part["create_url"]).context["form"]
    assert form["book"].value() == book.pk
    added = client.post(part["create_url"], {"book": book.pk, "number": 7})
    assert (added.status_code, added.url, Page.objects.get().number) == (302, book.get_absolute_url(), 7)
    assert len(client.get(BOOKS.url("detail", book.pk)).context["blocks"][0]["lines"]) == 1


def test_more_rows_on_a_story_cost_the_same_queries(client, loan, book):
    client.force_login(person())
    url, costs = reverse("kit:story", args=["kit_sample.book", book.pk, "sach"]), []
    for _ in range(2):
        client.get(url)
        with counted() as queries:
            client.get(url)
        costs.append(len(queries))
        for _ in range(5):
            open_case(DESK, Loan(book=book), by=person("reader"))
    assert costs[0] == costs[1]


def test_cells_that_are_objects_lead_to_their_pages(client, loan, book):
    client.force_login(person())
    (_, cells), *_ = client.get(LOANS.url("list")).context["lines"]
    assert [cell["url"] for cell in cells] == [loan.get_absolute_url(), book.get_absolute_url(), ""]


def test_the_list_says_state_and_how_late(client, loan):
    client.force_login(person())
    Loan.objects.update(due_on=clock.today() - timedelta(days=3))
    page = client.get(LOANS.url("list")).content.decode()
    mark = LOANS.mark(loan)
    assert f"tone-{mark[1]}" in page.partition("<tbody>")[2]
    assert "trễ 3 ngày" in page


def test_a_part_in_which_nothing_was_written_is_left_out(client, book, monkeypatch):
    client.force_login(person())
    parts = (Section("Sách", ("title",)), Section("Mua", ("bought_on",)))
    monkeypatch.setattr(type(BOOKS), "sections", parts)
    titles = [title for title, _ in client.get(book.get_absolute_url()).context["sections"]]
    assert titles == ["Sách"]
