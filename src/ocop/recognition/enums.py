"""Words of recognition; the labels that users see live here."""

from django.db.models import TextChoices


class State(TextChoices):
    """What a certificate is worth on a day; computed, never stored."""

    NOT_YET = "not_yet", "Chưa có hiệu lực"
    VALID = "valid", "Còn hiệu lực"
    EXPIRING = "expiring", "Sắp hết hạn"
    EXPIRED = "expired", "Hết hạn"
    EXTENDED = "extended", "Được kéo dài"
    REVOKED = "revoked", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"
    UNKNOWN = "unknown", "Chưa xác minh thời hạn"


# The states in which a product may be called an OCOP product of that star (Art. 4.3 of Decision 26/2026).
IN_VALIDITY = (State.VALID, State.EXPIRING, State.EXTENDED)


MARKS: dict[str, tuple[str, str]] = {
    State.NOT_YET: ("water", "dots"),
    State.VALID: ("leaf", "circle-check"),
    State.EXPIRING: ("clay", "hourglass"),
    State.EXPIRED: ("grey", "slash"),
    State.EXTENDED: ("leaf", "history"),
    State.REVOKED: ("seal", "circle-x"),
    State.REPLACED: ("grey", "arrow-right"),
    State.UNKNOWN: ("grey", "question-mark"),
}
"""Colour and icon of each state, the same on every page."""


def mark_of(state: str) -> tuple[str, str, str]:
    """(word, colour, icon) of a state, as the badge takes it."""
    return (State(state).label, *MARKS[state])


class DecisionKind(TextChoices):
    """What an administrative decision about stars does."""

    RECOGNITION = "recognition", "Công nhận sản phẩm OCOP"
    APPROVAL = "approval", "Phê duyệt kết quả đánh giá"
    REVOCATION = "revocation", "Thu hồi giấy chứng nhận"
    REISSUE = "reissue", "Cấp lại giấy chứng nhận"


class ChangeKind(TextChoices):
    """A recorded change in the life of a certificate."""

    ISSUED = "issued", "Cấp"
    REPLACED = "replaced", "Thay thế"
    REVOKED = "revoked", "Thu hồi"
    CORRECTED = "corrected", "Đính chính"
    EXTENDED = "extended", "Kéo dài hiệu lực"
    EXTENSION_ENDED = "extension_ended", "Kết thúc kéo dài"
    REISSUED = "reissued", "Cấp lại"


class VerificationState(TextChoices):
    """Where the verification of a star stands (Art. 8 of Decision 26/2026/QĐ-TTg)."""

    OPENED = "opened", "Đang xác minh"
    PROPOSED = "proposed", "Đề nghị thu hồi, chờ UBND tỉnh"
    APPROVED = "approved", "Đã duyệt thu hồi, chờ số quyết định"
    REVOKED = "revoked", "Đã thu hồi"
    CLOSED = "closed", "Kết thúc, giữ sao"


VERIFICATION_MARKS: dict[str, tuple[str, str]] = {
    VerificationState.OPENED: ("water", "dots"),
    VerificationState.PROPOSED: ("clay", "hourglass"),
    VerificationState.APPROVED: ("clay", "hourglass"),
    VerificationState.REVOKED: ("seal", "circle-x"),
    VerificationState.CLOSED: ("leaf", "circle-check"),
}


class RevocationGround(TextChoices):
    """Grounds of revocation, Art. 8 of Decision 26/2026/QĐ-TTg, in its order a, b, c, d, đ, e."""

    FORGED = "a", "Hồ sơ không trung thực, giả mạo"
    NOT_MET = "b", "Không còn đáp ứng tiêu chí theo kết luận kiểm tra"
    BREACH = (
        "c",
        "Vi phạm về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, nhãn hàng hóa hoặc pháp luật khác",
    )
    MISUSE = "d", "Sử dụng sai nhãn hiệu OCOP"
    STOPPED = "dd", "Chủ thể ngừng sản xuất sản phẩm"
    OTHER = "e", "Trường hợp khác theo kết luận của cơ quan có thẩm quyền"


class CopyStanding(TextChoices):
    """What the check of the digital signatures of a paper on file said."""

    WAITING = "waiting", "Đang kiểm tra chữ ký số"
    SCAN = "scan", "Bản chụp giấy ký tay"
    UNCHANGED = "unchanged", "Đã ký số, không đổi từ khi ký"
    CHANGED = "changed", "Đã sửa sau khi ký số"
    BROKEN = "broken", "Chữ ký số không khớp nội dung"
    UNREADABLE = "unreadable", "Không kiểm tra được chữ ký số"


COPY_MARKS: dict[str | bool, tuple[str, str]] = {
    CopyStanding.WAITING: ("water", "hourglass"),
    CopyStanding.SCAN: ("grey", "scan"),
    True: ("leaf", "shield-check"),
    False: ("clay", "shield"),
    CopyStanding.CHANGED: ("seal", "alert-triangle"),
    CopyStanding.BROKEN: ("seal", "circle-x"),
    CopyStanding.UNREADABLE: ("grey", "question-mark"),
}
"""Colour and icon of each; a file unchanged since it was signed is trusted (True) or not yet (False)."""


class ReissueGround(TextChoices):
    """Why a certificate is printed anew with the same number and the same term."""

    LOST = "lost", "Giấy bị mất hoặc hư hỏng"
    RENAMED = "name", "Chủ thể đổi tên"
    MERGED = "addr", "Địa chỉ thay đổi do sắp xếp đơn vị hành chính"
    MISTAKE = "err", "Sửa sai sót trên giấy"


class ReissueState(TextChoices):
    """Where a request for a new copy of a certificate stands."""

    ASKED = "asked", "Chờ cơ quan tham mưu kiểm tra"
    CHECKED = "checked", "Đã kiểm tra, chờ cấp lại"
    ISSUED = "issued", "Đã cấp lại"
    DECLINED = "declined", "Không cấp lại"


REISSUE_MARKS: dict[str, tuple[str, str]] = {
    ReissueState.ASKED: ("water", "dots"),
    ReissueState.CHECKED: ("clay", "hourglass"),
    ReissueState.ISSUED: ("leaf", "circle-check"),
    ReissueState.DECLINED: ("grey", "slash"),
}


class MisuseKind(TextChoices):
    """What somebody saw of a star wrongly used (Art. 8 point d of Decision 26/2026/QĐ-TTg)."""

    EXPIRED = "expired", "Sao đã hết hạn vẫn ghi trên nhãn"
    HIGHER = "higher", "Số sao ghi trên nhãn cao hơn được công nhận"
    OTHER_PRODUCT = "product", "Dán sao lên sản phẩm khác"
    OTHER = "other", "Việc khác"


class MisuseState(TextChoices):
    """Where a report of misuse stands."""

    RECEIVED = "received", "Đã nhận, chờ xem xét"
    JOINED = "joined", "Đã đưa vào xác minh"
    DISMISSED = "dismissed", "Không có căn cứ"
    REFERRED = "referred", "Đã chuyển cơ quan khác xử lý"


MISUSE_MARKS: dict[str, tuple[str, str]] = {
    MisuseState.RECEIVED: ("water", "dots"),
    MisuseState.JOINED: ("clay", "hourglass"),
    MisuseState.DISMISSED: ("grey", "slash"),
    MisuseState.REFERRED: ("leaf", "arrow-right"),
}


def ground_label(ground: str) -> str:
    """What the ground of a recorded change says, of a revocation or of a reissue; "" for none."""
    return {**dict(RevocationGround.choices), **dict(ReissueGround.choices)}.get(ground, "")
