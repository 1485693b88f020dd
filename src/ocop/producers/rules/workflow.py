"""The flow of a claim: a person says a business is theirs, the commune confirms or refuses."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.accounts.enums import Role
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition
from ocop.producers.enums import ClaimState

CLAIMANT = "producer.claimant"
DECIDERS = frozenset({Role.COMMUNE_OFFICER.value, Role.COMMUNE_LEADER.value})
BASIS = "Điều 7 khoản 1, 2 Quyết định 26/2026/QĐ-TTg (chủ thể nộp hồ sơ tại UBND cấp xã)"
PRIVACY = "Nghị định 13/2023/NĐ-CP, Điều 12 (rút lại sự đồng ý)"


@dataclass(frozen=True)
class ClaimFacts:
    """What the guards look at."""

    owner_already: bool = False
    own_claim: bool = False


def _no_other_owner(facts: ClaimFacts) -> Iterable[Refusal]:
    if facts.owner_already:
        yield Refusal(
            "claim.owner",
            "Cơ sở này đã có chủ trong hệ thống. Hãy kết thúc quyền của người cũ trước khi xác nhận.",
            BASIS,
        )


def _not_oneself(facts: ClaimFacts) -> Iterable[Refusal]:
    if facts.own_claim:
        yield Refusal("claim.self", "Bạn không thể tự xác nhận đề nghị của chính mình.", BASIS)


CLAIM_FLOW = Flow(
    key="producer-claim",
    title="Nhận cơ sở, đăng ký cơ sở",
    initial=ClaimState.WAITING,
    final=frozenset({ClaimState.CONFIRMED, ClaimState.REFUSED, ClaimState.WITHDRAWN}),
    legal_basis=BASIS,
    transitions=(
        Transition(
            "confirm", frozenset({ClaimState.WAITING}), ClaimState.CONFIRMED, DECIDERS, "Xác nhận đúng chủ",
            (_not_oneself, _no_other_owner), BASIS, style="primary",
        ),
        Transition(
            "refuse", frozenset({ClaimState.WAITING}), ClaimState.REFUSED, DECIDERS, "Từ chối",
            (_not_oneself,), BASIS, needs_reason=True, style="danger",
        ),
        Transition(
            "withdraw", frozenset({ClaimState.WAITING}), ClaimState.WITHDRAWN, frozenset({CLAIMANT}), "Rút đề nghị",
            (), PRIVACY,
        ),
    ),
)  # fmt: skip
