"""Ideas and business plans as tables of screens: one entry is one screen of the phone and one block of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocop.kit.marks import is_blank, mark_of_values


@dataclass(frozen=True)
class Screen:
    """A screen: what it asks in one sentence, the fields it fills, and which of them must be answered.

    `part` names rows of their own ("milestones", "supports", "files") that the screen fills instead of fields.
    """

    key: str
    title: str
    lead: str
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    part: str = ""


IDEA_SCREENS = (
    Screen("ten", "Sản phẩm", "Bạn muốn làm sản phẩm gì?", ("name", "group"), ("name", "group")),
    Screen("mo-ta", "Mô tả", "Sản phẩm có gì hay?", ("description", "origin"), ("description",)),
    Screen(
        "nguyen-lieu", "Nguyên liệu, chế biến", "Làm bằng gì, làm thế nào?",
        ("material", "material_local_share", "processing"), ("material", "processing"),
    ),
    Screen(
        "nguoi-lam", "Người làm", "Ai làm sản phẩm này?",
        ("labour_total", "labour_local", "led_by_youth", "led_by_women"), ("labour_total",),
    ),
    Screen(
        "thi-truong", "Thị trường", "Bán cho ai, cần giúp gì?",
        ("market", "expected_revenue", "wanted_help"), ("market",),
    ),
    Screen("anh", "Ảnh", "Có ảnh thì thêm vào", part="files"),
)  # fmt: skip
PLAN_SCREENS = (
    Screen("thuc-trang", "Thực trạng", "Hiện nay cơ sở đang thế nào?", ("present",), ("present",)),
    Screen(
        "kha-thi", "Phương án, tính khả thi", "Sẽ làm gì, vì sao làm được?",
        ("development", "feasibility"), ("development", "feasibility"),
    ),
    Screen(
        "san-xuat", "Sản phẩm, sản xuất", "Sản phẩm làm ra thế nào?", ("spec", "technology"), ("technology",),
    ),
    Screen(
        "nguyen-lieu", "Vùng nguyên liệu", "Nguyên liệu lấy ở đâu?",
        ("material_area", "material_local_share"), ("material_area",),
    ),
    Screen(
        "lao-dong", "Lao động", "Có bao nhiêu người làm?", ("labour_total", "labour_local"), ("labour_total",),
    ),
    Screen("thi-truong", "Thị trường", "Bán ở đâu, cho ai?", ("market",), ("market",)),
    Screen(
        "nguon-luc", "Nguồn lực", "Tiền và nguồn lực lấy ở đâu?",
        ("resources", "own_money", "loan_money", "other_money"), ("resources", "own_money"),
    ),
    Screen("tien-do", "Tiến độ", "Việc gì, xong ngày nào?", part="milestones"),
    Screen(
        "du-bao", "Doanh thu, chi phí ba năm", "Ba năm tới bán được bao nhiêu?",
        ("revenue_1", "cost_1", "revenue_2", "cost_2", "revenue_3", "cost_3"),
        ("revenue_1", "cost_1", "revenue_2", "cost_2", "revenue_3", "cost_3"),
    ),
    Screen("ho-tro", "Đề xuất hỗ trợ", "Đề nghị hỗ trợ theo chính sách nào?", part="supports"),
    Screen("tep", "Tệp kèm theo", "Có tài liệu kèm theo không?", part="files"),
)  # fmt: skip


def screen_of(screens: tuple[Screen, ...], key: str) -> Screen | None:
    """The screen of that key."""
    return next((one for one in screens if one.key == key), None)


def missing_in(screen: Screen, values: Mapping[str, Any]) -> int:
    """How many required fields of a screen have no answer."""
    return sum(is_blank(values.get(name)) for name in screen.required)


def mark_of(screen: Screen, values: Mapping[str, Any]) -> str:
    """A short digest of a screen's values: two people who save one screen notice each other."""
    return mark_of_values({name: values.get(name) for name in screen.fields})
