"""Helpers for tests: workbooks to upload, counted queries, and the test class that every register inherits."""

# ruff: noqa: S101 - asserts are what a test class is made of
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import python_calamine as calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.kit import once
from ocop.kit.registers import Register
from ocop.kit.registers.editing import VERSION
from ocop.kit.text import fold


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """`with counted() as queries: ...`, then `len(queries)`."""
    with CaptureQueriesContext(connection) as queries:
        yield queries


def workbook(rows: Sequence[Sequence[Any]], name: str = "tep.xlsx") -> SimpleUploadedFile:
    """An uploaded workbook with these cells (dates as dates)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, place, cell, as_date)
            elif cell is not None:
                sheet.write(row, place, cell)
    book.close()
    return SimpleUploadedFile(name, buffer.getvalue())


def sheet_rows(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """All cells of a sheet of a workbook."""
    return (
        calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    )


def content_of(response: Any) -> bytes:
    """The body of a streamed or an ordinary answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db
class RegisterTests:
    """What every register must do. A test class per register inherits it and says how to make rows.

    class TestFairs(RegisterTests):
        register = FAIRS
        def user(self): ...                 # sees and may do everything
        def stranger(self): ...             # signed in, sees none of `user`'s rows
        def make(self, user, number): ...   # a row that `user` sees, different for each number
        def new(self): ...                  # POST data of a valid new row, {field: value}
        changed = {"name": "Tên mới"}       # what an edit changes
        def sheet(self): ...                # a valid row of a sheet, {label: cell}; left out: no import test

    A test that does not apply (no form, no import, no search) is skipped.
    """

    register: Register
    changed: dict[str, Any] = {}

    def user(self) -> Any:
        raise NotImplementedError

    def stranger(self) -> Any:
        raise NotImplementedError

    def make(self, user: Any, number: int) -> Any:
        raise NotImplementedError

    def new(self) -> dict[str, Any]:
        return {}

    def sheet(self) -> dict[str, Any]:
        return {}

    # -- reading

    def _signed_in(self, client: Client, user: Any) -> Client:
        client.force_login(user)
        return client

    def test_a_longer_list_costs_the_same_queries(self, client: Client) -> None:
        user = self.user()
        self._signed_in(client, user)
        costs = []
        for total in (1, 20):
            for number in range(self.register.scope(user).count(), total):
                self.make(user, number)
            client.get(self.register.url("list"))
            with counted() as queries:
                assert client.get(self.register.url("list")).status_code == 200
            costs.append(len(queries))
        assert costs[0] == costs[1]

    def test_a_stranger_finds_nothing(self, client: Client) -> None:
        row = self.make(self.user(), 0)
        self._signed_in(client, self.stranger())
        pages = ["detail", *(["edit"] if self.register.form_class else []), "history"]
        assert [client.get(self.register.url(page, row.pk)).status_code for page in pages] == [404] * len(
            pages
        )
        listed = client.get(self.register.url("list"))
        if listed.status_code == 200:
            assert row not in listed.context["page"].object_list
        else:
            assert listed.status_code == 404

    def test_nobody_reads_without_signing_in(self, client: Client) -> None:
        assert client.get(self.register.url("list")).status_code == 302

    def test_search_finds_without_marks(self, client: Client) -> None:
        if not self.register.can_search:
            pytest.skip("no search")
        user = self.user()
        row = self.make(user, 0)
        self._signed_in(client, user)
        found = client.get(self.register.url("list"), {"q": fold(row.search_words()[0])})
        assert row in found.context["page"].object_list
        nothing = client.get(self.register.url("list"), {"q": "khong-co-gi-nhu-the-nay"})
        assert list(nothing.context["page"].object_list) == []

    def test_every_heading_sorts(self, client: Client) -> None:
        user = self.user()
        rows = {self.make(user, number).pk for number in range(3)}
        self._signed_in(client, user)
        for column in (column for column in self.register.on("list") if column.order):
            for sign in ("", "-"):
                page = client.get(self.register.url("list"), {"sap": sign + column.name}).context["page"]
                assert rows <= {row.pk for row in page.object_list}

    # -- writing

    def _create(self, client: Client, key: str) -> Any:
        return client.post(self.register.url("create"), {**self.new(), once.FIELD: key})

    def test_create_edit_and_history(self, client: Client) -> None:
        if self.register.form_class is None:
            pytest.skip("read only")
        user = self.user()
        self._signed_in(client, user)
        before = set(self.register.scope(user).values_list("pk", flat=True))
        first, second = self._create(client, "k"), self._create(client, "k")
        assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
        row = self.register.scope(user).exclude(pk__in=before).get()
        assert client.get(first.url).status_code == 200
        edit = self.register.url("edit", row.pk)
        sent = {**self.new(), **self.changed, VERSION: self._version(client, edit), once.FIELD: "k2"}
        assert client.post(edit, sent).status_code == 302
        if self.register.has_history:
            changes = client.get(self.register.url("history", row.pk)).context["changes"]
            assert [change["what"] for change in changes] == ["Sửa", "Thêm mới"]

    def _version(self, client: Client, edit: str) -> str:
        return client.get(edit).context["form"][VERSION].value()

    def test_two_editors_notice_each_other(self, client: Client) -> None:
        if self.register.form_class is None or not self.changed:
            pytest.skip("read only")
        user = self.user()
        row = self.make(user, 0)
        self._signed_in(client, user)
        edit = self.register.url("edit", row.pk)
        if client.get(edit).status_code == 403:
            pytest.skip("this row is not edited")
        opened = self._version(client, edit)
        first = {**self.new(), VERSION: opened, once.FIELD: "a"}
        assert client.post(edit, first).status_code == 302
        late = client.post(edit, {**self.new(), **self.changed, VERSION: opened, once.FIELD: "b"})
        assert late.status_code == 409
        name, typed = next(iter(self.changed.items()))
        assert str(late.context["form"][name].value()) == str(typed)
        again = {
            **self.new(),
            **self.changed,
            VERSION: late.context["form"][VERSION].value(),
            once.FIELD: "b",
        }
        assert client.post(edit, again).status_code == 302

    # -- Excel

    def test_export_opens_and_holds_the_rows(self, client: Client) -> None:
        user = self.user()
        for number in range(3):
            self.make(user, number)
        self._signed_in(client, user)
        rows = sheet_rows(content_of(client.get(self.register.url("export"))))
        labels = ["STT", *[column.label for column in self.register.on("excel")]]
        top = rows.index(labels)
        numbered = [row for row in rows[top + 1 :] if isinstance(row[0], float)]
        assert len(numbered) == self.register.scope(user).count()

    def test_import_takes_good_rows_tells_bad_ones_and_does_it_once(self, client: Client) -> None:
        good = self.sheet()
        if not good:
            pytest.skip("no import")
        user = self.user()
        self._signed_in(client, user)
        heads = [column.label for column in self.register.on("import")]
        head = next(row for row in sheet_rows(content_of(client.get(self.register.url("template")))) if len(row) > 1
                    and row[0] and str(row[-1]).rstrip(" *") == heads[-1])  # fmt: skip
        assert [str(cell).removesuffix(" *") for cell in head] == heads
        needed = [column.label for column in self.register.on("import") if column.for_import(user).required]
        bad = {**good, needed[-1]: ""}
        before = self.register.scope(user).count()
        for created in (1, 0):
            file = workbook([heads, *[[row.get(label) for label in heads] for row in (good, bad)]])
            answer: Any = client.post(self.register.url("import"), {"file": file})
            if answer.status_code == 422 and created == 0 and not self.register.natural_key:
                break
            batch = client.get(answer.url).context["batch"]
            assert (batch.counts["ready"], [problem["row"] for problem in batch.problems][-1]) == (created, 3)
            assert self.register.scope(user).count() == before + 1 - created
            for _ in range(2):
                client.post(answer.url)
            assert self.register.scope(user).count() == before + 1
