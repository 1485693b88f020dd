"""What the log says of figures."""

VERBS = {"reporting.frozen": "Chốt số liệu"}
