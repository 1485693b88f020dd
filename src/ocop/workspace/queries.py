"""What the home page gathers from the registries."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import RoundLevel
from ocop.evaluation.models import RankingRound
from ocop.evaluation.queries.clock import COMMUNE_RULE
from ocop.evaluation.queries.rounds import round_for
from ocop.kit import days, formats
from ocop.kit.registry import Reading, Tile, Todo, search_sources, tiles, todos
from ocop.kit.text import fold
from ocop.reporting.queries.places import home_unit
from ocop.rulebook.queries import deadline_rule, procedure_in_force
from ocop.rulebook.rules.deadlines import latest_start
from ocop.units.models import Unit
from ocop.units.queries import province_of

GROUPS = (
    ("late", "Trễ hạn", "seal", "alert-triangle"),
    ("returned", "Bị trả lại", "ink", "arrow-back-up"),
    ("waiting", "Đang chờ tôi", "water", "dots"),
    ("info", "Để biết", "grey", "info-circle"),
)
FOUND = 8
TODOS_SHOWN = 6
"""To-dos of one kind that stand open; the others unfold."""
LEADERS = (Role.PROVINCE_LEADER, Role.DISTRICT_LEADER, Role.COMMUNE_LEADER, Role.READER)
"""Who steers: they read the figures first, others what waits for them."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Group:
    """To-dos of one kind, most urgent first."""

    kind: str
    label: str
    tone: str
    icon: str
    items: list[Todo]

    @property
    def first(self) -> list[Todo]:
        """Those that stand open."""
        return self.items[:TODOS_SHOWN]

    @property
    def more(self) -> list[Todo]:
        """Those that unfold."""
        return self.items[TODOS_SHOWN:]


def work_of(user: User, today: date) -> list[Group]:
    """Everything that waits for the person, grouped: late, returned, waiting, for information."""
    items = [todo for source in todos for todo in source.items(user, today)]
    groups = []
    for kind, label, tone, icon in GROUPS:
        mine = [todo for todo in items if todo.kind == kind]
        mine.sort(key=lambda todo: (todo.due is None, todo.due or today))
        if mine:
            groups.append(Group(kind, label, tone, icon, mine))
    return groups


@dataclass(frozen=True)
class TileShown:
    """A tile with what it reads; None when reading it failed."""

    tile: Tile
    reading: Reading | None


@dataclass(frozen=True)
class Figures:
    """The figures of the home: of which unit, and whether they come before what waits for the person."""

    unit: Unit
    tiles: list[TileShown]
    come_first: bool


def figures_of(user: User, today: date) -> Figures | None:
    """The tiles of the province or the unit that the person's office works for; None for people without an office."""
    unit = home_unit(user, today)
    if unit is None:
        return None
    shown = [(tile, _read(tile, user, unit, today)) for tile in tiles if tile.shown(user)]
    found = [TileShown(tile, reading) for tile, (read, reading) in shown if not read or reading is not None]
    holding = next(scope_of(user, today).of())
    return Figures(unit, found, holding.role in LEADERS)


def _read(tile: Tile, user: User, unit: Unit, today: date) -> tuple[bool, Reading | None]:
    """(True, what the tile says), (False, None) when it raised."""
    try:
        return True, tile.read(user, unit, today)
    except Exception:  # whatever an app's query raises, the other tiles stand
        logger.exception("tile %s failed", tile.key)
        return False, None


def province_for(user: User, today: date) -> Unit | None:
    """The province whose rounds the person works for: of the first role held, else of the commune of the account."""
    holding = next(scope_of(user).of(), None)
    unit_id = holding.unit_id if holding else user.unit_id
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    if unit is not None:
        return province_of(unit)
    return Unit.objects.valid_on(today).filter(code=settings.OCOP_PROVINCE).first()


@dataclass(frozen=True)
class RoundClock:
    """A round with its two last days and how long is left to each."""

    round: RankingRound
    propose_text: str
    propose_tone: str
    rank_text: str
    rank_tone: str


def round_clocks(province: Unit | None, today: date) -> list[RoundClock]:
    """The rounds of the province whose ranking is still due, nearest first (two at most)."""
    if province is None:
        return []
    rounds = RankingRound.objects.filter(
        province=province, level=RoundLevel.PROVINCE, rank_by__gte=today
    ).order_by("rank_by")[:2]
    clocks = []
    for row in rounds:
        propose = formats.distance(row.propose_by, today, working=False)
        rank = formats.distance(row.rank_by, today, working=False)
        if row.propose_by < today:
            propose = ("đã hết hạn", "grey")
        clocks.append(RoundClock(row, *propose, *rank))
    return clocks


@dataclass(frozen=True)
class HandIn:
    """The round that a dossier handed in now joins, and the last day that leaves the commune its time."""

    round: RankingRound
    day: date
    text: str
    tone: str


def hand_in_by(province: Unit | None, today: date) -> HandIn | None:
    """What a producer has to know of the rounds (Art. 5, 7.2); None where no round or no such deadline is known."""
    row = round_for(province, today) if province else None
    procedure = procedure_in_force(today)
    if row is None or procedure is None or not procedure.deadlines.filter(key=COMMUNE_RULE).exists():
        return None
    rule = deadline_rule(procedure, COMMUNE_RULE)
    day = latest_start(row.propose_by, rule, days.calendar().is_working)
    if day < today:
        return HandIn(row, day, "đã qua, vẫn nộp được", "grey")
    return HandIn(row, day, *formats.distance(day, today, working=False))


@dataclass(frozen=True)
class Hits:
    """What one source of the search found."""

    label: str
    rows: list[tuple[str, str, str]]


def search(user: User, typed: str) -> list[Hits]:
    """What every source finds for the typed words; sources that find nothing are left out."""
    folded = fold(typed)
    if len(folded) < 2:
        return []
    found: Iterable[Hits] = (
        Hits(source.label, list(source.find(user, folded, typed.strip(), FOUND))) for source in search_sources
    )
    return [hits for hits in found if hits.rows]
