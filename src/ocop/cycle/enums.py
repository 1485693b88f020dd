"""Words of the yearly cycle; the labels that users see live here and only here."""

from django.db.models import IntegerChoices, TextChoices


class CycleStep(IntegerChoices):
    """The six steps of the yearly cycle (footnote 1 of the plan, IV.3.2)."""

    GUIDANCE = 1, "Tuyên truyền, hướng dẫn"
    IDEAS = 2, "Đăng ký ý tưởng"
    PLANS = 3, "Phương án kinh doanh"
    CARRYING_OUT = 4, "Triển khai phương án"
    RANKING = 5, "Đánh giá, phân hạng"
    PROMOTION = 6, "Xúc tiến thương mại"


class IdeaState(TextChoices):
    """Where an idea stands. Codes never change."""

    DRAFT = "draft", "Đang soạn"
    REGISTERED = "registered", "Đã đăng ký, chờ xét chọn"
    LISTED = "listed", "Đã đưa vào phiên xét chọn"
    SELECTED = "selected", "Được chọn"
    REFUSED = "refused", "Không được chọn"
    WITHDRAWN = "withdrawn", "Đã rút"


class Processing(TextChoices):
    """How far the product is processed; deep processing is encouraged (IV.3.2.a)."""

    RAW = "raw", "Bán tươi, thô"
    PROCESSED = "processed", "Sơ chế, chế biến"
    DEEP = "deep", "Chế biến sâu"
    SERVICE = "service", "Dịch vụ, du lịch"


class MeetingState(TextChoices):
    """A selection meeting."""

    PLANNED = "planned", "Đang chuẩn bị, chấm điểm"
    SUBMITTED = "submitted", "Chờ lãnh đạo duyệt danh sách"
    APPROVED = "approved", "Đã duyệt danh sách"
    CANCELLED = "cancelled", "Đã hủy"


class Verdict(TextChoices):
    """What a meeting proposes for an idea."""

    SELECT = "select", "Chọn"
    REFUSE = "refuse", "Không chọn"


class PlanState(TextChoices):
    """Where a business plan stands. Codes never change."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp, chờ thẩm định"
    APPRAISED = "appraised", "Đã thẩm định, chờ quyết định"
    APPROVED = "approved", "Được chấp thuận, đang triển khai"
    FINISHED = "finished", "Đã hoàn thành"
    STOPPED = "stopped", "Dừng giữa chừng"
    REFUSED = "refused", "Không được chấp thuận"
    WITHDRAWN = "withdrawn", "Đã rút"


class Appraisal(TextChoices):
    """What the appraisal proposes."""

    APPROVE = "approve", "Đề nghị chấp thuận"
    REFUSE = "refuse", "Đề nghị không chấp thuận"


class Quarter(IntegerChoices):
    """Quarters of a year."""

    FIRST = 1, "Quý I"
    SECOND = 2, "Quý II"
    THIRD = 3, "Quý III"
    FOURTH = 4, "Quý IV"


def cycle_steps() -> list[tuple[int, str]]:
    return CycleStep.choices


def idea_states() -> list[tuple[str, str]]:
    return IdeaState.choices


def processings() -> list[tuple[str, str]]:
    return Processing.choices


def meeting_states() -> list[tuple[str, str]]:
    return MeetingState.choices


def verdicts() -> list[tuple[str, str]]:
    return Verdict.choices


def plan_states() -> list[tuple[str, str]]:
    return PlanState.choices


def appraisals() -> list[tuple[str, str]]:
    return Appraisal.choices


def quarters() -> list[tuple[int, str]]:
    return Quarter.choices
