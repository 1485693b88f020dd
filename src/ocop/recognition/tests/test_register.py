"""The real register, the registers of the workspace, the paper."""

import io
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from tests.personas import load_reference, silent

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import UserFactory
from ocop.kit import papers
from ocop.kit.testing import RegisterTests
from ocop.producers.tests.factories import officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.bench import one_paper
from ocop.recognition.checking import heirs_of
from ocop.recognition.enums import State
from ocop.recognition.loader import load_recognitions, read_rows
from ocop.recognition.models import Certificate, CertificateChange
from ocop.recognition.queries import check_address, expiring_days, paper_data
from ocop.recognition.registers import CERTIFICATES, DECISIONS
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory, unknown_certificate
from ocop.units.models import Unit
from ocop.units.queries.lineage import heirs_on
from ocop.units.tests.factories import ProvinceFactory

pytestmark = pytest.mark.django_db


def test_the_real_register_loads_once_and_guesses_no_term() -> None:
    load_reference()
    assert (
        Certificate.objects.count() == 112 == len([row for row in read_rows() if row["event"] != "revoked"])
    )
    before = list(CertificateChange.objects.values_list("pk", flat=True))
    load_recognitions(silent)
    assert Certificate.objects.count() == 112
    assert list(CertificateChange.objects.values_list("pk", flat=True)) == before
    assert Certificate.objects.filter(revoked_on__isnull=False).count() == 1
    unknown = Certificate.objects.filter(issued_on=None, replaced_on=None, revoked_on=None)
    for day in (date(2019, 1, 1), date(2026, 11, 24), date(2040, 1, 1)):
        states = set(unknown.with_state(day).values_list("state_that_day", flat=True))
        assert states == {State.UNKNOWN}
    assert Certificate.objects.exclude(source="").count() == 112
    assert expiring_days(date(2026, 11, 24)) == 180


def test_a_year_is_not_grouped_in_thousands(client) -> None:
    star = CertificateFactory(issued_on=date(2024, 6, 10))
    client.force_login(owner_of(star.product.producer))
    page = client.get(star.get_absolute_url()).content.decode()
    assert ("2024" in page, "2.024" in page) == (True, False)


class TestCertificates(RegisterTests):
    register = CERTIFICATES

    def user(self):
        if not hasattr(self, "_user"):
            self._province = ProvinceFactory()
            self._user = officer(self._province, Role.ADVISORY_OFFICER)
        return self._user

    def stranger(self):
        return UserFactory()

    def make(self, user, number):
        product = ProductFactory(unit=self._province, name=f"Sản phẩm {number}")
        return CertificateFactory(product=product)


class TestDecisions(TestCertificates):
    register = DECISIONS

    def make(self, user, number):
        return DecisionFactory(issuer=user.memberships.first().agency)


def test_the_producer_reads_its_own_certificate_and_a_stranger_does_not(client) -> None:
    row = CertificateFactory()
    pages = [
        f"/so/giay-chung-nhan/{row.pk}/",
        f"/so/giay-chung-nhan/ma/{row.code}/pdf/",
        f"/so/san-pham/ma/{row.product.public_code}/sao/",
    ]
    for user, status in ((owner_of(row.product.producer), 200), (UserFactory(), 404)):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [status] * 3


def test_without_number_and_day_there_is_no_paper(client) -> None:
    row = unknown_certificate()
    client.force_login(owner_of(row.product.producer))
    assert client.get(f"/so/giay-chung-nhan/ma/{row.code}/pdf/").status_code == 404


def test_the_paper_is_a_pdf_whose_code_leads_to_the_check_page(client, settings) -> None:
    settings.OCOP_SITE_URL = "https://ocop.example.vn"
    row = CertificateFactory()
    assert check_address(row) == f"https://ocop.example.vn/kiem-tra/{row.code}"
    assert paper_data(row)["address"] == check_address(row)
    client.force_login(owner_of(row.product.producer))
    answer = client.get(f"/so/giay-chung-nhan/ma/{row.code}/pdf/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(papers.qr_png(check_address(row)))))
    assert [one.text for one in read] == [check_address(row)]


def test_the_qr_code_on_the_paper_itself_can_be_read() -> None:
    import json
    from pathlib import Path

    import typst

    from ocop.kit.papers.templates import resolve
    from ocop.kit.papers.typesetting import FONTS
    from ocop.recognition.bench import SAMPLE

    data = {**SAMPLE, "issued_on": "2026-06-03", "qr": papers.qr_svg(str(SAMPLE["address"]))}
    path = resolve("recognition/certificate.typ")
    picture = typst.compile(
        str(path),
        root=str(Path(path).parent),
        font_paths=[str(FONTS)],
        format="png",
        ppi=150.0,
        sys_inputs={"data": json.dumps(data)},
    )
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [one.text for one in read] == [SAMPLE["address"]]
    assert one_paper()[:5] == b"%PDF-"


def test_the_validity_page_names_the_heirs_of_every_unit_as_the_register_of_units_does() -> None:
    load_reference()
    ended = list(Unit.objects.filter(valid_to__isnull=False))
    assert len(ended) > 100
    for day in (date(2024, 6, 1), date(2025, 3, 1), date(2026, 11, 24)):
        heirs = heirs_on(ended, day)
        for unit in ended:
            assert sorted(heirs_of(unit.pk, day)) == sorted(heir.full_name for heir in heirs[unit.pk])
