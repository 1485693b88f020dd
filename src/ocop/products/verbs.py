"""What the log says of the verbs that this app announces."""

VERBS = {
    "products.opened": "Ghi sản phẩm vào sổ",
    "products.merged": "Gộp hai dòng của một sản phẩm",
    "products.changed": "Sửa thông tin sản phẩm",
    "products.transferred": "Chuyển sản phẩm sang chủ thể khác",
    "products.status": "Đổi tình trạng sản phẩm",
    "products.classified": "Phân nhóm sản phẩm",
    "products.code_allotted": "Cấp mã sản phẩm",
    "products.photo_added": "Thêm ảnh sản phẩm",
    "products.photo_removed": "Gỡ ảnh sản phẩm",
    "products.mark_used": "Cho phép dùng nhãn hiệu",
    "products.mark_ended": "Thôi dùng nhãn hiệu",
    "products.paper_added": "Thêm giấy tờ",
    "products.paper_version": "Thêm bản mới của giấy tờ",
    "products.paper_changed": "Sửa thông tin giấy tờ",
    "products.paper_withdrawn": "Rút giấy tờ",
}
