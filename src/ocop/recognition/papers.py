"""The certificate and the label with its stars as PDF, both with the QR code of the public validity page."""

from datetime import date

from ocop.kit import papers
from ocop.kit.errors import Refused
from ocop.recognition.enums import IN_VALIDITY, State
from ocop.recognition.models import Certificate
from ocop.recognition.queries import check_address, paper_data


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate on a landscape A4 page; its QR code leads to the public validity page."""
    qr = papers.qr_svg(check_address(certificate))
    return papers.pdf("recognition/certificate.typ", {**paper_data(certificate), "qr": qr})


def label_pdf(certificate: Certificate, day: date) -> bytes:
    """The label for the packaging, 70 x 36 mm: stars, product, code and QR code.

    Raises Refused for a certificate that is not in validity on `day`: the star may be shown only while it is
    (Art. 4.3 of Decision 26/2026/QĐ-TTg; showing it otherwise is misuse of the mark, Art. 8 point d).
    """
    state = State(certificate.state_on(day))
    if state not in IN_VALIDITY:
        raise Refused(
            "label.validity",
            f"Giấy chứng nhận này: {state.label.lower()}. Chỉ in nhãn có sao khi giấy chứng nhận còn hiệu lực.",
            "Điều 4 khoản 3, Điều 8 điểm d Quyết định 26/2026/QĐ-TTg",
        )
    return papers.pdf(
        "recognition/label.typ",
        {
            "stars": certificate.stars,
            "product": certificate.product_name,
            "producer": certificate.producer_name,
            "code": certificate.code,
            "address": check_address(certificate).removeprefix("https://"),
            "demo": certificate.is_demo,
            "qr": papers.qr_svg(check_address(certificate)),
        },
    )
