"""Papers of quality before the offices that receive them, and the reminders before they run out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.inbox.actions import notify, notify_each
from ocop.kit import clock, days, formats
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.producers.casework import people_of
from ocop.producers.casework.roles import officers_of
from ocop.producers.models import ProducerAccess
from ocop.producers.signing import signed
from ocop.products.models import Paper
from ocop.products.permissions import may_keep_paper
from ocop.quality import permissions, queries
from ocop.quality.enums import ReceptionState
from ocop.quality.models import PaperReminder, Reception, ReceptionMove
from ocop.quality.rules.receptions import PAPER_KINDS
from ocop.quality.rules.reminders import REMIND_BEFORE, reminder_due
from ocop.quality.rules.workflow import RECEPTION
from ocop.rulebook.offices import OFFICER
from ocop.units.models import Agency

KIND = "case.quality-receptions"
REMINDER = "quality.expiring"
LISTED = 15
"""Lines of one officer's notice; the board shows the rest."""


def reception_due(reception: Reception, day: date) -> date | None:
    """Until when the office receives, and checks: working days, dated settings."""
    key = {
        ReceptionState.SUBMITTED: "paper_receive_days",
        ReceptionState.RECEIVED: "paper_check_days",
    }.get(ReceptionState(reception.state))
    return days.add_working_days(day, queries.number_setting(key, day)) if key else None


def desk_of(reception: Reception, day: date) -> list[User]:
    """The people before whom a reception lies on that day."""
    if reception.agency_id:
        return list(holders_of(*permissions.OFFICERS, agency=reception.agency_id, day=day))
    return officers_of([OFFICER], reception.unit, day)


def tell_reception(reception: Reception, move: Any) -> None:
    """The office hears what was handed in, the producer what became of it."""
    day = clock.local_day(move.at)
    if reception.state == ReceptionState.SUBMITTED:
        people = desk_of(reception, day)
        title = f"Chờ tiếp nhận: {reception.paper}"
    else:
        people = people_of(reception.producer, day)
        title = f"{reception.get_state_display()}: {reception.paper}"
    notify_each(
        people, kind=KIND, title=title, text=f"{reception.producer}. {move.reason}".strip(), at=move.at,
        url=reception.get_absolute_url(), subject_key=f"reception:{reception.pk}",
        dedupe_key=f"reception:{reception.pk}:{move.pk}",
    )  # fmt: skip


RECEPTION_DESK = Desk(
    flow=RECEPTION, move_model=ReceptionMove, roles=permissions.reception_roles, facts=queries.reception_facts,
    due=reception_due, tell=tell_reception,
)  # fmt: skip


def submit_paper(
    paper: Paper,
    *,
    kind: str,
    by: User,
    agency: Agency | None = None,
    scope: str = "",
    at: datetime | None = None,
    is_demo: bool = False,
) -> Reception:
    """Hand a paper of the vault to the office that receives its kind; `agency` None is the local office.

    Raises `Forbidden` for who does not keep the paper; `Refused` for a paper of another kind, without a file, already
    before an office, or an office that does not receive this kind on that day.
    """
    require(may_keep_paper(by, paper))
    at = at or clock.now()
    if paper.withdrawn_at is not None:
        raise Refused("reception.withdrawn", "Giấy tờ này đã bỏ khỏi kho.")
    if PAPER_KINDS.get(kind) != paper.kind:
        raise Refused("reception.kind", "Loại tiếp nhận không hợp với loại của giấy tờ trong kho.")
    if not paper.versions.exists():
        raise Refused("reception.file", "Giấy tờ chưa có tệp chụp hoặc quét.")
    wanted = agency.pk if agency else None
    if wanted not in {
        one.agency.pk if one.agency else None for one in queries.receivers_of(kind, clock.local_day(at))
    }:
        raise Refused("reception.receiver", "Cơ quan này không tiếp nhận loại giấy tờ đó vào ngày nộp.")
    unit = paper.product.unit if paper.product else paper.producer.unit
    row = Reception(
        paper=paper, producer=paper.producer, unit=unit, kind=kind, agency=agency, scope=scope.strip(),
        is_demo=is_demo or paper.is_demo,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return cast(Reception, open_case(RECEPTION_DESK, signed(row, by), by=by, at=at))
    except IntegrityError as error:
        raise Refused("reception.open", "Giấy tờ này đang chờ ở cơ quan tiếp nhận.") from error


def settle_reception(
    reception: Reception, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> ReceptionMove:
    """Receive, return, hand in again. Raises as `press`."""
    return cast(ReceptionMove, press(RECEPTION_DESK, reception, verb, by=by, reason=reason, at=at))


def accept_paper(
    reception: Reception,
    *,
    accepted_number: str,
    by: User,
    accepted_on: date | None = None,
    at: datetime | None = None,
) -> ReceptionMove:
    """Accept a checked paper under a number of the office's book. Raises as `press`."""
    at = at or clock.now()
    values = {
        "accepted_number": accepted_number.strip(), "accepted_on": accepted_on or clock.local_day(at),
    }  # fmt: skip
    return cast(ReceptionMove, press(RECEPTION_DESK, reception, "accept", by=by, at=at, values=values))


# -- Before a paper runs out -----------------------------------------------------------------------------------


def remind_of_papers(*, today: date | None = None, at: datetime | None = None) -> int:
    """Remind producers and local offices of papers that run out in 90, 30 and 7 days; answers how many papers.

    A producer is told of each paper, an officer of all of the day in one notice. All of a day is one transaction: a
    job that is killed has told nobody, and run again it tells nobody twice.
    """
    today, at = today or clock.today(), at or clock.now()
    with transaction.atomic():
        due = list(_due(today))
        PaperReminder.objects.bulk_create(
            PaperReminder(paper=row, expires_on=row.expires_on, days=number, at=at) for row, number in due
        )
        people = _people_of([row.producer_id for row, _ in due], today)
        for row, number in due:
            _tell_producer(row, number, people.get(row.producer_id, ()), today, at)
        for person, rows in _by_officer([row for row, _ in due], today):
            _tell_officer(person, rows, today, at)
    return len(due)


def _due(today: date) -> Iterable[tuple[Paper, int]]:
    until = today + timedelta(days=max(REMIND_BEFORE))
    rows = Paper.objects.filter(
        withdrawn_at__isnull=True,
        expires_on__gte=today,
        expires_on__lte=until,
        producer__merged_into__isnull=True,
    )
    rows = rows.select_for_update(of=("self",)).select_related("producer__unit", "product__unit")
    for row in rows.prefetch_related("quality_reminders").order_by("expires_on", "pk"):
        told = {one.days for one in row.quality_reminders.all() if one.expires_on == row.expires_on}
        number = reminder_due(cast(date, row.expires_on), today, told)
        if number is not None:
            yield row, number


def _people_of(producer_ids: list[int], day: date) -> dict[int, list[User]]:
    access = ProducerAccess.objects.valid_on(day).filter(producer__in=producer_ids, user__is_active=True)
    found: dict[int, list[User]] = defaultdict(list)
    for row in access.select_related("user"):
        found[row.producer_id].append(row.user)
    return found


def _left(row: Paper, today: date) -> str:
    left = (cast(date, row.expires_on) - today).days
    return f"còn {left} ngày" if left else "hôm nay là ngày cuối"


def _tell_producer(row: Paper, number: int, people: Iterable[User], today: date, at: datetime) -> None:
    notify_each(
        people, kind=REMINDER, title=f"{row}: {_left(row, today)}", at=at, url=row.get_absolute_url(),
        text=f"Giấy số {row.number or '(chưa ghi)'} hết hạn sau ngày {formats.day(row.expires_on)}. Hãy gia hạn và cất "
        "bản mới vào kho.",
        subject_key=f"paper:{row.code}", dedupe_key=f"paper:{row.pk}:{row.expires_on}:{number}",
    )  # fmt: skip


def _by_officer(rows: list[Paper], today: date) -> Iterable[tuple[User, list[Paper]]]:
    """Officers of commune and district over the unit of each paper, each with all of theirs."""
    by_unit: dict[int, list[Paper]] = defaultdict(list)
    for row in rows:
        by_unit[row.product.unit_id if row.product else row.producer.unit_id].append(row)
    found: dict[int, tuple[User, list[Paper]]] = {}
    for unit_id, part in by_unit.items():
        for person in holders_of(Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, unit=unit_id, day=today):
            found.setdefault(person.pk, (person, []))[1].extend(part)
    return found.values()


def _tell_officer(person: User, rows: list[Paper], today: date, at: datetime) -> None:
    lines = [f"{row.producer}: {row}, {_left(row, today)}" for row in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(f"và {len(rows) - LISTED} giấy khác")
    notify(
        kind=REMINDER, to=person, title=f"{len(rows)} giấy tờ của chủ thể sắp hết hạn", text="; ".join(lines) + ".",
        url=reverse("quality:papers_board"), dedupe_key=f"papers:{today:%Y-%m-%d}", at=at,
    )  # fmt: skip
