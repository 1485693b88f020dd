"""What the log says of the verbs that this app announces."""

VERBS = {
    "producers.merged": "Gộp hai dòng của một chủ thể",
    "producers.opened": "Ghi chủ thể vào sổ",
    "producers.changed": "Sửa thông tin chủ thể",
    "producers.form_changed": "Đổi loại hình chủ thể",
    "producers.moved": "Chuyển địa điểm chủ thể",
    "producers.access_given": "Cho quyền ở cơ sở",
    "producers.access_ended": "Thôi quyền ở cơ sở",
    "producers.claimed": "Đề nghị nhận cơ sở",
    "producers.share_confirmed": "Xác nhận số liệu lao động, nguyên liệu địa phương",
    "producers.association_restructured": "Tổ chức lại Hội OCOP",
    "producers.imported": "Nhập chủ thể từ Excel",
    "personal.recorded": "Ghi dữ liệu cá nhân",
    "personal.corrected": "Sửa dữ liệu cá nhân",
    "personal.viewed": "Xem dữ liệu cá nhân",
    "personal.erased": "Xóa dữ liệu cá nhân",
}
