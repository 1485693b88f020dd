"""Words of people and their roles."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does in an agency; council seats are not roles but appointments of a council."""

    COMMUNE_OFFICER = "commune_officer", "Cán bộ phụ trách OCOP cấp xã"
    COMMUNE_LEADER = "commune_leader", "Lãnh đạo UBND cấp xã"
    DISTRICT_OFFICER = "district_officer", "Cán bộ phụ trách OCOP cấp huyện"
    DISTRICT_LEADER = "district_leader", "Lãnh đạo UBND cấp huyện"
    DISTRICT_CLERK = "district_clerk", "Văn thư UBND cấp huyện"
    ADVISORY_OFFICER = "advisory_officer", "Cán bộ cơ quan tham mưu quản lý OCOP cấp tỉnh"
    EXPERT_MEMBER = "expert_member", "Thành viên Tổ tư vấn của Hội đồng"
    EXPERT_LEAD = "expert_lead", "Tổ trưởng Tổ tư vấn của Hội đồng"
    DEPARTMENT_OFFICER = "department_officer", "Cán bộ sở, ngành"
    PROVINCE_LEADER = "province_leader", "Lãnh đạo UBND cấp tỉnh"
    PROVINCE_CLERK = "province_clerk", "Văn thư UBND cấp tỉnh"
    STANDING_OFFICER = "standing_officer", "Cán bộ cơ quan thường trực Chương trình OCOP"
    READER = "reader", "Lãnh đạo theo dõi, kiểm tra (chỉ xem)"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


class UserStatus(TextChoices):
    """Where an account stands."""

    ACTIVE = "active", "Đang hoạt động"
    UNCONFIRMED = "unconfirmed", "Chưa xác nhận số điện thoại"
    DEACTIVATED = "deactivated", "Đã khóa"
    ERASED = "erased", "Đã xóa dữ liệu cá nhân"


class EndReason(TextChoices):
    """Why a membership ended."""

    HANDED_OVER = "handed_over", "Bàn giao cho người khác"
    ENDED = "ended", "Thôi nhiệm vụ"
    MOVED = "moved", "Chuyển công tác"
    REORGANISED = "reorganised", "Cơ quan sắp xếp lại"
    MISTAKE = "mistake", "Nhập nhầm"


class ConsentPurpose(TextChoices):
    """For what a person agreed that personal data are used."""

    ACCOUNT = "account", "Mở và dùng tài khoản"
    CONTACT = "contact", "Nhận tin nhắn về hồ sơ OCOP"
    REPORTING = "reporting", "Thống kê theo giới tính, dân tộc trong báo cáo của Chương trình"


def user_statuses() -> list[tuple[str, str]]:
    return UserStatus.choices


def roles() -> list[tuple[str, str]]:
    return Role.choices


def end_reasons() -> list[tuple[str, str]]:
    return EndReason.choices


def consent_purposes() -> list[tuple[str, str]]:
    return ConsentPurpose.choices
