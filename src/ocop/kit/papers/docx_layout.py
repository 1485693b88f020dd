"""Build Word templates in the layout of Decree 30/2020/NĐ-CP, Annex I: A4, margins, Times New Roman, the head in two
columns, the signature block. The number and the date stay blank for the clerk.

Texts may hold template fields (`{{ name }}`), so an app's build command makes a template that offices can edit:

    paper = OfficePaper()
    paper.head(parent="UBND TỈNH ...", issuer="SỞ ...", symbol="QĐ-UBND", place="{{ place }}")
    paper.title("QUYẾT ĐỊNH", "Về việc ...")
    paper.grounds(["Căn cứ ..."])
    paper.paragraph("...")
    paper.rows_table(["STT", "Tên"], "row in rows", ["{{ loop.index }}", "{{ row.name }}"], widths=[12, 60])
    paper.closing(position="CHỦ TỊCH", on_behalf="TM. ỦY BAN NHÂN DÂN", receivers=["Như Điều 3;", "Lưu: VT."])
    paper.save(path)
"""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NO_DAY = "ngày      tháng      năm       "
"""The day that a clerk writes in."""
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


def day_of(day: date | None) -> str:
    """The day of a document in words, blank to be written by hand while there is none."""
    return f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else NO_DAY


class OfficePaper:
    """A paper under construction; methods append from top to bottom. `size` of the body: 13 or 14 points."""

    def __init__(self, *, size: int = 14, landscape: bool = False) -> None:
        self.size = size
        self.document = Document()
        self._page(landscape)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        self.document.core_properties.language = "vi-VN"
        # Several lines in one field must not be stretched to the margin.
        self._keep_short_lines()

    def _keep_short_lines(self) -> None:
        settings = self.document.settings.element
        compat = settings.find(qn("w:compat"))
        compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))

    @staticmethod
    def _set_widths(table: Any, widths: Sequence[float]) -> None:
        """Columns of these widths in millimetres in the table's grid too, which Word and LibreOffice go by."""
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)

    @staticmethod
    def _hold_together(row: Any) -> None:
        """The row is not cut by the end of a page."""
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _page(self, landscape: bool) -> None:
        """A4, margins 20 top and bottom, 30 left, 20 right; page number at the top centre from page two on."""
        section = self.document.sections[0]
        width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = width, height
        section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
        section.left_margin = Mm(30)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        self.width = (297 if landscape else 210) - 50
        line = section.header.paragraphs[0]
        line.alignment = CENTRE
        run = line.add_run()
        run.font.name, run.font.size = FONT, Pt(13)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                element = OxmlElement("w:fldChar")
                element.set(qn("w:fldCharType"), kind)
            else:
                element = OxmlElement("w:instrText")
                element.text = text
            run._r.append(element)

    def _write(
        self, paragraph: Any, text: str, *, size: float = 0, bold: bool = False, italic: bool = False,
        align: WD_ALIGN_PARAGRAPH | None = None, before: float = 0, after: float = 0,
    ) -> Any:  # fmt: skip
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size or self.size), bold, italic
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        if align is not None:
            paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        return paragraph

    def _rule(self, paragraph: Any, side: float) -> None:
        """The short line under a heading, `side` millimetres in from both edges of its column."""
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
        paragraph.paragraph_format.line_spacing = Pt(6)
        borders = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        paragraph._p.get_or_add_pPr().append(borders)

    def _columns(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        self._set_widths(table, widths)
        self._hold_together(table.rows[0])
        return table

    def head(
        self, *, parent: str, issuer: str, symbol: str, place: str, subject: str = "", number: str = "     ",
        day: str = NO_DAY,
    ) -> None:  # fmt: skip
        """The issuing body left, the country's name right, number and place below; `subject` for a letter (V/v).

        `number` and `day` (`day_of`) are those of the document where it has them: a number that came with its symbol
        ("12/QĐ-UBND") stays as it was given.
        """
        left, right = self._columns([self.width * 0.39, self.width * 0.61]).rows[0].cells
        first = left.paragraphs[0]
        if parent:
            self._write(first, parent.upper() if "{{" not in parent else parent, size=12, align=CENTRE)
            first = left.add_paragraph()
        self._write(first, issuer.upper() if "{{" not in issuer else issuer, size=12, bold=True, align=CENTRE)
        self._rule(left.add_paragraph(), 20)
        self._write(
            left.add_paragraph(),
            f"Số: {number if '/' in number else f'{number}/{symbol}'}",
            size=13,
            align=CENTRE,
            before=4,
        )
        if subject:
            self._write(left.add_paragraph(), f"V/v {subject}", size=12, align=CENTRE)
        self._write(right.paragraphs[0], COUNTRY, size=12, bold=True, align=CENTRE)
        self._write(right.add_paragraph(), MOTTO, size=13, bold=True, align=CENTRE)
        self._rule(right.add_paragraph(), 20)
        self._write(right.add_paragraph(), f"{place}, {day}", size=13, italic=True, align=CENTRE, before=4)

    def nation(self) -> None:
        """The country's name and motto alone in the middle, for papers that a person or a firm writes."""
        self._write(self.document.add_paragraph(), COUNTRY, size=12, bold=True, align=CENTRE)
        self._write(self.document.add_paragraph(), MOTTO, size=13, bold=True, align=CENTRE)
        self._rule(self.document.add_paragraph(), self.width * 0.33)

    def dated(self, place: str) -> None:
        """Place and date before the signature, the date left blank."""
        day = f"{place}, ngày ..... tháng ..... năm ........"
        line = self._write(self.document.add_paragraph(), day, italic=True, align=CENTRE, before=6)
        line.paragraph_format.left_indent = Mm(self.width * 0.45)
        line.paragraph_format.keep_with_next = True

    def title(self, kind: str, subject: str = "", note: str = "") -> None:
        """The kind of paper in capitals, what it is about, the short line; `note` in italics below."""
        self._write(self.document.add_paragraph(), kind.upper(), bold=True, align=CENTRE, before=18)
        if subject:
            self._write(self.document.add_paragraph(), subject, bold=True, align=CENTRE)
            self._rule(self.document.add_paragraph(), self.width * 0.35)
        if note:
            self._write(self.document.add_paragraph(), note, size=12, italic=True, align=CENTRE, after=6)

    def centred(self, words: str, *, bold: bool = True, italic: bool = False) -> None:
        """A line in the middle: "QUYẾT ĐỊNH:" before the articles, "(Kèm theo ...)" under an annex."""
        self._write(
            self.document.add_paragraph(), words, bold=bold, italic=italic, align=CENTRE, before=6, after=6
        )

    def signer_title(self, words: str) -> None:
        """Who decides, in capitals above the grounds."""
        words = words if "{{" in words else words.upper()
        self._write(self.document.add_paragraph(), words, bold=True, align=CENTRE, before=6, after=6)

    def recipient(self, words: str) -> None:
        """Kính gửi: ... in the middle."""
        self._write(self.document.add_paragraph(), f"Kính gửi: {words}", align=CENTRE, before=12, after=12)

    def grounds(self, lines: Sequence[str]) -> None:
        """The grounds, in italics, each its own paragraph."""
        for line in lines:
            self.paragraph(line, italic=True)

    def paragraph(
        self, text: str, *, lead: str = "", bold: bool = False, italic: bool = False, indent: bool = True
    ) -> None:
        """A paragraph of the body: justified, first line in by 12.7 mm; `lead` ("Điều 1.") in bold before it."""
        made = self.document.add_paragraph()
        if lead:
            self._write(made, f"{lead} ", bold=True)
        self._write(made, text, bold=bold, italic=italic, align=JUSTIFY, before=3, after=3)
        made.paragraph_format.line_spacing = 1.1
        made.paragraph_format.keep_with_next = bold or None
        if indent:
            made.paragraph_format.first_line_indent = Mm(12.7)

    def instruction(self, tag: str) -> None:
        """A template instruction in a paragraph of its own, gone in the filled paper: "if rows", "endif"."""
        self.document.add_paragraph(f"{{%p {tag} %}}")

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float],
        centred: Sequence[int] = (),
    ) -> Any:  # fmt: skip
        """A bordered table with a heading that repeats on every page; widths in millimetres, `centred` columns."""
        made = self.document.add_table(rows=0, cols=len(head))
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for place, cells in enumerate((head, *rows)):
            row = made.add_row()
            if place == 0:
                repeat = OxmlElement("w:tblHeader")
                repeat.set(qn("w:val"), "true")
                row._tr.get_or_add_trPr().append(repeat)
            self._hold_together(row)
            for column, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
                cell.width = Mm(width)
                align = CENTRE if place == 0 or column in centred else LEFT
                self._write(
                    cell.paragraphs[0], text, size=12, bold=place == 0, align=align, before=2, after=2
                )
        self._set_widths(made, widths)
        return made

    def rows_table(
        self, head: Sequence[str], loop: str, cells: Sequence[str], *, widths: Sequence[float],
        centred: Sequence[int] = (),
    ) -> Any:  # fmt: skip
        """A table with one row per item: `loop` is "row in rows", `cells` are fields of the item."""
        blank = [""] * (len(head) - 1)
        rows = [[f"{{%tr for {loop} %}}", *blank], list(cells), ["{%tr endfor %}", *blank]]
        return self.table(head, rows, widths=widths, centred=centred)

    def _stay_with_text(self) -> None:
        """A signature never stands alone on a page: the last words go with it."""
        self.document.add_paragraph()
        for line in self.document.paragraphs[-3:]:
            line.paragraph_format.keep_with_next = True

    def closing(
        self, *, position: str, on_behalf: str = "", name: str = "", receivers: Sequence[str] = ()
    ) -> None:
        """Receivers left, the signature right: on whose behalf, position, room to sign, full name."""
        self._stay_with_text()
        left, right = self._columns([self.width * 0.45, self.width * 0.55]).rows[0].cells
        if receivers:
            self._write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT)
            for receiver in receivers:
                self._write(left.add_paragraph(), f"- {receiver}", size=11, align=LEFT)
        first = right.paragraphs[0]
        if on_behalf:
            self._write(first, on_behalf, bold=True, align=CENTRE)
            first = right.add_paragraph()
        self._write(first, position, bold=True, align=CENTRE)
        for _ in range(4):
            right.add_paragraph()
        self._write(right.add_paragraph(), name, bold=True, align=CENTRE)

    def signatures(self, columns: Sequence[tuple[str, str]]) -> None:
        """Several who sign side by side, as under minutes: (position, name) each."""
        self._stay_with_text()
        width = self.width / len(columns)
        for cell, (position, name) in zip(
            self._columns([width] * len(columns)).rows[0].cells, columns, strict=True
        ):
            self._write(cell.paragraphs[0], position, bold=True, align=CENTRE)
            for _ in range(4):
                cell.add_paragraph()
            self._write(cell.add_paragraph(), name, bold=True, align=CENTRE)

    def content(self) -> bytes:
        """The finished paper as the bytes of a Word file."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def save(self, path: Path) -> Path:
        """Write the template; folders are made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.document.save(str(path))
        return path
