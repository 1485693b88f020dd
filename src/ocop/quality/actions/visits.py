"""One visit: announced, made, signed, concluded; what the team wrote on the way."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import transaction

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, Stale, require
from ocop.producers.casework import people_of
from ocop.producers.models import Producer
from ocop.producers.signing import signed
from ocop.quality import permissions, queries
from ocop.quality.enums import RemedyState, TeamDuty, Verdict, VisitKind, VisitState
from ocop.quality.models import (
    Answer,
    AnswerEntry,
    AnswerPhoto,
    Checklist,
    Question,
    TeamMember,
    Visit,
    VisitMove,
)
from ocop.quality.rules.checklist import Held, Sent, conflicts
from ocop.quality.rules.workflow import VISIT
from ocop.recognition.models import MisuseReport
from ocop.units.models import Agency

KIND = "case.quality-visits"


def visit_due(visit: Visit, day: date) -> date | None:
    """Until when the present step of a visit is to be done."""
    if visit.state == VisitState.PLANNED:
        return visit.last_on
    if visit.state in (VisitState.ANNOUNCED, VisitState.UNDER_WAY):
        return visit.visit_on
    if visit.state == VisitState.SIGNED:
        return day + timedelta(days=queries.number_setting("inspection_conclusion_days", day))
    if visit.state == VisitState.CONCLUDED:
        ends = visit.remedies.filter(state__in=(RemedyState.OPEN, RemedyState.REPORTED))
        return max((row.required_by for row in ends), default=None)
    return None


def tell_visit(visit: Visit, move: Any) -> None:
    """The producer hears of the visit, the minutes, the conclusion and the end; the team of its appointment."""
    day = clock.local_day(move.at)
    words = {
        "announce": (
            f"Thông báo kiểm tra ngày {formats.day(visit.visit_on)}",
            f"{visit.agency.name} kiểm tra: {visit.areas_shown.lower()}. Quyết định {visit.decision_number}.",
        ),
        "sign": ("Biên bản kiểm tra đã lập", "Mở để đọc, tải biên bản."),
        "conclude": ("Kết luận kiểm tra", visit.conclusion),
        "close": ("Lượt kiểm tra đã kết thúc", "Các điểm phải khắc phục đã xong."),
    }.get(move.name)
    if words:
        notify_each(
            people_of(visit.producer, day), kind=KIND, title=words[0], text=words[1], at=move.at,
            url=visit.get_absolute_url(), subject_key=f"visit:{visit.pk}", dedupe_key=f"visit:{visit.pk}:{move.name}",
        )  # fmt: skip
    if move.name == "announce":
        notify_each(
            [member.user for member in visit.members.select_related("user")], kind=KIND, at=move.at,
            title=f"Đoàn kiểm tra {visit.producer}, ngày {formats.day(visit.visit_on)}",
            text=f"Quyết định {visit.decision_number}.", url=visit.get_absolute_url(),
            dedupe_key=f"team:{visit.pk}",
        )  # fmt: skip


VISIT_DESK = Desk(
    flow=VISIT, move_model=VisitMove, roles=permissions.visit_roles, facts=queries.visit_facts, due=visit_due,
    tell=tell_visit,
)  # fmt: skip


def open_unplanned(
    *,
    producer: Producer,
    agency: Agency,
    ground: str,
    reason: str,
    first_on: date,
    last_on: date,
    by: User,
    areas: Iterable[str] = (),
    misuse: MisuseReport | None = None,
    lead: User | None = None,
    at: datetime | None = None,
    is_demo: bool = False,
) -> Visit:
    """A visit outside of the programme, on a ground and with a reason.

    Raises `Forbidden` for others than the agency's people; `Refused` without ground or reason, or for bad days.
    """
    require(permissions.acts_for(by, agency))
    if not ground or not reason.strip():
        raise Refused("visit.reason", "Kiểm tra đột xuất cần ghi căn cứ và lý do.")
    if last_on < first_on:
        raise Refused("visit.days", "Ngày cuối phải từ ngày đầu trở đi.")
    visit = Visit(
        kind=VisitKind.UNPLANNED, producer=producer, unit=producer.unit, agency=agency, areas=",".join(areas),
        ground=ground, reason=reason.strip(), misuse=misuse, first_on=first_on, last_on=last_on, lead=lead,
        is_demo=is_demo,
    )  # fmt: skip
    row = cast(Visit, open_case(VISIT_DESK, signed(visit, by), by=by, at=at, reason=reason))
    row.agencies.set([agency])
    return row


def announce_visit(
    visit: Visit,
    *,
    visit_on: date | None,
    decision_number: str,
    decision_on: date | None,
    lead: User | None,
    members: Iterable[User] = (),
    by: User,
    at: datetime | None = None,
) -> VisitMove:
    """Decide the team and tell the producer the day. Raises as `press`."""
    values = {
        "visit_on": visit_on, "decision_number": decision_number.strip(), "decision_on": decision_on, "lead": lead,
    }  # fmt: skip

    def before(row: Visit) -> None:
        if lead is not None:
            _set_team(row, lead, members)

    return cast(VisitMove, press(VISIT_DESK, visit, "announce", by=by, at=at, values=values, before=before))


def _set_team(visit: Visit, lead: User, members: Iterable[User]) -> None:
    people = {lead.pk: lead, **{person.pk: person for person in members}}
    agencies = list(visit.agencies.all())
    TeamMember.objects.filter(visit=visit).exclude(user__in=people).delete()
    for person in people.values():
        duty = TeamDuty.LEAD if person.pk == lead.pk else TeamDuty.MEMBER
        mine = next((one for one in agencies if permissions.acts_for(person, one)), None)
        TeamMember.objects.update_or_create(visit=visit, user=person, defaults={"duty": duty, "agency": mine})


def begin_visit(visit: Visit, *, by: User, at: datetime | None = None) -> VisitMove:
    """Begin on the spot: the checklist of the day is taken and stays."""
    at = at or clock.now()
    day = clock.local_day(at)
    values: dict[str, Any] = {"begun_at": at, "checklist": Checklist.in_force_on(day)}
    if values["checklist"] is None:
        raise Refused("visit.checklist", "Chưa có phiếu kiểm tra nào có hiệu lực vào ngày này.")
    return cast(VisitMove, press(VISIT_DESK, visit, "begin", by=by, at=at, values=values))


class Differs(Stale):
    """Somebody else answered the question meanwhile; `held` is what stands."""

    def __init__(self, held: Answer) -> None:
        super().__init__(
            "answer.conflict",
            f"{held.by.full_name} đã trả lời câu này lúc {formats.moment(held.at)}: "
            f"{held.get_value_display() or 'chưa chọn'}{f', “{held.note}”' if held.note else ''}.",
        )
        self.held = held


def answer_question(
    visit: Visit,
    question: Question,
    *,
    value: str,
    by: User,
    note: str = "",
    key: str = "",
    base: int | None = None,
    at: datetime | None = None,
) -> Answer:
    """Write the answer to a question; what comes twice under one `key` counts once.

    `base` is the version on which the answer was given; None overwrites knowingly. Raises `Forbidden` for others than
    the team, `Refused` for a question of another list or an unknown answer, `Differs` when somebody
    else wrote otherwise.
    """
    if question.checklist_id != visit.checklist_id:
        raise Refused("answer.question", "Câu hỏi này không thuộc phiếu của lượt kiểm tra.")
    if value and value not in Verdict.values:
        raise Refused("answer.value", "Hãy chọn Đạt, Không đạt hoặc Không áp dụng.")
    at, note = at or clock.now(), note.strip()
    with transaction.atomic():
        row = Visit.objects.select_for_update().get(pk=visit.pk)
        held = row.answers.select_related("by", "question").filter(question=question).first()
        if key and row.entries.filter(key=key).exists() and held is not None:
            return held
        require(permissions.may_fill(by, row))
        if base is not None:
            known = Held(held.version, held.value, held.note, held.by_id) if held else None
            if held is not None and conflicts(Sent(base, value, note, by.pk), known):
                raise Differs(held)
        if held is None:
            held = Answer(visit=row, question=question, version=0, by=by, at=at)
        if (held.value, held.note) != (value, note) or not held.pk:
            held.value, held.note, held.by, held.at = value, note, by, at
            held.version += 1
            held.save()
        if key:
            AnswerEntry.objects.create(
                visit=row,
                question=question,
                key=key,
                value=value,
                note=note,
                version=held.version,
                by=by,
                at=at,
            )
    return held


def add_photos(
    visit: Visit, question: Question, files: Iterable[StoredFile], *, by: User, at: datetime | None = None
) -> list[AnswerPhoto]:
    """Put photographs at a question; the same file again is the one there is. Raises as `answer_question`."""
    if question.checklist_id != visit.checklist_id:
        raise Refused("answer.question", "Câu hỏi này không thuộc phiếu của lượt kiểm tra.")
    at = at or clock.now()
    with transaction.atomic():
        row = Visit.objects.select_for_update().get(pk=visit.pk)
        require(permissions.may_fill(by, row))
        return [
            AnswerPhoto.objects.get_or_create(
                visit=row, question=question, file=file, defaults={"by": by, "at": at}
            )[0]
            for file in files
        ]


def remove_photo(photo: AnswerPhoto, *, by: User) -> None:
    """Take a photograph off again, while the checklist is open. Raises `Forbidden`."""
    with transaction.atomic():
        visit = Visit.objects.select_for_update().get(pk=photo.visit_id)
        require(permissions.may_fill(by, visit))
        photo.delete()


def sign_minutes(
    visit: Visit,
    *,
    signer_name: str = "",
    signer_position: str = "",
    unsigned_reason: str = "",
    producer_opinion: str = "",
    by: User,
    at: datetime | None = None,
) -> VisitMove:
    """Close the checklist: the producer's person signs by name, or it is written down why not. Raises as `press`."""
    at = at or clock.now()
    values = {
        "signer_name": signer_name.strip(), "signer_position": signer_position.strip(),
        "unsigned_reason": unsigned_reason.strip(), "producer_opinion": producer_opinion.strip(), "signed_at": at,
    }  # fmt: skip
    return cast(VisitMove, press(VISIT_DESK, visit, "sign", by=by, at=at, values=values))


def conclude_visit(
    visit: Visit,
    *,
    outcome: str,
    conclusion: str,
    by: User,
    conclusion_number: str = "",
    concluded_on: date | None = None,
    at: datetime | None = None,
) -> VisitMove:
    """Conclude what the visit found; without anything left to remedy it ends at once. Raises as `press`."""
    at = at or clock.now()
    values = {
        "outcome": outcome, "conclusion": conclusion.strip(), "conclusion_number": conclusion_number.strip(),
        "concluded_on": concluded_on or clock.local_day(at),
    }  # fmt: skip
    with transaction.atomic():
        move = press(VISIT_DESK, visit, "conclude", by=by, at=at, values=values)
        close_when_done(visit, by=by, at=at)
    return cast(VisitMove, move)


def close_when_done(visit: Visit, *, by: User, at: datetime | None = None) -> bool:
    """End a concluded visit when nothing is left to remedy and the person may end it; answers whether it ended."""
    row = Visit.objects.get(pk=visit.pk)
    may_end = permissions.visit_roles(by, row) & {"quality.agency", "quality.lead"}
    if row.state != VisitState.CONCLUDED or not may_end or queries.visit_facts(row).open_remedies:
        return False
    press(VISIT_DESK, row, "close", by=by, at=at)
    return True


def drop_visit(visit: Visit, *, by: User, reason: str, at: datetime | None = None) -> VisitMove:
    """A visit that will not be made, with the reason."""
    return cast(VisitMove, press(VISIT_DESK, visit, "drop", by=by, reason=reason, at=at))
