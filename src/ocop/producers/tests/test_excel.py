"""Producers from Excel: units by any name, faults by row, nothing twice, history, in batches."""

import io
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from ocop.kit import excel
from ocop.producers.excel import ProducersImport
from ocop.producers.models import Producer, ProducerForm, ProducerSite
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
HEAD = ["Tên chủ thể", "Loại hình", "Quy mô", "Xã, phường", "Địa chỉ", "Mã số thuế"]


def sheet(*rows) -> SimpleUploadedFile:
    """A workbook with these rows."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("chu-the.xlsx", out.getvalue())


@pytest.fixture
def home(settings):
    """A province with two communes, served by this installation."""
    province = ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
    return (
        province,
        UnitFactory(name="Phúc Trạch", under=province),
        UnitFactory(name="Thạch Khê", under=province),
    )


def texts(batch) -> list[tuple[int, str]]:
    return [(problem["row"], problem["texts"][0]) for problem in batch.problems]


def test_good_rows_become_producers_with_form_address_and_history(home):
    province, commune, _ = home
    by = officer(province, "advisory_officer")
    rows = ProducersImport(by)
    batch = excel.preview(
        rows.importer,
        sheet(
            ["HTX Trường An", "Hợp tác xã", "", "Xã Phúc Trạch", "Thôn 3", "0100233488"],
            ["Công ty Thử", "Doanh nghiệp", "Siêu nhỏ", "phuc trach", "", ""],
        ),
        by=by,
    )
    assert (batch.problems, Producer.objects.count()) == ([], 0)
    excel.confirm(ProducersImport(by).importer, batch.key, by=by)
    excel.confirm(ProducersImport(by).importer, batch.key, by=by)
    made = Producer.objects.order_by("name")
    assert [
        (row.name, row.unit, row.form_on(), row.size_on(), row.tax_code, row.history.count()) for row in made
    ] == [
        ("Công ty Thử", commune, "enterprise", "micro", "", 1),
        ("HTX Trường An", commune, "cooperative", "", "0100233488", 1),
    ]
    assert made[1].site_on().address == "Thôn 3"


def test_faults_are_told_by_row_and_the_nearest_unit_is_offered(home):
    province, commune, _ = home
    ProducerFactory(name="HTX Đã Có", unit=commune)
    by = officer(province, "advisory_officer")
    batch = excel.preview(
        ProducersImport(by).importer,
        sheet(
            ["", "Hợp tác xã", "", "Phúc Trạch", "", ""],
            ["HTX A", "Câu lạc bộ", "", "Phúc Trạch", "", ""],
            ["HTX B", "Hợp tác xã", "", "Phúc Trach1", "", ""],
            ["HTX C", "Hợp tác xã", "Nhỏ", "Phúc Trạch", "", ""],
            ["HTX D", "Hợp tác xã", "", "Phúc Trạch", "", "0100233489"],
            ["htx đã có", "Hợp tác xã", "", "Phúc Trạch", "", ""],
            ["HTX E", "HTX", "", "Phúc Trạch", "", "0100233488"],
            ["HTX F", "HTX", "", "Phúc Trạch", "", "0100233488"],
            ["HTX E", "HTX", "", "Phúc Trạch", "", ""],
        ),
        by=by,
    )
    assert texts(batch) == [
        (2, "Tên chủ thể: bắt buộc, đang để trống"),
        (3, "Loại hình: “Câu lạc bộ” không có trong danh sách loại hình"),
        (4, "Xã, phường: không có “Phúc Trach1”. Ý bạn là “Xã Phúc Trạch”?"),
        (5, "Quy mô: chỉ ghi cho doanh nghiệp"),
        (6, "Mã số thuế: Mã số thuế sai chữ số kiểm tra, hãy xem lại từng số."),
        (7, "đã có trong sổ, sẽ bỏ qua"),
        (9, "Mã số thuế: đã có ở một dòng khác của tệp"),
        (10, "trùng với dòng 8 của tệp"),
    ]


def test_an_officer_imports_into_the_own_commune_only(home):
    _, mine, other = home
    by = officer(mine)
    row = ["HTX A", "Hợp tác xã", "", "Thạch Khê", "", ""]
    batch = excel.preview(ProducersImport(by).importer, sheet(row), by=by)
    assert texts(batch) == [(2, f"Xã, phường: {other.title} không thuộc địa bàn bạn phụ trách")]


def test_nfd_text_is_stored_as_nfc_and_tcvn3_is_told(home):
    _, commune, _ = home
    by = officer(commune)
    nfd = unicodedata.normalize("NFD", "HTX Trường An")
    old = "HTX N«ng nghiÖp Tr­êng An"
    batch = excel.preview(
        ProducersImport(by).importer,
        sheet(
            [nfd, "HTX", "", unicodedata.normalize("NFD", "Phúc Trạch"), "", ""],
            [old, "HTX", "", "Phúc Trạch", "", ""],
        ),
        by=by,
    )
    assert [row["name"] for row in batch.rows] == ["HTX Trường An"]
    assert [row for row, text in texts(batch) if "TCVN3" in text] == [3]


def test_an_import_writes_in_batches_whatever_the_number_of_rows(home, django_assert_max_num_queries):
    """Four tables a row (producer, history, form, address); a query carries what the database's parameters hold."""
    _, commune, _ = home
    by = officer(commune)
    upload = sheet(*(["HTX số " + str(n), "HTX", "", "Phúc Trạch", f"Thôn {n}", ""] for n in range(1500)))
    batch = excel.preview(ProducersImport(by).importer, upload, by=by)
    assert batch.counts["ready"] == 1500
    with django_assert_max_num_queries(100):
        excel.confirm(ProducersImport(by).importer, batch.key, by=by)
    assert Producer.history.count() == ProducerForm.objects.count() == ProducerSite.objects.count() == 1500
