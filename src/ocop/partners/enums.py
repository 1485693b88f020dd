"""Words of partners: the plan's six kinds, what they do, how their assessment and their contracts stand."""

from django.db.models import TextChoices


class PartnerKind(TextChoices):
    """The plan's six kinds (clause IV.9)."""

    CHAIN = "chain", "Doanh nghiệp, hợp tác xã trong chuỗi sản xuất, kinh doanh"
    SCIENCE = "science", "Trường đại học, nhà khoa học, chuyên gia"
    MEDIA = "media", "Tổ chức quảng bá, xúc tiến thương mại, đài phát thanh, truyền hình"
    FINANCE = "finance", "Ngân hàng, quỹ đầu tư"
    INTERNATIONAL = "international", "Tổ chức quốc tế"
    JOURNALIST = "journalist", "Nhà báo"


class ChainPart(TextChoices):
    """The four parts that an enterprise of the chain may play (clause IV.9, first indent)."""

    NONE = "", "Không áp dụng"
    SUPPLY = "supply", "Cung ứng dịch vụ, vật tư đầu vào, dịch vụ hỗ trợ"
    PROCESSING = "processing", "Chế biến nông, lâm, thủy sản"
    RETAIL = "retail", "Nhà bán lẻ"
    CENTRE_INVESTOR = "centre_investor", "Nhà đầu tư Trung tâm OCOP"


class PartnerState(TextChoices):
    """Whether the partner takes part."""

    ACTIVE = "active", "Đang hợp tác"
    PAUSED = "paused", "Tạm dừng"
    ENDED = "ended", "Đã thôi"


class AgreedField(TextChoices):
    """What a partner may agree to have on the public site; name, kind and services go with any consent."""

    INTRODUCTION = "introduction", "Giới thiệu"
    ADDRESS = "address", "Địa chỉ"
    PHONE = "phone", "Điện thoại"
    EMAIL = "email", "Thư điện tử"
    WEBSITE = "website", "Website"
    CONTACT_PERSON = "contact_person", "Người liên hệ"
    AREAS = "areas", "Số tỉnh, thành phố phục vụ"
    VOLUME = "volume", "Năng lực mỗi năm"
    STAFF = "staff", "Số nhân lực"
    CERTIFICATES = "certificates", "Chứng nhận, giấy phép"
    GRADE = "grade", "Kết quả đánh giá năng lực hằng năm"


class AssessmentState(TextChoices):
    """Where a yearly assessment stands."""

    DRAFT = "draft", "Đang chấm"
    PROPOSED = "proposed", "Chờ kết luận"
    CONCLUDED = "concluded", "Đã kết luận"
    PUBLISHED = "published", "Đã công bố"
    DROPPED = "dropped", "Không đánh giá"


class Grade(TextChoices):
    """What a total of points means; the limits are dated settings."""

    NONE = "", "Chưa xếp"
    GOOD = "good", "Năng lực tốt"
    FAIR = "fair", "Năng lực khá"
    WEAK = "weak", "Cần nâng cao"


class ContractKind(TextChoices):
    """What a contract of a partner with a producer is about (clause IV.9)."""

    INPUTS = "inputs", "Cung ứng vật tư, dịch vụ đầu vào"
    SERVICE = "service", "Dịch vụ hỗ trợ (bao bì, nhãn, công bố, tem, tư vấn luật)"
    RESEARCH = "research", "Nghiên cứu, ứng dụng công nghệ, tiêu chuẩn"
    PROCESSING = "processing", "Chế biến, gia công"
    SALE = "sale", "Tiêu thụ sản phẩm"
    PROMOTION = "promotion", "Quảng bá, xúc tiến, truyền thông"
    TRAINING = "training", "Đào tạo"
    LOAN = "loan", "Vay vốn, đầu tư"
    GRANT = "grant", "Tài trợ, hỗ trợ kỹ thuật"


class ContractState(TextChoices):
    """How a contract stands."""

    RUNNING = "running", "Đang thực hiện"
    DONE = "done", "Đã hoàn thành"
    ENDED = "ended", "Kết thúc sớm"


class AgreementKind(TextChoices):
    """What was signed at a conference."""

    MEMORANDUM = "memorandum", "Biên bản ghi nhớ"
    AGREEMENT = "agreement", "Thỏa thuận hợp tác"
    CONTRACT = "contract", "Hợp đồng"


class MessageState(TextChoices):
    """What became of a message to a partner."""

    RECEIVED = "received", "Mới nhận"
    FORWARDED = "forwarded", "Đã chuyển đối tác"
    ANSWERED = "answered", "Đối tác đã trả lời"
    CLOSED = "closed", "Không chuyển"


def partner_kinds() -> list[tuple[str, str]]:
    return PartnerKind.choices


def chain_parts() -> list[tuple[str, str]]:
    return ChainPart.choices


def partner_states() -> list[tuple[str, str]]:
    return PartnerState.choices


def agreed_fields() -> list[tuple[str, str]]:
    return AgreedField.choices


def assessment_states() -> list[tuple[str, str]]:
    return AssessmentState.choices


def grades() -> list[tuple[str, str]]:
    return Grade.choices


def contract_kinds() -> list[tuple[str, str]]:
    return ContractKind.choices


def contract_states() -> list[tuple[str, str]]:
    return ContractState.choices


def agreement_kinds() -> list[tuple[str, str]]:
    return AgreementKind.choices


def message_states() -> list[tuple[str, str]]:
    return MessageState.choices
