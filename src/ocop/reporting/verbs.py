"""What the log says of figures and reports."""

VERBS = {
    "reporting.frozen": "Chốt số liệu",
    "report.form_published": "Ban hành mẫu báo cáo",
    "report.form": "Tải mẫu Excel của báo cáo",
    "report.taken": "Tải báo cáo tổng hợp",
    "report.consolidated": "Gửi báo cáo tổng hợp",
}
