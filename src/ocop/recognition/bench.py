"""Measures of recognition: the certificate as a PDF, and the states of many certificates."""

from datetime import date

from ocop.kit import papers
from ocop.kit.bench import Bench, per_second
from ocop.recognition.rules.validity import Facts, last_valid_day, state_on

SAMPLE = {
    "stars": 4, "number": "01/2026", "product": "Bưởi Phúc Trạch", "producer": "Hợp tác xã Bưởi Phúc Trạch",
    "unit": "Xã Phúc Trạch", "issuer": "Ủy ban nhân dân tỉnh Hà Tĩnh", "place": "Hà Tĩnh", "decision": "1/QĐ-UBND",
    "decided_on": "03/06/2026", "issued_on": date(2026, 6, 3), "valid_to": "03/06/2029", "signer": "Nguyễn Văn Mẫu",
    "code": "2345678ABC", "address": "http://127.0.0.1:8000/kiem-tra/2345678ABC", "demo": True,
}  # fmt: skip


def one_paper() -> bytes:
    """One certificate with a QR code of its own, as the page makes it."""
    return papers.pdf("recognition/certificate.typ", {**SAMPLE, "qr": papers.qr_svg(str(SAMPLE["address"]))})


def papers_per_second() -> float:
    """Certificates a second on one core."""
    return per_second(one_paper, at_least=2.0)


def states_per_second() -> float:
    """States computed a second, in thousands, pure rule."""
    issued = date(2024, 2, 29)
    facts = Facts(issued, last_valid_day(issued))
    day = date(2026, 11, 24)

    def thousand() -> None:
        for _ in range(1000):
            state_on(facts, day)

    return per_second(thousand)


BENCHES = [
    Bench("certificate-pdf", "certificate PDF", 20, "papers/s", papers_per_second, at_least=True, for_scale=True),
    Bench(
        "certificate-states", "states of certificates, pure rules", 20, "thousand/s", states_per_second,
        at_least=True, for_scale=True,
    ),
]  # fmt: skip
