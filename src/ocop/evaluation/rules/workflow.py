"""The road of a dossier as a table, one flow per procedure of the law.

Decision 26/2026/QĐ-TTg, Art. 5 and 7: producer -> commune (15 working days, no marks) -> advisory body of the
province -> expert team -> council -> chair of the provincial People's Committee; 90 points and more go on to the
centre. Roles are keys of `accounts` (memberships), "producer.*" (access to the producer) and "council.*" (seats).
"""

from collections.abc import Iterable
from typing import Any

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.facts import DossierFacts
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

PRODUCER = frozenset({"producer.owner", "producer.staff", "producer.helper"})
OWNER = frozenset({"producer.owner", "producer.staff"})
COMMUNE = frozenset({"commune_officer", "commune_leader"})
COMMUNE_LEADER = frozenset({"commune_leader"})
ADVISORY = frozenset({"advisory_officer"})
EXPERT_LEAD = frozenset({"expert_lead"})
COUNCIL_DESK = frozenset({"council.chair", "council.deputy", "council.secretary"})
COUNCIL_CHAIR = frozenset({"council.chair", "council.deputy"})
LEADER = frozenset({"province_leader"})
CLERK = frozenset({"province_clerk"})
STANDING = frozenset({"standing_officer"})

QD26 = "Quyết định 26/2026/QĐ-TTg"
ART_SUBMIT = f"Điều 7 khoản 1 {QD26}"
ART_COMMUNE = f"Điều 7 khoản 2 {QD26}"
ART_PROVINCE = f"Điều 7 khoản 3 {QD26}"
ART_CENTRE = f"Điều 7 khoản 4 {QD26}"
ART_NO_CERT = f"Điều 4 khoản 1 điểm a {QD26}"


def dossier_is_complete(facts: DossierFacts) -> Iterable[Refusal]:
    """Form 01, form 02, an answer to every criterion and the producer's eligibility (Art. 2, 6)."""
    yield from facts.missing
    yield from facts.eligibility


def report_is_complete(facts: DossierFacts) -> Iterable[Refusal]:
    """The four assessments of form 03 are written (Art. 7.2)."""
    if facts.assessments_missing:
        yield Refusal(
            "report.missing", "Mẫu 03 còn thiếu: " + "; ".join(facts.assessments_missing) + ".", ART_COMMUNE
        )
    if facts.meeting_needed_and_missing:
        yield Refusal(
            "report.meeting", "Đã chọn có họp lấy ý kiến nhưng chưa ghi biên bản cuộc họp.", ART_COMMUNE
        )
    if not facts.proposal_letter:
        yield Refusal("report.letter", "Chưa lập công văn đề nghị.", ART_COMMUNE)


def site_check_is_decided(facts: DossierFacts) -> Iterable[Refusal]:
    """The commune has said whether a re-evaluation is checked on site, and what the check found (Art. 7.6)."""
    yield from facts.site_check


def samples_are_noted(facts: DossierFacts) -> Iterable[Refusal]:
    """Samples that the set asks for were received (Appendix III; set 26 asks for none)."""
    if facts.samples_received < facts.samples_needed:
        yield Refusal(
            "samples.missing",
            f"Mới nhận {facts.samples_received}/{facts.samples_needed} mẫu sản phẩm.",
            ART_PROVINCE,
        )


def experts_are_assigned(facts: DossierFacts) -> Iterable[Refusal]:
    """Somebody of the expert team has the dossier before it is handed over."""
    if not facts.experts_assigned:
        yield Refusal("experts.none", "Chưa phân công thành viên Tổ tư vấn.", ART_PROVINCE)


def expert_report_is_written(facts: DossierFacts) -> Iterable[Refusal]:
    """The expert team reports to the chair of the council (Art. 7.3)."""
    if not facts.expert_report:
        yield Refusal("experts.report", "Chưa có báo cáo thẩm định của Tổ tư vấn.", ART_PROVINCE)


def result_is_closed(facts: DossierFacts) -> Iterable[Refusal]:
    """The council has closed a result."""
    if not facts.result_closed:
        yield Refusal("result.open", "Hội đồng chưa chốt kết quả.", ART_PROVINCE)


def draft_is_approved(facts: DossierFacts) -> Iterable[Refusal]:
    """The chair of the People's Committee has approved the draft decision that holds this dossier."""
    if not facts.draft_approved:
        yield Refusal("draft.open", "Chủ tịch UBND tỉnh chưa duyệt dự thảo quyết định.", ART_PROVINCE)


def letters_are_made(facts: DossierFacts) -> Iterable[Refusal]:
    """Commune and producer are told in writing (Art. 7.3)."""
    if not facts.letters_made:
        yield Refusal("letters.none", "Chưa lập thông báo bằng văn bản cho xã và chủ thể.", ART_PROVINCE)


def _move(
    name: str,
    source: S | tuple[S, ...],
    target: S | None,
    roles: frozenset[str],
    label: str,
    basis: str,
    **more: Any,
) -> Transition:
    states = frozenset({source} if isinstance(source, S) else source)
    return Transition(
        name=name,
        source=frozenset(str(s.value) for s in states),
        target=target.value if target else None,
        roles=roles,
        label=label,
        legal_basis=basis,
        **more,
    )


FLOW_26_2026 = Flow(
    key="26-2026",
    title="Đánh giá, phân hạng theo Quyết định 26/2026/QĐ-TTg",
    initial=S.DRAFT.value,
    final=frozenset({S.RECOGNISED.value, S.NOT_RANKED.value, S.WITHDRAWN.value}),
    legal_basis=f"Điều 5, Điều 7 {QD26}",
    transitions=(
        _move(
            "submit",
            S.DRAFT,
            S.SUBMITTED,
            PRODUCER,
            "Nộp hồ sơ",
            ART_SUBMIT,
            guards=(dossier_is_complete,),
            style="primary",
        ),
        _move(
            "withdraw",
            (S.DRAFT, S.SUBMITTED, S.RETURNED_BY_COMMUNE, S.RETURNED_BY_PROVINCE),
            S.WITHDRAWN,
            OWNER,
            "Rút hồ sơ",
            ART_SUBMIT,
            needs_reason=True,
            style="danger",
            confirm="Rút hồ sơ? Dữ liệu đã nhập vẫn được giữ.",
        ),
        _move("receive", S.SUBMITTED, S.COMMUNE_REVIEW, COMMUNE, "Tiếp nhận", ART_COMMUNE, style="primary"),
        _move(
            "return_to_producer",
            (S.SUBMITTED, S.COMMUNE_REVIEW),
            S.RETURNED_BY_COMMUNE,
            COMMUNE,
            "Trả lại để bổ sung",
            ART_COMMUNE,
            needs_reason=True,
        ),
        _move(
            "supplement",
            S.RETURNED_BY_COMMUNE,
            S.COMMUNE_REVIEW,
            PRODUCER,
            "Nộp bổ sung",
            ART_COMMUNE,
            guards=(dossier_is_complete,),
            style="primary",
        ),
        _move(
            "propose",
            S.COMMUNE_REVIEW,
            S.PROPOSED,
            COMMUNE_LEADER,
            "Ký đề nghị, gửi tỉnh",
            ART_COMMUNE,
            guards=(report_is_complete, site_check_is_decided),
            style="primary",
        ),
        _move(
            "receive_at_province",
            S.PROPOSED,
            S.PROVINCE_INTAKE,
            ADVISORY,
            "Tiếp nhận hồ sơ",
            ART_PROVINCE,
            style="primary",
        ),
        _move(
            "ask_supplement",
            (S.PROVINCE_INTAKE, S.EXPERT_REVIEW),
            S.RETURNED_BY_PROVINCE,
            ADVISORY | EXPERT_LEAD,
            "Yêu cầu bổ sung",
            ART_PROVINCE,
            needs_reason=True,
        ),
        _move(
            "supplement_to_province",
            S.RETURNED_BY_PROVINCE,
            S.PROVINCE_INTAKE,
            PRODUCER | COMMUNE,
            "Nộp bổ sung",
            ART_PROVINCE,
            guards=(dossier_is_complete,),
            style="primary",
        ),
        _move(
            "hand_to_experts",
            S.PROVINCE_INTAKE,
            S.EXPERT_REVIEW,
            ADVISORY,
            "Chuyển Tổ tư vấn",
            ART_PROVINCE,
            guards=(samples_are_noted, experts_are_assigned),
            style="primary",
        ),
        _move(
            "report_to_chair",
            S.EXPERT_REVIEW,
            S.COUNCIL_READY,
            EXPERT_LEAD,
            "Báo cáo Chủ tịch Hội đồng",
            ART_PROVINCE,
            guards=(expert_report_is_written,),
            style="primary",
        ),
        _move(
            "put_before_council",
            S.COUNCIL_READY,
            S.IN_SESSION,
            COUNCIL_DESK,
            "Đưa ra họp Hội đồng",
            ART_PROVINCE,
        ),
        _move(
            "take_off_agenda",
            S.IN_SESSION,
            S.COUNCIL_READY,
            COUNCIL_DESK,
            "Rút khỏi phiên họp",
            ART_PROVINCE,
            needs_reason=True,
        ),
        _move(
            "conclude_recognise",
            S.IN_SESSION,
            S.AWAITING_DECISION,
            COUNCIL_CHAIR,
            "Chốt: đề nghị công nhận",
            ART_PROVINCE,
            guards=(result_is_closed,),
        ),
        _move(
            "conclude_five",
            S.IN_SESSION,
            S.AWAITING_APPROVAL,
            COUNCIL_CHAIR,
            "Chốt: tiềm năng 5 sao",
            ART_CENTRE,
            guards=(result_is_closed,),
        ),
        _move(
            "conclude_not_ranked",
            S.IN_SESSION,
            S.TO_BE_TOLD,
            COUNCIL_CHAIR,
            "Chốt: không được công nhận",
            ART_NO_CERT,
            guards=(result_is_closed,),
        ),
        _move(
            "tell_result",
            S.TO_BE_TOLD,
            S.NOT_RANKED,
            ADVISORY,
            "Gửi thông báo kết quả",
            ART_PROVINCE,
            guards=(letters_are_made,),
            style="primary",
        ),
        _move(
            "return_to_council",
            (S.AWAITING_DECISION, S.AWAITING_APPROVAL),
            S.COUNCIL_READY,
            LEADER,
            "Yêu cầu Hội đồng xem lại",
            ART_PROVINCE,
            needs_reason=True,
        ),
        _move(
            "recognise",
            S.AWAITING_DECISION,
            S.RECOGNISED,
            CLERK,
            "Ban hành quyết định, cấp giấy",
            ART_PROVINCE,
            guards=(draft_is_approved,),
            style="primary",
        ),
        _move(
            "approve_for_centre",
            S.AWAITING_APPROVAL,
            S.APPROVED_FOR_CENTRE,
            LEADER,
            "Phê duyệt kết quả",
            ART_CENTRE,
            style="primary",
        ),
        _move(
            "send_to_centre",
            S.APPROVED_FOR_CENTRE,
            S.AT_CENTRE,
            ADVISORY,
            "Gửi trung ương",
            ART_CENTRE,
            style="primary",
        ),
        _move(
            "record_five_stars",
            S.AT_CENTRE,
            S.RECOGNISED,
            STANDING,
            "Ghi nhận 5 sao",
            ART_CENTRE,
            style="primary",
        ),
        _move(
            "record_below_ninety",
            S.AT_CENTRE,
            S.CENTRE_BELOW,
            STANDING,
            "Ghi kết quả dưới 90 điểm",
            ART_CENTRE,
            needs_reason=True,
        ),
        _move(
            "decide_on_centre_result",
            S.CENTRE_BELOW,
            S.AWAITING_DECISION,
            LEADER,
            "Công nhận 3, 4 sao theo kết quả trung ương",
            f"Điều 7 khoản 4 điểm g {QD26}",
            style="primary",
        ),
        _move(
            "order_reranking",
            S.CENTRE_BELOW,
            S.COUNCIL_READY,
            LEADER,
            "Giao đánh giá lại",
            f"Điều 7 khoản 4 điểm g {QD26}",
            needs_reason=True,
        ),
    ),
)

FLOWS = {FLOW_26_2026.key: FLOW_26_2026}

# States in which the producer's side may edit the dossier.
EDITABLE = frozenset({S.DRAFT, S.RETURNED_BY_COMMUNE, S.RETURNED_BY_PROVINCE})

# States whose clock belongs to the commune (15 working days, Art. 7.2) and those that stop it.
COMMUNE_CLOCK = frozenset({S.COMMUNE_REVIEW})

# Who is expected to act in each state: keys of roles. Drives "Việc của tôi" and the word "đang ở".
WAITS_FOR = {
    S.DRAFT: PRODUCER,
    S.SUBMITTED: COMMUNE,
    S.COMMUNE_REVIEW: COMMUNE,
    S.RETURNED_BY_COMMUNE: PRODUCER,
    S.PROPOSED: ADVISORY,
    S.PROVINCE_INTAKE: ADVISORY,
    S.RETURNED_BY_PROVINCE: PRODUCER | COMMUNE,
    S.EXPERT_REVIEW: EXPERT_LEAD | frozenset({"expert_member"}),
    S.COUNCIL_READY: COUNCIL_DESK,
    S.IN_SESSION: frozenset({"council.chair", "council.deputy", "council.member", "council.secretary"}),
    S.AWAITING_DECISION: LEADER | CLERK,
    S.AWAITING_APPROVAL: LEADER,
    S.APPROVED_FOR_CENTRE: ADVISORY,
    S.AT_CENTRE: STANDING,
    S.CENTRE_BELOW: LEADER,
    S.TO_BE_TOLD: ADVISORY,
    S.RECOGNISED: frozenset(),
    S.NOT_RANKED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
