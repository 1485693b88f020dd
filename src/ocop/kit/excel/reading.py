"""Read an uploaded workbook: find the heading, take the rows, say clearly what cannot be read."""

import io
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine as calamine

from ocop.kit.errors import Refused
from ocop.kit.excel.columns import Column, Kind, bare, heading, multiplied
from ocop.kit.excel.converting import text_of
from ocop.kit.text import fold

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 20_000
HEAD_ROWS = 30
PROBE = Path(__file__).with_name("probe.py")
PROBE_SECONDS = 60
TOTALS = ("tong cong", "tong so", "cong")
FOOT_CELLS = 3
"""Below the totals a row with so few cells and without what is required is a signature or a note, no data."""


class BadSheet(Refused):
    """The file as a whole cannot be used; the reason says what to do."""


@dataclass
class Row:
    """One data row: its number in Excel, raw cells by column key, and cells whose formula has no result."""

    number: int
    cells: dict[str, Any]
    formulas: set[str] = field(default_factory=set)


@dataclass
class Sheet:
    """What was found: rows, headings that no column claims, and optional columns that are absent."""

    name: str
    rows: list[Row]
    unknown: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def _probe(data: bytes) -> None:
    """Refuse a workbook that would take the server with it: a process of its own has tried, see probe.py."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file under our own Python
            [sys.executable, "-I", str(PROBE)],
            input=data,
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
        deadly = done.returncode != 0
    except subprocess.TimeoutExpired:
        deadly = True
    if deadly:
        raise BadSheet(
            "excel.large",
            "Bảng tính quá rộng hoặc quá dài để đọc. Hãy xóa các dòng, cột thừa ở ngoài bảng (hoặc chép bảng sang "
            "tệp mẫu) rồi tải lên.",
        )


def _open(data: bytes) -> calamine.CalamineWorkbook:
    if not data:
        raise BadSheet("excel.empty", "Tệp rỗng.")
    if len(data) > MAX_BYTES:
        raise BadSheet(
            "excel.large", f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB; hãy chia thành nhiều tệp."
        )
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                    raise BadSheet(
                        "excel.large", "Nội dung tệp quá lớn khi giải nén; hãy chia thành nhiều tệp."
                    )
        except zipfile.BadZipFile:
            raise BadSheet(
                "excel.broken", "Tệp Excel bị hỏng; hãy mở bằng Excel, lưu lại rồi tải lên."
            ) from None
    _probe(data)
    try:
        return calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise BadSheet("excel.locked", "Tệp có mật khẩu; hãy bỏ mật khẩu rồi tải lên.") from None
    except Exception:
        # The reader raises many kinds for damaged bytes; whatever it is, the answer to the person is one.
        raise BadSheet(
            "excel.broken", "Không đọc được tệp: cần tệp Excel (.xlsx, .xls) hoặc .ods còn nguyên vẹn."
        ) from None


def _loaded(book: calamine.CalamineWorkbook, index: int) -> tuple[calamine.CalamineSheet, list[list[Any]]]:
    """The sheet of that place and its cells; raises `BadSheet` for one whose part of the file is damaged."""
    try:
        sheet = book.get_sheet_by_index(index)
        return sheet, sheet.to_python(skip_empty_area=False)
    except Exception:
        # As on opening: many kinds of damage, one answer.
        raise BadSheet("excel.broken", "Tệp Excel bị hỏng; hãy mở bằng Excel, lưu lại rồi tải lên.") from None


def _spread(sheet: calamine.CalamineSheet, rows: list[list[Any]]) -> None:
    """Give the lower cells of a heading merged over several rows the text of its first cell."""
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if top >= HEAD_ROWS or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] in ("", None):
                row[left] = rows[top][left]


def _match(names: dict[str, str], *rows: list[Any]) -> dict[str, list[int]]:
    """Places of each column key in a heading of one or two rows (the lower row says more)."""
    found: dict[str, list[int]] = {}
    for place in range(max(len(row) for row in rows)):
        cells = [heading(row[place]) for row in reversed(rows) if place < len(row)]
        key = next((names[name] for cell in cells for name in (cell, bare(cell)) if name in names), None)
        if key:
            found.setdefault(key, []).append(place)
    return found


def _names(columns: Sequence[Column]) -> dict[str, str]:
    """Headings by which columns are known: in full, and without a unit behind them where that means one column."""
    names = {name: column.key for column in columns for name in column.names}
    short: dict[str, set[str]] = {}
    for name, key in names.items():
        short.setdefault(bare(name), set()).add(key)
    return {name: next(iter(keys)) for name, keys in short.items() if len(keys) == 1} | names


def _find_heading(columns: Sequence[Column], rows: list[list[Any]]) -> tuple[int, dict[str, list[int]]]:
    """(index of the heading's last row, places by key); raises BadSheet when no row looks like the heading."""
    names = _names(columns)
    best: tuple[int, dict[str, list[int]]] = (-1, {})
    for index in range(min(HEAD_ROWS, len(rows))):
        one = _match(names, rows[index])
        if len(one) > len(best[1]):
            best = (index, one)
        if index + 1 < len(rows) and one:
            two = _match(names, rows[index], rows[index + 1])
            if len(two) > max(len(best[1]), len(_match(names, rows[index + 1]))):
                best = (index + 1, two)
    needed = {column.key for column in columns if column.required}
    if not best[1] or (len(best[1]) < 2 and len(columns) > 1 and needed - set(best[1])):
        labels = ", ".join(column.label for column in columns if column.required) or columns[0].label
        raise BadSheet(
            "excel.heading", f"Không tìm thấy dòng tiêu đề. Cần các cột: {labels}. Hãy dùng tệp mẫu."
        )
    return best


def _formulas_without_result(data: bytes, sheet_index: int) -> set[tuple[int, int]]:
    """Cells (row, column from 0) of an .xlsx sheet that hold a formula but no stored result."""
    if data[:2] != b"PK":
        return set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = _sheet_xml(archive, sheet_index)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadSheet("excel.broken", "Tệp Excel bị hỏng; hãy mở bằng Excel, lưu lại rồi tải lên.") from None
    if b"<f" not in xml:
        return set()
    found = set()
    for cell in xml.split(b"<c ")[1:]:  # one pass, however the file was made
        tag, _, rest = cell.partition(b">")
        body = rest.partition(b"</c>")[0]
        place = re.search(rb'\br="([A-Z]+)(\d+)"', tag)
        if place and not tag.endswith(b"/") and b"<f" in body and not re.search(rb"<v>[^<]", body):
            found.add((int(place[2]) - 1, _column_index(place[1])))
    return found


def _sheet_xml(archive: zipfile.ZipFile, sheet_index: int) -> bytes:
    """The part that holds the sheet of that place; empty when the workbook does not say which."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return b""
    ids = re.findall(rb"<(?:\w+:)?sheet\b[^>]*?\br:id=\"([^\"]+)\"", archive.read("xl/workbook.xml"))
    links = {name: target for target, name in _relations(archive.read("xl/_rels/workbook.xml.rels"))}
    if sheet_index >= len(ids) or ids[sheet_index] not in links:
        return b""
    target = links[ids[sheet_index]].decode(errors="replace").lstrip("/")
    path = target if target.startswith("xl/") else f"xl/{target}"
    return archive.read(path) if path in names else b""


def _relations(xml: bytes) -> list[tuple[bytes, bytes]]:
    """(target, id) of every relation."""
    pairs = []
    for tag in re.findall(rb"<Relationship\b[^>]*>", xml):
        target, name = re.search(rb'Target="([^"]+)"', tag), re.search(rb'\bId="([^"]+)"', tag)
        if target and name:
            pairs.append((target[1], name[1]))
    return pairs


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def read(upload: BinaryIO, columns: Sequence[Column], *, max_rows: int = MAX_ROWS) -> Sheet:
    """The rows under the heading of the first visible sheet that has one; blank and total rows are left out.

    Raises `BadSheet` with a Vietnamese reason: not a workbook, broken, locked, too large, no heading, a required
    column absent, a column twice, no rows, too many rows.
    """
    data = upload.read(MAX_BYTES + 1)
    with _open(data) as book:
        shown = [
            index
            for index, sheet in enumerate(book.sheets_metadata)
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        failure: BadSheet | None = None
        for index in shown:
            try:
                sheet, rows = _loaded(book, index)
                _spread(sheet, rows)
                head, places = _find_heading(columns, rows)
            except BadSheet as error:
                failure = failure or error
                continue
            return _collect(
                sheet.name, columns, rows, head, places, _formulas_without_result(data, index), max_rows
            )
        raise failure or BadSheet("excel.empty", "Tệp không có trang tính nào đang hiện.")


def _filled(cells: list[Any]) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in cells if text_of(cell))


def _is_numbering(cells: list[Any]) -> bool:
    """Whether a row under the heading only numbers the columns: "1, 2, 3" or "(1), (2), (3)" or "A, B, 1, 2"."""
    texts = [text_of(cell) for cell in cells if text_of(cell)]
    bracketed = all(text[0] in "([" for text in texts)
    texts = [text.strip("()[] ") for text in texts]
    while texts and texts[0] in ("A", "B", "C"):
        texts = texts[1:]
    counted = [str(number) for number in range(1, len(texts) + 1)]
    return texts == counted and len(texts) > (1 if bracketed else 2)


def _refuse_multiplied(columns: Sequence[Column], heads: list[list[Any]], at: dict[str, int]) -> None:
    """Amounts in thousands or millions would be written as đồng: say so instead."""
    for column in columns:
        if column.kind is not Kind.MONEY or column.key not in at:
            continue
        place = at[column.key]
        for cells in heads:
            cell = heading(cells[place]) if place < len(cells) else ""
            if multiplied(cell):
                raise BadSheet(
                    "excel.unit",
                    f"Cột “{text_of(cells[place])}” không ghi theo đồng. Hãy đổi số tiền ra đồng, sửa tiêu đề thành "
                    f"“{column.label}” rồi tải lên lại.",
                )


def _collect(
    name: str,
    columns: Sequence[Column],
    rows: list[list[Any]],
    head: int,
    places: dict[str, list[int]],
    formulas: set[tuple[int, int]],
    max_rows: int,
) -> Sheet:
    missing = [column.label for column in columns if column.required and column.key not in places]
    if missing:
        raise BadSheet("excel.columns", f"Thiếu cột: {', '.join(missing)}. Hãy dùng tệp mẫu.")
    twice = [column.label for column in columns if len(places.get(column.key, ())) > 1]
    if twice:
        raise BadSheet("excel.columns", f"Cột xuất hiện hai lần: {', '.join(twice)}.")
    at = {key: found[0] for key, found in places.items()}
    _refuse_multiplied(columns, rows[max(head - 1, 0) : head + 1], at)
    found_rows: list[Row] = []
    needed = [column.key for column in columns if column.required]
    closed = False
    # The reader ends at the last cell with a value; rows of formulas without a result may follow.
    last = max((row for row, _ in formulas), default=-1)
    rows = rows + [[] for _ in range(last + 1 - len(rows))]
    for index, cells in enumerate(rows[head + 1 :], head + 1):
        values = {key: cells[place] if place < len(cells) else "" for key, place in at.items()}
        broken = {key for key, place in at.items() if (index, place) in formulas}
        first = next((fold(text_of(cell)) for cell in cells if text_of(cell)), "")
        if first.partition(":")[0].strip() in TOTALS:
            closed = True
            continue
        if not broken and not any(text_of(value) for value in values.values()):
            continue
        if _is_numbering(cells) and not found_rows:
            continue
        if closed and any(not text_of(values.get(key)) for key in needed) and _filled(cells) <= FOOT_CELLS:
            continue
        found_rows.append(Row(index + 1, values, broken))
        if len(found_rows) > max_rows:
            raise BadSheet("excel.rows", f"Tệp có hơn {max_rows} dòng; hãy chia thành nhiều tệp.")
    if not found_rows:
        raise BadSheet("excel.empty", "Tệp có tiêu đề nhưng không có dòng dữ liệu nào.")
    claimed = set(at.values())
    unknown = [
        text_of(cell)
        for place, cell in enumerate(rows[head])
        if place not in claimed and text_of(cell) and heading(cell) not in ("stt", "tt", "so tt")
    ]
    absent = [column.label for column in columns if column.key not in at]
    return Sheet(name, found_rows, unknown, absent)
