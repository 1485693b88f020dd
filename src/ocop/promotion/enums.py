"""Words of promotion; the labels that users see live here."""

from django.db.models import TextChoices

Choices = list[tuple[str, str]]
Marks = dict[str, tuple[str, str]]


class PointState(TextChoices):
    """Where a sale point stands (Decision 4086/QĐ-UBND)."""

    REGISTERED = "registered", "Đã đăng ký, chờ kiểm tra"
    RETURNED = "returned", "Trả lại để bổ sung"
    CHECKED = "checked", "Đã kiểm tra, chờ duyệt"
    APPROVED = "approved", "Đã duyệt, chờ số quyết định"
    OPEN = "open", "Đang hoạt động"
    CLOSED = "closed", "Đã đóng"
    REVOKED = "revoked", "Bị thu hồi công nhận"
    REFUSED = "refused", "Không công nhận"
    WITHDRAWN = "withdrawn", "Đã rút đăng ký"


class PlaceKind(TextChoices):
    """In what kind of place a sale point lies (Decisions 920/QĐ-BCT and 950/QĐ-BCT)."""

    STATION = "station", "Cửa hàng tại nhà ga, sân bay, bến xe, bến cảng"
    REST_STOP = "rest_stop", "Trạm dừng nghỉ trên đường cao tốc, quốc lộ"
    MALL = "mall", "Trung tâm thương mại, siêu thị, chợ"
    TOURISM = "tourism", "Cửa hàng tại khu, điểm du lịch, nhà hàng, khách sạn"
    CRAFT_VILLAGE = "craft_village", "Làng nghề truyền thống"
    SERVICE_CENTRE = "service_centre", "Trung tâm thương mại, dịch vụ của địa phương, điểm công nghiệp"
    EXHIBITION = "exhibition", "Trung tâm hội chợ, triển lãm"
    POST = "post", "Bưu cục, điểm bưu điện văn hóa xã"
    INDUSTRIAL = "industrial", "Khu, cụm công nghiệp"
    OTHER = "other", "Nơi khác"


class CriterionKind(TextChoices):
    """How a criterion of sale points is answered."""

    YES_NO = "yes_no", "Đạt hoặc chưa đạt"
    NUMBER = "number", "Số đo được"


class CheckKind(TextChoices):
    """Why a sale point is visited."""

    FIRST = "first", "Kiểm tra trước khi công nhận"
    YEARLY = "yearly", "Kiểm tra hằng năm"
    UNPLANNED = "unplanned", "Kiểm tra đột xuất"


class CheckOutcome(TextChoices):
    """What the answers of a visit come to."""

    PASSED = "passed", "Đạt"
    FAILED = "failed", "Chưa đạt"
    OPEN = "open", "Chưa trả lời đủ"


class Sign(TextChoices):
    """What tells that a sale point is dying."""

    SILENT = "silent", "Không báo doanh số"
    FALLING = "falling", "Doanh số giảm mạnh"
    FEW_PRODUCTS = "few_products", "Ít sản phẩm còn sao"
    CHECK_OVERDUE = "check_overdue", "Quá hạn kiểm tra hằng năm"
    CHECK_FAILED = "check_failed", "Lần kiểm tra gần nhất chưa đạt"


class FairKind(TextChoices):
    """What kind of event a call is for."""

    FAIR = "fair", "Hội chợ"
    EXHIBITION = "exhibition", "Triển lãm"
    MARKET = "market", "Phiên chợ"
    FESTIVAL_STAND = "festival_stand", "Gian hàng tại lễ hội, sự kiện"
    CONFERENCE = "conference", "Hội nghị kết nối cung - cầu"


class FairPriority(TextChoices):
    """What the plan gives priority to (IV.5)."""

    NONE = "", "Không"
    FESTIVAL = "festival", "Gắn với lễ hội"
    BEACH = "beach", "Gắn với khai trương mùa du lịch biển"


class FairReach(TextChoices):
    """How far from home."""

    COMMUNE = "commune", "Trong xã, huyện"
    PROVINCE = "province", "Trong tỉnh"
    COUNTRY = "country", "Ngoài tỉnh"
    ABROAD = "abroad", "Ngoài nước"


class StarRule(TextChoices):
    """Which products a call takes."""

    VALID_STAR = "valid_star", "Chỉ sản phẩm còn sao vào ngày khai mạc"
    ANY = "any", "Mọi sản phẩm của chủ thể"


class FairState(TextChoices):
    """Where a call stands."""

    DRAFT = "draft", "Đang soạn"
    CALLING = "calling", "Đang nhận đăng ký"
    SELECTING = "selecting", "Đang chọn"
    LISTED = "listed", "Đã chốt danh sách gian hàng"
    REPORTED = "reported", "Đã có kết quả"
    CANCELLED = "cancelled", "Đã hủy"


class EntryState(TextChoices):
    """Where a registration for a fair stands."""

    REGISTERED = "registered", "Đã đăng ký"
    SELECTED = "selected", "Được chọn"
    REPORTED = "reported", "Đã báo kết quả"
    ABSENT = "absent", "Không tham gia"
    REFUSED = "refused", "Không được chọn"
    WITHDRAWN = "withdrawn", "Đã rút"


class StarStanding(TextChoices):
    """What a product is worth for a fair."""

    FIT = "fit", "còn sao vào ngày khai mạc"
    RUNS_OUT = "runs_out", "sao hết hạn trước ngày khai mạc"
    NO_STAR = "no_star", "không có sao còn hiệu lực"


class OfferState(TextChoices):
    """Whether an offer still stands."""

    OPEN = "open", "Đang chào bán"
    CLOSED = "closed", "Thôi chào bán"


class RequestState(TextChoices):
    """Where a buyer's request stands."""

    OPEN = "open", "Đang tìm nguồn hàng"
    INTRODUCED = "introduced", "Đã giới thiệu chủ thể"
    SIGNED = "signed", "Đã ký kết"
    DONE = "done", "Đã thực hiện xong"
    UNMET = "unmet", "Không đáp ứng được"
    WITHDRAWN = "withdrawn", "Bên mua rút nhu cầu"


class Answer(TextChoices):
    """What a producer says to an introduction."""

    ASKED = "asked", "Chờ chủ thể trả lời"
    ACCEPTED = "accepted", "Chủ thể nhận lời"
    DECLINED = "declined", "Chủ thể từ chối"


class AgreementKind(TextChoices):
    """What was signed."""

    MEMO = "memo", "Biên bản ghi nhớ"
    CONTRACT = "contract", "Hợp đồng"


class Medium(TextChoices):
    """By which medium something was told (plan IV.1)."""

    TELEVISION = "television", "Truyền hình"
    RADIO = "radio", "Phát thanh"
    LOUDSPEAKER = "loudspeaker", "Truyền thanh cơ sở"
    NEWSPAPER = "newspaper", "Báo in, báo điện tử"
    NEWSLETTER = "newsletter", "Bản tin nông thôn mới"
    WEBSITE = "website", "Trang thông tin điện tử"
    SOCIAL = "social", "Mạng xã hội"
    PANEL = "panel", "Pa nô, áp phích"
    PRINT = "print", "Sổ tay, tờ rơi, ấn phẩm"
    VILLAGE_MEETING = "village_meeting", "Họp thôn, xóm"
    CONFERENCE = "conference", "Hội nghị, hội thảo"
    OTHER = "other", "Cách khác"


class Audience(TextChoices):
    """Whom it was meant for."""

    PRODUCERS = "producers", "Chủ thể sản xuất"
    PEOPLE = "people", "Người dân"
    OFFICIALS = "officials", "Cán bộ, công chức, viên chức"
    MEMBERS = "members", "Đoàn viên, hội viên"
    BUSINESSES = "businesses", "Nhà hàng, khách sạn, doanh nghiệp"
    CONSUMERS = "consumers", "Người mua, du khách"


class UserKind(TextChoices):
    """What kind of place uses OCOP products (plan IV.1)."""

    RESTAURANT = "restaurant", "Nhà hàng, quán ăn"
    HOTEL = "hotel", "Khách sạn, cơ sở lưu trú"
    AGENCY = "agency", "Cơ quan, đơn vị"
    CANTEEN = "canteen", "Bếp ăn tập thể, trường học"
    TRAVEL = "travel", "Công ty du lịch, lữ hành"
    OTHER = "other", "Nơi khác"


class ChannelKind(TextChoices):
    """Where a producer sells (plan II: modern sales channels)."""

    SUPERMARKET = "supermarket", "Siêu thị"
    CONVENIENCE = "convenience", "Cửa hàng tiện lợi"
    FLOOR = "floor", "Sàn thương mại điện tử"
    WEBSITE = "website", "Trang web của cơ sở"
    FACEBOOK = "facebook", "Facebook"
    ZALO = "zalo", "Zalo"
    TIKTOK = "tiktok", "TikTok"
    OCOP_SHOP = "ocop_shop", "Điểm giới thiệu, bán sản phẩm OCOP"
    AGENT = "agent", "Đại lý, cửa hàng bán lẻ"
    MARKET = "market", "Chợ"
    OTHER = "other", "Kênh khác"


# Colour and icon of each state, the same on every page.
POINT_MARKS: Marks = {
    PointState.REGISTERED: ("water", "dots"),
    PointState.RETURNED: ("clay", "arrow-back-up"),
    PointState.CHECKED: ("water", "checklist"),
    PointState.APPROVED: ("clay", "hourglass"),
    PointState.OPEN: ("leaf", "circle-check"),
    PointState.CLOSED: ("grey", "slash"),
    PointState.REVOKED: ("seal", "circle-x"),
    PointState.REFUSED: ("seal", "circle-x"),
    PointState.WITHDRAWN: ("grey", "slash"),
}

FAIR_MARKS: Marks = {
    FairState.DRAFT: ("grey", "pencil"),
    FairState.CALLING: ("leaf", "speakerphone"),
    FairState.SELECTING: ("clay", "hourglass"),
    FairState.LISTED: ("water", "list-check"),
    FairState.REPORTED: ("leaf", "circle-check"),
    FairState.CANCELLED: ("seal", "circle-x"),
}

ENTRY_MARKS: Marks = {
    EntryState.REGISTERED: ("water", "dots"),
    EntryState.SELECTED: ("leaf", "check"),
    EntryState.REPORTED: ("leaf", "circle-check"),
    EntryState.ABSENT: ("grey", "slash"),
    EntryState.REFUSED: ("seal", "circle-x"),
    EntryState.WITHDRAWN: ("grey", "slash"),
}

REQUEST_MARKS: Marks = {
    RequestState.OPEN: ("water", "search"),
    RequestState.INTRODUCED: ("clay", "hourglass"),
    RequestState.SIGNED: ("leaf", "writing"),
    RequestState.DONE: ("leaf", "circle-check"),
    RequestState.UNMET: ("seal", "circle-x"),
    RequestState.WITHDRAWN: ("grey", "slash"),
}


MODERN_CHANNELS = frozenset(
    one.value
    for one in (
        ChannelKind.SUPERMARKET, ChannelKind.CONVENIENCE, ChannelKind.FLOOR, ChannelKind.WEBSITE,
        ChannelKind.FACEBOOK, ChannelKind.ZALO, ChannelKind.TIKTOK,
    )
)  # fmt: skip
"""The channels that the plan's target of 50 % of producers counts (plan II: "kênh bán hàng hiện đại")."""


def point_states() -> Choices:
    return PointState.choices


def place_kinds() -> Choices:
    return PlaceKind.choices


def criterion_kinds() -> Choices:
    return CriterionKind.choices


def check_kinds() -> Choices:
    return CheckKind.choices


def check_outcomes() -> Choices:
    return CheckOutcome.choices


def fair_kinds() -> Choices:
    return FairKind.choices


def fair_priorities() -> Choices:
    return FairPriority.choices


def fair_reaches() -> Choices:
    return FairReach.choices


def star_rules() -> Choices:
    return StarRule.choices


def fair_states() -> Choices:
    return FairState.choices


def entry_states() -> Choices:
    return EntryState.choices


def offer_states() -> Choices:
    return OfferState.choices


def request_states() -> Choices:
    return RequestState.choices


def answers() -> Choices:
    return Answer.choices


def agreement_kinds() -> Choices:
    return AgreementKind.choices


def media() -> Choices:
    return Medium.choices


def audiences() -> Choices:
    return Audience.choices


def user_kinds() -> Choices:
    return UserKind.choices


def channel_kinds() -> Choices:
    return ChannelKind.choices
