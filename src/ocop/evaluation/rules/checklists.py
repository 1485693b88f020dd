"""Intake checklists: what an office looks at when a dossier arrives (Art. 6, 7.2 and 7.3, Appendix III)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckItem:
    """One line of a checklist: its key, what is looked at, and how."""

    key: str
    label: str
    help: str = ""


COMMUNE_ITEMS = (
    CheckItem(
        "form01", "Phiếu đăng ký (mẫu 01)", "Đủ thông tin chủ thể, người đại diện, sản phẩm, loại đánh giá."
    ),
    CheckItem(
        "form02", "Báo cáo tự đánh giá (mẫu 02)", "Bốn phần I–IV có nội dung, số liệu không mâu thuẫn."
    ),
    CheckItem("set", "Chọn đúng bộ tiêu chí", "Sản phẩm thuộc nhóm và bộ đã chọn (Phụ lục I)."),
    CheckItem("eligible", "Chủ thể đủ điều kiện tham gia", "Loại hình phù hợp nhóm sản phẩm (Điều 2)."),
    CheckItem("evidence", "Minh chứng theo thứ tự tiêu chí", "Bản sao, đọc được, đúng sản phẩm, còn hạn."),
)

PROVINCE_ITEMS = (
    CheckItem("letter", "Công văn đề nghị của UBND cấp xã"),
    CheckItem("form03", "Báo cáo đánh giá của cấp xã (mẫu 03)", "Đủ bốn nội dung, có đề nghị."),
    CheckItem("dossier", "Hồ sơ sản phẩm (mẫu 01, mẫu 02, minh chứng)"),
    CheckItem("samples", "Mẫu sản phẩm", "5 đơn vị; bộ 26 không phải nộp mẫu."),
)


def items_for(*, at_province: bool, samples_needed: int) -> tuple[CheckItem, ...]:
    """The checklist of an office; the line of samples is left out where none are asked for."""
    if not at_province:
        return COMMUNE_ITEMS
    return tuple(item for item in PROVINCE_ITEMS if item.key != "samples" or samples_needed)
