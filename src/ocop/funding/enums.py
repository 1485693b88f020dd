"""Words of money; the labels that users see live here and only here."""

from django.db.models import TextChoices


class FundSource(TextChoices):
    """The six sources of section V.1 of the plan. Codes never change."""

    CENTRAL = "central", "Ngân sách trung ương"
    LOCAL = "local", "Ngân sách tỉnh, huyện, xã"
    CREDIT = "credit", "Tín dụng"
    OWN = "own", "Doanh nghiệp, hợp tác xã, hộ sản xuất tự huy động"
    COMBINED = "combined", "Lồng ghép từ chương trình, dự án khác"
    OTHER = "other", "Huy động hợp pháp khác"


class BudgetLevel(TextChoices):
    """Whose budget, of the source "tỉnh, huyện, xã"."""

    PROVINCE = "province", "Ngân sách tỉnh"
    DISTRICT = "district", "Ngân sách huyện"
    COMMUNE = "commune", "Ngân sách xã"


class EntryKind(TextChoices):
    """The four stages at which money is recorded."""

    PLANNED = "planned", "Kế hoạch"
    ALLOCATED = "allocated", "Phân bổ"
    DISBURSED = "disbursed", "Giải ngân"
    SETTLED = "settled", "Quyết toán"


class Programme(TextChoices):
    """From where resources are mobilised and combined (IV.13)."""

    AGRICULTURAL_EXTENSION = "agri_extension", "Khuyến nông"
    INDUSTRIAL_EXTENSION = "industrial_extension", "Khuyến công"
    SCIENCE = "science", "Khoa học và công nghệ"
    CREDIT = "credit", "Tín dụng"
    OWN = "own", "Nguồn lực của chủ thể"
    TOURISM = "tourism", "Du lịch nông thôn"
    OTHER = "other", "Chương trình, dự án khác"


class ResourceForm(TextChoices):
    """In what form a resource comes; other than money it is put at its value in đồng (IV.13)."""

    MONEY = "money", "Tiền"
    LAND = "land", "Đất đai, mặt bằng"
    LABOUR = "labour", "Lao động"
    MATERIAL = "material", "Nguyên vật liệu"
    MACHINERY = "machinery", "Máy móc, thiết bị"
    TECHNOLOGY = "technology", "Công nghệ, kỹ thuật"


class SupportState(TextChoices):
    """Where a request for support stands. Codes never change."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ thẩm định"
    APPRAISED = "appraised", "Chờ quyết định"
    DECIDED = "decided", "Đã duyệt, đang chi"
    PAID = "paid", "Đã chi, quyết toán xong"
    REFUSED = "refused", "Không hỗ trợ"
    STOPPED = "stopped", "Thôi thực hiện"
    WITHDRAWN = "withdrawn", "Đã rút"


class Proposal(TextChoices):
    """What the appraisal proposes."""

    SUPPORT = "support", "Đề nghị hỗ trợ"
    REFUSE = "refuse", "Đề nghị không hỗ trợ"


def fund_sources() -> list[tuple[str, str]]:
    return FundSource.choices


def budget_levels() -> list[tuple[str, str]]:
    return BudgetLevel.choices


def entry_kinds() -> list[tuple[str, str]]:
    return EntryKind.choices


def programmes() -> list[tuple[str, str]]:
    return Programme.choices


def resource_forms() -> list[tuple[str, str]]:
    return ResourceForm.choices


def support_states() -> list[tuple[str, str]]:
    return SupportState.choices


def proposals() -> list[tuple[str, str]]:
    return Proposal.choices
