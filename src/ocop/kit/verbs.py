"""What the log says of the verbs that this app announces."""

VERBS = {
    "case.paper": "Tải giấy tờ của một việc",
    "flow.moved": "Chuyển bước xử lý",
    "register.exported": "Xuất sổ ra Excel",
    "register.imported": "Nhập sổ từ Excel",
}
