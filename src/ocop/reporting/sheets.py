"""A report as a workbook: an empty form that goes out, comes back filled and is checked; sums with formulas.

The first row carries, in a hidden column, which report and which version of the form it is; figures are found by the
hidden key of their row, so that changed labels do no harm and a row that is gone is named.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import python_calamine as calamine
import xlsxwriter

from ocop.kit import formats
from ocop.kit.errors import Refused
from ocop.kit.indicators import indicators
from ocop.kit.text import nfc
from ocop.reporting.actions.reports import Correction
from ocop.reporting.models import Consolidation, Report
from ocop.reporting.queries.reports import tables_of

STAMP = "ocop-bao-cao"
KEY, NAME, MEASURE, TOP, BOTTOM, OWN_TOP, OWN_BOTTOM, REASON = range(8)
HEADS = ("", "Chỉ tiêu", "Đơn vị tính", "Số hệ thống", "Trên tổng", "Số báo cáo", "Trên tổng", "Lý do khác")
MOST = 10**15


def report_form(report: Report) -> bytes:
    """The form of a report to fill in outside the system."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Báo cáo")
    bold, wrap, box = book.add_format({"bold": True}), book.add_format({"text_wrap": True}), _boxed(book)
    head = _boxed(book, bold=True, bg_color="#E4EFE4", text_wrap=True)
    own = _boxed(book, bg_color="#FBF0D3")
    sheet.write_row(0, KEY, [f"{STAMP}:{report.pk}:{report.round.form.pk}"])
    sheet.write(0, NAME, report.round.form.title, bold)
    sheet.write(1, NAME, f"{report.agency.name} · {report.round}")
    sheet.write(
        2, NAME, f"Số liệu từ {formats.day(report.round.first)} đến hết {formats.day(report.round.last)}"
    )
    sheet.write(3, NAME, "Chỉ ghi vào ô màu vàng; để trống là lấy số hệ thống.")
    line = 5
    for section, rows, text in tables_of(report):
        sheet.write(line, NAME, section.title, bold)
        line += 1
        if section.kind == "figures":
            sheet.write_row(line, KEY, HEADS, head)
            for row in rows:
                line += 1
                _figure_row(sheet, line, row, box, own)
            line += 1
        elif section.kind == "text":
            sheet.write(line, KEY, f"text:{section.key}")
            sheet.merge_range(
                line, NAME, line, REASON, text, _boxed(book, text_wrap=True, bg_color="#FBF0D3", valign="top")
            )
            sheet.set_row(line, 120)
            line += 1
        line += 1
    _set_up(sheet, wrap)
    book.close()
    return buffer.getvalue()


def _boxed(book: Any, **more: Any) -> Any:
    return book.add_format({"border": 1, **more})


def _set_up(sheet: Any, wrap: Any) -> None:
    sheet.set_column(KEY, KEY, None, None, {"hidden": True})
    sheet.set_column(NAME, NAME, 52, wrap)
    sheet.set_column(MEASURE, OWN_BOTTOM, 14)
    sheet.set_column(REASON, REASON, 40, wrap)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _figure_row(sheet: Any, line: int, row: Any, box: Any, own: Any) -> None:
    cell, one = row.cell, row.indicator
    measured = cell.measured if cell is not None else None
    corrected = (
        (cell.corrected_top, cell.corrected_bottom, cell.reason) if cell is not None else (None, None, "")
    )
    sheet.write(line, KEY, f"figure:{one.key}")
    sheet.write(line, NAME, one.name, box)
    sheet.write(line, MEASURE, one.measure, box)
    sheet.write(line, TOP, measured.top if measured else "", box)
    sheet.write(line, BOTTOM, measured.bottom if measured and one.is_share else "", box)
    sheet.write(line, OWN_TOP, corrected[0] if corrected[0] is not None else "", own)
    sheet.write(
        line, OWN_BOTTOM, corrected[1] if corrected[1] is not None else "", own if one.is_share else box
    )
    sheet.write(line, REASON, corrected[2], own)


@dataclass
class Filled:
    """What a filled form says; `problems` are Vietnamese sentences with the row of the sheet."""

    texts: dict[str, str] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_form(report: Report, file: BinaryIO) -> Filled:
    """Read a filled form. Raises `Refused` for another report's form, one of an old version, or no form at all."""
    try:
        book = calamine.load_workbook(file)
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refused(
            "sheet.unreadable", "Không đọc được tệp; hãy dùng tệp .xlsx tải từ báo cáo này."
        ) from error
    _check_stamp(report, rows)
    found = Filled()
    for number, row in enumerate(rows, start=1):
        kind, _, key = str(row[KEY] if row else "").partition(":")
        if kind == "text":
            found.texts[key] = nfc(str(row[NAME] or "")).strip()
        elif kind == "figure":
            _read_figure(found, key, row, number)
    missing = [key for key in report.round.form.indicators if key not in found.corrections]
    found.problems += [
        f"Thiếu dòng của chỉ tiêu “{indicators[key].name}”." for key in missing if key in indicators
    ]
    return found


def _check_stamp(report: Report, rows: Sequence[Sequence[Any]]) -> None:
    parts = str(rows[0][KEY] if rows and rows[0] else "").split(":")
    if len(parts) != 3 or parts[0] != STAMP:
        raise Refused("sheet.stamp", "Tệp này không phải mẫu tải từ báo cáo; hãy tải lại mẫu.")
    if parts[1] != str(report.pk):
        raise Refused("sheet.other", "Tệp này là mẫu của báo cáo khác.")
    if parts[2] != str(report.round.form_id):
        raise Refused("sheet.version", "Tệp này theo phiên bản mẫu cũ; hãy tải mẫu mới và chép số sang.")


def _whole(value: Any) -> int | None:
    """A whole number of a cell; None for an empty one. Raises ValueError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = value.replace(".", "").replace(" ", "").replace("\u00a0", "")
    number = float(value)
    if number != int(number) or not 0 <= number <= MOST:
        raise ValueError(value)
    return int(number)


def _read_figure(found: Filled, key: str, row: Sequence[Any], number: int) -> None:
    cells = [*row, *[""] * (REASON + 1 - len(row))]
    try:
        top, bottom = _whole(cells[OWN_TOP]), _whole(cells[OWN_BOTTOM])
    except ValueError:
        found.problems.append(f"Dòng {number}: “{cells[NAME]}” phải là số nguyên không âm.")
        found.corrections[key] = Correction(None)
        return
    reason = nfc(str(cells[REASON] or "")).strip()
    if top is not None and bottom is not None and top > bottom:
        found.problems.append(f"Dòng {number}: “{cells[NAME]}”: số được tính lớn hơn tổng.")
    if top is None and bottom is not None:
        found.problems.append(f"Dòng {number}: “{cells[NAME]}”: hãy ghi cả số được tính.")
    if top is not None and not reason:
        found.problems.append(f"Dòng {number}: “{cells[NAME]}”: số khác số của hệ thống thì phải ghi lý do.")
    found.corrections[key] = Correction(top, bottom, reason)


def consolidation_book(row: Consolidation) -> bytes:
    """The consolidated report as a workbook: each area a row, sums and shares as formulas."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    head = _boxed(book, bold=True, bg_color="#E4EFE4", text_wrap=True, align="center")
    box, bold = _boxed(book), _boxed(book, bold=True)
    percent = _boxed(book, bold=True, num_format="0.0")
    sheet = book.add_worksheet("Tổng hợp")
    sheet.write(0, 0, str(row), book.add_format({"bold": True, "font_size": 13}))
    sheet.write(1, 0, f"Số liệu từ {formats.day(row.round.first)} đến hết {formats.day(row.round.last)}")
    columns = _columns(row)
    sheet.write_row(3, 0, ["STT", "Cơ quan", *[label for _, _, label in columns]], head)
    reports = list(row.included.select_related("agency").prefetch_related("cells").order_by("agency__name"))
    for place, report in enumerate(reports):
        cells = {cell.indicator: cell.reported for cell in report.cells.all()}
        values = [_part(cells.get(key), part) for key, part, _ in columns]
        sheet.write_row(4 + place, 0, [place + 1, report.agency.name, *values], box)
    last, total = 3 + len(reports), 4 + len(reports)
    sheet.write_row(total, 0, ["", "Cộng"], bold)
    for place in range(2, 2 + len(columns)):
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sheet.write_formula(total, place, f"=SUM({letter}5:{letter}{last + 1})", bold)
    _shares(sheet, columns, total, percent, bold)
    for place, one in enumerate(row.missing):
        sheet.write(total + 4 + place, 1, f"Chưa có: {one['agency']} ({one['state']})")
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 42)
    sheet.set_column(2, 1 + len(columns), 14)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _columns(row: Consolidation) -> list[tuple[str, str, str]]:
    """(indicator, top or bottom, head): a share takes two columns, so that its sum is worked out from the sums."""
    found = []
    for key in row.round.form.indicators:
        one = indicators.get(key)
        if one is not None and one.is_share:
            found += [(key, "top", f"{one.name}: số được tính"), (key, "bottom", f"{one.name}: tổng")]
        elif one is not None:
            found.append((key, "top", f"{one.name} ({one.measure})"))
    return found


def _part(figure: Any, part: str) -> Any:
    return "" if figure is None else getattr(figure, part)


def _shares(sheet: Any, columns: list[tuple[str, str, str]], total: int, percent: Any, bold: Any) -> None:
    """A second line under the sums: the per cent of each share."""
    sheet.write(total + 1, 1, "Tỷ lệ chung (%)", bold)
    for place, (_, part, _) in enumerate(columns, start=2):
        if part == "bottom":
            top, bottom = (xlsxwriter.utility.xl_col_to_name(one) for one in (place - 1, place))
            formula = f'=IF({bottom}{total + 1}=0,"",100*{top}{total + 1}/{bottom}{total + 1})'
            sheet.write_formula(total + 1, place - 1, formula, percent)
