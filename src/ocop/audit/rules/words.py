"""The names of the facts that events carry, in the words of an office."""

from typing import Any

FACTS = {
    "agency": "Cơ quan",
    "by_agency": "Do cơ quan làm giúp",
    "code": "Mã",
    "confirmed": "Đã xác nhận, đối chiếu",
    "delegate": "Người được ủy quyền",
    "fields": "Mục",
    "filters": "Bộ lọc",
    "form": "Loại hình",
    "from_state": "Từ trạng thái",
    "heir": "Người nhận",
    "holder": "Người giữ",
    "kind": "Loại",
    "last_day": "Ngày cuối",
    "mark": "Nhãn hiệu",
    "may_chair": "Được ủy quyền chủ trì",
    "move": "Bước",
    "move_digest": "Mã băm của bước",
    "move_type": "Loại bước",
    "name": "Thao tác",
    "no": "Bản số",
    "number": "Số",
    "paper": "Giấy",
    "papers": "Số tờ",
    "purpose": "Mục đích",
    "reason": "Lý do",
    "register": "Sổ",
    "role": "Vai trò",
    "rows": "Số dòng",
    "sha256": "Mã băm của tệp",
    "size": "Quy mô",
    "status": "Tình trạng",
    "to": "Sang",
    "to_state": "Sang trạng thái",
    "type": "Loại",
    "unit": "Địa bàn",
    "user": "Tài khoản",
    "valid_from": "Từ ngày",
    "valid_to": "Đến hết ngày",
    "value": "Giá trị",
    "virus": "Mã độc",
}


def fact_words(data: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of each fact as a reader sees it: lists with commas, yes and no in Vietnamese, no empty ones.

    In the order of FACTS, others after them by name: each database gives the keys of a JSON value in its own order.
    """
    told = [key for key in FACTS if key in data] + sorted(data.keys() - FACTS.keys())
    return [(FACTS.get(key, key), _plain(data[key])) for key in told if data[key] not in ("", None, [])]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return str(value)
