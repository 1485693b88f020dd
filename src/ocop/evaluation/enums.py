"""Words of evaluation; the labels that users see live here and only here."""

from django.db.models import IntegerChoices, TextChoices


class DossierState(TextChoices):
    """Where a dossier stands (Appendix II of Decision 148/QĐ-TTg; Art. 5 and 7 of 26/2026). Codes never change."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp, chờ xã tiếp nhận"
    COMMUNE_REVIEW = "commune_review", "Xã đang đánh giá"
    RETURNED_BY_COMMUNE = "returned_by_commune", "Xã trả lại để bổ sung"
    PROPOSED_TO_DISTRICT = "proposed_to_district", "Xã đã đề nghị, chờ huyện tiếp nhận"
    DISTRICT_INTAKE = "district_intake", "Huyện đang kiểm tra hồ sơ"
    RETURNED_BY_DISTRICT = "returned_by_district", "Huyện yêu cầu bổ sung"
    DISTRICT_EXPERT_REVIEW = "district_expert_review", "Tổ tư vấn cấp huyện đang thẩm định"
    DISTRICT_COUNCIL_READY = "district_council_ready", "Chờ họp Hội đồng cấp huyện"
    DISTRICT_IN_SESSION = "district_in_session", "Hội đồng cấp huyện đang chấm"
    DISTRICT_AWAITING_DECISION = "district_awaiting_decision", "Chờ UBND huyện quyết định công nhận"
    DISTRICT_TO_BE_TOLD = "district_to_be_told", "Chờ huyện thông báo kết quả"
    DISTRICT_TO_FORWARD = "district_to_forward", "Từ 70 điểm, chờ huyện trình tỉnh"
    FORWARDED_BY_DISTRICT = "forwarded_by_district", "Huyện đã trình, chờ tỉnh tiếp nhận"
    FELL_BACK = "fell_back", "Tỉnh chấm dưới 70 điểm, chuyển lại huyện"
    PROPOSED = "proposed", "Xã đã đề nghị, chờ tỉnh tiếp nhận"
    PROVINCE_INTAKE = "province_intake", "Tỉnh đang kiểm tra hồ sơ"
    RETURNED_BY_PROVINCE = "returned_by_province", "Tỉnh yêu cầu bổ sung"
    EXPERT_REVIEW = "expert_review", "Tổ tư vấn đang thẩm định"
    COUNCIL_READY = "council_ready", "Chờ họp Hội đồng"
    IN_SESSION = "in_session", "Hội đồng đang chấm"
    AWAITING_DECISION = "awaiting_decision", "Chờ quyết định công nhận"
    AWAITING_APPROVAL = "awaiting_approval", "Tiềm năng 5 sao, chờ phê duyệt kết quả"
    APPROVED_FOR_CENTRE = "approved_for_centre", "Đã phê duyệt, chờ gửi trung ương"
    AT_CENTRE = "at_centre", "Đang ở trung ương"
    CENTRE_BELOW = "centre_below", "Trung ương chấm dưới 90 điểm"
    TO_BE_TOLD = "to_be_told", "Chờ thông báo kết quả"
    RECOGNISED = "recognised", "Đã công nhận"
    NOT_RANKED = "not_ranked", "Không được công nhận"
    WITHDRAWN = "withdrawn", "Chủ thể đã rút"


class DossierKind(TextChoices):
    """Kind of application, as printed on form 01."""

    FIRST = "first", "Đánh giá lần đầu"
    RENEWAL = "renewal", "Đánh giá lại"
    UPGRADE = "upgrade", "Nâng hạng"


class Outcome(TextChoices):
    """What a council's result means."""

    RECOGNISE = "recognise", "Đề nghị công nhận"
    POTENTIAL_FIVE = "potential_five", "Tiềm năng 5 sao"
    FORWARD = "forward", "Từ 70 điểm, trình cấp tỉnh"
    FALL_BACK = "fall_back", "Dưới 70 điểm ở cấp tỉnh, chuyển lại huyện"
    NOT_RANKED = "not_ranked", "Không đạt hạng được công nhận"
    DISQUALIFIED = "disqualified", "Hồ sơ bị loại"


class SeatRole(TextChoices):
    """Seats of a council; the secretary records and does not mark."""

    CHAIR = "chair", "Chủ tịch Hội đồng"
    DEPUTY = "deputy", "Phó Chủ tịch Hội đồng"
    MEMBER = "member", "Ủy viên"
    SECRETARY = "secretary", "Thư ký"


MARKING_ROLES = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.MEMBER)


class SessionState(TextChoices):
    """A meeting of the council."""

    PLANNED = "planned", "Đã lên lịch"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã kết thúc"


class SessionKind(TextChoices):
    """How the council gives its opinion: in a meeting, or in writing on a re-evaluation (Art. 7.6)."""

    MEETING = "meeting", "Phiên họp"
    WRITTEN = "written", "Lấy ý kiến bằng văn bản"


class CheckLevel(TextChoices):
    """Which office decides on a site check of a re-evaluation."""

    COMMUNE = "commune", "UBND cấp xã"
    PROVINCE = "province", "Cơ quan tham mưu cấp tỉnh"


class ItemState(TextChoices):
    """A dossier on the agenda of a session."""

    WAITING = "waiting", "Chưa đến lượt"
    DECLARING = "declaring", "Khai báo xung đột lợi ích"
    MARKING = "marking", "Đang chấm kín"
    BOARD = "board", "Công khai bảng điểm"
    CLOSED = "closed", "Đã chốt"


class SheetState(TextChoices):
    """A member's score sheet."""

    DRAFT = "draft", "Đang chấm"
    SUBMITTED = "submitted", "Đã nộp phiếu"


class Assessment(TextChoices):
    """The four assessments of the commune, form 03 (Art. 7.2 of Decision 26/2026/QĐ-TTg)."""

    MATERIAL = "material", "Nguồn gốc sản phẩm, nguyên liệu địa phương"
    LABOUR = "labour", "Sử dụng lao động địa phương"
    IDEA = "idea", "Nguồn gốc ý tưởng sản phẩm"
    IDENTITY = "identity", "Bản sắc, trí tuệ địa phương"


class RoundLevel(TextChoices):
    """Which council a yearly round belongs to."""

    PROVINCE = "province", "Cấp tỉnh"
    CENTRE = "centre", "Trung ương"


class CheckVerdict(TextChoices):
    """A line of an intake checklist."""

    OK = "ok", "Đạt"
    MISSING = "missing", "Thiếu"
    WRONG = "wrong", "Chưa đúng"
    NOT_NEEDED = "not_needed", "Không yêu cầu"


class DraftState(TextChoices):
    """A draft decision on its way to being signed."""

    DRAFT = "draft", "Dự thảo"
    APPROVED = "approved", "Chủ tịch UBND đã duyệt"
    ISSUED = "issued", "Đã ban hành"


class Stars(IntegerChoices):
    """Ranks."""

    ONE = 1, "1 sao"
    TWO = 2, "2 sao"
    THREE = 3, "3 sao"
    FOUR = 4, "4 sao"
    FIVE = 5, "5 sao"
