"""What the log says of the verbs that this app announces."""

VERBS = {
    "cycle.screen_saved": "Lưu một phần của ý tưởng, phương án",
    "cycle.idea_scored": "Ghi điểm xét chọn ý tưởng",
    "cycle.schedule_saved": "Lưu tiến độ, đề nghị hỗ trợ của phương án",
    "cycle.board_exported": "Xuất bảng chu trình ra Excel",
}
