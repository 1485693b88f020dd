"""The procedure of messages to partners."""

from typing import Any

from django.db.models import Q

from ocop.accounts.attached import is_attached
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.registers import Column
from ocop.partners.actions import messages
from ocop.partners.models import PartnerMessage
from ocop.partners.permissions import ACCOUNT
from ocop.partners.rules.messages import PARTNER
from ocop.producers.casework import OfficeProcedure


class MessagesProcedure(OfficeProcedure):
    """Messages from the public site to partners."""

    key = "messages"
    model = PartnerMessage
    title = "Lời nhắn tới đối tác"
    noun = "lời nhắn"
    section = "Xúc tiến"
    icon = "mail"
    order = 68
    desk = messages.MESSAGE_DESK
    producer_path = ""
    has_api = False
    marks = {
        "received": ("water", "mail"), "forwarded": ("water", "send"), "answered": ("leaf", "check"),
        "closed": ("grey", "slash"),
    }  # fmt: skip
    columns = (
        Column("code", "Mã", on="list detail excel"),
        Column("partner", on="list detail excel", sort="partner__name"),
        Column("state", on="list detail excel"),
        Column("opened_at", "Nhận lúc", on="list detail excel"),
        Column("due_on", on="list excel"),
        Column("sender", on="detail"),
        Column("place", on="detail"),
        Column("contact", on="detail"),
        Column("text", on="detail"),
        Column("forwarded_on", on="detail excel"),
        Column("answered_on", on="detail excel"),
    )
    filters = ("state",)
    related = ("partner", "unit")
    ordering = ("-opened_at", "-pk")
    story = ("partner",)
    empty_text = "Chủ thể, người mua nhắn từ trang đối tác công khai."

    def may_see(self, user: Any) -> Verdict:
        """The desk of partners, and a partner with an account."""
        if super().may_see(user):
            return ALLOWED
        return (
            ALLOWED
            if is_attached(user, ACCOUNT)
            else Refusal("register.hidden", "Sổ này dành cho cán bộ và đối tác.")
        )

    def may_create(self, user: Any) -> Verdict:
        return Refusal("messages.public", "Lời nhắn được gửi từ trang công khai của đối tác.")

    def holding(self, user: Any) -> dict[str, Q]:
        return super().holding(user) | {PARTNER: Q(partner__account=user.pk)}

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return messages.press_message(row, verb, by=by, reason=reason, at=at)
