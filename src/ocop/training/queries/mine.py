"""A person's own activities: invitations, sessions to come, certificates, what is still to be said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.kit.registry import Todo
from ocop.producers.models import VIEWING_ROLES
from ocop.producers.queries import is_producer_side, producers_of
from ocop.training.enums import EVALUATED, TAKING, Answer, CourseState
from ocop.training.models import Course, Evaluation, Participant, Session
from ocop.training.permissions import KEEPERS
from ocop.training.rules import judging

SCORES = (
    ("content", "Nội dung"),
    ("trainer", "Giảng viên"),
    ("organisation", "Tổ chức"),
    ("usefulness", "Áp dụng được"),
)


@dataclass
class Mine:
    """One activity as the person sees it."""

    row: Participant
    sessions: list[Session]
    present: set[int]

    @property
    def course(self) -> Course:
        """The activity itself."""
        return self.row.course

    @property
    def may_answer(self) -> bool:
        """Whether the invitation still waits, or may be changed."""
        return self.course.state in TAKING and not self.present

    @property
    def is_waiting(self) -> bool:
        """Whether nobody answered it yet."""
        return self.row.answer == Answer.INVITED and self.may_answer

    @property
    def may_evaluate(self) -> bool:
        """Whether the person was there and has not said anything."""
        return bool(self.present) and not self.row.evaluated and self.course.state in EVALUATED


def mine(user: Any) -> list[Mine]:
    """Everything that the person is on the list of, the latest first; three queries."""
    rows = Participant.objects.filter(user=user.pk).exclude(course__state=CourseState.PLANNED)
    found = list(
        rows.select_related("course__unit").prefetch_related(
            "course__sessions", "attendances", "course__files"
        )
    )
    found.sort(key=lambda row: (row.course.starts_on, row.pk), reverse=True)
    return [
        Mine(row, list(row.course.sessions.all()), {one.session_id for one in row.attendances.all()})
        for row in found
    ]


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Invitations to answer and evaluations to give; two queries."""
    page = reverse("training:mine")
    rows = Participant.objects.filter(user=user.pk).select_related("course")
    for row in rows.filter(answer=Answer.INVITED, course__state__in=TAKING).order_by("course__starts_on"):
        yield Todo(
            f"training.invitation:{row.pk}", f"Trả lời giấy mời: {row.course.title}", page, "Trả lời",
            due=row.course.starts_on,
        )  # fmt: skip
    ended = rows.filter(evaluated=False, course__state__in=(CourseState.ENDED, CourseState.CLOSED))
    for row in ended.filter(attendances__isnull=False).distinct().order_by("course__ends_on"):
        if (today - row.course.ends_on).days <= 60:
            yield Todo(
                f"training.evaluation:{row.pk}", f"Đánh giá: {row.course.title}", page, "Đánh giá", kind="info",
                since=row.course.ends_on,
            )  # fmt: skip


@dataclass(frozen=True)
class Opinion:
    """Evaluations of an activity as the organiser may see them."""

    answers: int
    means: list[tuple[str, Any]]
    comments: list[str]

    @property
    def is_shown(self) -> bool:
        """Whether so many answered that nobody is recognised."""
        return judging.shown(self.answers)


def opinion_of(course: Course) -> Opinion:
    """Means and comments of an activity, in an order that says nothing; two queries."""
    rows = Evaluation.objects.filter(course=course.pk)
    found = rows.aggregate(n=Count("pk"), **{f"mean_{name}": Avg(name) for name, _ in SCORES})
    comments = list(rows.exclude(comment="").order_by("key").values_list("comment", flat=True))
    return Opinion(found["n"], [(label, found[f"mean_{name}"]) for name, label in SCORES], comments)


def may_read_material(user: Any, file: Any) -> bool:
    """File reader: materials of an activity open for whoever is on its list."""
    if not getattr(user, "is_authenticated", False):
        return False
    return Course.objects.filter(files=file, participants__user=user.pk).exists()


def is_officer(user: Any) -> bool:
    """Whether the person works for an agency; no query beside the scope."""
    return scope_of(user).has_any(*VIEWING_ROLES)


def has_any(user: Any) -> bool:
    """Everybody who is signed in has a page of own activities."""
    return bool(getattr(user, "is_authenticated", False))


def may_say(user: Any) -> bool:
    """Who may say what is wanted: people of a producer, and officers of a unit."""
    return scope_of(user).has_any(*KEEPERS) or is_producer_side(user)


def voices_of(user: Any) -> list[tuple[str, str]]:
    """(key, words) of those for whom the person may say what is wanted: own producers, own units."""
    found = [(f"p{row.pk}", row.public_name) for row in producers_of(user)]
    scope = scope_of(user)
    units = {one.agency.unit_id: one.agency.unit for one in scope.of(*KEEPERS) if one.agency.unit is not None}
    for pk, unit in units.items():
        found += [
            (f"o{pk}", f"Cán bộ của {unit.full_name}"),
            (f"u{pk}", f"Chủ thể, người dân {unit.full_name}"),
        ]
    return found
