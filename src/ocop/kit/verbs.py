"""What the log says of the verbs that this app announces."""

VERBS = {
    "flow.moved": "Chuyển bước xử lý",
    "register.exported": "Xuất sổ ra Excel",
    "register.imported": "Nhập sổ từ Excel",
}
