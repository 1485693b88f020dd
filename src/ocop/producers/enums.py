"""Words of producers: legal forms, sizes, kinds of access, claims, craft villages."""

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
