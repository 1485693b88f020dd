"""An activity from its first line to its results."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import open_case, press
from ocop.kit.flow import MoveBase
from ocop.training.actions.desks import COURSE_DESK
from ocop.training.enums import Answer, CourseState
from ocop.training.models import Course, CourseMove, Participant
from ocop.training.models.people import new_check_code
from ocop.training.queries.facts import entitled, split_that_came
from ocop.training.rules.serials import serial

INVITATION = "training.invitation"
CERTIFICATE = "training.certificate"


def open_course(course: Course, *, by: Any, at: datetime | None = None) -> Course:
    """Begin an activity."""
    return open_case(COURSE_DESK, course, by=by, at=at)


def press_course(
    course: Course, verb: str, *, by: Any, reason: str = "", values: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> CourseMove:  # fmt: skip
    """Any verb of the activity with what belongs to it: counts at the end, certificates, word to the invited."""
    steps = {"finish": _count, "cancel": _call_off, "postpone": _call_off, "certify": _certify}
    return press(  # type: ignore[return-value]
        COURSE_DESK, course, verb, by=by, reason=reason, at=at, values=values, after=steps.get(verb)
    )


def close_course(course: Course, *, by: Any, at: datetime | None = None, **results: Any) -> CourseMove:
    """Sum an activity up: cost, agreements and their value, ideas that went on, what came of it."""
    return press_course(course, "close", by=by, values=results, at=at)


def _count(course: Course, move: MoveBase) -> None:
    """Write down who came, by what the plan counts."""
    split = split_that_came(course)
    for name in ("officials", "producers", "others", "women", "communes"):
        setattr(course, name, getattr(split, name))
    course.save(update_fields=["officials", "producers", "others", "women", "communes"])


def _call_off(course: Course, move: MoveBase) -> None:
    """Tell the invited that it is called off or put off."""
    word = "Đã hủy" if course.state == CourseState.CANCELLED else "Hoãn, chờ lịch mới"
    people = [
        row.user
        for row in course.participants.exclude(user=None)
        .exclude(answer=Answer.DECLINED)
        .select_related("user")
    ]
    notify_each(
        people, kind=INVITATION, title=f"{word}: {course.title}", text=move.reason, url=reverse("training:mine"),
        subject_key=f"training.course:{course.pk}", at=move.at,
    )  # fmt: skip


def _certify(course: Course, move: MoveBase) -> None:
    """Give every person entitled a number and a code; those who have theirs keep it."""
    used = course.participants.exclude(serial="").count()
    told = []
    for row in entitled(course):
        if row.code:
            continue
        used += 1
        row.code, row.serial, row.certified_on = (
            new_check_code(),
            serial(used, course.code),
            clock.local_day(move.at),
        )
        row.save(update_fields=["code", "serial", "certified_on"])
        if row.user is not None:
            told.append(row.user)
    notify_each(
        told, kind=CERTIFICATE, title=f"Bạn đã được cấp giấy chứng nhận tham dự: {course.title}",
        text="Mở “Khoá của tôi” để tải về và đánh giá khoá học.", url=reverse("training:mine"),
        subject_key=f"training.course:{course.pk}", at=move.at,
    )  # fmt: skip


def recount(course: Course) -> Course:
    """Count the list of an ended activity anew, after the organiser put the attendance right."""
    with transaction.atomic():
        stored = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
        if stored.state == CourseState.ENDED:
            split = split_that_came(stored)
            Course.objects.filter(pk=stored.pk).update(
                officials=split.officials, producers=split.producers, others=split.others, women=split.women,
                communes=split.communes,
            )  # fmt: skip
    course.refresh_from_db()
    return course


def certificates_of(course: Course) -> list[Participant]:
    """Those who hold a certificate of the activity, by serial number."""
    return list(course.participants.exclude(serial="").order_by("serial"))
