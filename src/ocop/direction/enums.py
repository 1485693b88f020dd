"""Words of direction: tasks, work plans, projects, reviews, commendation. Labels live here and only here."""

from django.db.models import TextChoices


class Rhythm(TextChoices):
    """How often an assignment of the plan becomes a task."""

    YEAR = "year", "Hằng năm"
    PERIOD = "period", "Một lần trong giai đoạn"
    REPORTS = "reports", "Theo kỳ báo cáo"


class Target(TextChoices):
    """To whom an assignment goes: named agencies, whoever does the district's part, every commune."""

    AGENCIES = "agencies", "Cơ quan được nêu tên"
    LOCAL = "local", "UBND cấp huyện (nơi làm phần việc cấp huyện)"
    COMMUNE = "commune", "UBND cấp xã"


class TaskState(TextChoices):
    """Where a task stands."""

    GIVEN = "given", "Đã giao, chờ nhận"
    ACCEPTED = "accepted", "Đã nhận"
    RUNNING = "running", "Đang làm"
    REPORTED = "reported", "Đã báo cáo, chờ xác nhận"
    RETURNED = "returned", "Trả lại, làm tiếp"
    DONE = "done", "Hoàn thành"
    STOPPED = "stopped", "Thôi giao"


OPEN_STATES = (TaskState.GIVEN, TaskState.ACCEPTED, TaskState.RUNNING, TaskState.RETURNED)
"""States in which the agency has the work; a report waits for the office that follows it."""


class WorkPlanState(TextChoices):
    """Where the yearly work plan of an agency stands."""

    DRAFT = "draft", "Đang lập"
    SENT = "sent", "Chờ lãnh đạo duyệt"
    RETURNED = "returned", "Trả lại để sửa"
    APPROVED = "approved", "Đã duyệt"


def rhythms() -> list[tuple[str, str]]:
    return Rhythm.choices


def targets() -> list[tuple[str, str]]:
    return Target.choices


def task_states() -> list[tuple[str, str]]:
    return TaskState.choices


def work_plan_states() -> list[tuple[str, str]]:
    return WorkPlanState.choices


class ProjectKind(TextChoices):
    """A priority project or a pilot model (IV.11)."""

    PROJECT = "project", "Dự án ưu tiên"
    PILOT = "pilot", "Mô hình thí điểm"


class ProjectState(TextChoices):
    """Where a project stands."""

    PROPOSED = "proposed", "Đề xuất"
    APPROVED = "approved", "Đã duyệt"
    RUNNING = "running", "Đang thực hiện"
    FINISHED = "finished", "Hoàn thành"
    STOPPED = "stopped", "Dừng"


class RiskLevel(TextChoices):
    """How grave a risk is."""

    LOW = "low", "Thấp"
    MIDDLE = "middle", "Vừa"
    HIGH = "high", "Cao"


class ReviewState(TextChoices):
    """Where a review stands."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ ký"
    SIGNED = "signed", "Đã ký"


class NomineeKind(TextChoices):
    """Who is nominated for commendation."""

    COLLECTIVE = "collective", "Tập thể (cơ quan, đơn vị)"
    PRODUCER = "producer", "Chủ thể"
    PERSON = "person", "Cá nhân"


class AwardForm(TextChoices):
    """In what form merit is honoured."""

    PROVINCE = "province", "Bằng khen của Chủ tịch UBND tỉnh"
    LOCAL = "local", "Giấy khen của Chủ tịch UBND cấp huyện, cấp xã"


class NominationState(TextChoices):
    """Where a nomination stands."""

    DRAFT = "draft", "Đang lập"
    NOMINATED = "nominated", "Đã đề nghị, chờ xét"
    EXAMINED = "examined", "Đã có ý kiến Hội đồng"
    DECIDED = "decided", "Đã quyết định khen thưởng"
    REFUSED = "refused", "Không khen thưởng"
    WITHDRAWN = "withdrawn", "Đã rút"


def project_kinds() -> list[tuple[str, str]]:
    return ProjectKind.choices


def project_states() -> list[tuple[str, str]]:
    return ProjectState.choices


def risk_levels() -> list[tuple[str, str]]:
    return RiskLevel.choices


def review_states() -> list[tuple[str, str]]:
    return ReviewState.choices


def nominee_kinds() -> list[tuple[str, str]]:
    return NomineeKind.choices


def award_forms() -> list[tuple[str, str]]:
    return AwardForm.choices


def nomination_states() -> list[tuple[str, str]]:
    return NominationState.choices
