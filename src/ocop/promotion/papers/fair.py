"""The list of stands of a fair, as Word for signing and as Excel for working on."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocop.kit import excel, formats
from ocop.kit.papers import docx
from ocop.kit.papers.docx_layout import OfficePaper
from ocop.promotion.enums import EntryState
from ocop.promotion.models import Fair, FairEntry

STANDS = "promotion/danh-sach-gian-hang.docx"


def build_stands(path: Path) -> None:
    """The list of stands, landscape."""
    paper = OfficePaper(size=13, landscape=True)
    paper.head(parent="", issuer="{{ organiser }}", symbol="DS", place="{{ place_name }}")
    paper.title("DANH SÁCH GIAN HÀNG", "{{ name }}", note="{{ when }}, tại {{ place }}")
    paper.rows_table(
        ["STT", "Gian số", "Chủ thể", "Địa bàn", "Sản phẩm", "Nhu cầu"], "row in rows",
        ["{{ loop.index }}", *(f"{{{{ row.{name} }}}}" for name in ("stand", "producer", "unit", "products", "needs"))],
        widths=[12, 18, 60, 38, 80, 38], centred=(0, 1),
    )  # fmt: skip
    paper.paragraph("Danh sách có {{ count }} gian hàng trên tổng số {{ stands }}.")
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Các chủ thể có tên;", "Lưu: VT."])
    paper.save(path)


def participants(fair: Fair) -> list[FairEntry]:
    """Who has a stand, by stand and name."""
    rows = fair.entries.taking_part().select_related("producer__unit").prefetch_related("products")
    return sorted(rows, key=lambda row: (row.stand == "", row.stand.zfill(8), row.producer.public_name))


def stands_context(fair: Fair) -> dict[str, Any]:
    """What the list prints."""
    rows = participants(fair)
    first, last = formats.day(fair.starts_on), formats.day(fair.ends_on)
    return {
        "organiser": (fair.organiser or f"Ủy ban nhân dân {fair.unit.full_name}").upper(),
        "place_name": fair.unit.name,
        "name": fair.name,
        "when": f"Ngày {first}" if first == last else f"Từ ngày {first} đến ngày {last}",
        "place": fair.place or fair.unit.full_name,
        "count": len(rows),
        "stands": fair.stands,
        "rows": [
            {
                "stand": row.stand,
                "producer": row.producer.public_name,
                "unit": row.producer.unit.title,
                "products": "; ".join(product.name for product in row.products.all()),
                "needs": row.needs,
            }
            for row in rows
        ],
    }


def write_stand_list(fair: Fair) -> bytes:
    """The list as Word."""
    return docx(STANDS, stands_context(fair))


COLUMNS = (
    excel.Column("stand", "Gian số", excel.Kind.CODE),
    excel.Column("producer", "Chủ thể", width=34),
    excel.Column("unit", "Địa bàn"),
    excel.Column("products", "Sản phẩm", width=40),
    excel.Column("needs", "Nhu cầu"),
    excel.Column("state", "Tình trạng"),
    excel.Column("sales", "Doanh số bán tại chỗ (đồng)", excel.Kind.MONEY, total=True),
    excel.Column("contracts", "Số hợp đồng, biên bản", excel.Kind.INTEGER, total=True),
    excel.Column("value", "Giá trị ký (đồng)", excel.Kind.MONEY, total=True),
    excel.Column("visitors", "Lượt khách", excel.Kind.INTEGER, total=True),
)


def write_stand_sheet(fair: Fair) -> bytes:
    """The list as a workbook, with the results where they are known."""
    known = stands_context(fair)
    values = [
        (
            line["stand"], line["producer"], line["unit"], line["products"], line["needs"],
            EntryState(row.state).label, row.sales, row.contracts, row.contract_value, row.visitors,
        )
        for line, row in zip(known["rows"], participants(fair), strict=True)
    ]  # fmt: skip
    target = io.BytesIO()
    heading = excel.Heading(
        f"Danh sách gian hàng: {fair.name}",
        unit=known["organiser"],
        notes=(f"{known['when']}, tại {known['place']}",),
    )
    excel.write(target, COLUMNS, values, heading)
    return target.getvalue()


TEMPLATES: dict[str, Callable[[Path], None]] = {STANDS: build_stands}
