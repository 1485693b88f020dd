"""What the log says of the verbs that this app announces."""

VERBS = {
    "promotion.answered": "Trả lời giới thiệu bên mua",
}
