"""The declaration of a procedure: a register whose rows move through a flow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern, path

from ocop.kit import clock, formats
from ocop.kit.cases import views
from ocop.kit.cases.desk import Desk, open_case, press
from ocop.kit.flow import Offer, Transition
from ocop.kit.registers import Preset, Register
from ocop.kit.registers.columns import BoundColumn
from ocop.kit.registry import FlowEntry, NoticeKind, Todo, TodoSource

PRIMARY = "primary"
TODOS_SHOWN = 50


@dataclass(frozen=True)
class CasePaper:
    """A paper of a case: `write(row)` answers its bytes; `kind` is "docx", "pdf" or "xlsx"."""

    key: str
    label: str
    write: Callable[[Any], bytes]
    kind: str = "docx"
    shown: Callable[[Any, Any], object] = lambda user, row: True


def _mine(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(register.waiting_for(user))  # type: ignore[attr-defined]


def _open(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(closed_at__isnull=True)


def _late(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(closed_at__isnull=True, due_on__lt=clock.today())


class Procedure(Register):
    """A register whose rows are cases.

    A case "waits for" whoever may press a *primary* transition out of its state: that is what the list opens on and
    what stands on the home page. Verbs in `verb_forms` ask for more than a reason on a page of their own.
    """

    desk: Desk
    marks: dict[str, tuple[str, str]] = {}
    verb_forms: dict[str, type[forms.Form]] = {}
    papers: Sequence[CasePaper] = ()
    presets: Sequence[Preset] = (
        Preset("cho-toi", "Chờ tôi", _mine, "Không có việc nào đang chờ bạn ở đây."),
        Preset("dang-mo", "Đang mở", _open, "Không có việc nào đang mở."),
        Preset("tre", "Trễ hạn", _late, "Không có việc nào trễ hạn."),
    )
    detail_template = "kit/cases/detail.html"

    # What apps decide -------------------------------------------------------------------------------------------

    def holding(self, user: Any) -> dict[str, Q]:
        """Role key to the rows over which the person holds it, for lists; `desk.roles` answers for one row."""
        raise TypeError(f"{type(self).__name__} must say over which rows a person holds which role")

    def act(
        self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: datetime | None = None
    ) -> Any:
        """Press a verb with what its form answered; override to call actions of the app."""
        return press(self.desk, row, verb, by=by, reason=reason, values=data, at=at)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        """The form of a verb, None when the press needs nothing but a reason; override to narrow choices."""
        form_type = self.verb_forms.get(verb)
        return form_type(*args) if form_type is not None else None

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Imported cases begin as those of the form do, each with its first move."""
        for values in rows:
            row = self.model(**{name: value for name, value in values.items() if value is not None})
            self.prepare(row, by=by)
            open_case(self.desk, row, by=by)
        return len(rows)

    def who(self, row: Any, roles: frozenset[str]) -> str:
        """Who holds one of these roles over a row, in words; "" where nobody can be named."""
        return ""

    # What follows from it ---------------------------------------------------------------------------------------

    def waiting_for(self, user: Any) -> Q:
        """The open cases with a primary press for this person."""
        found = Q(pk__in=[])
        for role, rows in self.holding(user).items():
            states = {state for one in self._primary() if role in one.roles for state in one.source}
            if states:
                found |= Q(state__in=sorted(states)) & rows
        return found

    def _primary(self) -> list[Transition]:
        return [one for one in self.desk.flow.transitions if one.style == PRIMARY]

    def mark(self, row: Any) -> tuple[str, str, str]:
        """(word, tone, icon) of the state, for a badge."""
        return (self.state_words.get(row.state, row.state), *self.marks.get(row.state, ("water", "dots")))

    @cached_property
    def state_words(self) -> dict[str, str]:
        """The words of the states; Django works them out anew for each row."""
        return dict(self.model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]

    def cells(self, row: Any, columns: Sequence[BoundColumn] | None = None) -> list[dict[str, Any]]:
        """As of any register; the state is a badge, a deadline says how far it is, unless a column says otherwise."""
        columns = self.on("list") if columns is None else columns
        cells = super().cells(row, columns)
        shown = {"state": self.mark(row), "due_on": self._due(row)}
        for column, cell in zip(columns, cells, strict=True):
            if not cell["template"] and shown.get(column.name):
                cell |= {"template": f"kit/cases/_{column.name}.html", "value": shown[column.name]}
        return cells

    def _due(self, row: Any) -> tuple[date, str, str] | None:
        return (row.due_on, *formats.distance(row.due_on, clock.today())) if row.due_on else None

    def asked(self, row: Any) -> list[Transition]:
        """The presses that a case waits for; override where the state alone does not say."""
        return [one for one in self._primary() if row.state in one.source]

    def turn(self, row: Any, held: set[str]) -> str:
        """What a waiting case asks of somebody with these roles, in a word."""
        return next(one.label for one in self.asked(row) if one.roles & held)

    def waits(self, row: Any, offers: Sequence[Offer]) -> list[tuple[str, str]]:
        """(who, what) of the presses that an open case waits for; nothing while it is this person's turn."""
        asked = self.asked(row)
        if {one.name for one in asked} & {offer.name for offer in offers}:
            return []
        lines = [(self.who(row, one.roles), one.label) for one in asked]
        return [(who, what) for who, what in lines if who]

    def page_context(self, user: Any, row: Any) -> dict[str, Any]:
        offers = self.desk.offers(user, row)
        lines = [self._line(move) for move in row.moves.select_related("by").order_by("-at", "-pk")]
        return {
            "mark": self.mark(row),
            "due": self._due(row),
            "waits": self.waits(row, offers),
            "offers": offers,
            "verb_pages": {verb: self.url("verb", row.pk, verb) for verb in self.verb_forms},
            "press_url": self.url("press", row.pk),
            "moves": lines,
            "last_word": lines[0] if lines and lines[0]["reason"] and row.closed_at is None else None,
            "paper_links": [
                (paper.label, self.url("paper", row.pk, paper.key), paper.kind)
                for paper in self.papers
                if paper.shown(user, row)
            ],
        }

    def _line(self, move: Any) -> dict[str, Any]:
        return {
            "what": self.desk.label_of(move), "who": str(move.by or "Hệ thống"), "at": move.at, "reason": move.reason,
            "basis": move.legal_basis,
        }  # fmt: skip

    def todo_rows(self, user: Any) -> QuerySet:
        """The cases that are told one by one on the home page; override where many alike are told in one line."""
        return self.rows(user).filter(self.waiting_for(user))

    def todos(self, user: Any, today: date) -> Iterator[Todo]:
        """The cases that wait for the person, the nearest deadline first, in one query."""
        held = set(self.holding(user))
        if not any(one.roles & held for one in self._primary()):
            return
        rows = self.todo_rows(user).order_by("due_on", "pk")[:TODOS_SHOWN]
        for row in rows:
            label = self.turn(row, held)
            late = row.due_on is not None and row.due_on < today
            name = str(row)
            yield Todo(
                f"{self.key}.{row.pk}", f"{label}: {name}", self.url("detail", row.pk), label,
                subject=self._whose(row, name),
                kind="late" if late else "waiting", since=row.opened_at, due=row.due_on,
                due_text=formats.distance(row.due_on, today)[0],
            )  # fmt: skip

    def _whose(self, row: Any, name: str) -> str:
        """What kind of case, and whose, where the list fetches the producer and its name does not say it already."""
        if not any(link.partition("__")[0] == "producer" for link in self.related):
            return self.title
        whose = str(row.producer or "")
        return f"{self.title} · {whose}" if whose and whose not in name else self.title

    def todo_source(self) -> TodoSource:
        """The lines of the home page."""
        return TodoSource(f"case.{self.key}", self.title, self.todos, order=self.order)

    def notice_kind(self) -> NoticeKind:
        """The kind of notice that this procedure sends."""
        return NoticeKind(f"case.{self.key}", self.title)

    def flow_entry(self) -> FlowEntry:
        """The flow for the reference and for the tests that look for dead ends."""
        labels = {key: str(label) for key, label in self.model._meta.get_field("state").flatchoices}  # type: ignore[union-attr]
        return FlowEntry(self.desk.flow.key, self.desk.flow, labels, order=self.order)

    def urls(self) -> list[URLPattern]:
        known = {"register": self}
        return [
            *super().urls(),
            path("<int:pk>/buoc/", views.press_page, known, name=f"{self.key}_press"),
            path("<int:pk>/buoc/<slug:verb>/", views.verb_page, known, name=f"{self.key}_verb"),
            path("<int:pk>/giay/<slug:paper>/", views.paper_file, known, name=f"{self.key}_paper"),
        ]
