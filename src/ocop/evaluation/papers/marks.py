"""What every paper says of itself while its source was not compared with the official form."""

UNCHECKED = "Bố cục dựng lại từ bản tóm tắt – chưa đối chiếu mẫu gốc."
SHORTENED = "Câu chữ tiêu chí là bản rút gọn, không thay nguyên văn Phụ lục II của Quyết định."
