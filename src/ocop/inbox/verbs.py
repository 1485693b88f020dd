"""What the log says of the verbs that this app announces."""

VERBS = {"inbox.requeued": "Xếp hàng gửi lại thông báo"}
