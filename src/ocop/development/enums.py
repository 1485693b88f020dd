"""Words of development: obstacles, advice, candidates, links, organisations, technology, value chains."""

from django.db.models import TextChoices

from ocop.producers.enums import LegalForm


class ObstacleKind(TextChoices):
    """What holds a producer up (clause IV.3.2.b)."""

    LAND = "land", "Đất đai"
    PREMISES = "premises", "Mặt bằng, nhà xưởng"
    PLANNING = "planning", "Quy hoạch"
    CREDIT = "credit", "Vốn, tín dụng"
    LABOUR = "labour", "Lao động"
    TECHNOLOGY = "technology", "Công nghệ, thiết bị"
    PAPER = "paper", "Giấy tờ, thủ tục"
    MATERIAL = "material", "Nguyên liệu"
    MARKET = "market", "Tiêu thụ"
    ENVIRONMENT = "environment", "Môi trường"
    OTHER = "other", "Việc khác"


class ObstacleState(TextChoices):
    """Where an obstacle stands."""

    RAISED = "raised", "Mới nêu"
    ASSIGNED = "assigned", "Đã giao xử lý"
    ANSWERED = "answered", "Đã trả lời, đang gỡ"
    SETTLED = "settled", "Chờ chủ thể xác nhận"
    CONFIRMED = "confirmed", "Chủ thể đã xác nhận"
    CLOSED = "closed", "Khép lại, chủ thể không phản hồi"
    WITHDRAWN = "withdrawn", "Đã rút"


class Outcome(TextChoices):
    """How an obstacle was settled."""

    NONE = "", "Chưa có"
    SOLVED = "solved", "Đã gỡ"
    PARTLY = "partly", "Gỡ một phần"
    UNSOLVED = "unsolved", "Không gỡ được"
    ABOVE = "above", "Vượt thẩm quyền, đã kiến nghị cấp trên"


class Level(TextChoices):
    """How far up a late obstacle has gone."""

    NONE = "0", "Chưa"
    LEADER = "1", "Lãnh đạo địa phương"
    PROVINCE = "2", "Cấp tỉnh"


class ConsultantKind(TextChoices):
    """Who advises."""

    PERSON = "person", "Chuyên gia"
    FIRM = "firm", "Đơn vị tư vấn"


class Speciality(TextChoices):
    """In what somebody advises."""

    PLAN = "plan", "Phương án sản xuất kinh doanh"
    QUALITY = "quality", "Quản lý chất lượng, an toàn thực phẩm"
    TECHNOLOGY = "technology", "Công nghệ, quy trình"
    BRAND = "brand", "Bao bì, nhãn, thương hiệu"
    MARKET = "market", "Thị trường, bán hàng số"
    DOSSIER = "dossier", "Hồ sơ, câu chuyện sản phẩm"
    LAW = "law", "Pháp lý, sở hữu trí tuệ"
    FINANCE = "finance", "Tài chính, kế toán"
    TOURISM = "tourism", "Du lịch cộng đồng"


class AdviceState(TextChoices):
    """Where an assignment of a consultant stands."""

    RUNNING = "running", "Đang tư vấn"
    REPORTED = "reported", "Chờ chủ thể đánh giá"
    RATED = "rated", "Đã đánh giá"
    UNRATED = "unrated", "Xong, không đánh giá"
    CANCELLED = "cancelled", "Đã hủy"


class CandidateState(TextChoices):
    """How far a product on the way to a higher star is."""

    WATCHED = "watched", "Đã chọn"
    SUPPORTED = "supported", "Đang hỗ trợ"
    SUBMITTED = "submitted", "Đã nộp hồ sơ"
    REACHED = "reached", "Đạt sao đã đặt"
    DROPPED = "dropped", "Dừng"


class Change(TextChoices):
    """What is to happen to a producer organisation (clause IV.3.2.c)."""

    FOUND = "found", "Thành lập mới"
    STRENGTHEN = "strengthen", "Củng cố, nâng cao năng lực"
    RESTRUCTURE = "restructure", "Tái cấu trúc, chuyển loại hình"


class OrganisationState(TextChoices):
    """Where the case of an organisation stands."""

    ASKED = "asked", "Chờ tư vấn"
    ADVISED = "advised", "Đang tư vấn"
    DONE = "done", "Hoàn thành"
    STOPPED = "stopped", "Dừng"
    WITHDRAWN = "withdrawn", "Đã rút"


class TechnologyField(TextChoices):
    """What a technology is for (clause IV.6)."""

    PRESERVATION = "preservation", "Bảo quản"
    DEEP_PROCESSING = "deep_processing", "Chế biến sâu"
    PROCESSING = "processing", "Sơ chế, chế biến"
    GROWING = "growing", "Trồng trọt, chăn nuôi, nuôi trồng"
    PACKAGING = "packaging", "Đóng gói, bao bì"
    QUALITY = "quality", "Kiểm soát chất lượng"
    TRACEABILITY = "traceability", "Truy xuất, chuyển đổi số"
    ENVIRONMENT = "environment", "Môi trường, tuần hoàn"


class NeedState(TextChoices):
    """Where a technology need stands."""

    PROPOSED = "proposed", "Mới đề xuất"
    GATHERED = "gathered", "Đã tổng hợp"
    LISTED = "listed", "Trong dự thảo danh mục"
    APPROVED = "approved", "Trong danh mục đã duyệt"
    INTRODUCED = "introduced", "Đã giới thiệu công nghệ"
    TRANSFERRED = "transferred", "Đã chuyển giao"
    DECLINED = "declined", "Không đưa vào"
    WITHDRAWN = "withdrawn", "Đã rút"


class ListState(TextChoices):
    """Where the yearly research list stands."""

    DRAFT = "draft", "Đang tổng hợp"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"


class ChainKind(TextChoices):
    """Kinds of value chains that the plan's target counts (II.2)."""

    CIRCULAR = "circular", "Kinh tế tuần hoàn"
    GREEN = "green", "OCOP xanh"
    BOTH = "both", "Tuần hoàn và xanh"


class ChainStage(TextChoices):
    """What a member does in a value chain."""

    INPUTS = "inputs", "Đầu vào"
    GROWING = "growing", "Trồng, nuôi"
    PROCESSING = "processing", "Sơ chế, chế biến"
    PACKING = "packing", "Đóng gói"
    SELLING = "selling", "Tiêu thụ"
    REUSE = "reuse", "Tái sử dụng phụ phẩm"


ORGANISED_FORMS = (
    LegalForm.COOPERATIVE_GROUP, LegalForm.COOPERATIVE, LegalForm.COOPERATIVE_UNION, LegalForm.ENTERPRISE,
)  # fmt: skip
"""The forms that clause IV.3.2.c names."""


def obstacle_kinds() -> list[tuple[str, str]]:
    return ObstacleKind.choices


def obstacle_states() -> list[tuple[str, str]]:
    return ObstacleState.choices


def outcomes() -> list[tuple[str, str]]:
    return Outcome.choices


def levels() -> list[tuple[str, str]]:
    return Level.choices


def consultant_kinds() -> list[tuple[str, str]]:
    return ConsultantKind.choices


def specialities() -> list[tuple[str, str]]:
    return Speciality.choices


def advice_states() -> list[tuple[str, str]]:
    return AdviceState.choices


def candidate_states() -> list[tuple[str, str]]:
    return CandidateState.choices


def changes() -> list[tuple[str, str]]:
    return Change.choices


def organisation_states() -> list[tuple[str, str]]:
    return OrganisationState.choices


def organised_forms() -> list[tuple[str, str]]:
    return [(form.value, str(form.label)) for form in ORGANISED_FORMS]


def technology_fields() -> list[tuple[str, str]]:
    return TechnologyField.choices


def need_states() -> list[tuple[str, str]]:
    return NeedState.choices


def list_states() -> list[tuple[str, str]]:
    return ListState.choices


def chain_kinds() -> list[tuple[str, str]]:
    return ChainKind.choices


def chain_stages() -> list[tuple[str, str]]:
    return ChainStage.choices
