"""Words of products, papers and marks."""

from django.db.models import TextChoices


class ProductStatus(TextChoices):
    """Whether the product is made."""

    ACTIVE = "active", "Đang sản xuất"
    STOPPED = "stopped", "Đã ngừng sản xuất"


class PaperKind(TextChoices):
    """The fifteen rows of the evidence guide in form 02 (Appendix III, Decision 26/2026/QĐ-TTg)."""

    REGISTRATION = "registration", "Đăng ký kinh doanh, quyết định thành lập"
    CONDITIONS = "conditions", "Giấy chứng nhận đủ điều kiện sản xuất, kinh doanh"
    MATERIAL = "material", "Nguồn gốc nguyên liệu, vùng nguyên liệu, hợp đồng liên kết"
    ENVIRONMENT = "environment", "Bảo vệ môi trường, công nghệ bền vững"
    LABOUR = "labour", "Sử dụng lao động địa phương"
    GROWTH = "growth", "Kết quả sản xuất kinh doanh, tăng trưởng"
    IP = "ip", "Sở hữu trí tuệ"
    MARKET = "market", "Phát triển thị trường"
    PROMOTION = "promotion", "Quảng bá, xúc tiến thương mại"
    STORY = "story", "Câu chuyện sản phẩm"
    DECLARATION = "declaration", "Công bố chất lượng"
    TESTS = "tests", "Phiếu kết quả kiểm nghiệm"
    TRACING = "tracing", "Mã số mã vạch, tem truy xuất nguồn gốc"
    QUALITY_SYSTEM = "quality_system", "Hệ thống quản lý chất lượng tiên tiến"
    AWARDS = "awards", "Giải thưởng, thành tích"


class PaperState(TextChoices):
    """Where a paper stands on a day."""

    VALID = "valid", "Còn hiệu lực"
    EXPIRING = "expiring", "Sắp hết hạn"
    EXPIRED = "expired", "Hết hạn"
    NOT_YET = "not_yet", "Chưa có hiệu lực"


class MarkKind(TextChoices):
    """Kinds of protected signs that several producers may share."""

    GEOGRAPHICAL_INDICATION = "geographical_indication", "Chỉ dẫn địa lý"
    CERTIFICATION_MARK = "certification_mark", "Nhãn hiệu chứng nhận"
    COLLECTIVE_MARK = "collective_mark", "Nhãn hiệu tập thể"


class MarkStatus(TextChoices):
    """How far the registration facts are confirmed."""

    CONFIRMED = "confirmed", "Đã đối chiếu"
    PARTLY_CONFIRMED = "partly_confirmed", "Đối chiếu một phần"
    SEED_ONLY = "seed_only", "Chỉ nêu trong kế hoạch, chưa thấy văn bằng"


def product_statuses() -> list[tuple[str, str]]:
    return ProductStatus.choices


def paper_kinds() -> list[tuple[str, str]]:
    return PaperKind.choices


def mark_kinds() -> list[tuple[str, str]]:
    return MarkKind.choices


def mark_statuses() -> list[tuple[str, str]]:
    return MarkStatus.choices
