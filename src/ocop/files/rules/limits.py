"""What is taken, and the sentence for what is not: each says what happened and what to do."""

from ocop.kit.errors import Refused

PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
EXTENSIONS = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    PNG: ("png",),
    HEIC: ("heic", "heif"),
}
ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif"
MAX_PIXELS = 64_000_000  # of one photograph; more is a bomb or a scanner's mistake
MAX_PAGES = 2_000  # of one PDF
MAX_PDF_OBJECTS = 200_000
MAX_CHUNK = 2 * 1024 * 1024  # bytes of one piece of an upload
MAX_OPEN_UPLOADS = 40  # of one person at once
UPLOAD_DAYS = 3  # an upload that nobody continues is swept
RENDITION_WIDTHS = (240, 800, 1600)  # pixels

LATER = ("file.scanner_down", "file.no_room")
"""Refusals of the server's making: the same file may be taken when it is sent again."""

_TAKEN = "Hệ thống nhận tệp PDF và ảnh JPEG, PNG, HEIC."

SENTENCES = {
    "file.empty": "Tệp rỗng (0 byte). Hãy mở thử tệp trên máy, lưu lại rồi tải lên.",
    "file.too_large": "Tệp nặng {size} MB, quá mức {limit} MB. Hãy giảm dung lượng hoặc tách thành nhiều tệp.",
    "file.extension": "Không nhận tệp có đuôi “.{extension}”. " + _TAKEN,
    "file.no_extension": "Tên tệp không có đuôi nên không rõ loại. " + _TAKEN,
    "file.office": "Đây là tệp Word, Excel hoặc PowerPoint. Hãy lưu thành PDF (Tệp → Lưu dưới dạng → PDF) rồi tải lên.",
    "file.mismatch": "Nội dung tệp không phải {claimed} như tên tệp ghi. Hãy mở tệp, lưu lại đúng loại rồi tải lên. "
    + _TAKEN,
    "file.unknown": "Không nhận ra loại tệp. " + _TAKEN,
    "pdf.broken": "Tệp PDF bị hỏng, không mở được. Hãy quét hoặc xuất lại PDF rồi tải lên.",
    "pdf.encrypted": "Tệp PDF có đặt mật khẩu hoặc bị mã hóa. Hãy bỏ mật khẩu (in ra PDF mới) rồi tải lên.",
    "pdf.active": "Tệp PDF có mã lệnh tự chạy bên trong ({what}). Hãy in tệp ra PDF mới rồi tải lên bản đó.",
    "pdf.no_pages": "Tệp PDF không có trang nào. Hãy xuất lại PDF rồi tải lên.",
    "pdf.too_many_pages": "Tệp PDF có {pages} trang, quá mức {limit} trang. Hãy tách thành nhiều tệp.",
    "pdf.too_complex": "Tệp PDF quá phức tạp để kiểm tra. Hãy in ra PDF mới hoặc tách thành nhiều tệp.",
    "photo.broken": "Ảnh bị hỏng hoặc tải thiếu, không mở được. Hãy chụp lại hoặc chọn ảnh khác.",
    "photo.too_big": "Ảnh quá lớn, trên {limit} triệu điểm ảnh. Hãy chụp lại ở độ phân giải thấp hơn.",
    "file.infected": "Tệp có vi-rút nên đã bị giữ lại, không lưu vào hồ sơ. Hãy quét vi-rút máy của bạn, gửi tệp khác.",
    "file.scanner_down": "Máy quét vi-rút đang không trả lời nên chưa nhận được tệp. Hãy thử lại sau ít phút.",
    "file.no_room": "Máy chủ đã hết chỗ chứa nên chưa nhận được tệp này; những gì đã lưu vẫn còn. Hãy giữ tệp, báo "
    "quản trị viên hệ thống rồi gửi lại sau.",
    "upload.digest": "Tệp đến nơi không giống tệp đã gửi (đường truyền lỗi). Hãy gửi lại tệp.",
    "upload.too_many": "Bạn đang có {limit} tệp gửi dở. Hãy chờ các tệp này gửi xong rồi chọn thêm.",
    "file.missing": "Chưa chọn tệp nào. Hãy chọn tệp rồi bấm lại.",
    "file.not_yours": "Không tìm thấy tệp đã tải lên. Hãy tải tệp lên lại.",
}


def refuse(code: str, **values: object) -> Refused:
    """The refusal of that code with its sentence filled in."""
    return Refused(code, SENTENCES[code].format(**values))


def check_size(size: int, limit: int) -> None:
    """Refuse an empty file and one of more than `limit` bytes."""
    if size <= 0:
        raise refuse("file.empty")
    if size > limit:
        raise refuse("file.too_large", size=_mb(size), limit=_mb(limit))


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0")
