"""Request for support under a policy: request, appraisal, decision, payments, settlement (IV.12, V.2 of the plan).

Whoever decides appraises: the district to 30/6/2025 (`local.*`), the province where the policy says so.
"""

from dataclasses import replace

from ocop.funding.rules import support
from ocop.kit.flow import Flow, Transition

BASIS = "Mục IV.12, V.2 Kế hoạch; Nghị quyết 51/2021/NQ-HĐND, sửa đổi bởi Nghị quyết 165/2025/NQ-HĐND"
PRODUCER = frozenset({"producer.owner", "producer.staff", "producer.helper"})
APPLICANTS = PRODUCER | {"commune_officer", "local.officer"}
LOCAL_OFFICER, LOCAL_LEADER = "local.officer", "local.leader"
PROVINCE_OFFICER, PROVINCE_LEADER = "advisory_officer", "province_leader"
OFFICERS = frozenset({LOCAL_OFFICER, PROVINCE_OFFICER})
LEADERS = frozenset({LOCAL_LEADER, PROVINCE_LEADER})


def _move(
    name: str, source: str, target: str | None, roles: frozenset[str], label: str, **more: object
) -> Transition:
    return Transition(name, frozenset({source}), target, roles, label, legal_basis=BASIS, **more)  # type: ignore[arg-type]


SUPPORT = Flow(
    "support-request",
    "Hỗ trợ theo chính sách",
    "draft",
    frozenset({"paid", "refused", "stopped", "withdrawn"}),
    (
        _move("submit", "draft", "submitted", APPLICANTS, "Gửi đề nghị", guards=support.ASKED, style="primary"),
        _move("appraise", "submitted", "appraised", OFFICERS, "Thẩm định", style="primary",
              guards=(support.under_ceiling,)),
        _move("give_back", "submitted", "draft", OFFICERS, "Trả lại để bổ sung", needs_reason=True),
        _move("decide", "appraised", "decided", LEADERS, "Quyết định hỗ trợ", style="primary",
              guards=support.ASKED),
        _move("reappraise", "appraised", "submitted", LEADERS, "Thẩm định lại", needs_reason=True),
        _move("refuse", "appraised", "refused", LEADERS, "Không hỗ trợ", needs_reason=True, style="danger"),
        _move("pay", "decided", None, OFFICERS, "Ghi lần chi", style="primary", guards=(support.within_decided,)),
        _move("settle", "decided", "paid", OFFICERS, "Quyết toán", guards=(support.was_paid,)),
        _move("stop", "decided", "stopped", LEADERS, "Thôi thực hiện", needs_reason=True, style="danger",
              guards=(support.unpaid,)),
        _move("withdraw", "draft", "withdrawn", APPLICANTS, "Rút đề nghị", confirm="Đề nghị này sẽ đóng lại."),
        Transition("withdraw", frozenset({"submitted"}), "withdrawn", APPLICANTS - {LOCAL_OFFICER}, "Rút đề nghị",
                   legal_basis=BASIS, confirm="Đề nghị này sẽ đóng lại."),
    ),
    BASIS,
)  # fmt: skip


def narrowed(decided_by: str) -> Flow:
    """The flow with the roles of one level: "local" or "province" appraises, decides and pays."""
    others = (
        {LOCAL_OFFICER, LOCAL_LEADER} if decided_by == "province" else {PROVINCE_OFFICER, PROVINCE_LEADER}
    )
    return replace(
        SUPPORT, transitions=tuple(replace(one, roles=one.roles - others) for one in SUPPORT.transitions)
    )


def roles_under(decided_by: str, roles: frozenset[str]) -> frozenset[str]:
    """The roles that count under a policy: those of the level that does not decide are dropped."""
    if decided_by == "province":
        return roles - {LOCAL_OFFICER, LOCAL_LEADER}
    return roles - {PROVINCE_OFFICER, PROVINCE_LEADER}
