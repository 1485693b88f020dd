"""What the log says of the verbs that this app announces."""

VERBS = {
    "experts.handed_over": "Chuyển hồ sơ thẩm định theo bàn giao",
    "council.created": "Lập hội đồng",
    "council.seated": "Bổ nhiệm thành viên hội đồng",
    "council.seat_changed": "Sửa thông tin thành viên hội đồng",
    "council.seat_ended": "Thôi thành viên hội đồng",
    "council.minutes_made": "Lập biên bản phiên họp",
    "council.sheets_made": "In phiếu chấm của thành viên",
    "dossiers.exported": "Xuất danh sách hồ sơ ra Excel",
    "dossier.exported": "Xuất toàn bộ hồ sơ ra PDF",
    "template.replaced": "Thay mẫu giấy tờ bằng mẫu của đơn vị",
    "template.returned": "Trở lại mẫu giấy tờ của hệ thống",
    "personal.exported": "Xuất giấy tờ có dữ liệu cá nhân",
}
