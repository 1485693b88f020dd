"""A certificate printed anew, as a table: asked, checked, issued or declined.

Decision 26/2026/QĐ-TTg says nothing on it; who decides is a dated setting, `reissue_decider`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Guard, Transition
from ocop.recognition.enums import IN_VALIDITY, ReissueGround, State
from ocop.recognition.enums import ReissueState as S

ARTICLE = "Điều 4 khoản 3 Quyết định 26/2026/QĐ-TTg"
ADVISORY = frozenset({"advisory_officer"})
PROVINCE = frozenset({"province_leader", "province_clerk"})
STANDING = frozenset({"standing_officer"})


@dataclass(frozen=True)
class ReissueFacts:
    """What the guards look at; `state` is what the certificate is worth today."""

    stars: int
    state: State
    is_printable: bool  # number, day and decision are on record
    ground: str
    has_evidence: bool
    says_what_changes: bool
    decider: str  # issuer | advisory


def certificate_stands(facts: ReissueFacts) -> Iterable[Refusal]:
    """Only a certificate in validity is printed anew: the term stays, so there must be one."""
    if facts.state not in IN_VALIDITY:
        words = State(facts.state).label.lower()
        yield Refusal(
            "reissue.state",
            f"Giấy chứng nhận này: {words}. Chỉ cấp lại giấy còn hiệu lực, vì cấp lại không đổi thời hạn.",
            ARTICLE,
        )
    elif not facts.is_printable:
        yield Refusal(
            "reissue.unknown",
            "Sổ chưa có số, ngày cấp hoặc quyết định của giấy này nên chưa in lại được.",
            ARTICLE,
        )


def change_is_shown(facts: ReissueFacts) -> Iterable[Refusal]:
    """What changes on the paper is named, and a new name or a correction comes with the paper that proves it."""
    if facts.ground != ReissueGround.LOST and not facts.says_what_changes:
        yield Refusal(
            "reissue.change", "Chưa ghi nội dung mới của giấy, hoặc nội dung mới giống nội dung cũ.", ARTICLE
        )
    if facts.ground in (ReissueGround.RENAMED, ReissueGround.MISTAKE) and not facts.has_evidence:
        yield Refusal("reissue.evidence", "Chưa đính kèm giấy tờ chứng minh.", ARTICLE)


def province_issues(facts: ReissueFacts) -> Iterable[Refusal]:
    """The chair of the province issued three and four stars."""
    if facts.decider != "issuer" or facts.stars == 5:
        yield Refusal("reissue.decider", "Giấy này không do UBND cấp tỉnh cấp lại.", ARTICLE)


def centre_issues(facts: ReissueFacts) -> Iterable[Refusal]:
    """The Minister issued five stars."""
    if facts.decider != "issuer" or facts.stars != 5:
        yield Refusal("reissue.decider", "Giấy này không do Bộ trưởng cấp lại.", ARTICLE)


def advisory_issues(facts: ReissueFacts) -> Iterable[Refusal]:
    """The advisory body, where the setting of the province says so."""
    if facts.decider != "advisory":
        yield Refusal("reissue.decider", "Cơ quan đã cấp giấy thì cấp lại.", ARTICLE)


def issuing_verb(stars: int, decider: str) -> str:
    """The one verb that issues the new copy of this certificate."""
    if decider == "advisory":
        return "issue_advisory"
    return "issue_centre" if stars == 5 else "issue"


def _issue(name: str, roles: frozenset[str], label: str, guard: Guard) -> Transition:
    return Transition(
        name=name, source=frozenset({S.CHECKED.value}), target=S.ISSUED.value, roles=roles, label=label,
        guards=(guard, certificate_stands), legal_basis=ARTICLE, style="primary",
    )  # fmt: skip


REISSUE = Flow(
    key="certificate-reissue",
    title="Cấp lại giấy chứng nhận",
    initial=S.ASKED.value,
    final=frozenset({S.ISSUED.value, S.DECLINED.value}),
    legal_basis=ARTICLE,
    transitions=(
        Transition(
            name="check", source=frozenset({S.ASKED.value}), target=S.CHECKED.value, roles=ADVISORY,
            label="Đủ căn cứ, trình cấp lại", guards=(certificate_stands, change_is_shown), legal_basis=ARTICLE,
            style="primary",
        ),
        Transition(
            name="decline", source=frozenset({S.ASKED.value, S.CHECKED.value}), target=S.DECLINED.value,
            roles=ADVISORY, label="Không cấp lại", legal_basis=ARTICLE, needs_reason=True,
        ),
        Transition(
            name="send_back", source=frozenset({S.CHECKED.value}), target=S.ASKED.value,
            roles=PROVINCE | STANDING, label="Yêu cầu kiểm tra lại", legal_basis=ARTICLE, needs_reason=True,
        ),
        _issue("issue", PROVINCE, "Cấp lại giấy chứng nhận", province_issues),
        _issue("issue_centre", STANDING, "Ghi giấy Bộ trưởng cấp lại", centre_issues),
        _issue("issue_advisory", ADVISORY, "Cấp lại giấy chứng nhận", advisory_issues),
    ),
)  # fmt: skip
ISSUING = ("issue", "issue_centre", "issue_advisory")
