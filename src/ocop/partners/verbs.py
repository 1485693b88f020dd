"""What the log says of the verbs that this app announces."""

VERBS = {
    "partners.consented": "Ghi đồng ý công khai của đối tác",
    "partners.consent_withdrawn": "Ghi đối tác rút đồng ý công khai",
}
