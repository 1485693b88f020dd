"""A project with its money, a review, and the papers of commendation."""

import io

from ocop.direction.enums import AwardForm
from ocop.direction.models import Nomination, Project, Review
from ocop.direction.papers.common import bare, ground, note
from ocop.direction.queries.nominations import checks_for, honoured_with
from ocop.direction.queries.projects import capital_of
from ocop.direction.queries.reviews import lines_of
from ocop.kit import excel, formats
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.papers.docx_layout import OfficePaper
from ocop.units.models import Unit
from ocop.units.queries import province_of

COMMITTEE = "ỦY BAN NHÂN DÂN"
LIST = (
    Column("name", "Tập thể, chủ thể, cá nhân", width=44),
    Column("kind", "Loại", width=22),
    Column("described", "Chức vụ, địa bàn", width=34),
    Column("award", "Hình thức", width=34),
    Column("merits", "Thành tích", width=60),
    Column("number", "Số quyết định", width=20),
    Column("decided_on", "Ngày quyết định", Kind.DATE, width=14),
)


def _committee(unit: Unit) -> str:
    return f"{COMMITTEE} {unit.title}".upper()


def _paragraphs(paper: OfficePaper, title: str, text: str) -> None:
    if text.strip():
        paper.paragraph(title, bold=True, indent=False)
        for line in filter(None, map(str.strip, text.splitlines())):
            paper.paragraph(line)


def project_docx(project: Project) -> bytes:
    """What the project is, its milestones, money, progress, risks."""
    paper = OfficePaper()
    paper.head(parent="", issuer=project.agency.name, symbol="BC", place=project.unit.name)
    paper.title("Báo cáo", f"Tình hình thực hiện {project.name}", note=note(project.is_demo))
    paper.grounds([ground("IV.11")])
    _paragraphs(paper, "1. Nội dung, mục tiêu", f"{project.content}\n{project.goal}")
    paper.paragraph("2. Các mốc", bold=True, indent=False)
    rows = [
        [one.title, formats.day(one.due_on), formats.day(one.reached_on), one.standing]
        for one in project.milestones.all()
    ]
    paper.table(["Mốc", "Phải đạt trước hết ngày", "Đạt ngày", "Tình hình"], rows, widths=[70, 32, 28, 30])
    paper.paragraph("3. Vốn theo nguồn (đồng)", bold=True, indent=False)
    capital = capital_of(project)
    money = [
        [name, *map(formats.number, (s.planned, s.allocated, s.disbursed))] for name, s in capital.sources
    ]
    total = capital.total
    money.append(["Tổng cộng", *map(formats.number, (total.planned, total.allocated, total.disbursed))])
    paper.table(["Nguồn", "Kế hoạch", "Phân bổ", "Giải ngân"], money, widths=[64, 32, 32, 32])
    paper.paragraph("4. Tiến độ", bold=True, indent=False)
    steps = [[formats.day(one.day), f"{one.percent} %", one.text] for one in project.progress.all()]
    paper.table(["Ngày", "Đã làm", "Nội dung"], steps, widths=[28, 22, 110])
    risks = [
        [one.title, str(one.get_level_display()), one.remedy] for one in project.risks.filter(settled_on=None)
    ]
    if risks:
        paper.paragraph("5. Rủi ro, vướng mắc", bold=True, indent=False)
        paper.table(["Rủi ro", "Mức độ", "Cách xử lý"], risks, widths=[70, 24, 66])
    _paragraphs(paper, "6. Kết quả", project.outcome)
    paper.closing(
        position="THỦ TRƯỞNG CƠ QUAN", receivers=["Cơ quan thường trực Chương trình OCOP tỉnh;", "Lưu: VT."]
    )
    return paper.content()


def review_docx(review: Review) -> bytes:
    """Results against targets, shortcomings, solutions, ready to sign."""
    paper = OfficePaper(size=13)
    paper.head(
        parent="", issuer=_committee(review.unit), symbol="BC-UBND", place=review.unit.name,
        number=bare(review.number),
    )  # fmt: skip
    about = f"{review.kind} thực hiện Chương trình mỗi xã một sản phẩm"
    paper.title("Báo cáo", about, note=note(review.is_demo))
    paper.grounds([ground("IV.14")])
    paper.paragraph("I. Kết quả so với chỉ tiêu", bold=True, indent=False)
    rows = [
        [str(place), line.name, line.goal, line.reported or line.measured, line.mark[0] if line.goal else ""]
        for place, line in enumerate(lines_of(review), 1)
    ]
    paper.table(
        ["TT", "Chỉ tiêu", "Mức giao", "Kết quả", "So sánh"], rows, widths=[10, 74, 28, 30, 22], centred=(0,)
    )
    tasks = review.tasks
    if tasks:
        paper.paragraph(
            f"Nhiệm vụ được giao: {tasks['total']}; hoàn thành {tasks['done']}; quá hạn {tasks['overdue']}. "
            f"Tổng hợp từ {review.sources.count()} báo cáo đã chấp nhận."
        )
    _paragraphs(paper, "II. Công tác chỉ đạo, thực hiện", review.work)
    _paragraphs(paper, "III. Tồn tại, hạn chế, nguyên nhân", review.shortcomings)
    _paragraphs(paper, "IV. Giải pháp, nhiệm vụ thời gian tới", review.solutions)
    paper.closing(
        position="CHỦ TỊCH",
        on_behalf=f"TM. {COMMITTEE}",
        name=review.signer,
        receivers=["Như trên;", "Lưu: VT."],
    )
    return paper.content()


def nomination_docx(row: Nomination) -> bytes:
    """The nomination with its merits and what the data say."""
    paper = OfficePaper()
    paper.head(parent="", issuer=row.nominator.name, symbol="TTr", place=row.unit.name)
    paper.title("Tờ trình", f"Về việc đề nghị khen thưởng {row.name}", note=note(row.is_demo))
    paper.grounds([ground("IV.14")])
    paper.paragraph(
        f"{row.get_kind_display()}: {row.name}, {row.described}. Hình thức: {row.get_award_display()}."
    )
    _paragraphs(paper, "Thành tích", row.merits)
    paper.paragraph("Đối chiếu dữ liệu", bold=True, indent=False)
    checks = [[one.label, one.found, "Không đạt" if one.fails else "Đạt"] for one in checks_for(row)]
    paper.table(["Nội dung", "Kết quả", "Kết luận"], checks, widths=[60, 70, 30])
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Hội đồng Thi đua - Khen thưởng;", "Lưu: VT."])
    return paper.content()


def _issuer(row: Nomination) -> Unit:
    """Whose committee honours: the province's, or that of the place."""
    if row.award == AwardForm.PROVINCE:
        return province_of(row.unit) or row.unit
    return row.unit


def award_docx(row: Nomination) -> bytes:
    """The decision with the list of everybody whom it honours."""
    unit, rows = _issuer(row), honoured_with(row)
    paper = OfficePaper()
    number = bare(row.decision_number)
    paper.head(parent="", issuer=_committee(unit), symbol="QĐ-UBND", place=unit.name, number=number)
    paper.title("Quyết định", "Về việc khen thưởng trong thực hiện Chương trình OCOP", note=note(row.is_demo))
    paper.signer_title(f"Chủ tịch {COMMITTEE} {unit.title}")
    paper.grounds([ground("IV.14"), "Theo ý kiến của Hội đồng Thi đua - Khen thưởng;"])
    paper.centred("QUYẾT ĐỊNH:")
    paper.paragraph(
        f"Tặng {row.get_award_display()} cho {len(rows)} tập thể, chủ thể, cá nhân có thành tích xuất sắc (danh sách "
        "kèm theo).", lead="Điều 1.",
    )  # fmt: skip
    paper.paragraph("Quyết định này có hiệu lực từ ngày ký.", lead="Điều 2.")
    paper.closing(position="CHỦ TỊCH", receivers=["Như Điều 1;", "Lưu: VT."])
    paper.centred("DANH SÁCH KHEN THƯỞNG")
    lines = [
        [str(place), one.name, one.described, str(one.get_kind_display())]
        for place, one in enumerate(rows, 1)
    ]
    paper.table(
        ["STT", "Họ tên, đơn vị", "Chức vụ, địa bàn", "Loại"], lines, widths=[12, 62, 56, 34], centred=(0,)
    )
    return paper.content()


def award_xlsx(row: Nomination) -> bytes:
    """The list of the decision as a sheet."""
    target = io.BytesIO()
    rows = (
        [
            one.name, one.get_kind_display(), one.described, one.get_award_display(), one.merits, one.decision_number,
            one.decided_on,
        ]
        for one in honoured_with(row)
    )  # fmt: skip
    title = f"Danh sách khen thưởng theo Quyết định {row.decision_number}"
    excel.write(target, LIST, rows, Heading(title, unit=_committee(_issuer(row))))
    return target.getvalue()
