"""Every named address has a row that says what each persona gets, and the row is true.

A new address fails until its row stands in url_table.yaml. `FILL_URL_TABLE=1 pytest tests/architecture/test_urls.py`
adds what can be measured; read the new rows before you commit them: they say who sees what.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
import yaml
from django.template.backends.django import Template
from django.urls import reverse

from ocop.kit.reference.urls import LEGEND, Address, addresses
from tests.architecture.url_samples import arguments_for
from tests.conftest import Visitors
from tests.personas import PERSONAS

FILLING = bool(os.environ.get("FILL_URL_TABLE"))
UNKNOWN = "'?'"
DRAWN: set[str] = set()
TABLE = Path(__file__).with_name("url_table.yaml")


def read_table() -> dict[str, list[str]]:
    """Rows by the name of the address."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["urls"] or {}
    return {name: [str(cell) for cell in cells] for name, cells in rows.items()}


def write_table(rows: dict[str, list[str]]) -> None:
    """The table, sorted, with the head that explains it."""
    head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    body = [f"  {name}: [{', '.join(cells)}]" for name, cells in sorted(rows.items())]
    personas = f"personas: [{', '.join(PERSONAS)}]"
    TABLE.write_text("\n".join([*head, personas, "urls:", *body]) + "\n", encoding="utf-8")


PUT_TOGETHER = {"public:validity"}
"""Pages that are put together out of drawn parts, so that without drawing there is none."""


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages without what stands in them: who may open a page is decided before it is drawn."""
    with mock.patch.object(Template, "render", return_value=""):
        yield


def answer(address: Address, persona: str, visitors: Visitors) -> str:
    """What a persona really gets; a page is drawn for the first persona that opens it."""
    url, client = (
        reverse(address.name, kwargs=arguments_for(address, visitors.world)),
        visitors.client(persona),
    )
    if address.name in PUT_TOGETHER:
        return str(client.get(url).status_code)
    with undrawn():
        status = client.get(url).status_code
    if status == 200 and address.name not in DRAWN:
        DRAWN.add(address.name)
        status = client.get(url).status_code
    return str(status)


@pytest.mark.skipif(FILLING, reason="the table is being filled")
def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows, names = read_table(), {address.name for address in addresses()}
    assert sorted(names - set(rows)) == [], "addresses without a row in tests/architecture/url_table.yaml"
    assert sorted(set(rows) - names) == [], "rows without an address in tests/architecture/url_table.yaml"


@pytest.mark.skipif(FILLING, reason="the table is being filled")
def test_rows_use_known_answers() -> None:
    wrong = {
        name: cells
        for name, cells in read_table().items()
        if len(cells) != len(PERSONAS) or not set(cells) <= set(LEGEND)
    }
    assert wrong == {}, f"a row has {len(PERSONAS)} cells out of {sorted(LEGEND)}"


QUICK = ("anonymous",)
"""Whose columns `make test` asks; the others take minutes and are asked by `make ci`."""


@pytest.mark.parametrize(
    "persona",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.thorough) for name in PERSONAS],
)
def test_rows_are_true(persona: str, visitors: Visitors) -> None:
    column, rows = list(PERSONAS).index(persona), read_table()
    found = {address.name: answer(address, persona, visitors) for address in addresses()}
    if FILLING:
        unknown = [UNKNOWN] * len(PERSONAS)
        for name, cell in found.items():
            cells = rows.get(name, unknown)
            cells = (
                [f"'{old}'" if old == "?" else old for old in cells]
                if len(cells) == len(PERSONAS)
                else unknown
            )
            rows[name] = [*cells[:column], cell, *cells[column + 1 :]]
        write_table({name: rows[name] for name in found})
        return
    wrong = {
        name: f"expected {rows[name][column]}, found {cell}"
        for name, cell in found.items()
        if name in rows and cell != rows[name][column]
    }
    assert wrong == {}
