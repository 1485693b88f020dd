"""What the log says of the verbs that this app announces."""

VERBS = {
    "file.viewed": "Mở tệp",
    "file.erased": "Xóa nội dung tệp",
    "file.infected": "Chặn tệp nhiễm mã độc",
}
