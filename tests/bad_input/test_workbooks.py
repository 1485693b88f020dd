"""Workbooks that cannot be used, at the page of every import: the page says why, keeps standing and writes nothing.

Rows that cannot be used are named one by one in the preview; the good rows beside them are not lost.
"""

import io
import unicodedata
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.kit.models import ImportBatch
from ocop.producers.models import CraftVillage, Producer
from ocop.products.models import Mark
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
IMPORTS = (
    "producers:producers_import",
    "producers:villages_import",
    "products:marks_import",
    "accounts:import",
)
HEAD = ["Tên chủ thể", "Loại hình", "Quy mô", "Xã, phường", "Địa chỉ", "Mã số thuế"]


def book(*rows: list, formulas: dict[str, str] | None = None, spread: tuple[int, int] | None = None) -> bytes:
    """A workbook with these rows; `formulas` have no stored result, `spread` is a lonely cell far away."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for cell, formula in (formulas or {}).items():
            page.write_formula(cell, formula, value="")
        if spread:
            page.write(*spread, "x")
    return out.getvalue()


def liar() -> bytes:
    """A part that unpacks to two gigabytes and claims to be ten bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(HEAD))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            if name == "xl/worksheets/sheet1.xml":
                with bad.open(name, "w", force_zip64=True) as part:
                    part.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>')
                    for _ in range(400):
                        part.write(b"A" * 1_000_000)
                    part.write(b"</v></c></row></sheetData></worksheet>")
            else:
                bad.writestr(name, good.read(name))
    data = bytearray(out.getvalue())
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46  # its row in the directory at the end
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def padded() -> bytes:
    """Unpacks to more than may be."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
        bad.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(310):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "rỗng"),
    "no workbook at all": (lambda: b"xin chao", "Không đọc được tệp"),
    "a PDF named .xlsx": (lambda: b"%PDF-1.7\n", "Không đọc được tệp"),
    "broken: cut off": (lambda: book(HEAD)[:1500], "bị hỏng"),
    "broken: an archive of something else": (lambda: zipped("a.txt"), "Không đọc được tệp"),
    "no heading that we know": (lambda: book(["Ghi chú"], ["x"]), "Không tìm thấy dòng tiêu đề"),
    "a bomb: one cell in the last corner": (
        lambda: book(HEAD, spread=(1_048_575, 16_383)),
        "quá rộng hoặc quá dài",
    ),
    "a bomb: unpacks to more than it may": (padded, "quá lớn khi giải nén"),
    "a bomb: lies about its size": (liar, "bị hỏng"),
}


def zipped(name: str) -> bytes:
    """An archive with one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.fixture
def registrar(client: Client, settings) -> Client:
    """Signed in as somebody whom every import serves."""
    settings.OCOP_MFA_REQUIRED = False
    province = ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
    UnitFactory(name="Phúc Trạch", under=province)
    agency = AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE)
    user = MembershipFactory(agency=agency, role=Role.ADMINISTRATOR).user
    MembershipFactory(user=user, agency=agency, role=Role.ADVISORY_OFFICER)
    client.force_login(user)
    return client


def rows_written() -> tuple[int, ...]:
    """What an import could have written."""
    return tuple(model.objects.count() for model in (ImportBatch, Producer, CraftVillage, Mark))


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_used_is_explained_on_every_import_page(registrar, content, words):
    data = content()
    for name in IMPORTS:
        answer = registrar.post(reverse(name), {"file": SimpleUploadedFile("bang.xlsx", data)})
        assert answer.status_code == 422, name
        error = " ".join(text for texts in answer.context["form"].errors.values() for text in texts)
        assert words in error, (name, error)
        assert 'type="file"' in answer.content.decode(), name
    assert rows_written() == (0, 0, 0, 0)


def preview_of(registrar: Client, data: bytes) -> tuple:
    """(rows ready, [(row, sentence)]) of the producers' import, read off its page."""
    led = registrar.post(
        reverse("producers:producers_import"), {"file": SimpleUploadedFile("bang.xlsx", data)}
    )
    assert led.status_code == 302, led.context["form"].errors
    page = registrar.get(led.url)
    batch = page.context["batch"]
    said = [(problem["row"], problem["texts"][0]) for problem in batch.problems]
    html = page.content.decode()
    assert all(text.split("“")[0] in html for _, text in said)
    return batch.counts["ready"], said


GOOD = ["HTX Tốt", "Hợp tác xã", "", "Xã Phúc Trạch", "", ""]


def test_a_formula_without_result_is_named_and_the_good_row_beside_it_kept(registrar):
    data = book(HEAD, GOOD, ["", "Hợp tác xã", "", "Xã Phúc Trạch", "", ""], formulas={"A3": "=A2&A2"})
    ready, said = preview_of(registrar, data)
    assert (ready, [row for row, _ in said]) == (1, [3])
    assert "công thức" in said[0][1]


def test_a_sheet_of_formulas_only_names_every_row(registrar):
    data = book(HEAD, GOOD, GOOD, formulas={f"{column}{row}": "=Z1" for column in "ABD" for row in (2, 3)})
    ready, said = preview_of(registrar, data)
    assert (ready, [(row, "công thức" in text) for row, text in said]) == (0, [(2, True), (3, True)])


def test_decomposed_text_is_written_composed(registrar):
    decomposed = [unicodedata.normalize("NFD", cell) for cell in GOOD]
    led = registrar.post(
        reverse("producers:producers_import"),
        {
            "file": SimpleUploadedFile(
                "bang.xlsx", book([unicodedata.normalize("NFD", cell) for cell in HEAD], decomposed)
            )
        },
    )
    registrar.post(led.url)
    assert Producer.objects.get().name == "HTX Tốt"


def test_text_in_the_old_coding_is_named_and_not_written(registrar):
    ready, said = preview_of(registrar, book(HEAD, GOOD, ["HTX N«ng nghiÖp", *GOOD[1:]]))
    assert (ready, [(row, "TCVN3" in text) for row, text in said]) == (1, [(3, True)])


def test_an_unknown_unit_is_named_and_the_nearest_is_offered(registrar):
    ready, said = preview_of(registrar, book(HEAD, GOOD, ["HTX Lạc", *GOOD[1:3], "Phúc Trach1", "", ""]))
    assert (ready, said) == (1, [(3, "Xã, phường: không có “Phúc Trach1”. Ý bạn là “Xã Phúc Trạch”?")])


def test_the_same_workbook_twice_writes_once(registrar):
    for ready in (1, 0):
        url = reverse("producers:producers_import")
        led = registrar.post(url, {"file": SimpleUploadedFile("bang.xlsx", book(HEAD, GOOD))})
        assert registrar.get(led.url).context["batch"].counts["ready"] == ready
        registrar.post(led.url)
    assert Producer.objects.count() == 1
