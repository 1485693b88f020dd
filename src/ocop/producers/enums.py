"""Words of producers: legal forms, access, claims, craft villages, material areas, associations, local shares."""

from django.db.models import TextChoices


class LegalForm(TextChoices):
    """What a producer is before the law (Article 2, Decision 26/2026/QĐ-TTg)."""

    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_UNION = "cooperative_union", "Liên hiệp hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    FARM = "farm", "Trang trại"
    HOUSEHOLD = "household", "Hộ sản xuất, hộ kinh doanh"
    ASSOCIATION = "association", "Hội, hiệp hội"
    MANAGEMENT_CENTRE = "management_centre", "Trung tâm điều hành hoặc tương đương"
    UNKNOWN = "unknown", "Chưa rõ"


class SizeClass(TextChoices):
    """Size of an enterprise (Decree 80/2021/NĐ-CP, Article 5)."""

    NONE = "", "Không áp dụng"
    MICRO = "micro", "Siêu nhỏ"
    SMALL = "small", "Nhỏ"
    MEDIUM = "medium", "Vừa"
    LARGE = "large", "Lớn"


class SiteKind(TextChoices):
    """What happens at an address of a producer."""

    SEAT = "seat", "Trụ sở"
    WORKSHOP = "workshop", "Nơi sản xuất"


class AccessKind(TextChoices):
    """How a person stands to a producer; the key of the role is "producer." and this value."""

    OWNER = "owner", "Chủ cơ sở, người đại diện"
    STAFF = "staff", "Người của cơ sở"
    HELPER = "helper", "Người được nhờ giúp"


class ClaimKind(TextChoices):
    """What a person asks the commune to confirm."""

    CLAIM = "claim", "Nhận cơ sở đã có trong sổ"
    REGISTRATION = "registration", "Đăng ký cơ sở mới"


class ClaimState(TextChoices):
    """Where a claim stands."""

    WAITING = "waiting", "Chờ xã xác nhận"
    CONFIRMED = "confirmed", "Xã đã xác nhận"
    REFUSED = "refused", "Xã từ chối"
    WITHDRAWN = "withdrawn", "Đã rút"


class Gender(TextChoices):
    """Gender of a representative as form 02 asks it."""

    UNSAID = "", "Không nêu"
    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class VillageKind(TextChoices):
    """What Decree 52/2018/NĐ-CP, Article 5, recognises."""

    TRADITIONAL_CRAFT = "traditional_craft", "Nghề truyền thống"
    CRAFT_VILLAGE = "craft_village", "Làng nghề"
    TRADITIONAL_CRAFT_VILLAGE = "traditional_craft_village", "Làng nghề truyền thống"


class VillageStatus(TextChoices):
    """Whether the recognition is on record."""

    RECOGNISED = "recognised", "Đã công nhận"
    PROPOSED = "proposed", "Đã đề nghị, chưa thấy quyết định"
    ENDED = "ended", "Đã thu hồi hoặc không còn"


class AreaKind(TextChoices):
    """What a material area grows or keeps."""

    CROP = "crop", "Cây trồng"
    LIVESTOCK = "livestock", "Chăn nuôi"
    AQUACULTURE = "aquaculture", "Thủy sản"
    FORESTRY = "forestry", "Lâm nghiệp"
    HERBS = "herbs", "Dược liệu"
    SALT = "salt", "Muối và nguyên liệu khác"


class Standard(TextChoices):
    """How a material area is worked; the certificate that proves it is a row of its own."""

    NONE = "none", "Sản xuất thông thường"
    VIETGAP = "vietgap", "VietGAP, VietGAHP"
    GLOBALGAP = "globalgap", "GlobalG.A.P."
    ORGANIC = "organic", "Hữu cơ"
    ORGANIC_WAY = "organic_way", "Theo hướng hữu cơ, chưa chứng nhận"
    OTHER = "other", "Tiêu chuẩn khác"


class InvestmentKind(TextChoices):
    """Infrastructure of a material area."""

    WATER = "water", "Thủy lợi, tưới tiêu"
    ROADS = "roads", "Đường nội vùng"
    POWER = "power", "Điện"
    NURSERY = "nursery", "Vườn giống, con giống"
    STORAGE = "storage", "Nhà sơ chế, kho, bảo quản"
    CODE = "code", "Lập mã số vùng trồng, chứng nhận"
    OTHER = "other", "Hạng mục khác"


class MoneySource(TextChoices):
    """Where money comes from: the six sources of section V of the plan, budgets by level."""

    CENTRAL = "central", "Ngân sách trung ương"
    PROVINCE = "province", "Ngân sách tỉnh"
    DISTRICT = "district", "Ngân sách huyện"
    COMMUNE = "commune", "Ngân sách xã"
    CREDIT = "credit", "Vốn tín dụng"
    PRODUCER = "producer", "Vốn của chủ thể, người dân"
    COMBINED = "combined", "Vốn lồng ghép chương trình khác"
    OTHER = "other", "Nguồn hợp pháp khác"


class OfficerPosition(TextChoices):
    """A seat in the committee of an association."""

    CHAIR = "chair", "Chủ tịch"
    DEPUTY = "deputy", "Phó Chủ tịch"
    SECRETARY = "secretary", "Thư ký"
    TREASURER = "treasurer", "Thủ quỹ"
    AUDITOR = "auditor", "Kiểm tra"
    MEMBER = "member", "Ủy viên"


class ActivityKind(TextChoices):
    """What an association did."""

    MEETING = "meeting", "Đại hội, hội nghị"
    TRAINING = "training", "Tập huấn, trao đổi kinh nghiệm"
    TRADE = "trade", "Kết nối, xúc tiến thương mại"
    SUPERVISION = "supervision", "Giám sát chất lượng của cộng đồng"
    VISIT = "visit", "Thăm quan, học tập"
    OTHER = "other", "Hoạt động khác"


class ShareMeasure(TextChoices):
    """By what the local share of the material is reckoned."""

    VALUE = "value", "Theo giá trị (đồng)"
    VOLUME = "volume", "Theo khối lượng (kg)"


def legal_forms() -> list[tuple[str, str]]:
    return LegalForm.choices


def size_classes() -> list[tuple[str, str]]:
    return SizeClass.choices


def site_kinds() -> list[tuple[str, str]]:
    return SiteKind.choices


def access_kinds() -> list[tuple[str, str]]:
    return AccessKind.choices


def claim_kinds() -> list[tuple[str, str]]:
    return ClaimKind.choices


def claim_states() -> list[tuple[str, str]]:
    return ClaimState.choices


def genders() -> list[tuple[str, str]]:
    return Gender.choices


def village_kinds() -> list[tuple[str, str]]:
    return VillageKind.choices


def village_statuses() -> list[tuple[str, str]]:
    return VillageStatus.choices


def area_kinds() -> list[tuple[str, str]]:
    return AreaKind.choices


def standards() -> list[tuple[str, str]]:
    return Standard.choices


def investment_kinds() -> list[tuple[str, str]]:
    return InvestmentKind.choices


def money_sources() -> list[tuple[str, str]]:
    return MoneySource.choices


def officer_positions() -> list[tuple[str, str]]:
    return OfficerPosition.choices


def activity_kinds() -> list[tuple[str, str]]:
    return ActivityKind.choices


def share_measures() -> list[tuple[str, str]]:
    return ShareMeasure.choices
