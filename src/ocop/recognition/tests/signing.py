"""Authorities, signers and signed PDFs made on the spot, for this app's tests and those above."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ocop.files.tests.factories import pdf

BEGUN = datetime(2025, 1, 1, tzinfo=UTC)


class Holder:
    """A key with its certificate."""

    def __init__(
        self, name: str, *, by: "Holder | None" = None, days: int = 3650, begun: datetime = BEGUN
    ) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan thử nghiệm"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )
        usage = dict.fromkeys(
            (
                "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
            ),
            False,
        )  # fmt: skip
        usage |= (
            {"digital_signature": True, "content_commitment": True}
            if by
            else {"key_cert_sign": True, "crl_sign": True}
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(by.certificate.subject if by else subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begun)
            .not_valid_after(begun + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
        )
        self.certificate = builder.sign(by.key if by else self.key, hashes.SHA256())

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def sign(self, data: bytes, *, field: str = "Chu-ky-1") -> bytes:
        """The PDF with this holder's signature in a revision of its own."""
        key = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(self.der),
            signing_key=keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore(),
        )
        target = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer=signer, output=target)
        return target.getvalue()


@cache
def authority() -> Holder:
    """The root that a province may load."""
    return Holder("CA chuyên dùng thử nghiệm")


@cache
def chairman() -> Holder:
    """Somebody to whom that authority gave a certificate."""
    return Holder("Chủ tịch UBND tỉnh", by=authority())


def changed(data: bytes) -> bytes:
    """The PDF with its first page turned, appended as one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(90)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def tampered(data: bytes) -> bytes:
    """The PDF with one byte of the signed part replaced by another of no meaning to readers."""
    place = data.index(b"%PDF-1.") + len(b"%PDF-1.X\n%")
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def signed_pdf(pages: int = 1) -> bytes:
    """A paper that the chairman signed."""
    return chairman().sign(pdf(pages))
