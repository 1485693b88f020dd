"""A message from the public site to a partner, and what becomes of it."""

from datetime import date, datetime, timedelta
from typing import Any

from ocop.accounts.models import User
from ocop.inbox.actions import notify
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.partners import permissions
from ocop.partners.enums import MessageState
from ocop.partners.models import MessageMove, Partner, PartnerMessage
from ocop.partners.rules.assessment import CONSENT
from ocop.partners.rules.messages import MESSAGE_FLOW
from ocop.producers.casework import teller
from ocop.producers.casework.roles import province_code
from ocop.rulebook.queries import setting

KIND = "case.messages"


def _due(row: PartnerMessage, day: date) -> date | None:
    """A message is passed on within the dated number of days."""
    if row.state != MessageState.RECEIVED:
        return None
    return day + timedelta(days=int(setting("partner_message_days", province_code(row.unit), day)))


_tell_office = teller("messages", MESSAGE_FLOW)


def _tell(row: PartnerMessage, move: Any) -> None:
    """The office by its roles, and the partner itself when it has an account."""
    _tell_office(row, move)
    if row.partner.account is not None and row.state == MessageState.RECEIVED:
        notify(
            kind=KIND, to=row.partner.account, title=f"Lời nhắn mới tới {row.partner.name}", text=row.text[:300],
            url=row.get_absolute_url(), subject_key=f"message:{row.code}", dedupe_key=f"message:{row.pk}", at=move.at,
        )  # fmt: skip


MESSAGE_DESK = Desk(
    flow=MESSAGE_FLOW, move_model=MessageMove, roles=permissions.message_roles, due=_due, tell=_tell,
    opened="Nhận lời nhắn",
)  # fmt: skip


def send_message(
    partner: Partner,
    *,
    sender: str,
    contact: str,
    text: str,
    consent_text: str,
    by: User | None,
    place: str = "",
    at: datetime | None = None,
) -> PartnerMessage:
    """Keep a visitor's message for a published partner and tell the office.

    Raises `Refused` for a partner that is not public that day and without consent to keep name and contact.
    """
    at = at or clock.now()
    if not consent_text:
        raise Refused(
            "message.consent", "Cần đồng ý cho lưu tên và cách liên hệ để chuyển lời nhắn.", CONSENT
        )
    if not Partner.objects.published_on(clock.local_day(at)).filter(pk=partner.pk).exists():
        raise Refused(
            "message.partner", "Đối tác này hiện không nhận lời nhắn trên trang công khai.", CONSENT
        )
    row = PartnerMessage(
        partner=partner, unit=partner.unit, sender=sender.strip(), contact=contact.strip(), text=text.strip(),
        place=place.strip(), consent_text=consent_text,
    )  # fmt: skip
    return open_case(MESSAGE_DESK, row, by=by, at=at)


def press_message(
    row: PartnerMessage, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> MessageMove:
    """A step of a message; its day is written down."""
    at = at or clock.now()
    named = {"forward": "forwarded_on", "answer": "answered_on"}
    values = {named[verb]: clock.local_day(at)} if verb in named else {}
    return press(MESSAGE_DESK, row, verb, by=by, at=at, reason=reason, values=values)
