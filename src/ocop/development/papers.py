"""The research list of a year as a Word paper (Decree 30/2020/NĐ-CP, Annex I)."""

from ocop.development.models import ResearchList, TechnologyNeed
from ocop.kit import formats
from ocop.kit.papers.docx_layout import OfficePaper

HEAD = ("STT", "Nhiệm vụ, công nghệ cần", "Lĩnh vực", "Chủ thể đề xuất", "Địa bàn", "Năng lực hiện nay → mong muốn",
        "Dự kiến kinh phí (đồng)", "Chủ thể góp (đồng)")  # fmt: skip
WIDTHS = (12, 62, 28, 44, 32, 32, 20, 17)


def research_list_paper(row: ResearchList) -> bytes:
    """The list with one line per need and the totals; number and day blank until it is decided."""
    paper = OfficePaper(size=13, landscape=True)
    paper.head(
        parent=f"UBND {row.unit.title}", issuer=row.compiler, symbol="DM", place=row.unit.name,
        number=row.number.partition("/")[0] or "     ",
    )  # fmt: skip
    decided = (
        f"(Kèm theo Quyết định số {row.number} ngày {formats.day(row.decided_on)})" if row.decided_on else ""
    )
    paper.title("DANH MỤC", f"{row.title} năm {row.year}", note=decided)
    needs = list(row.needs.select_related("producer", "unit").order_by("field", "producer__name", "pk"))
    lines = [
        [
            str(place), need.title, need.get_field_display(), need.producer.public_name, need.unit.title,
            _capacity(need), formats.number(need.cost_estimate), formats.number(need.own_money),
        ]
        for place, need in enumerate(needs, 1)
    ]  # fmt: skip
    totals = [sum(need.cost_estimate for need in needs), sum(need.own_money for need in needs)]
    lines.append(
        ["", f"Cộng: {len(needs)} nhu cầu", "", "", "", "", *(formats.number(one) for one in totals)]
    )
    paper.table(HEAD, lines, widths=WIDTHS, centred=(0,))
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["UBND tỉnh;", "Các địa phương;", "Lưu: VT."])
    return paper.content()


def _capacity(need: TechnologyNeed) -> str:
    now, wanted = need.capacity_now, need.capacity_wanted
    if now is None and wanted is None:
        return ""
    words = " → ".join(formats.number(one, 0) if one is not None else "…" for one in (now, wanted))
    return f"{words} {need.capacity_unit}"
