"""What becomes of a message to a partner: passed on, answered, or not passed on with the reason."""

from ocop.accounts.enums import Role
from ocop.kit.flow import Flow, Transition
from ocop.partners.enums import MessageState
from ocop.partners.rules.assessment import PLAN

DESK = frozenset({Role.ADVISORY_OFFICER.value, Role.STANDING_OFFICER.value})
PARTNER = "partner.account"

MESSAGE_FLOW = Flow(
    key="partner-message",
    title="Lời nhắn tới đối tác",
    initial=MessageState.RECEIVED,
    final=frozenset({MessageState.ANSWERED, MessageState.CLOSED}),
    legal_basis=PLAN,
    transitions=(
        Transition(
            "forward", frozenset({MessageState.RECEIVED.value}), MessageState.FORWARDED, DESK,
            "Đã chuyển cho đối tác", (), PLAN, style="primary",
        ),
        Transition(
            "answer", frozenset({MessageState.RECEIVED.value, MessageState.FORWARDED.value}), MessageState.ANSWERED,
            DESK | {PARTNER}, "Đối tác đã trả lời", (), PLAN, style="primary",
        ),
        Transition(
            "close", frozenset({MessageState.RECEIVED.value}), MessageState.CLOSED, DESK, "Không chuyển", (), PLAN,
            needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip
