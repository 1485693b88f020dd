"""What the papers share."""

DEMO = "Dữ liệu trình diễn, không có giá trị."
PLAN = "Căn cứ Kế hoạch thực hiện Chương trình mỗi xã một sản phẩm tỉnh Hà Tĩnh giai đoạn 2023-2025{clause};"


def ground(clause: str) -> str:
    """The plan as a ground, with its section."""
    return PLAN.format(clause=f" (mục {clause})" if clause else "")


def note(is_demo: bool) -> str:
    """What stands under the title of an invented paper."""
    return DEMO if is_demo else ""


def bare(number: str) -> str:
    """The number before the stroke, blank room when there is none."""
    return number.partition("/")[0].strip() or "     "
