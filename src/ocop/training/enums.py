"""Words of the apparatus and of capacity building; labels live here and only here."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    """Bodies of the apparatus, from the province down to the commune (plan IV.2.1)."""

    STEERING = "steering", "Ban Chỉ đạo"
    STANDING = "standing", "Cơ quan thường trực"
    COORDINATION = "coordination", "Văn phòng Điều phối nông thôn mới"
    DISTRICT_DESK = "district_desk", "Cơ quan phụ trách OCOP cấp huyện"
    COMMUNE_DESK = "commune_desk", "Bộ phận phụ trách OCOP cấp xã"


class Position(TextChoices):
    """What a person is in a body."""

    HEAD = "head", "Trưởng ban, thủ trưởng"
    STANDING_DEPUTY = "standing_deputy", "Phó Trưởng ban Thường trực"
    DEPUTY = "deputy", "Phó Trưởng ban, phó thủ trưởng"
    MEMBER = "member", "Thành viên"
    IN_CHARGE = "in_charge", "Cán bộ phụ trách OCOP"
    SECRETARY = "secretary", "Thư ký, tổng hợp"


class PostEnd(TextChoices):
    """Why a term ended."""

    HANDED_OVER = "handed_over", "Bàn giao cho người khác"
    TERM = "term", "Hết nhiệm kỳ"
    MOVED = "moved", "Chuyển công tác, nghỉ"
    REORGANISED = "reorganised", "Sắp xếp đơn vị, cơ quan"


class ActivityKind(TextChoices):
    """Kinds of capacity building (plan IV.2.2.a to c)."""

    COURSE = "course", "Lớp đào tạo, tập huấn"
    FORUM = "forum", "Diễn đàn khởi nghiệp"
    TOUR = "tour", "Tham quan học tập trong nước"
    TOUR_ABROAD = "tour_abroad", "Tham quan học tập nước ngoài"
    CONTEST = "contest", "Hội thi, cuộc thi ý tưởng"
    WORKSHOP = "workshop", "Hội thảo, tọa đàm"
    MATCHING = "matching", "Tọa đàm kết nối đối tác"


TOURS = (ActivityKind.TOUR, ActivityKind.TOUR_ABROAD)
JUDGED = (ActivityKind.CONTEST, ActivityKind.FORUM)


class Audience(TextChoices):
    """Whom a participant counts with."""

    OFFICIAL = "official", "Cán bộ"
    PRODUCER = "producer", "Chủ thể"
    OTHER = "other", "Khác"


class Gender(TextChoices):
    """For the count of women in the reports of the programme."""

    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class PlanState(TextChoices):
    """Where a yearly plan stands."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    CLOSED = "closed", "Đã tổng kết"


class CourseState(TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", "Đang chuẩn bị"
    INVITING = "inviting", "Đang mời"
    RUNNING = "running", "Đang diễn ra"
    ENDED = "ended", "Chờ chốt kết quả"
    CLOSED = "closed", "Đã chốt"
    CANCELLED = "cancelled", "Đã hủy"


PLAN_MARKS = {
    PlanState.DRAFT: ("grey", "pencil"),
    PlanState.SUBMITTED: ("clay", "send"),
    PlanState.APPROVED: ("leaf", "circle-check"),
    PlanState.CLOSED: ("ink", "archive"),
}
COURSE_MARKS = {
    CourseState.PLANNED: ("grey", "calendar"),
    CourseState.INVITING: ("water", "mail"),
    CourseState.RUNNING: ("leaf", "school"),
    CourseState.ENDED: ("clay", "hourglass"),
    CourseState.CLOSED: ("ink", "circle-check"),
    CourseState.CANCELLED: ("seal", "ban"),
}
"""Tone and icon of each state, the same on lists, pages and papers."""

TAKING = (CourseState.INVITING, CourseState.RUNNING)
"""People may be invited and attendance taken."""
EVALUATED = (CourseState.RUNNING, CourseState.ENDED, CourseState.CLOSED)
"""Who was there may say what they think."""


class Answer(TextChoices):
    """How a person came onto the list of an activity."""

    INVITED = "invited", "Đã mời, chưa trả lời"
    ACCEPTED = "accepted", "Nhận lời"
    DECLINED = "declined", "Không dự được"
    LISTED = "listed", "Ghi vào danh sách"
    WALK_IN = "walk_in", "Đến dự, ghi tại chỗ"


COMING = (Answer.ACCEPTED, Answer.LISTED, Answer.WALK_IN)


class CameBy(TextChoices):
    """How an attendance was taken."""

    SCAN = "scan", "Quét mã"
    LIST = "list", "Người tổ chức ghi"


class Prize(TextChoices):
    """Prizes of a contest or forum."""

    FIRST = "first", "Giải nhất"
    SECOND = "second", "Giải nhì"
    THIRD = "third", "Giải ba"
    CONSOLATION = "consolation", "Giải khuyến khích"


class Adoption(TextChoices):
    """What became of a lesson of a study tour."""

    NOT_YET = "not_yet", "Chưa áp dụng"
    PLANNED = "planned", "Đã đưa vào kế hoạch"
    ADOPTED = "adopted", "Đã áp dụng"


def body_kinds() -> list[tuple[str, str]]:
    return BodyKind.choices


def positions() -> list[tuple[str, str]]:
    return Position.choices


def post_ends() -> list[tuple[str, str]]:
    return PostEnd.choices


def activity_kinds() -> list[tuple[str, str]]:
    return ActivityKind.choices


def audiences() -> list[tuple[str, str]]:
    return Audience.choices


def genders() -> list[tuple[str, str]]:
    return Gender.choices


def plan_states() -> list[tuple[str, str]]:
    return PlanState.choices


def course_states() -> list[tuple[str, str]]:
    return CourseState.choices


def answers() -> list[tuple[str, str]]:
    return Answer.choices


def came_by() -> list[tuple[str, str]]:
    return CameBy.choices


def prizes() -> list[tuple[str, str]]:
    return Prize.choices


def adoptions() -> list[tuple[str, str]]:
    return Adoption.choices
