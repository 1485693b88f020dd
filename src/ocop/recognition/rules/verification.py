"""The verification of a star as a table: from a ground to a decision, or to keeping it (Art. 8, Decision 26/2026)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition
from ocop.recognition.enums import VerificationState as S

ARTICLE = "Điều 8 Quyết định 26/2026/QĐ-TTg"
ADVISORY = frozenset({"advisory_officer"})
LEADER = frozenset({"province_leader"})
CLERK = frozenset({"province_clerk"})
STANDING = frozenset({"standing_officer"})


@dataclass(frozen=True)
class VerificationFacts:
    """What the guards look at; `concluded_on` is the day of the conclusion or of the commune's confirmation."""

    stars: int
    conclusion: str
    concluded_on: date | None
    has_evidence: bool
    is_running: bool  # the certificate is neither revoked nor replaced


def conclusion_is_written(facts: VerificationFacts) -> Iterable[Refusal]:
    """A revocation is proposed on a dated conclusion with its paper."""
    if not facts.conclusion.strip():
        yield Refusal("verify.conclusion", "Chưa ghi kết luận xác minh.", ARTICLE)
    if facts.concluded_on is None:
        yield Refusal("verify.day", "Chưa ghi ngày kết luận hoặc ngày xã xác nhận.", ARTICLE)
    if not facts.has_evidence:
        yield Refusal("verify.evidence", "Chưa đính kèm tài liệu chứng minh.", ARTICLE)


def star_is_running(facts: VerificationFacts) -> Iterable[Refusal]:
    """What was replaced or taken back already cannot be taken back."""
    if not facts.is_running:
        yield Refusal("verify.gone", "Giấy chứng nhận đã được thay thế hoặc đã bị thu hồi.", ARTICLE)


def province_decides(facts: VerificationFacts) -> Iterable[Refusal]:
    """The chair of the province takes back 3 and 4 stars."""
    if facts.stars == 5:
        yield Refusal("verify.minister", "Sao hạng 5 do Bộ trưởng quyết định thu hồi.", ARTICLE)


def minister_decides(facts: VerificationFacts) -> Iterable[Refusal]:
    """The Minister takes back five stars."""
    if facts.stars != 5:
        yield Refusal("verify.province", "Sao hạng 3, 4 do Chủ tịch UBND tỉnh quyết định thu hồi.", ARTICLE)


def _move(
    name: str, source: tuple[S, ...], target: S, roles: frozenset[str], label: str, **more: object
) -> Transition:
    return Transition(
        name=name,
        source=frozenset(one.value for one in source),
        target=target.value,
        roles=roles,
        label=label,
        legal_basis=ARTICLE,
        **more,  # type: ignore[arg-type]
    )


VERIFY = Flow(
    key="star-verification",
    title="Xác minh, thu hồi sao theo Quyết định 26/2026/QĐ-TTg",
    initial=S.OPENED.value,
    final=frozenset({S.REVOKED.value, S.CLOSED.value}),
    legal_basis=ARTICLE,
    transitions=(
        _move(
            "propose", (S.OPENED,), S.PROPOSED, ADVISORY, "Đề nghị thu hồi",
            guards=(star_is_running, conclusion_is_written), style="primary",
        ),
        _move("close", (S.OPENED, S.PROPOSED), S.CLOSED, ADVISORY, "Kết thúc, giữ sao", needs_reason=True),
        _move("send_back", (S.PROPOSED,), S.OPENED, LEADER, "Yêu cầu xác minh thêm", needs_reason=True),
        _move(
            "approve", (S.PROPOSED,), S.APPROVED, LEADER, "Duyệt thu hồi",
            guards=(star_is_running, province_decides), style="primary",
        ),
        _move(
            "issue", (S.APPROVED,), S.REVOKED, CLERK, "Ban hành quyết định thu hồi",
            guards=(star_is_running,), style="danger",
        ),
        _move(
            "record_minister", (S.PROPOSED,), S.REVOKED, STANDING, "Ghi quyết định của Bộ trưởng",
            guards=(star_is_running, minister_decides), style="danger",
        ),
    ),
)  # fmt: skip


def due_after(concluded_on: date | None, days: int) -> date | None:
    """The last day for the decision: `days` calendar days, day 1 being the day after the conclusion (Art. 8)."""
    return concluded_on + timedelta(days=days) if concluded_on else None
