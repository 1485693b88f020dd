"""What the log says of the verbs that this app announces."""

VERBS = {
    "direction.given_out": "Giao nhiệm vụ của Kế hoạch theo năm",
    "direction.accepted_all": "Nhận mọi nhiệm vụ được giao",
}
