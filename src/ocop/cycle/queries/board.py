"""The board of the cycle: every idea and product in reach by step, with what blocks it.

Steps and blockers come from `kit.registry.cycle_steps` and `.blockers`; each source is a subquery, so that counting,
filtering and paging happen in the database and the number of queries does not grow with the rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, Model, Q, QuerySet, Value, When

from ocop.cycle.enums import CycleStep
from ocop.cycle.models import Idea
from ocop.cycle.queries.calendar import seasons_of, windows_of
from ocop.cycle.rules.calendar import Windows, effective, is_behind
from ocop.kit import formats, registry
from ocop.kit.registry import CycleStepSource
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.units.models import Unit
from ocop.units.queries import match_ids

KINDS: tuple[tuple[str, type[Model], str], ...] = (
    ("idea", Idea, "Ý tưởng"),
    ("product", Product, "Sản phẩm"),
)
"""What stands on the board: key, model, word."""
NOWHERE: dict[type[Model], tuple[CycleStep, str]] = {
    Idea: (CycleStep.IDEAS, "Đang đăng ký ý tưởng"),
    Product: (CycleStep.GUIDANCE, "Chưa vào chu trình"),
}
"""Where a row stands that no source names, and in which words."""
NAMES = ("kind", "pk", "name", "producer_id", "unit_id", "place", "held_up")
CHUNK = 500


@dataclass(frozen=True)
class Wanted:
    """What the board is asked for; an empty part narrows nothing."""

    unit: Unit | None = None
    step: int | None = None
    typed: str = ""
    kind: str = ""
    is_held_up: bool = False


@dataclass
class Card:
    """An idea or a product on the board: step, where exactly, until when, what blocks it."""

    kind: str
    pk: int
    name: str
    step: int
    where: str
    kind_label: str = ""
    where_url: str = ""
    url: str = ""
    producer: Producer | None = None
    unit: Unit | None = None
    last_day: date | None = None
    is_behind: bool = False
    blockers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def step_label(self) -> str:
        """Number and name of the step."""
        return f"{self.step}. {CycleStep(self.step).label}"

    @property
    def blocker_text(self) -> str:
        """Everything that blocks it, in one cell."""
        return "; ".join(text for text, _ in self.blockers)

    @property
    def last_day_text(self) -> str:
        """The last day of the step, as written."""
        return formats.day(self.last_day)


@dataclass
class Column:
    """A step as a column: how many stand there, the first of them."""

    step: int
    count: int = 0
    held_up: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The name of the step."""
        return CycleStep(self.step).label

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def _sources(model: type[Model]) -> list[CycleStepSource]:
    return [source for source in registry.cycle_steps if source.model is model]


def _start(model: type[Model], user: Any) -> QuerySet:
    rows: Any = model._default_manager
    if model is Idea:
        return rows.visible_to(user).on_the_road()
    return rows.visible_to(user).active()


def rows_of(key: str, model: type[Model], user: Any, wanted: Wanted, day: date) -> QuerySet:
    """The rows of one kind with `kind`, `place` (which source puts them, -1 for none) and `held_up`."""
    rows: Any = _start(model, user)
    if wanted.unit is not None:
        rows = rows.filter(unit_id__in=match_ids(wanted.unit, day))
    if wanted.typed:
        rows = rows.found_by(wanted.typed)
    cases = [When(pk__in=source.rows(day), then=Value(n)) for n, source in enumerate(_sources(model))]
    held = [When(pk__in=one.rows(day), then=Value(1)) for one in registry.blockers if one.model is model]
    rows = rows.annotate(
        kind=Value(key, output_field=CharField()),
        place=Case(*cases, default=Value(-1), output_field=IntegerField()),
        held_up=Case(*held, default=Value(0), output_field=IntegerField()),
    )
    if wanted.step is not None:
        rows = rows.filter(_in_step(model, wanted.step))
    return rows.filter(held_up=1) if wanted.is_held_up else rows


def _in_step(model: type[Model], step: int) -> Q:
    places = [n for n, source in enumerate(_sources(model)) if source.step == step]
    if NOWHERE[model][0] == step:
        places.append(-1)
    return Q(place__in=places)


def _kinds(wanted: Wanted) -> list[tuple[str, type[Model]]]:
    return [(key, model) for key, model, _ in KINDS if wanted.kind in ("", key)]


def found(user: Any, wanted: Wanted, day: date) -> QuerySet:
    """Every row that is asked for, ideas and products together, those that are held up first; tuples of `NAMES`."""
    parts = [
        rows_of(key, model, user, wanted, day).order_by().values_list(*NAMES) for key, model in _kinds(wanted)
    ]
    rows = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
    return rows.order_by("-held_up", "name", "kind", "pk")


def counts(user: Any, wanted: Wanted, day: date) -> dict[int, Column]:
    """How many stand in each step, and how many of them are held up; one query a kind."""
    columns = {step.value: Column(step.value) for step in CycleStep}
    for key, model in _kinds(wanted):
        sources = _sources(model)
        rows = rows_of(key, model, user, wanted, day).order_by()
        for place, held, number in rows.values_list("place", "held_up").annotate(n=Count("pk")):
            step = NOWHERE[model][0] if place < 0 else sources[place].step
            columns[int(step)].count += number
            columns[int(step)].held_up += number * held
    return columns


def board(user: Any, wanted: Wanted, day: date, *, shown: int) -> list[Column]:
    """The six columns with the first cards of each; the number of queries does not depend on the rows."""
    columns = counts(user, wanted, day)
    rows: list[tuple] = []
    for step, column in columns.items():
        if column.count:
            narrowed = Wanted(wanted.unit, step, wanted.typed, wanted.kind, wanted.is_held_up)
            rows += list(found(user, narrowed, day)[:shown])
    for card in cards_of(rows, day):
        columns[card.step].cards.append(card)
    return list(columns.values())


def cards_of(rows: Iterable[tuple], day: date) -> list[Card]:
    """Rows of `found` with producers, units, words, calendars and blockers; a constant number of queries."""
    lines = [dict(zip(NAMES, row, strict=True)) for row in rows]
    producers = Producer.objects.in_bulk({line["producer_id"] for line in lines})
    units = Unit.objects.in_bulk({line["unit_id"] for line in lines})
    calendars = windows_of(units, day.year) if lines else {}
    seasons = (
        seasons_of([line["pk"] for line in lines if line["kind"] == "product"], day.year) if lines else {}
    )
    cards = []
    for line in lines:
        windows = calendars.get(line["unit_id"], {})
        if line["kind"] == "product":
            windows = effective([windows, seasons.get(line["pk"], {})])
        cards.append(_card(line, producers, units, windows, day))
    _say_more(cards, lines, day)
    return cards


def _card(
    line: dict[str, Any], producers: dict[int, Producer], units: dict[int, Unit], windows: Windows, day: date
) -> Card:
    model, label = next((model, label) for key, model, label in KINDS if key == line["kind"])
    step, where = NOWHERE[model]
    if line["place"] >= 0:
        source = _sources(model)[line["place"]]
        step, where = CycleStep(source.step), source.label
    window = windows.get(step)
    return Card(
        line["kind"], line["pk"], line["name"] or "Ý tưởng chưa đặt tên", int(step), where, kind_label=label,
        url=model(pk=line["pk"]).get_absolute_url(),  # type: ignore[attr-defined]
        producer=producers.get(line["producer_id"]), unit=units.get(line["unit_id"]),
        last_day=window.last if window else None, is_behind=is_behind(windows, step, day),
    )  # fmt: skip


def _say_more(cards: list[Card], lines: list[dict[str, Any]], day: date) -> None:
    """Words of the sources, and what blocks, for the rows shown: one question to each source."""
    for key, model, _ in KINDS:
        mine = {card.pk: card for card in cards if card.kind == key}
        for place, source in enumerate(_sources(model)):
            ids = [line["pk"] for line in lines if line["kind"] == key and line["place"] == place]
            for pk, (text, url) in (source.words(ids, day) if ids else {}).items():
                mine[pk].where, mine[pk].where_url = text, url
        held = [line["pk"] for line in lines if line["kind"] == key and line["held_up"]]
        if not held:
            continue
        for blocker in registry.blockers:
            if blocker.model is model:
                ids = _held_by(blocker, held, day)
                said = blocker.words(ids, day) if ids else {}
                for pk in ids:
                    mine[pk].blockers.append(said.get(pk, (blocker.label, "")))


def _held_by(blocker: registry.BlockerSource, ids: list[int], day: date) -> list[int]:
    """Which of these rows a source holds up; one query."""
    rows = blocker.model._default_manager.filter(pk__in=ids).filter(pk__in=blocker.rows(day))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def every_card(user: Any, wanted: Wanted, day: date) -> Iterator[Card]:
    """Every card that is asked for, for a workbook; read and completed in parts."""
    rows = found(user, wanted, day)
    part = []
    for row in rows.iterator(chunk_size=CHUNK):
        part.append(row)
        if len(part) == CHUNK:
            yield from cards_of(part, day)
            part = []
    yield from cards_of(part, day)
