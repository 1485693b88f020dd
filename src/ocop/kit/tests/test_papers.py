import io
import json
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
import typst
import zxingcpp
from docx import Document
from PIL import Image

from ocop.kit import papers
from ocop.kit.errors import Refused
from ocop.kit.papers import merging, templates
from ocop.kit.papers.docx_layout import OfficePaper
from ocop.kit.papers.typesetting import typeset

ADDRESS = "https://ocop.example/kiem-tra/HT-2026-000123"


@pytest.fixture
def office(settings, tmp_path):
    settings.OCOP_DATA_DIR = tmp_path / "var"
    settings.OCOP_REFERENCE_DIR = tmp_path / "data"
    return tmp_path


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# -- QR


def test_qr_png_is_read_back():
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(papers.qr_png(ADDRESS))))
    assert [(one.text, one.format, one.ec_level) for one in found] == [
        (ADDRESS, zxingcpp.BarcodeFormat.QRCode, "Q")
    ]


def test_qr_png_survives_a_stain():
    picture = Image.open(io.BytesIO(papers.qr_png(ADDRESS))).convert("RGB")
    side = picture.width // 6
    picture.paste(
        "black",
        (picture.width // 2, picture.width // 2, picture.width // 2 + side, picture.width // 2 + side),
    )
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_qr_svg_needs_no_style_and_tells_what_it_is():
    svg = papers.qr_svg(ADDRESS, title="Mã kiểm tra")
    assert svg.startswith("<svg ")
    assert ("style=" in svg, "<title>Mã kiểm tra</title>" in svg, "viewBox" in svg) == (False, True, True)
    with pytest.raises(ValueError, match="text"):
        papers.qr_svg("")


# -- PDF


CERTIFICATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", flipped: true)
#set text(font: "Be Vietnam Pro", lang: "vi")
= #data.title
#data.day #data.points
#image(bytes(data.qr), format: "svg", width: 40mm)
"""


def _certificate(number=1):
    return {
        "title": f"Giấy chứng nhận số {number}: Bưởi Phúc Trạch",
        "day": date(2026, 11, 23),
        "points": Decimal("91.25"),
        "qr": papers.qr_svg(ADDRESS),
    }


def test_pdf_holds_the_data_and_the_code_in_print_can_be_scanned(office):
    path = _put(office / "data/papers/giay.typ", CERTIFICATE)
    with pikepdf.open(io.BytesIO(papers.pdf("giay.typ", _certificate()))) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo["/Title"]) == "Giấy chứng nhận số 1: Bưởi Phúc Trạch"
        fonts = {str(font.BaseFont).split("+")[-1] for font in pdf.pages[0].Resources.Font.values()}
    assert all(name.startswith("BeVietnamPro") for name in fonts)
    compiler = typst.Compiler(input=str(path), root=str(path.parent))
    data = {**_certificate(), "day": "23/11/2026", "points": "91,25"}
    picture = compiler.compile(sys_inputs={"data": json.dumps(data)}, format="png", ppi=150)
    assert [one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))] == [ADDRESS]


def test_the_offices_own_template_comes_first_and_a_change_is_noticed(office):
    _put(office / "data/papers/a.typ", "#set page(width: 100mm)\nA")
    with pikepdf.open(io.BytesIO(papers.pdf("a.typ", {}))) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 283
    assert templates.is_replaced("a.typ") is False
    own = _put(office / "var/templates/a.typ", "#set page(width: 200mm)\nB")
    with pikepdf.open(io.BytesIO(papers.pdf("a.typ", {}))) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 567
    assert templates.is_replaced("a.typ") is True
    time.sleep(0.01)
    _put(own, "#set page(width: 50mm)\nC")
    with pikepdf.open(io.BytesIO(papers.pdf("a.typ", {}))) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 142


@pytest.mark.parametrize(
    "reach", ['#read("/etc/passwd")', '#read("../secret.txt")', '#read("/../secret.txt")']
)
def test_a_template_reads_nothing_outside_its_folder(office, reach):
    _put(office / "data/secret.txt", "bí mật")
    path = _put(office / "data/papers/bad.typ", reach)
    with pytest.raises(typst.TypstError):
        typeset(path, {})


@pytest.mark.parametrize("name", ["../a.typ", "/etc/a.typ", "folder", "a/../../b.docx"])
def test_names_that_lead_elsewhere_are_refused(office, name):
    with pytest.raises(ValueError, match="not a template"):
        templates.resolve(name)


def test_a_missing_template_says_where_it_was_looked_for(office):
    with pytest.raises(FileNotFoundError, match=r"no\.typ"):
        papers.pdf("no.typ", {})


# -- Merging


def _pdf(path: Path, pages: int, *, password: str = "") -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(path, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return path


def _outline(pdf):
    with pdf.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]


def test_merge_keeps_the_order_and_makes_contents_bookmarks_and_numbers(tmp_path):
    picture = tmp_path / "anh.jpg"
    Image.new("RGB", (4000, 3000), "green").save(picture)
    clear = tmp_path / "trong.png"
    Image.new("RGBA", (300, 500), (0, 0, 0, 0)).save(clear)
    parts = [
        papers.Part("Giấy đăng ký", _pdf(tmp_path / "a.pdf", 3), "A. Giấy tờ", "1.1"),
        papers.Part("Ảnh xưởng", picture, "A. Giấy tờ", "1.2"),
        papers.Part("Dấu", clear, "B. Minh chứng"),
    ]
    seen = []
    merged = papers.merge(
        parts,
        tmp_path / "ra" / "ho-so.pdf",
        title="Bộ hồ sơ",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert (merged.pages, merged.problems) == (6, [])
    assert [(one.part.title, one.page, one.pages) for one in merged.parts] == [
        ("Giấy đăng ký", 2, 3), ("Ảnh xưởng", 5, 1), ("Dấu", 6, 1),
    ]  # fmt: skip
    assert seen == [(1, 3), (2, 3), (3, 3)]
    with pikepdf.open(merged.path) as pdf:
        assert len(pdf.pages) == 6
        assert _outline(pdf) == [
            ("Mục lục", []), ("A. Giấy tờ", ["Giấy đăng ký", "Ảnh xưởng"]), ("B. Minh chứng", ["Dấu"]),
        ]  # fmt: skip
        wide = [float(edge) for edge in pdf.pages[4].mediabox]
        assert (round(wide[2]), round(wide[3])) == (794, 595)
        image = next(iter(pdf.pages[4].images.values()))
        assert (int(image.Width), int(image.Height)) == (2200, 1650)
        marked = [bool(list(page.Resources.get("/XObject", {}))) for page in pdf.pages]
        assert marked == [False, True, True, True, True, True]
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["ho-so.pdf"]


def test_merge_names_what_it_could_not_read_and_keeps_its_place(tmp_path):
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    text = tmp_path / "chu.txt"
    text.write_text("không phải ảnh", encoding="utf-8")
    parts = [
        papers.Part("Hỏng", broken),
        papers.Part("Khoá", _pdf(tmp_path / "k.pdf", 2, password="x")),
        papers.Part("Chữ", text),
        papers.Part("Mất", tmp_path / "khong-co.pdf"),
        papers.Part("Tốt", _pdf(tmp_path / "t.pdf", 1)),
    ]
    merged = papers.merge(parts, tmp_path / "ra.pdf", title="T", numbered=False)
    bad = "Tệp hỏng hoặc không phải PDF, ảnh; không ghép được."
    assert merged.problems == [
        ("Hỏng", bad), ("Khoá", "Tệp có mật khẩu, không ghép được."), ("Chữ", bad), ("Mất", bad),
    ]  # fmt: skip
    assert [one.page for one in merged.parts] == [2, 3, 4, 5, 6]
    with pikepdf.open(merged.path) as pdf:
        assert len(pdf.pages) == 6


def test_merging_five_hundred_pages_goes_chunk_by_chunk(tmp_path, monkeypatch):
    noise = Image.effect_noise((1200, 1600), 60).convert("RGB")
    picture = tmp_path / "anh.jpg"
    noise.save(picture, quality=80)
    ten = _pdf(tmp_path / "muoi.pdf", 10)
    open_now, most = [0], [0]
    real = merging._open

    def watched(part, spare):
        source, problem = real(part, spare)
        open_now[0] += 1
        most[0] = max(most[0], open_now[0])
        close = source.close

        class Watched:
            pages = source.pages

            def __enter__(self):
                return self

            def __exit__(self, *args):
                open_now[0] -= 1
                close()

        return Watched(), problem

    monkeypatch.setattr(merging, "_open", watched)
    parts = [papers.Part(f"Tệp {n}", ten if n % 11 else picture) for n in range(55)]
    merged = papers.merge(parts, tmp_path / "ra.pdf", title="Nhiều", numbered=False)
    assert merged.pages == 50 * 10 + 5 + 2
    assert most[0] <= 8
    assert open_now[0] == 0


def test_merging_nothing_gives_the_contents_alone(tmp_path):
    assert papers.merge([], tmp_path / "ra.pdf", title="Trống").pages == 1


# -- Word


def _template(path: Path) -> Path:
    paper = OfficePaper()
    paper.head(parent="UBND tỉnh A", issuer="Sở B", symbol="QĐ-SB", place="{{ place }}")
    paper.title("Quyết định", "Về việc {{ subject }}")
    paper.signer_title("Giám đốc")
    paper.grounds(["Căn cứ Luật X;"])
    paper.paragraph("Công nhận ngày {{ day|day }}.", lead="Điều 1.")
    paper.instruction("if rows")
    paper.rows_table(
        ["STT", "Tên", "Điểm"], "row in rows", ["{{ loop.index }}", "{{ row.name }}", "{{ row.points|points }}"],
        widths=[15, 100, 30],
    )  # fmt: skip
    paper.instruction("endif")
    paper.closing(
        position="GIÁM ĐỐC", on_behalf="TM. SỞ", name="{{ signer }}", receivers=["Như Điều 2;", "Lưu: VT."]
    )
    return paper.save(path)


FIELDS = {"place", "subject", "day", "rows", "signer"}


def _filled(path):
    return Document(io.BytesIO(papers.docx(path, {
        "place": "Hà Tĩnh", "subject": "công nhận A & B <C>", "day": date(2026, 11, 23), "signer": "Trần Thị D",
        "rows": [{"name": "Bưởi", "points": Decimal("91.50")}, {"name": "Cam", "points": 80}],
    })))  # fmt: skip


def test_a_filled_paper_has_its_texts_rows_and_blank_number(tmp_path):
    document = _filled(_template(tmp_path / "qd.docx"))
    body = [paragraph.text for paragraph in document.paragraphs]
    assert "Về việc công nhận A & B <C>" in body
    assert "Điều 1. Công nhận ngày 23/11/2026." in body
    head, rows, closing = document.tables
    left, right = (cell.text.split("\n") for cell in head.rows[0].cells)
    assert left == ["UBND TỈNH A", "SỞ B", "", "Số:      /QĐ-SB"]
    assert right == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
        "Hà Tĩnh, ngày      tháng      năm       ",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in rows.rows] == [
        ["STT", "Tên", "Điểm"], ["1", "Bưởi", "91,5"], ["2", "Cam", "80"],
    ]  # fmt: skip
    assert closing.rows[0].cells[0].text == "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT."
    assert closing.rows[0].cells[1].text.split("\n")[-1] == "Trần Thị D"


def test_layout_follows_annex_i_of_decree_30_2020(tmp_path):
    document = _filled(_template(tmp_path / "qd.docx"))
    section = document.sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 30, 20]
    assert section.different_first_page_header_footer is True
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.first_page_header.paragraphs[0].text == ""
    fonts = {run.font.name for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()}
    assert fonts == {"Times New Roman"}


def test_a_template_runs_in_a_sandbox(tmp_path):
    paper = OfficePaper()
    paper.paragraph("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    with pytest.raises(Exception, match="unsafe"):
        papers.docx(paper.save(tmp_path / "x.docx"), {})


def test_an_offices_own_template_is_checked(office):
    _template(office / "data/papers/qd.docx")
    assert templates.checked("qd.docx", FIELDS, FIELDS) == office / "data/papers/qd.docx"
    own = _template(office / "var/templates/qd.docx")
    assert templates.checked("qd.docx", FIELDS, FIELDS) == own
    with pytest.raises(Refused) as caught:
        templates.checked("qd.docx", FIELDS - {"signer"} | {"number"}, {"place", "number"})
    assert "Trường không có trong hệ thống: signer." in caught.value.reason
    assert "Thiếu trường bắt buộc: number." in caught.value.reason


def test_files_that_are_no_templates_are_named(office):
    own = office / "var/templates/qd.docx"
    _put(own, "không phải Word")
    assert templates.problems(own, FIELDS) == ["Tệp mẫu qd.docx không phải tệp Word (.docx) đọc được."]
    paper = OfficePaper()
    paper.paragraph("{{ place | }}")
    paper.save(own)
    assert templates.problems(own, FIELDS)[0].startswith("Tệp mẫu qd.docx có trường viết sai")
