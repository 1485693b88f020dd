"""Reports on paper: Word in the layout of Decree 30/2020/NĐ-CP, PDF; open data of accepted figures."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from ocop.kit import formats, papers
from ocop.kit.indicators import Figure, indicators
from ocop.kit.papers.docx_layout import OfficePaper
from ocop.kit.templatetags.ui_charts import shown
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Consolidation, Report, ReportCell, Round
from ocop.reporting.queries.reports import OF_AREAS, tables_of
from ocop.reporting.rules.layout import Section


def _words(figure: Figure | None, measure: str, is_share: bool) -> str:
    if figure is None:
        return ""
    if is_share and figure.bottom is not None:
        return (
            f"{shown(figure.value, measure)} ({formats.number(figure.top)}/{formats.number(figure.bottom)})"
        )
    return formats.number(figure.top)


def _figures(
    paper: OfficePaper, section: Section, figures: dict[str, Figure | None], notes: dict[str, str]
) -> None:
    rows = []
    for place, key in enumerate(section.indicators, start=1):
        one = indicators.get(key)
        if one is not None:
            words = _words(figures.get(key), one.measure, one.is_share)
            rows.append([str(place), one.name, one.measure, words, notes.get(key, "")])
    paper.table(
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Ghi chú"],
        rows,
        widths=[10, 68, 24, 30, 33],
        centred=[0, 2],
    )


def _body(
    paper: OfficePaper, sections: Iterable[Section], figures: dict[str, Figure | None], notes: dict[str, str],
    texts: dict[str, str],
) -> None:  # fmt: skip
    for section in sections:
        if section.kind == "figures":
            paper.paragraph(section.title, bold=True, indent=False)
            _figures(paper, section, figures, notes)
        elif section.kind == "text" and texts.get(section.key):
            paper.paragraph(section.title, bold=True, indent=False)
            for line in texts[section.key].splitlines():
                if line.strip():
                    paper.paragraph(line.strip())


def _note(cell: ReportCell | None) -> str:
    if cell is None or not cell.is_corrected:
        return ""
    one = indicators.get(cell.indicator)
    measured = _words(cell.measured, one.measure, one.is_share) if one is not None else ""
    return f"Hệ thống: {measured or 'không có số'}. {cell.reason}"


def report_docx(report: Report) -> bytes:
    """The report of an agency as a Word file to sign; the number and the date stay blank."""
    cells = {cell.indicator: cell for cell in report.cells.all()}
    paper = OfficePaper(size=13)
    paper.head(parent="", issuer=report.agency.name, symbol="BC", place=report.unit.name)
    period = (
        f"Số liệu từ ngày {formats.day(report.round.first)} đến hết ngày {formats.day(report.round.last)}"
    )
    paper.title("Báo cáo", f"Kết quả thực hiện Chương trình OCOP {report.round.title}", period)
    _body(
        paper, report.round.form.sections, {key: cell.reported for key, cell in cells.items()},
        {key: _note(cell) for key, cell in cells.items()}, {row.section: row.text for row in report.texts.all()},
    )  # fmt: skip
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Cơ quan nhận báo cáo;", "Lưu: VT."])
    return paper.content()


def consolidation_docx(row: Consolidation) -> bytes:
    """The consolidated report as a Word file: the sums, who is missing, the words of the office."""
    paper = OfficePaper(size=13)
    paper.head(
        parent="", issuer=row.unit.title, symbol="BC", place=row.unit.name, number=row.number or "     "
    )
    period = f"Số liệu từ ngày {formats.day(row.round.first)} đến hết ngày {formats.day(row.round.last)}"
    paper.title("Báo cáo", f"Kết quả thực hiện Chương trình OCOP {row.round.title}", period)
    sections = row.round.form.sections
    figures = {key: row.figure(key) for section in sections for key in section.indicators}
    _body(paper, sections, figures, {key: _differs(row, key) for key in figures}, row.texts)
    paper.paragraph(_who_is_missing(row))
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Như trên;", "Lưu: VT."])
    return paper.content()


def _differs(row: Consolidation, key: str) -> str:
    """What the system measures for the unit itself, where it is not the sum of the reports."""
    one, live = indicators.get(key), row.live_figure(key)
    if one is None or live is None or live == row.figure(key):
        return ""
    return f"Hệ thống: {_words(live, one.measure, one.is_share)}"


def _who_is_missing(row: Consolidation) -> str:
    count = row.included.count()
    if not row.missing:
        return f"Tổng hợp từ báo cáo của {count} đơn vị; không đơn vị nào thiếu."
    names = "; ".join(one["agency"] for one in row.missing)
    return f"Tổng hợp từ báo cáo của {count} đơn vị. Chưa có báo cáo được chấp nhận của: {names}."


def report_pdf(report: Report) -> bytes:
    """The report as a PDF to read and to print."""
    cells = {cell.indicator: cell for cell in report.cells.all()}
    sections = [
        {
            "title": section.title,
            "rows": [
                [
                    row.indicator.name,
                    row.indicator.measure,
                    _cell_words(row.indicator.key, cells),
                    _note(row.cell),
                ]
                for row in rows
            ],
            "text": text,
        }
        for section, rows, text in tables_of(report)
        if rows or text
    ]
    return papers.pdf("reporting/report.typ", {
        "agency": report.agency.name, "title": str(report.round), "state": report.get_state_display(),
        "first": formats.day(report.round.first), "last": formats.day(report.round.last), "sections": sections,
    })  # fmt: skip


def _cell_words(key: str, cells: dict[str, ReportCell]) -> str:
    one = indicators[key]
    return _words(cells[key].reported if key in cells else None, one.measure, one.is_share)


HEADS = (
    "round",
    "unit_code",
    "unit",
    "agency",
    "indicator",
    "name",
    "measure",
    "top",
    "bottom",
    "value",
    "corrected",
)


def open_rows(round: Round) -> Iterable[list[Any]]:
    """The accepted figures of a round, a row each, without anything personal; for CSV and JSON."""
    rows = Report.objects.filter(
        round=round, state__in=(ReportState.ACCEPTED, ReportState.CONSOLIDATED), agency__kind__in=OF_AREAS
    )
    for report in (
        rows.select_related("unit", "agency").prefetch_related("cells").order_by("unit__code", "pk")
    ):
        for cell in report.cells.all():
            one, figure = indicators.get(cell.indicator), cell.reported
            if one is not None and figure is not None:
                value = None if figure.value is None else round_to(figure.value, one.is_share)
                yield [
                    str(round), report.unit.code, report.unit.title, report.agency.name, one.key, one.name, one.measure,
                    figure.top, figure.bottom, value, cell.is_corrected,
                ]  # fmt: skip


def round_to(value: float, is_share: bool) -> float | int:
    """Whole numbers for counts, two decimals for shares."""
    return round(value, 2) if is_share else int(value)


def open_csv(rows: Iterable[list[Any]]) -> str:
    """The rows as CSV with a head; opens in Excel with its Vietnamese letters."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADS)
    writer.writerows(rows)
    return "\ufeff" + buffer.getvalue()
