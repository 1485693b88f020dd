"""What the log says of the verbs that this app announces."""

VERBS = {
    "units.handed_over": "Bàn giao việc đang mở khi sắp xếp đơn vị, cơ quan",
    "units.new_unit_confirmed": "Xác nhận xã mới",
    "units.doubts_exported": "Xuất danh sách chờ xác nhận xã mới ra Excel",
}
