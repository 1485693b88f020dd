"""What the log says of the verbs that this app announces."""

VERBS = {
    "decision.recorded": "Ghi quyết định công nhận",
    "certificate.issued": "Cấp giấy chứng nhận",
    "certificate.extended": "Kéo dài hiệu lực giấy chứng nhận",
    "certificate.extension_ended": "Kết thúc kéo dài giấy chứng nhận",
    "certificate.revoked": "Thu hồi giấy chứng nhận",
    "copy.attached": "Gắn bản giấy vào hồ sơ sao",
    "copy.removed": "Gỡ bản giấy khỏi hồ sơ sao",
    "root.loaded": "Nạp chứng thư gốc",
    "root.withdrawn": "Thôi dùng chứng thư gốc",
    "recognition.past_imported": "Nhập giấy chứng nhận các năm trước từ Excel",
}
