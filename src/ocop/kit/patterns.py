"""What the pattern page shows: every component with long names, none, one, many and errors."""

import inspect
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from ocop.kit.errors import Refusal
from ocop.kit.flow import Offer, Transition

LONG = (
    "Hợp tác xã Sản xuất, Kinh doanh và Dịch vụ nông nghiệp tổng hợp Đồng Nghèn - Thiên Lộc - Kim Song Trường"
)


class SampleForm(forms.Form):
    """A field of every kind."""

    name = forms.CharField(label="Tên sản phẩm", max_length=200, help_text="Ghi đúng như trên nhãn.")
    kind = forms.ChoiceField(
        label="Nhóm sản phẩm", choices=[("", "Chọn nhóm"), ("I", "Thực phẩm"), ("II", "Đồ uống")]
    )
    start = forms.DateField(label="Ngày bắt đầu", widget=forms.DateInput(attrs={"type": "date"}))
    story = forms.CharField(
        label="Câu chuyện sản phẩm", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    level = forms.ChoiceField(
        label="Nguồn nguyên liệu trong tỉnh",
        choices=[("1", "Dưới 50 %"), ("2", "Từ 50 % đến dưới 75 %"), ("3", "Từ 75 % trở lên")],
        widget=forms.RadioSelect,
        help_text="Tính theo khối lượng của năm liền trước.",
    )
    agree = forms.BooleanField(label="Tôi cam đoan những điều trên là đúng")
    photo = forms.FileField(label="Ảnh sản phẩm", required=False)


class SampleFilter(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Tìm", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), ("a", "Đang xử lý")]
    )
    unit = forms.ChoiceField(
        label="Đơn vị", required=False, choices=[("", "Toàn tỉnh"), ("x", "Xã Thiên Cầm")]
    )


def _offer(name: str, label: str, style: str = "secondary", refusals: tuple = (), **more: Any) -> Offer:
    states = frozenset({"a"})
    return Offer(Transition(name, states, "b", frozenset({"r"}), label, style=style, **more), refusals)


def offers() -> list[Offer]:
    """Moves: a plain one, one with a reason, one with a confirmation, a refused one with two reasons."""
    article = "Điều 5 khoản 2, Quyết định 26/2026/QĐ-TTg"
    return [
        _offer("accept", "Tiếp nhận hồ sơ", "primary"),
        _offer("give-back", "Trả lại để bổ sung", needs_reason=True, legal_basis=article),
        _offer("withdraw", "Rút hồ sơ", "danger", confirm="Hồ sơ sẽ rời khỏi đợt này. Bạn có chắc không?"),
        _offer(
            "send-on",
            "Gửi lên tỉnh",
            refusals=(
                Refusal("form03.missing", "Báo cáo đánh giá cấp xã (mẫu 03) chưa ký.", article),
                Refusal("round.closed", "Đợt 1 đã hết hạn nhận hồ sơ ngày 29/04/2026."),
            ),
        ),
    ]


def moves() -> list[dict[str, Any]]:
    """A history with a long name and a reason."""
    at = datetime(2026, 4, 3, 3, 30, tzinfo=UTC)
    return [
        {
            "what": "Trả lại để bổ sung",
            "who": "Trần Thị Hoà, cán bộ xã",
            "at": at,
            "tone": "clay",
            "icon": "arrow-back-up",
            "reason": "Thiếu phiếu kiểm nghiệm.\nẢnh nhãn mờ.",
            "basis": "Điều 5 khoản 1",
        },
        {"what": "Gửi hồ sơ", "who": LONG, "at": at, "tone": "leaf", "icon": "send"},
    ]


def samples() -> dict[str, Any]:
    """The context of the pattern page."""
    wrong = SampleForm({"name": "", "kind": "IX", "start": "31/02", "level": "9"}, auto_id="loi_%s")
    wrong.add_error(None, "Sản phẩm này đã có hồ sơ trong đợt.")
    return {
        "long_name": LONG,
        "day": date(2026, 6, 3),
        "form": SampleForm(initial={"name": "Bưởi Phúc Trạch"}),
        "wrong_form": wrong,
        "filter_form": SampleFilter(auto_id="loc_%s"),
        "offers": offers(),
        "moves": moves(),
        "refused": [refusal for offer in offers() for refusal in offer.refusals],
        "many": Paginator(range(400), 20).page(7),
        "few": Paginator(range(30), 20).page(1),
        "steps": [
            {"label": "Thông tin chủ thể", "state": "done", "url": "#buoc-1"},
            {"label": "Chọn bộ sản phẩm", "state": "done"},
            {"label": "Tự chấm điểm", "state": "current", "note": "12/31 tiêu chí"},
            {"label": "Minh chứng", "state": "blocked", "note": "thiếu 2 giấy"},
            {"label": "Gửi", "state": "todo"},
        ],
        "tab_items": [
            {"label": "Tổng quan", "url": "#", "active": True, "count": None},
            {"label": "Giấy tờ", "url": "#", "active": False, "count": 7},
            {"label": "Chấm điểm", "url": "#", "active": False, "count": 0},
        ],
        "pairs": [
            ("Chủ thể", LONG, "#chu-the"),
            ("Mã sản phẩm", "42-18-003-2026"),
            ("Số điện thoại", ""),
            ("Doanh thu năm 2025", "1.234.567.000 đ"),
        ],
        "states": [
            ("còn hiệu lực", "leaf", "circle-check"),
            ("sắp hết hạn", "clay", "hourglass"),
            ("hết hạn", "grey", "slash"),
            ("thu hồi", "seal", "circle-x"),
            ("đang xử lý", "water", "dots"),
            ("trả lại", "ink", "arrow-back-up"),
            ("4 sao", "star", "star"),
        ],
        "groups": ["I", "II", "III", "IV", "V", "VI"],
        "points": [
            (date(2026, month, 28), value) for month, value in enumerate((180.0, 195.0, None, 240.0), start=1)
        ],
        "none_known": [(date(2026, 1, 31), None), (date(2026, 2, 28), None)],
        "bars": [("Xã Thạch Hà", 12.0, "#xa"), (LONG, 4.0, ""), ("Xã Kỳ Xuân", None, "#xa")],
        "no_bars": [],
        "rows": [
            {
                "name": "Bưởi Phúc Trạch",
                "owner": LONG,
                "stars": 4,
                "state": ("còn hiệu lực", "leaf", "circle-check"),
                "points": "84,50",
            },
            {
                "name": "Nước mắm Phú Khương",
                "owner": "Hợp tác xã Phú Khương",
                "stars": 5,
                "state": ("sắp hết hạn", "clay", "hourglass"),
                "points": "91,25",
            },
            {
                "name": "Cam bù Hương Sơn",
                "owner": "Tổ hợp tác Sơn Trường",
                "stars": 3,
                "state": ("hết hạn", "grey", "slash"),
                "points": "63,00",
            },
        ],
    }


def documentation(function: Any) -> tuple[str, list[str]]:
    """The signature of a component as a template writes it, and the lines of its docstring."""
    names = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in ("context", "content"):
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            names.append(f"*{name}")
        elif parameter.default is parameter.empty:
            names.append(name)
        else:
            names.append(f"{name}={parameter.default!r}")
    return " ".join(names), (inspect.getdoc(function) or "").splitlines()
