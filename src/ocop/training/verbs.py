"""What the log says of this app's verbs."""

VERBS = {
    "training.code_shown": "Mở mã điểm danh trên màn hình",
    "training.list_opened": "Mở danh sách có số điện thoại người dự",
    "training.certificate_taken": "Tải giấy chứng nhận tham dự",
}
