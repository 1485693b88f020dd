"""Who may do what to a dossier, beside the moves of its flow."""

from collections.abc import Collection, Iterable

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.rules.workflow import (
    ADVISORY,
    COMMUNE,
    COUNCIL_DESK,
    DISTRICT_DESK,
    EXPERTS_AT_WORK,
    INTAKE,
    PRODUCER,
)
from ocop.kit.errors import ALLOWED, Refusal, Verdict


def may_edit_dossier(roles: frozenset[str], dossier: Dossier) -> Verdict:
    """The producer's people, and the commune for a producer that it helps, while the dossier is theirs to change."""
    if not roles & (PRODUCER | COMMUNE):
        return Refusal("dossier.not_yours", "Chỉ người của cơ sở hoặc cán bộ xã hỗ trợ được sửa hồ sơ.")
    if not dossier.is_editable:
        label = DossierState(dossier.state).label
        return Refusal("dossier.locked", f"Hồ sơ đang ở bước “{label}”, không sửa được nữa.")
    return ALLOWED


def may_write_report(roles: frozenset[str], dossier: Dossier) -> Verdict:
    """The commune writes form 03 while it assesses."""
    if not roles & COMMUNE:
        return Refusal("report.role", "Chỉ cán bộ, lãnh đạo UBND cấp xã lập báo cáo mẫu 03.")
    if dossier.state != DossierState.COMMUNE_REVIEW:
        return Refusal("report.state", "Chỉ lập mẫu 03 khi xã đang đánh giá hồ sơ.")
    return ALLOWED


def may_work_at_province(roles: frozenset[str], dossier: Dossier) -> Verdict:
    """The desk of the level that ranks checks, notes samples and assigns experts while the dossier is on it."""
    level = "huyện" if dossier.at_district else "tỉnh"
    if not roles & (DISTRICT_DESK if dossier.at_district else ADVISORY):
        return Refusal("province.role", f"Chỉ cơ quan tham mưu quản lý OCOP cấp {level} làm việc này.")
    if dossier.state not in INTAKE | EXPERTS_AT_WORK:
        return Refusal("province.state", f"Hồ sơ không nằm ở bước kiểm tra của {level}.")
    return ALLOWED


def may_write_expert_report(roles: frozenset[str], dossier: Dossier, *, assigned: bool) -> Verdict:
    """The assigned members of the expert team write the report."""
    if not assigned or not roles & {"expert_lead", "expert_member"}:
        return Refusal("experts.role", "Chỉ thành viên Tổ tư vấn được phân công viết báo cáo thẩm định.")
    if dossier.state not in EXPERTS_AT_WORK:
        return Refusal("experts.state", "Hồ sơ không nằm ở bước thẩm định.")
    return ALLOWED


def may_check(roles: frozenset[str], dossier: Dossier, *, at_province: bool) -> Verdict:
    """An office fills in its own checklist while the dossier lies with it."""
    if at_province:
        return may_work_at_province(roles, dossier)
    if not roles & COMMUNE:
        return Refusal("check.role", "Chỉ cán bộ, lãnh đạo UBND cấp xã kiểm tra hồ sơ.")
    if dossier.state not in (DossierState.SUBMITTED, DossierState.COMMUNE_REVIEW):
        return Refusal("check.state", "Hồ sơ không còn ở bước kiểm tra của xã.")
    return ALLOWED


def may_run_desk(roles: frozenset[str]) -> Verdict:
    """Chair, deputy and secretary run the council's desk."""
    if roles & COUNCIL_DESK:
        return ALLOWED
    return Refusal("council.desk", "Chỉ Chủ tịch, Phó Chủ tịch hoặc Thư ký Hội đồng làm việc này.")


def may_chair(user_id: int, leads: Iterable[int]) -> Verdict:
    """Who presides: the chair, or the authorised deputy in the chair's place; `leads` are their user ids."""
    if user_id in set(leads):
        return ALLOWED
    return Refusal("council.chair", "Chỉ người chủ trì phiên họp làm việc này.")


def may_appoint_council(roles: Collection[str]) -> Verdict:
    """The desk of the level and the province's administrator record councils and seats from the decision."""
    if set(roles) & {"district_officer", "advisory_officer", "administrator"}:
        return ALLOWED
    return Refusal(
        "council.appoint", "Chỉ cơ quan tham mưu quản lý OCOP cùng cấp hoặc quản trị ghi thành phần Hội đồng."
    )


def may_answer_centre(roles: frozenset[str], role: str) -> Verdict:
    """The advisory body sends to the centre, the standing agency records the answer (Art. 7.4)."""
    if role in roles:
        return ALLOWED
    who = "cơ quan tham mưu" if role == "advisory_officer" else "cơ quan thường trực Chương trình OCOP"
    return Refusal("centre.role", f"Việc này của {who}.")


def may_open_decisions(scope_roles: frozenset[str], wanted: frozenset[str]) -> Verdict:
    """The decision's desk is for those who draft, approve or number decisions."""
    if scope_roles & wanted:
        return ALLOWED
    return Refusal("decision.desk", "Trang này dành cho cơ quan tham mưu, lãnh đạo và văn thư UBND.")
