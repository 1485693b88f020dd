"""The certificate as a PDF with its QR code."""

from ocop.kit import papers
from ocop.recognition.models import Certificate
from ocop.recognition.queries import check_address, paper_data


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate on a landscape A4 page; its QR code leads to the public validity page."""
    qr = papers.qr_svg(check_address(certificate))
    return papers.pdf("recognition/certificate.typ", {**paper_data(certificate), "qr": qr})
