"""Words of reports."""

from django.db.models import TextChoices


class ReportType(TextChoices):
    """How often a report is due (section VI.14 of the plan)."""

    QUARTER = "quarter", "Báo cáo quý"
    HALF_YEAR = "half_year", "Báo cáo 6 tháng"
    YEAR = "year", "Báo cáo năm"
    PERIOD = "period", "Báo cáo cả giai đoạn"
    ON_REQUEST = "on_request", "Báo cáo đột xuất"


class Basis(TextChoices):
    """From which days a period is reckoned."""

    DECREE = "decree", "Kỳ số liệu theo Nghị định 09/2019/NĐ-CP"
    CALENDAR = "calendar", "Kỳ số liệu theo lịch"


class Reporter(TextChoices):
    """Who reports (section VI.14 of the plan)."""

    DEPARTMENTS = "department", "Sở, ban, ngành cấp tỉnh"
    DISTRICTS = "district_committee", "UBND cấp huyện"
    COMMUNES = "commune_committee", "UBND cấp xã"
    OFFICES = "coordination_office", "Văn phòng Điều phối nông thôn mới tỉnh"


class ReportState(TextChoices):
    """Where a report stands."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Đã gửi"
    RETURNED = "returned", "Trả lại để sửa"
    ACCEPTED = "accepted", "Đã chấp nhận"
    CONSOLIDATED = "consolidated", "Đã tổng hợp, gửi lên trên"
    CANCELLED = "cancelled", "Đã bỏ"


class SectionKind(TextChoices):
    """What a section of a form holds."""

    FIGURES = "figures", "Bảng số liệu"
    TEXT = "text", "Phần lời"
    FILES = "files", "Tệp kèm theo"


def report_types() -> list[tuple[str, str]]:
    return ReportType.choices


def bases() -> list[tuple[str, str]]:
    return Basis.choices


def reporters() -> list[tuple[str, str]]:
    return Reporter.choices


def report_states() -> list[tuple[str, str]]:
    return ReportState.choices
