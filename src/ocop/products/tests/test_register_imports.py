"""Marks and craft villages from Excel: template, preview, row errors, once, bad files."""

import io
import unicodedata
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.audit.models import Event
from ocop.kit.models import ImportBatch
from ocop.kit.testing import sheet_rows
from ocop.producers.models import CraftVillage
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.products.models import Mark, Paper, Product
from ocop.rulebook.tests.factories import ProductGroupFactory
from ocop.units.queries import province_of
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
MARK = ["Tên", "Loại", "Sản phẩm được bảo hộ", "Địa bàn", "Mức đối chiếu"]
VILLAGE = ["Tên", "Loại", "Nghề", "Địa bàn", "Tình trạng", "Số hộ"]


@pytest.fixture
def commune():
    return UnitFactory(under=ProvinceFactory())


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def book(*rows, formula: str = "") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer)
    page = made.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if formula:
        page.write_formula(1, 0, formula, value="")
    made.close()
    return SimpleUploadedFile("bang.xlsx", buffer.getvalue())


def send(client, register: str, upload):
    answer = client.post(reverse(f"{register}_import"), {"file": upload})
    return client.get(answer.url).context["batch"] if answer.status_code == 302 else answer


def first_label(model, name: str) -> str:
    return str(model._meta.get_field(name).flatchoices[0][1])


def mark_row(unit, name: str = "Bưởi Thử") -> list:
    return [name, first_label(Mark, "kind"), "bưởi", unit.title, first_label(Mark, "status")]


def test_marks_are_previewed_written_once_and_known_the_second_time(commune):
    client = signed(officer(province_of(commune), Role.ADVISORY_OFFICER))
    for expected in (1, 0):
        batch = send(client, "products:marks", book(MARK, mark_row(commune)))
        assert (batch.counts["good"] if "good" in batch.counts else len(batch.rows)) == expected
        client.post(reverse("products:marks_batch", args=[batch.key]))
    row = Mark.objects.get()
    assert (row.name, row.unit, row.history.count(), row.code != "") == ("Bưởi Thử", commune, 1, True)
    assert Mark.objects.found_by("buoi thu").count() == 1
    assert Event.objects.filter(verb="register.imported").count() == 2


def test_rows_of_another_province_and_unknown_words_are_named(commune):
    strange = UnitFactory(under=ProvinceFactory())
    client = signed(officer(province_of(commune), Role.ADVISORY_OFFICER))
    rows = [
        mark_row(strange),
        [*mark_row(commune)[:1], "loại lạ", "bưởi", commune.title, ""],
        mark_row(commune, ""),
    ]
    batch = send(client, "products:marks", book(MARK, *rows))
    assert [(problem["row"], problem["kind"]) for problem in batch.problems] == [
        (2, "error"), (3, "error"), (4, "error"),
    ]  # fmt: skip
    assert len(batch.rows) == 0


def test_villages_by_the_commune_of_its_own_reach_with_decomposed_text(commune):
    client = signed(officer(commune))
    kind, status = (first_label(CraftVillage, name) for name in ("kind", "status"))
    row = ["Làng nghề Thử", kind, "mắm", commune.title, status, 12]
    typed = [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
    batch = send(client, "producers:villages", book(VILLAGE, typed))
    for _ in range(2):
        client.post(reverse("producers:villages_batch", args=[batch.key]))
    made = CraftVillage.objects.get()
    assert (made.name, made.households, made.unit) == ("Làng nghề Thử", 12, commune)


@pytest.mark.parametrize("register", ["products:marks", "producers:villages"])
def test_files_that_cannot_be_used_say_why_and_keep_the_page(commune, register):
    role = Role.ADVISORY_OFFICER if register == "products:marks" else Role.COMMUNE_OFFICER
    place = province_of(commune) if register == "products:marks" else commune
    client = signed(officer(place, role))
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as file:
        file.writestr("x.txt", "không phải bảng")
    uploads = [
        SimpleUploadedFile("a.xlsx", broken.getvalue()),
        SimpleUploadedFile("b.xlsx", b"PK"),
        book(["Không có cột nào"]),
    ]
    answers = [send(client, register, upload) for upload in uploads]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(answer.context["form"].errors["file"] for answer in answers)
    assert ImportBatch.objects.count() == 0


def test_formula_without_a_value_and_tcvn3_are_row_errors(commune):
    client = signed(officer(province_of(commune), Role.ADVISORY_OFFICER))
    batch = send(client, "products:marks", book(MARK, mark_row(commune), formula='=A9&"x"'))
    assert (len(batch.rows), "công thức" in batch.problems[0]["texts"][0]) == (0, True)
    batch = send(client, "products:marks", book(MARK, mark_row(commune, "B­ëi Phóc Tr¹ch")))
    assert (len(batch.rows), len(batch.problems)) == (0, 1)


def test_the_template_has_the_columns_and_strangers_nothing(commune):
    client = signed(officer(commune))
    answer = client.get(reverse("producers:villages_template"))
    headings = [cell for row in sheet_rows(b"".join(answer.streaming_content)) for cell in row]
    assert {"Tên *", "Loại *", "Nghề *", "Địa bàn *"} <= {str(cell) for cell in headings}
    reader = signed(officer(commune, Role.READER))
    pages = ("producers:villages_import", "producers:villages_template", "products:marks_import")
    assert [reader.get(reverse(page)).status_code for page in pages] == [403, 403, 403]


def test_products_are_opened_with_holding_group_and_state(commune):
    maker, strange = ProducerFactory(unit=commune), ProducerFactory(unit=UnitFactory(under=ProvinceFactory()))
    group = ProductGroupFactory()
    client = signed(officer(commune))
    heads = ["Tên sản phẩm", "Chủ thể", "Nhóm"]
    rows = [
        ["Nước mắm Thử", maker.code, group.name],
        ["Ruốc Thử", maker.public_name, ""],
        ["Lạ", strange.code, ""],
    ]
    batch = send(client, "products:products", book(heads, *rows))
    assert [(problem["row"], problem["kind"]) for problem in batch.problems] == [(4, "error")]
    for _ in range(2):
        client.post(reverse("products:products_batch", args=[batch.key]))
    made = [(row.name, row.producer, row.group, row.unit) for row in Product.objects.order_by("name")]
    assert made == [("Nước mắm Thử", maker, group, commune), ("Ruốc Thử", maker, None, commune)]
    first = Product.objects.get(group=group)
    assert (first.holdings.count(), first.standings.count(), first.classifications.count()) == (1, 1, 1)
    again = send(client, "products:products", book(heads, ["nuoc mam thu", maker.code, ""], *rows[:2]))
    assert [problem["kind"] for problem in again.problems] == ["known", "known", "known"]
    client.post(reverse("products:products_batch", args=[again.key]))
    assert Product.objects.count() == 2


def test_papers_are_listed_once_and_checked(commune):
    maker = ProducerFactory(unit=commune)
    client = signed(officer(commune))
    heads = ["Loại giấy tờ", "Chủ thể", "Số", "Ngày cấp", "Ngày hết hạn"]
    heads[2] = str(Paper._meta.get_field("number").verbose_name)
    heads[3] = str(Paper._meta.get_field("issued_on").verbose_name)
    heads[4] = str(Paper._meta.get_field("expires_on").verbose_name)
    kind = str(Paper._meta.get_field("kind").flatchoices[0][1])
    rows = [
        [kind, maker.code, "12/GCN", "01/02/2024", "01/02/2027"],
        [kind, maker.code, "13/GCN", "01/02/2024", "01/01/2024"],
    ]
    batch = send(client, "products:papers", book(heads, *rows))
    assert [(problem["row"], problem["kind"]) for problem in batch.problems] == [(3, "error")]
    client.post(reverse("products:papers_batch", args=[batch.key]))
    paper = Paper.objects.get()
    assert (paper.producer, paper.number, paper.expires_on.year) == (maker, "12/GCN", 2027)
    assert [
        problem["kind"] for problem in send(client, "products:papers", book(heads, rows[0])).problems
    ] == ["known"]
