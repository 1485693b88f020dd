"""The label with the stars: only in validity, to be read by any phone."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import typst
import zxingcpp
from django.urls import reverse
from PIL import Image

from ocop.kit import clock, papers
from ocop.kit.papers.templates import resolve
from ocop.kit.papers.typesetting import FONTS
from ocop.producers.tests.factories import owner_of
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory, unknown_certificate

pytestmark = pytest.mark.django_db


def address(row: Certificate) -> str:
    return reverse("recognition:label", args=[row.code])


def test_the_producer_downloads_it_from_the_product(client):
    row = CertificateFactory()
    client.force_login(owner_of(row.product.producer))
    product = client.get(reverse("recognition:of_product", args=[row.product.public_code])).content.decode()
    assert f'href="{address(row)}"' in product
    answer = client.get(address(row))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    "values",
    [
        {"revoked_on": 0},
        {"replaced_on": 0},
        {"valid_to": -1},
        {"issued_on": 1},
        {"valid_to": -1, "extended_to": -1},
    ],
)
def test_out_of_validity_there_is_none(client, values):
    row = CertificateFactory()
    days = {name: clock.today() + timedelta(days=shift) for name, shift in values.items()}
    if "issued_on" not in days:
        days["issued_on"] = clock.today() - timedelta(days=900)
    Certificate.objects.filter(pk=row.pk).update(**days)
    client.force_login(owner_of(row.product.producer))
    answer = client.get(address(row))
    assert answer.status_code == 422
    assert "Chỉ in nhãn có sao khi giấy chứng nhận còn hiệu lực" in answer.content.decode()
    product = client.get(reverse("recognition:of_product", args=[row.product.public_code])).content.decode()
    assert address(row) not in product


def test_an_extended_star_has_its_label_and_one_of_unknown_term_has_none(client):
    row = CertificateFactory()
    today = clock.today()
    Certificate.objects.filter(pk=row.pk).update(
        issued_on=today - timedelta(days=1100), valid_to=today - timedelta(days=5), extended_to=today
    )
    client.force_login(owner_of(row.product.producer))
    assert client.get(address(row)).status_code == 200
    unknown = unknown_certificate(product=row.product)
    assert client.get(address(unknown)).status_code == 422


def test_strangers_have_none_of_it(client):
    row = CertificateFactory()
    client.force_login(owner_of(CertificateFactory().product.producer))
    assert client.get(address(row)).status_code == 404


def test_a_phone_reads_the_code_on_the_label_with_the_longest_name():
    there = "https://ocop.example.vn/kiem-tra/7FAPZ2P7M3"
    data = {
        "stars": 5, "product": "Nước mắm cốt cá cơm truyền thống ủ chượp mười hai tháng loại đặc biệt Kỳ Thử Phương",
        "producer": "Hợp tác xã Sản xuất thương mại và dịch vụ tổng hợp nông nghiệp Nguyên Lâm",
        "code": "7FAPZ2P7M3", "demo": True, "qr": papers.qr_svg(there),
    }  # fmt: skip
    path = resolve("recognition/label.typ")
    pages = typst.compile(
        str(path), root=str(Path(path).parent), font_paths=[str(FONTS)], format="png", ppi=300.0,
        sys_inputs={"data": json.dumps(data)},
    )  # fmt: skip
    assert isinstance(pages, bytes), "the label spills over to a second page"
    assert [one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(pages)))] == [there]
