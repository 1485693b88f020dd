"""What the log says of the verbs that this app announces."""

VERBS = {
    "ledger.posted": "Ghi bút toán vào sổ vốn",
    "ledger.reversed": "Đảo bút toán",
    "ledger.exported": "Xuất tổng hợp vốn",
}
