"""What the log says of the verbs that this app announces."""

VERBS = {
    "settings.changed": "Đổi thiết lập theo thời gian",
    "calendar.changed": "Ghi ngày nghỉ, ngày làm bù",
    "calendar.dropped": "Bỏ ngày nghỉ, ngày làm bù đã ghi",
}
