"""Inviting, answering, taking attendance, evaluating."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.rules import phones
from ocop.inbox.actions import notify
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, require
from ocop.producers.enums import AccessKind
from ocop.producers.models import Producer, ProducerAccess
from ocop.producers.queries import producers_of
from ocop.training.actions.courses import INVITATION, recount
from ocop.training.enums import EVALUATED, TAKING, Answer, Audience, CameBy, CourseState
from ocop.training.models import Attendance, Course, Evaluation, Participant, Session
from ocop.training.permissions import may_change
from ocop.training.rules.attendance import in_time


def invite(course: Course, *, people: Iterable[User] = (), producers: Iterable[Producer] = (), by: Any,
           at: datetime | None = None) -> list[Participant]:  # fmt: skip
    """Invite officials and the owners of producers; who is on the list already is not invited again.

    A producer without an account goes on the list by its name, to be called by phone. Raises `Refused` before the
    invitations are open.
    """
    at = at or clock.now()
    require(may_change(by, course))
    with transaction.atomic():
        stored = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
        if stored.state not in TAKING:
            raise Refused("invite.state", "Hãy bấm “Mở mời, gửi giấy mời” trước khi mời.")
        known = set(stored.participants.exclude(user=None).values_list("user_id", flat=True))
        listed = set(stored.participants.exclude(producer=None).values_list("producer_id", flat=True))
        made = [
            _invite(stored, user, Audience.OFFICIAL, None, by, at) for user in people if user.pk not in known
        ]
        known |= {row.user_id for row in made}
        for producer in producers:
            if producer.pk not in listed:
                owner = _owner(producer)
                if owner is None:
                    made.append(_listed(stored, producer))
                elif owner.pk not in known:
                    known.add(owner.pk)
                    made.append(_invite(stored, owner, Audience.PRODUCER, producer, by, at))
    return made


def _owner(producer: Producer) -> User | None:
    access = ProducerAccess.objects.valid_on(clock.today()).filter(producer=producer, kind=AccessKind.OWNER)
    row = access.filter(user__is_active=True).select_related("user").order_by("pk").first()
    return row.user if row else None


def _listed(course: Course, producer: Producer) -> Participant:
    return Participant.objects.create(
        course=course, full_name=f"Đại diện {producer.public_name}"[:150], producer=producer, unit=producer.unit,
        organisation=producer.public_name[:200], answer=Answer.INVITED,
    )  # fmt: skip


def _organisation(user: Any, producer: Producer | None) -> str:
    """Where the person comes from, as a certificate prints it: the producers one acts for before a title."""
    own = [producer.public_name] if producer else [one.public_name for one in producers_of(user)[:2]]
    return (" và ".join(own) or user.title)[:200]


def _invite(
    course: Course, user: User, audience: str, producer: Producer | None, by: Any, at: datetime
) -> Participant:
    row = Participant.objects.create(
        course=course, user=user, full_name=user.full_name, audience=audience, producer=producer,
        unit=producer.unit if producer else user.unit, answer=Answer.INVITED,
        organisation=_organisation(user, producer),
    )  # fmt: skip
    first = course.sessions.order_by("held_on", "begins").first()
    when = (
        f"{first.begins:%H:%M} ngày {first.held_on:%d/%m/%Y}"
        if first
        else f"từ ngày {course.starts_on:%d/%m/%Y}"
    )
    notify(
        kind=INVITATION, to=user, by=by, title=f"Mời dự: {course.title}", url=reverse("training:mine"), at=at,
        text=f"{when}, tại {course.place or course.unit.title}. Hãy trả lời dự hay không dự.",
        subject_key=f"training.course:{course.pk}", dedupe_key=f"training:{course.pk}",
    )  # fmt: skip
    return row


def answer(
    participant: Participant, *, coming: bool, why: str = "", by: Any, at: datetime | None = None
) -> Participant:
    """Say yes or no to one's own invitation; may be changed until the activity ends. A "no" says why."""
    if participant.user_id != by.pk:
        raise Forbidden("invite.person", "Lời mời này gửi cho người khác.")
    if not coming and not why.strip():
        raise Refused("invite.why", "Hãy ghi lý do không dự được, để người tổ chức mời người khác.")
    with transaction.atomic():
        row = (
            Participant.objects.select_for_update(of=("self",))
            .select_related("course")
            .get(pk=participant.pk)
        )
        if row.course.state not in TAKING:
            raise Refused("invite.over", "Hoạt động đã kết thúc hoặc không còn mời.")
        if row.attendances.exists() and not coming:
            raise Refused("invite.came", "Bạn đã được điểm danh ở hoạt động này.")
        row.answer = Answer.ACCEPTED if coming else Answer.DECLINED
        row.answered_at, row.declined_why = at or clock.now(), "" if coming else why.strip()
        row.save()
    participant.refresh_from_db()
    return participant


def add_person(course: Course, *, by: Any, **values: Any) -> Participant:
    """Write somebody on the list by name and phone; the same phone answers the row there already is."""
    require(may_change(by, course))
    if course.state == CourseState.PLANNED:
        raise Refused("people.state", "Hãy bấm “Mở mời, gửi giấy mời” trước khi ghi danh sách.")
    typed = values.pop("phone", "") or ""
    phone = phones.normalise(typed) or ""
    if typed and not phone:
        raise Refused("people.phone", f"Số điện thoại “{typed}” không đúng.")
    if phone:
        held = Participant.objects.filter(course=course, phone=phone).first()
        if held is not None:
            return held
        values.setdefault("user", _free(course, phone))
    coming = Answer.LISTED if course.state == CourseState.INVITING else Answer.WALK_IN
    return Participant.objects.create(course=course, phone=phone, answer=coming, **values)


def _free(course: Course, phone: str) -> User | None:
    """The account of that phone, unless it is on the list already."""
    user = User.objects.known_as(phone)
    return None if user is None or course.participants.filter(user=user).exists() else user


def scan(session: Session, *, by: User, at: datetime | None = None) -> tuple[Attendance, bool]:
    """The person's own attendance at a session, and whether it is new; a second scan answers the first.

    Who was not invited goes on the list as having come. Raises `Refused` outside the hours of the session.
    """
    at = at or clock.now()
    course = session.course
    if course.state not in TAKING:
        raise Refused("scan.state", "Hoạt động này chưa mở hoặc đã kết thúc, không điểm danh được.")
    held = Attendance.objects.filter(session=session, participant__user=by).first()
    if held is not None:
        return held, False
    refusals = in_time(*session.span, at.astimezone(clock.LOCAL))
    if refusals:
        raise Refused.because(refusals)
    with transaction.atomic():
        return _attend(session, _self(course, by, at), CameBy.SCAN, by, at)


def _self(course: Course, user: User, at: datetime) -> Participant:
    """The person's row on the list: the one invited, the one written down by phone, or a new one."""
    row = course.participants.filter(user=user).first()
    if row is None and user.phone:
        row = course.participants.filter(phone=user.phone, user=None).first()
        if row is not None:
            row.user = user
            row.save(update_fields=["user"])
    if row is None:
        row, _ = Participant.objects.get_or_create(course=course, user=user, defaults=_of(user, at))
    if row.answer in (Answer.INVITED, Answer.DECLINED):
        row.answer, row.answered_at, row.declined_why = Answer.ACCEPTED, at, ""
        row.save(update_fields=["answer", "answered_at", "declined_why"])
    return row


def _of(user: User, at: datetime) -> dict[str, Any]:
    producer = next(iter(producers_of(user)), None)
    return {
        "full_name": user.full_name,
        "audience": Audience.PRODUCER
        if producer
        else Audience.OFFICIAL
        if user.memberships.exists()
        else Audience.OTHER,
        "producer": producer,
        "unit": producer.unit if producer else user.unit,
        "organisation": _organisation(user, producer),
        "answer": Answer.WALK_IN,
        "answered_at": at,
    }


def _attend(session: Session, row: Participant, how: str, by: Any, at: datetime) -> tuple[Attendance, bool]:
    """Once per session, also when two sendings meet."""
    try:
        with transaction.atomic():
            return Attendance.objects.create(session=session, participant=row, how=how, by=by, at=at), True
    except IntegrityError:
        return Attendance.objects.get(session=session, participant=row), False


def tick(
    session: Session, *, present: Collection[int], shown: Collection[int], by: Any, at: datetime | None = None
) -> tuple[int, int]:
    """Take the list of a session: `present` are the participants ticked, `shown` those ticked when the page was opened.

    Only what the organiser changed is written, so that who scanned meanwhile stays. Answers (new, taken away).
    """
    at, course = at or clock.now(), session.course
    require(may_change(by, course))
    if clock.local_day(at) < session.held_on:
        raise Refused("list.early", f"Buổi này diễn ra ngày {session.held_on:%d/%m/%Y}; chưa điểm danh được.")
    ticked, before = set(present), set(shown)
    with transaction.atomic():
        rows = course.participants.filter(pk__in=ticked - before)
        added = 0
        for row in rows:
            added += _attend(session, row, CameBy.LIST, by, at)[1]
            if row.answer in (Answer.INVITED, Answer.DECLINED):
                row.answer, row.answered_at = Answer.ACCEPTED, at
                row.save(update_fields=["answer", "answered_at"])
        gone = session.attendances.filter(participant__in=before - ticked, participant__code=None)
        taken, _ = gone.delete()
    recount(course)
    return added, taken


def evaluate(
    participant: Participant,
    *,
    scores: dict[str, int],
    comment: str = "",
    by: Any,
    at: datetime | None = None,
) -> Evaluation:
    """Keep what a participant thinks, without saying who; once, by somebody who was there."""
    if participant.user_id != by.pk:
        raise Forbidden("evaluation.person", "Phiếu đánh giá này của người khác.")
    with transaction.atomic():
        row = (
            Participant.objects.select_for_update(of=("self",))
            .select_related("course")
            .get(pk=participant.pk)
        )
        if row.evaluated:
            raise Refused("evaluation.twice", "Bạn đã gửi phiếu đánh giá hoạt động này. Cảm ơn bạn.")
        if row.course.state not in EVALUATED or not row.attendances.exists():
            raise Refused("evaluation.early", "Phiếu đánh giá mở cho người đã dự, từ khi khai mạc.")
        row.evaluated = True
        row.save(update_fields=["evaluated"])
        return Evaluation.objects.create(
            course=row.course, comment=comment.strip(), on=clock.local_day(at or clock.now()), **scores
        )
