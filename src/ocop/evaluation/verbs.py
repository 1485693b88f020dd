"""What the log says of the verbs that this app announces."""

VERBS = {
    "experts.handed_over": "Chuyển hồ sơ thẩm định theo bàn giao",
    "council.created": "Lập hội đồng",
    "council.seated": "Bổ nhiệm thành viên hội đồng",
    "council.seat_changed": "Sửa thông tin thành viên hội đồng",
    "council.seat_ended": "Thôi thành viên hội đồng",
    "council.asked_in_writing": "Xin ý kiến Hội đồng bằng văn bản",
    "council.answers_extended": "Gia hạn trả lời ý kiến bằng văn bản",
    "council.meeting_called": "Chuyển hồ sơ từ lấy ý kiến bằng văn bản sang họp",
    "dossier.site_check": "Ghi việc kiểm tra thực tế của hồ sơ đánh giá lại",
    "council.minutes_made": "Lập biên bản phiên họp",
    "council.sheets_made": "In phiếu chấm của thành viên",
    "dossiers.exported": "Xuất danh sách hồ sơ ra Excel",
    "dossier.exported": "Xuất toàn bộ hồ sơ ra PDF",
    "template.replaced": "Thay mẫu giấy tờ bằng mẫu của đơn vị",
    "template.returned": "Trở lại mẫu giấy tờ của hệ thống",
    "personal.exported": "Xuất giấy tờ có dữ liệu cá nhân",
}
