"""Measures of every register of the system: its list with 20,000 rows, any filter, any role; its Excel export."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from math import inf
from statistics import median
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.db import transaction
from django.http import QueryDict

from ocop.accounts.demo import HOME_COMMUNE, load_personas, persona_user
from ocop.accounts.models import User
from ocop.kit import clock, registry
from ocop.kit.bench import Bench, client_of, in_empty_views, p95, queries
from ocop.kit.registers import REGISTERS, Register, sheets
from ocop.kit.registers.listing import listing
from ocop.kit.samples import Given, Samples
from ocop.kit.samples.asking import ALL, asked_of
from ocop.producers.models import Producer
from ocop.producers.tests.factories import AccessFactory
from ocop.products.models import Product
from ocop.training.models import Topic
from ocop.units.models import Agency, Unit
from ocop.units.queries import home_province, unit_on

ROWS, FEW = 20_000, 20
PRODUCERS = 400
READERS = {
    "commune": "can-bo-phuc-trach", "province": "tham-muu", "department": "uy-vien-cong-thuong", "producer": "ba-lan",
}  # fmt: skip


def given() -> Given:
    """Half of the rows lie in one commune, half all over the province; one producer of the commune has an owner."""
    today = clock.today()
    registry.demo_steps["units"].run(lambda text: None)
    load_personas(lambda text: None)
    home = unit_on(HOME_COMMUNE, today)
    others = list(
        Unit.objects.covered_by(home_province(today)).valid_on(today).filter(level="commune").exclude(pk=home.pk)
    )  # fmt: skip
    units = [unit for other in others for unit in (home, other)]
    officer = persona_user(READERS["commune"])
    makers = Samples({Unit: units}).many(Producer, PRODUCERS)
    goods = Samples({Producer: makers, Unit: units, User: officer}).many(Product, PRODUCERS)
    AccessFactory(producer=makers[0], user=persona_user(READERS["producer"]))
    return {
        Unit: units, Producer: makers, Product: goods, User: officer, Topic: list(Topic.objects.all()),
        Agency: list(Agency.objects.valid_on(today).filter(unit__in={home, *others, home_province(today)})),
    }  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Found:
    """What the lists of all registers cost: p95 in empty views, its dearest request, requests that ask more."""

    ratios: dict[str, float] = field(default_factory=dict)
    dearest: dict[str, str] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)

    def worst(self) -> str:
        """The key of the dearest register."""
        return max(self.ratios, key=lambda key: self.ratios[key])


def addresses(register: Register, row: Any) -> list[tuple[str, User, str]]:
    """(what it asks, who, address) of every question to the list by every reader who has it."""
    found = []
    for role, username in READERS.items():
        user = persona_user(username)
        for words, query in asked_of(register, row).items() if register.may_see(user) else ():
            label = f"{register.key} by {role}: {words or 'as it opens'}"
            found.append((label, user, f"{register.url('list')}?{urlencode(query)}"))
    return found


def costs(asked: list[tuple[str, User, str]]) -> dict[str, tuple[int, bool]]:
    """Queries of each question, and whether it shows rows."""
    found, clients = {}, {user.pk: client_of(user) for _, user, _ in asked}
    for words, user, url in asked:
        answers = []
        number = queries(lambda: answers.append(clients[user.pk].get(url)))  # noqa: B023 - called at once
        if answers[0].status_code != 200:
            raise AssertionError(f"{words}: {url} answers {answers[0].status_code}")
        found[words] = (number, b"<tbody" in answers[0].content)
    return found


def measure(register: Register, known: Given, found: Found) -> None:
    """One register: queries with few and with many rows, then processor time with many."""
    samples = Samples(known)
    row = samples.row(register)
    samples.rows(register, FEW - 1, start=1)
    asked = addresses(register, row)
    few = costs(asked)
    samples.rows(register, ROWS - FEW, start=FEW)
    many = costs(asked)
    for words, (number, shows) in many.items():
        if shows == few[words][1] and number != few[words][0]:
            found.more.append(f"{words}: {few[words][0]} queries, then {number}")
    clients = {user.pk: client_of(user) for _, user, _ in asked}
    calls = [partial(clients[user.pk].get, url) for _, user, url in asked]
    taken = in_empty_views(calls, asked[0][1])
    found.ratios[register.key] = p95(taken)
    found.dearest[register.key] = asked[max(range(len(taken)), key=taken.__getitem__)][0]


@cache
def lists() -> Found:
    """Every register, each by itself: what one leaves behind would burden the next."""
    known, found = given(), Found()
    for register in REGISTERS:
        try:
            with undone():
                measure(register, known, found)
        except Exception as error:  # the others are measured all the same; this one keeps no bar
            found.ratios[register.key] = inf
            found.dearest[register.key] = f"{register.key} failed: {error}"
    for key in sorted(found.ratios, key=lambda key: -found.ratios[key])[:5]:
        print(f"   {found.ratios[key]:5.1f} empty views, dearest {found.dearest[key]}")  # noqa: T201
    for line in found.more:
        print(f"   {line}")  # noqa: T201
    return found


def worst_ratio() -> float:
    """p95 of the dearest register."""
    found = lists()
    return found.ratios[found.worst()]


def asking_more() -> float:
    """How many questions cost more queries with many rows than with few."""
    return len(lists().more)


def export_ratio() -> float:
    """The export of the register with the most columns, as a multiple of XlsxWriter writing the same values."""
    register = max(REGISTERS, key=lambda one: len(one.on("excel")))
    Samples(given()).rows(register, ROWS)
    user = persona_user(READERS["province"])
    query = QueryDict(urlencode(ALL))
    columns = register.on("excel")
    values = [[column.typed(row) for column in columns] for row in listing(register, user, query).rows]
    ours, alone = [], []
    for _ in range(3):
        begun = time.process_time()
        found = listing(register, user, query)
        sheets.export(register, io.BytesIO(), found.rows, user=user, words=found.words)
        ours.append(time.process_time() - begun)
        begun = time.process_time()
        write_plainly(values)
        alone.append(time.process_time() - begun)
    print(f"   {register.key}, {len(columns)} columns, {len(values):,} rows")  # noqa: T201
    return median(ours) / median(alone)


def write_plainly(values: list[list[Any]]) -> None:
    """The same cells, bordered and numbered, by the bare library."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet, bordered = book.add_worksheet(), book.add_format({"border": 1})
    for place, line in enumerate(values):
        sheet.write_row(place, 0, (place + 1, *line), bordered)
    book.close()


BENCHES = [
    Bench(
        "registers", f"each register's list with {ROWS:,} rows, any filter, any role (p95 of the dearest)", 25,
        "empty views", worst_ratio,
    ),
    Bench("registers-queries", f"questions to these lists that ask more queries than with {FEW} rows", 0,
          "questions", asking_more),
    Bench("registers-export", f"Excel export of {ROWS:,} rows of the widest register", 2, "times XlsxWriter alone",
          export_ratio),
]  # fmt: skip
