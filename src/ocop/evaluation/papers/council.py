"""Layouts of the council's papers: minutes of a session and the score sheet of a member (Decree 30/2020/NĐ-CP).

The decision prints no form for either: the layout is rebuilt from the duties of Art. 7.3 of Decision 26/2026/QĐ-TTg, so
each says "chưa đối chiếu mẫu gốc". Number and date stay blank for the clerk.
"""

from collections.abc import Callable
from pathlib import Path

from ocop.kit.papers.docx_layout import OfficePaper


def build_minutes(path: Path) -> None:
    """Minutes of a meeting or of written opinions: who was there, the statute, results, rounds and what was said."""
    paper = OfficePaper(size=13)
    paper.head(parent="UBND {{ province_upper }}", issuer="HỘI ĐỒNG ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP", symbol="BB-HĐ",
               place="{{ place }}")  # fmt: skip
    paper.title("Biên bản", "{{ what }} {{ council }}", "{{ unchecked }}")
    paper.paragraph("Thời gian: {{ time }}.")
    paper.paragraph("Địa điểm: {{ place_held }}.")
    paper.paragraph("Căn cứ: Quyết định số {{ decision }}; {{ law }}.")
    paper.paragraph("Thành phần", bold=True)
    paper.rows_table(
        ["STT", "Họ tên", "Vai trò", "Cơ quan", "{{ here }}"],
        "row in people",
        ["{{ loop.index }}", "{{ row.name }}", "{{ row.role }}", "{{ row.agency }}", "{{ row.present }}"],
        widths=[13, 42, 35, 52, 18],
        centred=(0, 4),
    )
    paper.paragraph("Quy chế áp dụng", bold=True)
    paper.rows_table(
        ["Nội dung", "Áp dụng", "Căn cứ"],
        "row in statute",
        ["{{ row.label }}", "{{ row.value }}", "{{ row.source }}"],
        widths=[55, 30, 75],
    )
    paper.paragraph("Kết quả đánh giá, phân hạng", bold=True)
    paper.rows_table(
        ["STT", "Sản phẩm, chủ thể", "Số phiếu", "Điểm trung bình", "Chênh lệch", "Kết luận"],
        "row in results",
        ["{{ row.position }}", "{{ row.product }}, {{ row.producer }}", "{{ row.counted }}", "{{ row.points }}",
         "{{ row.spread }}", "{{ row.outcome }}"],
        widths=[13, 59, 17, 21, 20, 30], centred=(0, 2, 3, 4),
    )  # fmt: skip
    paper.paragraph("Diễn biến từng hồ sơ", bold=True)
    paper.instruction("for row in results")
    paper.paragraph("{{ row.position }}. {{ row.product }} ({{ row.code }})", bold=True)
    paper.instruction("for line in row.lines")
    paper.paragraph("{{ line }}")
    paper.instruction("endfor")
    paper.instruction("endfor")
    paper.paragraph("Ý kiến, diễn biến chung", bold=True)
    paper.instruction("for line in notes")
    paper.paragraph("{{ line }}")
    paper.instruction("endfor")
    paper.paragraph("{{ closing }}")
    paper.signatures([("THƯ KÝ", "{{ secretary }}"), ("{{ chair_title }}", "{{ chair }}")])
    paper.save(path)


def build_score_sheet(path: Path) -> None:
    """A member's score sheet of one round, criterion by criterion."""
    paper = OfficePaper(size=13)
    paper.head(parent="UBND {{ province_upper }}", issuer="HỘI ĐỒNG ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP", symbol="PC-HĐ",
               place="{{ place }}")  # fmt: skip
    paper.title("Phiếu chấm điểm", "{{ product }} – {{ producer }}", "{{ unchecked }}")
    paper.instruction("if shortened")
    paper.paragraph("{{ shortened }}", italic=True)
    paper.instruction("endif")
    paper.paragraph("Hồ sơ: {{ code }}. {{ set }}, {{ book }}. Vòng chấm: {{ round }}. {{ occasion }}.")
    paper.paragraph("Thành viên chấm: {{ member }}, {{ role }}, {{ agency }}.")
    paper.rows_table(
        ["Tiêu chí", "Mức đạt", "Điểm tối đa", "Điểm", "Nhận xét"],
        "row in rows",
        ["{{ row.name }}", "{{ row.level }}", "{{ row.max }}", "{{ row.points }}", "{{ row.note }}"],
        widths=[45, 57, 17, 17, 24],
        centred=(2, 3),
    )
    paper.paragraph("Tổng điểm: {{ total }}/100 ({{ sections }}).", bold=True)
    paper.instruction("for tick in ticks")
    paper.paragraph(
        "Trường hợp loại: {{ tick.text }}. Lý do: {{ tick.reason }}. Minh chứng: {{ tick.evidence }}"
    )
    paper.instruction("endfor")
    paper.paragraph("Ý kiến khác: {{ opinion }}")
    paper.paragraph("Nộp lúc {{ submitted_at }}, mã băm nội dung {{ digest }}.", italic=True)
    paper.signatures([("", ""), ("THÀNH VIÊN HỘI ĐỒNG", "{{ member }}")])
    paper.save(path)


TEMPLATES: dict[str, Callable[[Path], None]] = {
    "evaluation/bien-ban-hoi-dong.docx": build_minutes,
    "evaluation/phieu-cham-thanh-vien.docx": build_score_sheet,
}
