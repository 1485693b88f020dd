"""What the log says of the verbs that this app announces."""

VERBS = {
    "decision.recorded": "Ghi quyết định công nhận",
    "certificate.issued": "Cấp giấy chứng nhận",
    "certificate.extended": "Kéo dài hiệu lực giấy chứng nhận",
    "certificate.extension_ended": "Kết thúc kéo dài giấy chứng nhận",
    "certificate.reissued": "Cấp lại giấy chứng nhận",
    "certificate.revoked": "Thu hồi giấy chứng nhận",
    "copy.attached": "Gắn bản giấy vào hồ sơ sao",
    "copy.removed": "Gỡ bản giấy khỏi hồ sơ sao",
    "root.loaded": "Nạp chứng thư gốc",
    "root.withdrawn": "Thôi dùng chứng thư gốc",
    "misuse.reported": "Nhận phản ánh dùng sai sao",
    "misuse.joined": "Đưa phản ánh vào xác minh sao",
    "misuse.answered": "Trả lời phản ánh dùng sai sao",
    "recognition.past_imported": "Nhập giấy chứng nhận các năm trước từ Excel",
}
