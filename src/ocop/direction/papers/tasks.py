"""A task with its result, and the yearly work plan of an agency."""

import io

from ocop.direction.models import Task, WorkPlan
from ocop.direction.papers.common import bare, ground, note
from ocop.direction.permissions.tasks import has_no_leader
from ocop.direction.queries.tasks import said_figure
from ocop.direction.rules.tasks import TASK
from ocop.kit import excel, formats
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.papers.docx_layout import OfficePaper

SHEET = (
    Column("content", "Nội dung công việc", width=50),
    Column("source", "Căn cứ giao", width=24),
    Column("month_from", "Từ tháng", Kind.INTEGER, width=10),
    Column("month_to", "Đến tháng", Kind.INTEGER, width=10),
    Column("person", "Người phụ trách", width=24),
    Column("expected", "Kết quả dự kiến", width=40),
    Column("state", "Đang ở", width=20),
)


def task_docx(task: Task) -> bytes:
    """What was given to whom until when, what was reported, with every step."""
    paper = OfficePaper()
    paper.head(parent="", issuer=task.agency.name, symbol="PGV", place=task.unit.name)
    paper.title("Phiếu giao việc, kết quả thực hiện", task.title, note=note(task.is_demo))
    rows = [
        ["Cơ quan thực hiện", task.agency.name],
        ["Phối hợp", task.others],
        ["Giao tại", task.source],
        ["Nội dung", task.text],
        ["Thời gian", f"{formats.day(task.first_on)} – {formats.day(task.last_on)}"],
        ["Dự kiến", f"{formats.day(task.planned_from)} – {formats.day(task.planned_to)}" if task.planned_to else ""],
        ["Người phụ trách", task.person],
        ["Kết quả", task.result],
        ["Số đạt được", f"{formats.number(task.quantity)} ({task.measure})" if task.quantity is not None else ""],
        ["Số liệu hệ thống", said_figure(task)],
        ["Trạng thái", str(task.get_state_display())],
    ]  # fmt: skip
    paper.table(["Mục", "Nội dung"], [row for row in rows if row[1]], widths=[42, 118])
    paper.paragraph("Diễn biến", bold=True, indent=False)
    flow = {"open": "Giao nhiệm vụ", "transfer": "Bàn giao cho cơ quan kế tục"}
    flow |= {one.name: one.label for one in TASK.transitions}
    steps = [
        [formats.moment(move.at), flow.get(move.name, move.name), str(move.by or "Hệ thống"), move.reason]
        for move in task.moves.select_related("by").order_by("at", "pk")
    ]
    paper.table(["Lúc", "Việc", "Ai", "Ghi chú"], steps, widths=[32, 42, 40, 46])
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Nơi giao nhiệm vụ;", "Lưu: VT."])
    return paper.content()


def work_plan_docx(plan: WorkPlan) -> bytes:
    """The work plan of an agency: what, when, who, what comes of it."""
    paper = OfficePaper()
    paper.head(
        parent="", issuer=plan.agency.name, symbol="KH", place=plan.unit.name, number=bare(plan.number)
    )
    subject = f"Công tác thực hiện Chương trình mỗi xã một sản phẩm năm {plan.year}"
    paper.title("Kế hoạch", subject, note=note(plan.is_demo))
    paper.grounds([ground("VI")])
    if plan.note:
        paper.paragraph("Yêu cầu, trọng tâm", lead="1.", bold=True)
        for line in filter(None, map(str.strip, plan.note.splitlines())):
            paper.paragraph(line)
    paper.paragraph("Nội dung công việc", lead="2." if plan.note else "1.", bold=True)
    rows = [
        [str(place), line.content, line.months, line.person, line.expected]
        for place, line in enumerate(plan.lines.all(), 1)
    ]
    paper.table(
        ["STT", "Nội dung công việc", "Thời gian", "Người phụ trách", "Kết quả dự kiến"], rows,
        widths=[11, 58, 24, 30, 37], centred=(0, 2),
    )  # fmt: skip
    position = "THỦ TRƯỞNG CƠ QUAN" if has_no_leader(plan.agency) else "CHỦ TỊCH"
    behalf = "" if has_no_leader(plan.agency) else "TM. ỦY BAN NHÂN DÂN"
    receivers = ["Cơ quan thường trực Chương trình OCOP tỉnh;", "Lưu: VT."]
    paper.closing(position=position, on_behalf=behalf, name=plan.signer, receivers=receivers)
    return paper.content()


def work_plan_xlsx(plan: WorkPlan) -> bytes:
    """The same lines as a sheet, each with where its task stands."""
    target = io.BytesIO()
    rows = (
        [
            line.content, line.task.source if line.task else "Việc của cơ quan", line.month_from, line.month_to,
            line.person, line.expected, line.task.get_state_display() if line.task else "",
        ]
        for line in plan.lines.select_related("task")
    )  # fmt: skip
    excel.write(target, SHEET, rows, Heading(str(plan), unit=plan.agency.name))
    return target.getvalue()
