"""Registries: how facts go up. A lower app loops over entries that upper apps put in at start-up.

Each registry is declared here once, with what an entry must offer. `apps.py` of an upper app fills it in
`ready()`; nothing below ever names the app that filled it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """An ordered collection filled at start-up; `key` of an entry is unique, `order` sorts."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> Entry:
        """Add an entry; raises ValueError if its key is taken by another."""
        key = entry.key  # type: ignore[attr-defined]
        if key in self._entries and self._entries[key] != entry:
            raise ValueError(f"{self.what}: {key!r} is registered twice")
        self._entries[key] = entry
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: getattr(entry, "order", 100)))

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def get(self, key: str) -> Entry | None:
        """The entry of that key, or None."""
        return self._entries.get(key)


@dataclass(frozen=True)
class Tab:
    """A tab on the page of an object of a lower app. `url(object)` answers the page that fills it."""

    key: str
    model: type[Model]
    label: str
    url: Callable[[Any], str]
    shown: Callable[[Any, Any], bool] = lambda user, subject: True
    count: Callable[[Any, Any], int | None] = lambda user, subject: None
    order: int = 100


@dataclass(frozen=True)
class Attachment:
    """What ties a person to the work beside roles: an access, a seat, an account. `rows(day)` in force on a day."""

    key: str
    rows: Callable[[date], QuerySet]
    person: str = "user_id"  # the column of `rows` that holds the id of the person


@dataclass(frozen=True)
class MenuEntry:
    """A line of the left rail, under one of the jobs (`section`), shown when `shown(user)`."""

    key: str
    section: str
    label: str
    url_name: str
    icon: str = "file"
    shown: Callable[[Any], object] = lambda user: True
    order: int = 100


@dataclass(frozen=True)
class Todo:
    """One line of "Việc của tôi": what waits, since when, until when, and where one press leads."""

    key: str
    title: str
    url: str
    action: str
    subject: str = ""
    kind: str = "waiting"  # waiting | late | returned | info
    since: datetime | date | None = None
    due: date | None = None
    due_text: str = ""


@dataclass(frozen=True)
class TodoSource:
    """Answers the to-dos of a user; `items(user, today)` costs a constant number of queries."""

    key: str
    label: str
    items: Callable[[Any, date], Iterable[Todo]]
    order: int = 100


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice that can be sent: who reads it, and by which channels unless the person chose others."""

    key: str
    label: str
    channels: tuple[str, ...] = ("inbox", "email")


@dataclass(frozen=True)
class SearchSource:
    """Global search: `find(user, folded_text, raw_text, limit)` answers (title, subtitle, url) rows."""

    key: str
    label: str
    find: Callable[[Any, str, str, int], Iterable[tuple[str, str, str]]]
    order: int = 100


@dataclass(frozen=True)
class FileReader:
    """Who may open a file: `may(user, file)` is asked until one reader says yes."""

    key: str
    may: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class AccessSource:
    """Roles that a lower app cannot know (access to a producer, a council seat): keys like "producer.owner"."""

    key: str
    roles: Callable[[Any, Any], Iterable[str]]  # (user, subject) -> role keys


@dataclass(frozen=True)
class CronJob:
    """A job of the scheduler: a cron line in local time and a function without arguments."""

    key: str
    line: str
    run: Callable[[], Any]
    what: str = ""


@dataclass(frozen=True)
class DemoStep:
    """A step of the demo data: run in `order`, each idempotent, `run(log)` with a progress printer."""

    key: str
    run: Callable[[Callable[[str], None]], None]
    order: int = 100


@dataclass(frozen=True)
class ReferenceStep:
    """A step of the reference data (units, law, books): idempotent, from the project's data files.

    `kinds` are the rows that it writes, for the preview of a dry run.
    """

    key: str
    run: Callable[[Callable[[str], None]], None]
    order: int = 100
    kinds: tuple[type[Model], ...] = ()


@dataclass(frozen=True)
class LoadEffect:
    """What a load of reference data does to the work of an app above.

    `look()` is called before and after the load; `words(before, after, rows)` says the difference in Vietnamese, given
    the reference rows that changed. Nothing to say is an empty list.
    """

    key: str
    look: Callable[[], Any]
    words: Callable[[Any, Any, list[Model]], list[str]]
    order: int = 100


@dataclass(frozen=True)
class FlowEntry:
    """A flow table made known to the documents and to the tests that look for dead ends."""

    key: str
    flow: Any
    labels: Any = None
    order: int = 100


@dataclass(frozen=True)
class ApiRouter:
    """A router of the public JSON API; a surface mounts it under /api/v1."""

    key: str
    router: Any
    prefix: str = ""
    tags: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class ReferencePage:
    """A generated page of docs/reference that an app adds: `write()` answers Markdown without the title."""

    key: str  # the file's name without .md
    title: str
    write: Callable[[], str]
    order: int = 100


@dataclass(frozen=True)
class Passed:
    """Open work that goes from one agency to another; an empty `target` says that nobody below takes it."""

    source: str
    target: str
    count: int


@dataclass(frozen=True)
class Undecided:
    """A row whose old unit has no single heir: its public code, and the id of that unit."""

    code: str
    unit_id: int


@dataclass(frozen=True)
class Unassigned:
    """A person whose role ends with the agency and goes on in no other: to be assigned anew."""

    name: str
    role: str
    source: str
    target: str = ""
    url: str = ""


@dataclass(frozen=True)
class HandoverPart:
    """What one app hands over when units and agencies cease; each call costs a constant number of queries.

    `change` is what the app of units says ceases on one day. `passing(change)` says what moves, `staying(change)` how
    much keeps its agency, `undecided(change)` which rows have no single heir, `unassigned(change, user)` who loses a
    role (with the address where that user may assign anew). `carry_out(change, by=, at=)` does it and answers how
    many; `done` says it in words. `describe(codes)` answers name and address of rows by their code;
    `confirm(codes, unit=, since=, by=, at=)` writes the new unit with its history.
    """

    key: str
    label: str
    done: str = "chuyển sang nơi kế tục"
    passing: Callable[[Any], list[Passed]] = lambda change: []
    carry_out: Callable[..., int] = lambda change, *, by, at: 0
    staying: Callable[[Any], int] = lambda change: 0
    undecided: Callable[[Any], list[Undecided]] = lambda change: []
    unassigned: Callable[[Any, Any], list[Unassigned]] = lambda change, user: []
    describe: Callable[[Iterable[str]], dict[str, tuple[str, str]]] = lambda codes: {}
    confirm: Callable[..., int] | None = None
    order: int = 100


@dataclass(frozen=True)
class CycleStepSource:
    """Which rows of `model` stand in one step of the yearly cycle, as one app knows it.

    `rows(day)` answers one column of ids, as a subquery. A row that several sources name stands where the source with
    the lowest `order` puts it. `words(ids, day)` says more of the rows that are shown: (text, address) by id, in a
    constant number of queries; else the `label` stands.
    """

    key: str
    model: type[Model]
    step: int
    label: str
    rows: Callable[[date], QuerySet]
    words: Callable[[list[int], date], dict[int, tuple[str, str]]] = lambda ids, day: {}
    order: int = 100


@dataclass(frozen=True)
class BlockerSource:
    """What holds rows of `model` up in the yearly cycle: `rows(day)` answers one column of ids, as a subquery.

    `words(ids, day)` says why, for the rows that are shown: (text, address) by id, in a constant number of queries;
    else the `label` stands.
    """

    key: str
    model: type[Model]
    label: str
    rows: Callable[[date], QuerySet]
    words: Callable[[list[int], date], dict[int, tuple[str, str]]] = lambda ids, day: {}
    order: int = 100


@dataclass(frozen=True)
class MapPoint:
    """A point of a map in degrees: its name, what is said of it, where a press leads ("" for nowhere)."""

    lat: float
    lng: float
    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class MapLayer:
    """A layer of the open map: what anybody may see.

    `key` stands in the address (`?lop=key`) and is a Vietnamese slug; `label` and `hint` are Vietnamese and translated
    where they are shown. `points(language)` costs a constant number of queries. `shape` tells its points from others.
    """

    key: str
    label: str
    points: Callable[[str], Iterable[MapPoint]]
    hint: str = ""
    shape: Literal["square", "diamond", "triangle"] = "square"
    order: int = 100


@dataclass(frozen=True)
class Bars:
    """A chart of bars: rows (name, value or None, address of what lies behind or ""), a tick at `goal`."""

    label: str
    rows: Sequence[tuple[str, float | None, str]]
    measure: str = ""
    goal: float | None = None


@dataclass(frozen=True)
class Trend:
    """A line over days: points (day, value or None) in ascending order, dashed at `goal`."""

    label: str
    points: Sequence[tuple[date, float | None]]
    measure: str = ""
    goal: float | None = None


@dataclass(frozen=True)
class Reading:
    """What a tile says today.

    `value` is the figure, ready to show ("12", "3,4 tỷ"), `measure` what is counted, `sentence` what it means, `tone`
    how pressing it is (leaf clay grey seal water ink). `url` opens the very rows that were counted.
    """

    value: str
    url: str
    measure: str = ""
    sentence: str = ""
    tone: str = "ink"
    bars: Bars | None = None
    trend: Trend | None = None


@dataclass(frozen=True)
class Tile:
    """A figure of the home of a province or of a unit, declared by the app that owns the rows.

    `read(user, unit, day)` counts what that person sees, in a constant number of queries; None: nothing to say there.
    `unit` is the unit that the person's office works for. A tile that raises shows as failed and leaves the others.
    `size` is the room that it asks for: "tall" for many bars, "wide" for two columns as well.
    """

    key: str
    title: str
    read: Callable[[Any, Any, date], Reading | None]
    shown: Callable[[Any], object] = lambda user: True
    icon: str = "chart-bar"
    size: Literal["small", "tall", "wide"] = "small"
    order: int = 100


@dataclass(frozen=True)
class VerbLabel:
    """What a verb of the log says on screens; an app that announces a verb names it in its `verbs.py`."""

    key: str
    label: str


tabs: Registry[Tab] = Registry("tabs")
menu: Registry[MenuEntry] = Registry("menu")
todos: Registry[TodoSource] = Registry("to-do sources")
notice_kinds: Registry[NoticeKind] = Registry("notice kinds")
search_sources: Registry[SearchSource] = Registry("search sources")
file_readers: Registry[FileReader] = Registry("file readers")
access_sources: Registry[AccessSource] = Registry("access sources")
attachments: Registry[Attachment] = Registry("attachments of people")
cron_jobs: Registry[CronJob] = Registry("cron jobs")
demo_steps: Registry[DemoStep] = Registry("demo steps")
reference_steps: Registry[ReferenceStep] = Registry("reference steps")
load_effects: Registry[LoadEffect] = Registry("effects of loads")
flows: Registry[FlowEntry] = Registry("flows")
api_routers: Registry[ApiRouter] = Registry("API routers")
reference_pages: Registry[ReferencePage] = Registry("reference pages")
handover_parts: Registry[HandoverPart] = Registry("parts of a handover")
cycle_steps: Registry[CycleStepSource] = Registry("steps of the cycle")
blockers: Registry[BlockerSource] = Registry("what blocks in the cycle")
map_layers: Registry[MapLayer] = Registry("layers of the open map")
tiles: Registry[Tile] = Registry("tiles of the home")
verbs: Registry[VerbLabel] = Registry("verbs of the log")

# Announcements: functions called after the fact, e.g. by audit. (verb, who, what) - see `announce`.
_listeners: list[Callable[..., None]] = []


def listen(listener: Callable[..., None]) -> None:
    """Have `listener(verb, by=, subject=, request=, **facts)` called for every announcement."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(
    verb: str, *, by: Any, subject: Any = None, request: HttpRequest | None = None, **facts: Any
) -> None:
    """Say that something worth a record happened (an export, a view of sensitive data, a right given, a move)."""
    for listener in _listeners:
        listener(verb, by=by, subject=subject, request=request, **facts)


def name_verbs(labels: dict[str, str]) -> None:
    """Add the Vietnamese labels of verbs that an app announces or records."""
    for key, label in labels.items():
        verbs.add(VerbLabel(key, label))


def tabs_of(subject: Model, user: Any) -> list[Tab]:
    """The tabs that apps have added to this object's page and this user may see."""
    return [tab for tab in tabs if isinstance(subject, tab.model) and tab.shown(user, subject)]


def rows(source: QuerySet | Iterable) -> list:
    """A list of rows, so that a template never runs a query of its own."""
    return list(source)
