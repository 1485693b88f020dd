"""What every register of the system must do, tried on sample rows of its model (`ocop.kit.samples`).

A register whose rows a look at the fields cannot make says so in `Register.sample`. What the sets below name does it
in its own way and has tests of its own in its app.
"""

import re
from operator import attrgetter
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from ocop.accounts.models import User
from ocop.kit import once
from ocop.kit.registers import REGISTERS, Register
from ocop.kit.registers.editing import VERSION
from ocop.kit.registers.listing import filterset_of
from ocop.kit.samples import typed
from ocop.kit.samples.asking import ALL, asked_of
from ocop.kit.templatetags.ui_fields import filter_field
from ocop.kit.testing import content_of, sheet_rows, workbook
from ocop.kit.text import fold
from tests.personas import World
from tests.registers.people import ROLES, STRANGERS, Desk, people_of

KEYS = sorted(register.key for register in REGISTERS)
every_register = pytest.mark.parametrize("register", [REGISTERS[key] for key in KEYS], ids=KEYS)

# Published law and policy, criteria, calendars, and what the plan gives money to: everybody who is signed in reads it.
OPEN = {"calendars", "fund_activities", "idea_criteria", "quality-questions", "support_policies"}

# A row begins from another case that has come far enough: a chosen idea, a paper with its file in the store.
OWN_FORMS = {"plans", "quality-receptions"}

# A row of a sheet is more than a row of the table: read and written by an importer of the app; or one a year and
# agency, which a person brings in for the own agency alone.
OWN_SHEETS = {"producers", "products", "papers", "quality-plans"}


SPACE = re.compile(r"(?<=>)\s+|\s+(?=<)")  # around marks, not in words


@pytest.fixture(scope="module")
def people(module_world: World, django_db_blocker: Any) -> dict[str, User]:
    """Everybody, with what they hold."""
    with django_db_blocker.unblock():
        return people_of(module_world)


@pytest.fixture
def desk(world: World, people: dict[str, User]) -> Desk:
    """People, browsers, a maker of rows."""
    return Desk(world, people)


def test_every_column_has_a_name_in_words() -> None:
    named = {(register.key, column.name): column.label for register in REGISTERS for column in register.bound}
    assert {key: label for key, label in named.items() if "_" in label or not label.strip()} == {}


def test_rows_of_a_unit_are_found_by_the_index_of_their_list() -> None:
    """Beside it an index of the unit alone is chosen by SQLite, and every page sorts all rows of the province."""
    double = {
        register.key
        for register in REGISTERS
        for index in register.model._meta.indexes
        if index.fields[:1] == ["unit"] and register.model._meta.get_field("unit").db_index
    }
    assert double == set()


@every_register
def test_a_filter_is_drawn_as_its_templates_draw_it(register: Register, desk: Desk) -> None:
    desk.samples.row(register, 0)
    form = filterset_of(register)({"q": "a<b"}, queryset=register.model._default_manager.all()).form
    for field in form.visible_fields():
        drawn, wanted = (SPACE.sub("", str(text)) for text in (filter_field(field), field.as_field_group()))
        assert drawn == wanted, field.name


def costs_of(desk: Desk, register: Register, row: Any) -> dict[tuple[str, str], tuple[int, bool]]:
    """Queries, and whether rows are shown, by who asks for what.

    The reader asks everything and gets the page too; the other roles ask for all rows.
    """
    reader, found = desk.reader_of(register, row), {}
    asked = asked_of(register, row)
    for name in dict.fromkeys((reader, *ROLES)):
        if register.may_see(desk.people[name]):
            for words, query in (asked if name == reader else {"all": ALL}).items():
                found[name, words] = desk.rows_cost(register, name, query)
    found["page", ""] = desk.page_cost(register, reader, ALL)
    return found


@every_register
def test_a_longer_list_costs_the_same_queries(register: Register, desk: Desk) -> None:
    row = desk.samples.row(register, 0)
    reader = desk.reader_of(register, row)
    for name in ROLES:  # what is asked once and kept, and the session
        desk.rows_cost(register, name, ALL)
    desk.rows_cost(register, reader, {})
    desk.page_cost(register, reader, {})
    short = costs_of(desk, register, row)
    desk.samples.rows(register, 19, start=1)
    long = costs_of(desk, register, row)
    wrong = {
        key: (short[key][0], cost)
        for key, (cost, shows) in long.items()
        if short[key][1] == shows and cost != short[key][0]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("key", "column", "named"),
    [
        ("seasons", "product.producer", "product.producer"),  # the words are an object themselves
        ("sale_months", "point.unit.title", "point.unit"),
        ("misuse", "certificate.product_name", "certificate"),
        ("misuse", "certificate.producer_name", ""),  # the producer of then is no row to go to
        ("quality-receptions", "paper.number", "paper"),
        ("quality-receptions", "paper.issuer", ""),
    ],
)
def test_a_cell_leads_to_what_its_words_name(desk: Desk, key: str, column: str, named: str) -> None:
    register = REGISTERS[key]
    row = desk.samples.row(register, 0)
    found = next(one for one in register.bound if one.name == column)
    assert found.link(row) == (attrgetter(named)(row).get_absolute_url() if named else "")


@every_register
def test_a_row_opens_and_a_stranger_finds_nothing(register: Register, desk: Desk) -> None:
    row = desk.samples.row(register, 0)
    pages = ["detail", *(["history"] if register.has_history else [])]
    reader = desk.client(desk.reader_of(register, row))
    assert [reader.get(register.url(page, row.pk)).status_code for page in pages] == [200] * len(pages)
    assert row in reader.get(register.url("list"), ALL).context["page"].object_list
    pages = ["detail", *(["edit"] if register.form_class else [])]
    for name in () if register.key in OPEN else STRANGERS:
        found = [desk.client(name).get(register.url(page, row.pk)).status_code for page in pages]
        assert found == [404] * len(pages), name
        assert row not in desk.listing(register, name, {}).rows, name
    assert Client().get(register.url("list")).status_code == 302


@every_register
def test_the_list_is_searched_without_marks_and_every_heading_sorts(register: Register, desk: Desk) -> None:
    row, *_ = [desk.samples.row(register, number) for number in range(3)]
    reader = desk.reader_of(register, row)
    if hasattr(row, "search_words"):
        word = next(word for word in type(row)._base_manager.get(pk=row.pk).search_words() if word)
        assert row in desk.listing(register, reader, {"q": fold(word)}).rows
        assert list(desk.listing(register, reader, {"q": "khong-co-gi-nhu-the-nay"}).rows) == []
    everything = set(desk.listing(register, reader, {}).rows.values_list("pk", flat=True))
    for column in (column for column in register.on("list") if column.order):
        for sign in ("", "-"):
            rows = desk.listing(register, reader, {"sap": sign + column.name}).rows
            assert set(rows.values_list("pk", flat=True)) == everything, column.name


@every_register
def test_rows_are_made_and_edited_by_the_form(register: Register, desk: Desk) -> None:
    row = desk.samples.row(register, 0)
    keeper = desk.reader_of(register, row)
    client, user = desk.client(keeper), desk.people[keeper]
    if register.key in OWN_FORMS:
        assert client.get(register.url("create")).status_code == 200
        return
    if register.form_class is None or not register.may_create(user):
        assert client.get(register.url("create")).status_code in (403, 404)
    else:
        row = made_by_form(register, client, desk.samples.new_row(register, 1))
        assert client.get(register.url("detail", row.pk)).status_code == 200
    if register.form_class is not None and register.may_edit(user, row):
        edit, before = register.url("edit", row.pk), _changes(register, row)
        form = client.get(edit).context["form"]
        sent = typed.posted(form, desk.samples.new_row(register, 2), **{VERSION: form[VERSION].value()})
        answer = client.post(edit, {**sent, once.FIELD: "edit"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert _changes(register, row) == before + register.has_history


def _changes(register: Register, row: Any) -> int:
    return row.history.count() if register.has_history else 0


def made_by_form(register: Register, client: Client, row: Any) -> Any:
    """The row that the form makes; sent twice it makes one."""
    before = set(register.model._base_manager.values_list("pk", flat=True))
    sent = typed.posted(client.get(register.url("create")).context["form"], row)
    first, second = (client.post(register.url("create"), {**sent, once.FIELD: "make"}) for _ in range(2))
    assert first.status_code == 302, first.context["form"].errors
    assert (second.status_code, second.url) == (302, first.url)
    return register.model._base_manager.exclude(pk__in=before).get()


@every_register
def test_an_export_opens_and_holds_the_rows_that_are_asked_for(register: Register, desk: Desk) -> None:
    row, *_ = [desk.samples.row(register, number) for number in range(3)]
    name = next(
        name for name, user in desk.people.items() if desk.sees(register, name, row) and register.may_export(user)
    )  # fmt: skip
    for query in list(asked_of(register, row).values())[-2:]:
        query = {**ALL, **query}
        found = desk.listing(register, name, query)
        cells = sheet_rows(content_of(desk.client(name).get(register.url("export"), query)))
        top = cells.index(["STT", *[column.label for column in register.on("excel")]])
        assert len([line for line in cells[top + 1 :] if isinstance(line[0], float)]) == found.rows.count()
        assert any(f"Lọc theo: {found.words}" == line[0] for line in cells[:top]) == bool(found.words)


@every_register
def test_a_sheet_is_taken_once(register: Register, desk: Desk) -> None:
    row, new = desk.samples.row(register, 0), desk.samples.new_row(register, 1)
    names = sorted(desk.people, key=lambda name: name != desk.reader_of(register, row))
    name = next((name for name in names if register.may_import(desk.people[name])), None)
    if not register.on("import"):
        with pytest.raises(NoReverseMatch):
            register.url("import")
        return
    if name is None:
        assert desk.client("commune_officer").get(register.url("import")).status_code in (403, 404)
        return
    client, columns = desk.client(name), register.importer(desk.people[name]).columns
    heads = [column.label for column in columns]
    template = sheet_rows(content_of(client.get(register.url("template"))))
    assert heads in [[str(cell).removesuffix(" *") for cell in line][: len(heads)] for line in template]
    if register.key in OWN_SHEETS:
        return
    assert register.natural_key, "an import without a natural key takes the same rows twice"
    line = typed.cells(columns, new)
    before = register.model._base_manager.count()
    for created in (1, 0):
        file = workbook([heads, [line[label] for label in heads]])
        answer: Any = client.post(register.url("import"), {"file": file})
        assert answer.status_code == 302, answer.context["form"].errors
        batch = client.get(answer.url).context["batch"]
        texts = [text for problem in batch.problems for text in problem["texts"]]
        assert (batch.counts["ready"], texts[: 1 - created]) == (created, texts)
        client.post(answer.url)
        assert register.model._base_manager.count() == before + 1


@every_register
def test_the_api_answers_the_rows_of_the_person(register: Register, desk: Desk) -> None:
    row = desk.samples.row(register, 0)
    url, reader = f"/api/v1/{register.key}", desk.client(desk.reader_of(register, row))
    if not register.has_api:
        assert reader.get(url).status_code == 404
        return
    assert row.pk in [one["id"] for one in reader.get(url, {"size": 100}).json()["results"]]
    assert reader.get(f"{url}/{row.pk}").json()["id"] == row.pk
    stranger = 200 if register.key in OPEN else 404
    assert desk.client("other_province_officer").get(f"{url}/{row.pk}").status_code == stranger
