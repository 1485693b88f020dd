"""Flows are tables: states and moves as data, run by one small engine.

A flow belongs to one procedure of the law; an object keeps the key of the flow it started under. The engine
asks three things in order: is the verb possible in this state, may this person press it, do the guards agree.
It writes the state and one move row in the caller's transaction. The move row is history, outbox, deadline
clock and statistics at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models, transaction

from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refusal, Refused
from ocop.kit.registry import announce

Guard = Callable[[Any], Iterable[Refusal]]


@dataclass(frozen=True)
class Transition:
    """One verb of the law: from which states, to which, by which roles, on what basis.

    `guards` take the facts (plain values gathered by the app) and answer refusals. `label` is what the button
    says. A transition with `target` None keeps the state and still leaves a move row.
    """

    name: str
    source: frozenset[str]
    target: str | None
    roles: frozenset[str]
    label: str
    guards: tuple[Guard, ...] = ()
    legal_basis: str = ""
    needs_reason: bool = False
    confirm: str = ""
    style: str = "secondary"  # primary | secondary | danger

    def refusals(self, facts: Any) -> tuple[Refusal, ...]:
        """What the guards say against it; one that names no article stands on the basis of the move."""
        found = (refusal for guard in self.guards for refusal in guard(facts))
        return tuple(one if one.article else replace(one, article=self.legal_basis) for one in found)


@dataclass(frozen=True)
class Flow:
    """The table of one procedure. `key` is stored on the objects and never changes its meaning."""

    key: str
    title: str
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    legal_basis: str = ""

    def find(self, name: str, state: str) -> Transition | None:
        """The transition of that verb out of that state."""
        return next((t for t in self.transitions if t.name == name and state in t.source), None)

    def out_of(self, state: str) -> list[Transition]:
        """Every transition that the table allows in that state."""
        return [t for t in self.transitions if state in t.source]

    def states(self) -> list[str]:
        """All states, in the order in which the table first names them."""
        seen = [self.initial]
        for transition in self.transitions:
            for state in (*sorted(transition.source), transition.target):
                if state and state not in seen:
                    seen.append(state)
        return seen

    def problems(self) -> list[str]:
        """Faults of the table: unreachable states, dead ends, moves out of a final state, ambiguous verbs."""
        found = []
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            for transition in self.out_of(frontier.pop()):
                if transition.target and transition.target not in reached:
                    reached.add(transition.target)
                    frontier.append(transition.target)
        for state in self.states():
            if state not in reached:
                found.append(f"{self.key}: state {state!r} cannot be reached")
            leaving = [t for t in self.out_of(state) if t.target and t.target != state]
            if state in self.final and leaving:
                found.append(f"{self.key}: final state {state!r} is left by {leaving[0].name!r}")
            if state not in self.final and not leaving:
                found.append(f"{self.key}: state {state!r} is a dead end")
            names = [t.name for t in self.out_of(state)]
            found += [
                f"{self.key}: verb {n!r} is ambiguous in {state!r}" for n in set(names) if names.count(n) > 1
            ]
        found += [f"{self.key}: {t.name!r} has no legal basis" for t in self.transitions if not t.legal_basis]
        return found


@dataclass(frozen=True)
class Offer:
    """A move as a page shows it: to press, or greyed with the reasons why not."""

    transition: Transition
    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals

    @property
    def name(self) -> str:
        return self.transition.name

    @property
    def label(self) -> str:
        return self.transition.label


def moves_for(flow: Flow, state: str, roles: frozenset[str] | set[str], facts: Any) -> list[Offer]:
    """The moves that a person with `roles` is offered in `state`; those of other roles are left out."""
    return [Offer(one, one.refusals(facts)) for one in flow.out_of(state) if one.roles & roles]


class MoveBase(models.Model):
    """One row per transition of one object: who, for whom, from where to where, why, on what basis, when.

    Append-only. A subclass adds `subject = ForeignKey(..., related_name="moves")`.
    """

    flow = models.CharField("quy trình", max_length=40)
    name = models.CharField("thao tác", max_length=40)
    from_state = models.CharField("từ trạng thái", max_length=40)
    to_state = models.CharField("đến trạng thái", max_length=40)
    reason = models.TextField("lý do", blank=True)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)
    at = models.DateTimeField("thời điểm", db_index=True)
    data = models.JSONField("dữ liệu kèm", default=dict, blank=True)
    handled_at = models.DateTimeField("đã xử lý thông báo lúc", null=True, blank=True, db_index=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.from_state} → {self.to_state}"


def make_move(
    subject: Any,
    flow: Flow,
    name: str,
    *,
    move_model: type[MoveBase],
    by: Any,
    roles: frozenset[str] | set[str],
    facts: Any,
    at: datetime | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> MoveBase:
    """Run one verb on a row that the caller has locked; writes the state and the move row.

    Raises `Refused` ("flow.state") when the verb is not possible in this state, `Forbidden` ("flow.role") when
    it is somebody else's to press, `Refused` with every refusal of the guards otherwise. `extra` sets columns of
    the move model (the agency acted for, the unit of then).
    """
    at = at or clock.now()
    transition = flow.find(name, subject.state)
    if transition is None:
        raise Refused(
            "flow.state", "Thao tác này không còn thực hiện được: hồ sơ đã sang bước khác.", flow.legal_basis
        )
    if not transition.roles & set(roles):
        raise Forbidden(
            "flow.role", "Bạn không có vai trò để thực hiện thao tác này.", transition.legal_basis
        )
    refusals = list(transition.refusals(facts))
    if transition.needs_reason and not reason.strip():
        refusals.append(Refusal("flow.reason", "Cần ghi lý do.", transition.legal_basis))
    if refusals:
        raise Refused.because(refusals)
    with transaction.atomic():
        source, target = subject.state, transition.target or subject.state
        subject.state = target
        subject.save()
        move = move_model._default_manager.create(
            subject=subject,
            flow=flow.key,
            name=name,
            from_state=source,
            to_state=target,
            reason=reason.strip(),
            legal_basis=transition.legal_basis,
            at=at,
            data=dict(data or {}),
            by=by,
            **dict(extra or {}),
        )
        announce("flow.moved", by=by, subject=subject, move=move)
    return move
