"""Words of inspections and of the papers of quality."""

from django.db.models import TextChoices


class Area(TextChoices):
    """What a visit looks at (section IV.4 of the plan)."""

    FOOD_SAFETY = "food_safety", "An toàn thực phẩm"
    QUALITY = "quality", "Chất lượng sản phẩm, quy trình sản xuất"
    ENVIRONMENT = "environment", "Vệ sinh môi trường"
    LABEL = "label", "Nhãn hàng hóa, tem và sao OCOP"
    TRACING = "tracing", "Truy xuất nguồn gốc"


class Verdict(TextChoices):
    """The answer to one question of the checklist."""

    YES = "yes", "Đạt"
    NO = "no", "Không đạt"
    NONE = "na", "Không áp dụng"


class PlanState(TextChoices):
    """Where the yearly plan of one agency stands."""

    DRAFT = "draft", "Đang lập"
    SENT = "sent", "Đã gửi cơ quan thường trực"
    RETURNED = "returned", "Trả lại để sửa"
    TAKEN = "taken", "Đã đưa vào chương trình chung"
    AGREED = "agreed", "Đã thống nhất"


class ProgrammeState(TextChoices):
    """Where the yearly programme of the province stands."""

    COLLECTING = "collecting", "Đang gom kế hoạch"
    PROPOSED = "proposed", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt, chờ ban hành"
    ISSUED = "issued", "Đã ban hành"


class OverlapState(TextChoices):
    """What became of two visits to one producer close to each other."""

    OPEN = "open", "Chưa xử lý"
    MERGED = "merged", "Đã gộp thành một đoàn"
    JUSTIFIED = "justified", "Giữ cả hai, có lý do"
    GONE = "gone", "Không còn trùng"


class VisitKind(TextChoices):
    """Whether a visit stands in the yearly programme."""

    PLANNED = "planned", "Theo kế hoạch"
    UNPLANNED = "unplanned", "Đột xuất"


class VisitGround(TextChoices):
    """Why a visit is made outside of the programme."""

    COMPLAINT = "complaint", "Khiếu nại, phản ánh của người dân"
    MISUSE = "misuse", "Phản ánh dùng sai sao OCOP"
    WARNING = "warning", "Cảnh báo về chất lượng, an toàn thực phẩm"
    REQUEST = "request", "Yêu cầu của cơ quan có thẩm quyền"
    RECHECK = "recheck", "Kiểm tra lại việc khắc phục"


class VisitState(TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", "Chờ lập đoàn"
    ANNOUNCED = "announced", "Đã lập đoàn, đã báo cơ sở"
    UNDER_WAY = "under_way", "Đang kiểm tra"
    SIGNED = "signed", "Đã ký biên bản"
    CONCLUDED = "concluded", "Đã kết luận, đang khắc phục"
    CLOSED = "closed", "Kết thúc"
    DROPPED = "dropped", "Không thực hiện"


class TeamDuty(TextChoices):
    """What a person does in the team of a visit."""

    LEAD = "lead", "Trưởng đoàn"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class Outcome(TextChoices):
    """What a visit concludes."""

    PASSED = "passed", "Đạt yêu cầu"
    REMEDIES = "remedies", "Có điểm phải khắc phục"
    VIOLATIONS = "violations", "Có vi phạm bị xử lý"


class RemedyState(TextChoices):
    """Where a remedy stands."""

    OPEN = "open", "Chờ cơ sở khắc phục"
    REPORTED = "reported", "Cơ sở báo đã khắc phục"
    DONE = "done", "Đã khắc phục"
    WAIVED = "waived", "Không yêu cầu nữa"


class Sanction(TextChoices):
    """How a violation is dealt with."""

    WARNING = "warning", "Cảnh cáo"
    FINE = "fine", "Phạt tiền"
    SUSPENSION = "suspension", "Đình chỉ hoạt động có thời hạn"
    RECALL = "recall", "Buộc thu hồi, tiêu hủy sản phẩm"
    OTHER = "other", "Biện pháp khác"


class ProposalState(TextChoices):
    """What the advisory body made of a proposal to look into a star."""

    PROPOSED = "proposed", "Chờ cơ quan tham mưu"
    OPENED = "opened", "Đã mở xác minh"
    DECLINED = "declined", "Không mở xác minh"


class ReceptionKind(TextChoices):
    """Papers of quality that an office receives and checks (section IV.4 of the plan)."""

    SELF_DECLARATION = "self_declaration", "Bản tự công bố sản phẩm"
    BASIC_STANDARD = "basic_standard", "Hồ sơ công bố tiêu chuẩn cơ sở"
    FOOD_SAFETY = "food_safety", "Giấy chứng nhận đủ điều kiện an toàn thực phẩm"
    CERTIFICATE = "certificate", "Chứng nhận hệ thống chất lượng (HACCP, ISO 22000, VietGAP…)"
    TEST_REPORT = "test_report", "Phiếu kết quả kiểm nghiệm"


class ReceptionState(TextChoices):
    """Where the reception of a paper stands."""

    SUBMITTED = "submitted", "Đã nộp, chờ tiếp nhận"
    RECEIVED = "received", "Đã tiếp nhận, đang kiểm tra"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã chấp nhận"


def areas() -> list[tuple[str, str]]:
    return Area.choices


def verdicts() -> list[tuple[str, str]]:
    return Verdict.choices


def plan_states() -> list[tuple[str, str]]:
    return PlanState.choices


def programme_states() -> list[tuple[str, str]]:
    return ProgrammeState.choices


def overlap_states() -> list[tuple[str, str]]:
    return OverlapState.choices


def visit_kinds() -> list[tuple[str, str]]:
    return VisitKind.choices


def visit_grounds() -> list[tuple[str, str]]:
    return VisitGround.choices


def visit_states() -> list[tuple[str, str]]:
    return VisitState.choices


def team_duties() -> list[tuple[str, str]]:
    return TeamDuty.choices


def outcomes() -> list[tuple[str, str]]:
    return Outcome.choices


def remedy_states() -> list[tuple[str, str]]:
    return RemedyState.choices


def sanctions() -> list[tuple[str, str]]:
    return Sanction.choices


def proposal_states() -> list[tuple[str, str]]:
    return ProposalState.choices


def reception_kinds() -> list[tuple[str, str]]:
    return ReceptionKind.choices


def reception_states() -> list[tuple[str, str]]:
    return ReceptionState.choices
