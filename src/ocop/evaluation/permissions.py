"""Who may do what to a dossier, beside the moves of its flow."""

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.rules.workflow import ADVISORY, COMMUNE, PRODUCER
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
    """The advisory body checks, notes samples and assigns experts while the dossier is on its desk."""
    if not roles & ADVISORY:
        return Refusal("province.role", "Chỉ cơ quan tham mưu quản lý OCOP tỉnh làm việc này.")
    if dossier.state not in (DossierState.PROVINCE_INTAKE, DossierState.EXPERT_REVIEW):
        return Refusal("province.state", "Hồ sơ không nằm ở bước kiểm tra của tỉnh.")
    return ALLOWED


def may_write_expert_report(roles: frozenset[str], dossier: Dossier, *, assigned: bool) -> Verdict:
    """The assigned members of the expert team write the report."""
    if not assigned or not roles & {"expert_lead", "expert_member"}:
        return Refusal("experts.role", "Chỉ thành viên Tổ tư vấn được phân công viết báo cáo thẩm định.")
    if dossier.state != DossierState.EXPERT_REVIEW:
        return Refusal("experts.state", "Hồ sơ không nằm ở bước thẩm định.")
    return ALLOWED
