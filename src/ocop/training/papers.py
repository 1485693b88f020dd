"""Papers: the yearly plan and the report of an activity as Word, the list as Excel, certificates as PDF."""

import io
from typing import Any

import pikepdf
from django.conf import settings
from django.urls import reverse

from ocop.kit import excel, formats, papers
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.papers.docx_layout import OfficePaper
from ocop.training.actions.courses import certificates_of
from ocop.training.models import Attendance, Course, Participant, YearPlan
from ocop.training.queries.facts import share_needed
from ocop.training.queries.mine import opinion_of


def _issuer(row: Any) -> str:
    return row.agency.name if row.agency else f"UBND {row.unit.full_name}"


def plan_docx(plan: YearPlan) -> bytes:
    """The plan of a year in the layout of Decree 30/2020/NĐ-CP, its lines as a table with totals."""
    lines = list(plan.lines.select_related("topic"))
    paper = OfficePaper()
    paper.head(
        parent="",
        issuer=_issuer(plan),
        symbol="KH",
        place="Hà Tĩnh",
        number=plan.number.partition("/")[0] or "     ",
    )
    paper.title("Kế hoạch", plan.title)
    paper.grounds(
        ["Căn cứ Kế hoạch Chương trình mỗi xã một sản phẩm tỉnh Hà Tĩnh, mục IV.2.2 (nâng cao năng lực);"]
    )
    if plan.note:
        paper.paragraph("Mục tiêu, yêu cầu", lead="1.", bold=True)
        for part in plan.note.splitlines():
            paper.paragraph(part)
    paper.paragraph("Nội dung", lead="2." if plan.note else "1.", bold=True)
    rows = [
        [str(place), line.topic.name, line.get_kind_display(), formats.number(line.courses),
         formats.number(line.officials), formats.number(line.producers), f"Quý {line.quarter}" if line.quarter else "",
         formats.number(line.cost)]
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    total = [
        sum(getattr(line, name) for line in lines) for name in ("courses", "officials", "producers", "cost")
    ]
    rows.append(["", "Tổng cộng", "", *map(formats.number, total[:3]), "", formats.number(total[3])])
    paper.table(
        ["STT", "Chủ đề", "Hình thức", "Số lớp", "Cán bộ", "Chủ thể", "Thời gian", "Kinh phí (đồng)"], rows,
        widths=[10, 45, 28, 13, 14, 14, 15, 22], centred=(0, 3, 4, 5, 6),
    )  # fmt: skip
    paper.paragraph("Tổ chức thực hiện", lead="3." if plan.note else "2.", bold=True)
    paper.paragraph(
        f"{_issuer(plan)} chủ trì, phối hợp các cơ quan, địa phương và trường đối tác tổ chức thực hiện."
    )
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Các cơ quan, địa phương;", "Lưu: VT."])
    return paper.content()


def report_docx(course: Course) -> bytes:
    """What came of an activity: people as numbers, cost, lessons, prizes, agreements, what participants thought."""
    paper = OfficePaper()
    paper.head(parent="", issuer=_issuer(course), symbol="BC", place="Hà Tĩnh")
    paper.title("Báo cáo", f"Kết quả: {course.title}")
    paper.paragraph(
        f"{course.get_kind_display()} từ ngày {formats.day(course.starts_on)} đến ngày {formats.day(course.ends_on)}"
        f"{f' tại {course.place}' if course.place else ''}."
    )
    facts = [
        ("Số người dự", course.attended), ("Cán bộ", course.officials), ("Chủ thể", course.producers),
        ("Người khác", course.others), ("Trong đó nữ", course.women), ("Số xã có người dự", course.communes),
        ("Kinh phí đã dùng (đồng)", course.cost), ("Giấy chứng nhận đã cấp", len(certificates_of(course))),
        ("Thỏa thuận đã ký", course.agreements), ("Giá trị thỏa thuận (đồng)", course.agreements_value),
        ("Ý tưởng vào chu trình", course.ideas_onward),
    ]  # fmt: skip
    paper.table(
        ["Chỉ tiêu", "Số lượng"], [[label, formats.number(value)] for label, value in facts if value is not None],
        widths=[110, 50], centred=(1,),
    )  # fmt: skip
    _lessons(paper, course)
    _prizes(paper, course)
    opinion = opinion_of(course)
    if opinion.is_shown:
        marks = "; ".join(f"{label.lower()} {formats.number(mean, 1)}/5" for label, mean in opinion.means)
        paper.paragraph(f"{opinion.answers} người dự đánh giá, điểm trung bình: {marks}.")
    for part in course.result.splitlines():
        paper.paragraph(part)
    paper.closing(
        position="THỦ TRƯỞNG CƠ QUAN", receivers=["Cơ quan thường trực Chương trình OCOP;", "Lưu: VT."]
    )
    return paper.content()


def _lessons(paper: OfficePaper, course: Course) -> None:
    visits = list(course.visits.all())
    if visits:
        paper.paragraph("Mô hình đã tham quan và bài học", bold=True)
        rows = [[row.model_name, row.place, row.lesson, row.get_adoption_display()] for row in visits]
        paper.table(["Mô hình", "Nơi", "Bài học", "Áp dụng"], rows, widths=[40, 30, 65, 25])


def _prizes(paper: OfficePaper, course: Course) -> None:
    entries = [row for row in course.entries.prefetch_related("scores") if row.prize]
    if entries:
        paper.paragraph("Kết quả hội thi", bold=True)
        rows = [
            [
                row.title,
                row.author,
                formats.number(row.mean, 2),
                row.get_prize_display(),
                formats.number(row.prize_money),
            ]
            for row in sorted(entries, key=lambda row: -(row.mean or 0))
        ]
        paper.table(
            ["Bài dự thi", "Tác giả", "Điểm", "Giải", "Tiền thưởng (đồng)"], rows, widths=[50, 40, 18, 26, 26]
        )


def list_xlsx(course: Course) -> bytes:
    """The list with a column per session: who came, phones and certificates; for the organiser."""
    sessions = list(course.sessions.all())
    came = set(Attendance.objects.filter(session__in=sessions).values_list("session_id", "participant_id"))
    columns = [
        Column("name", "Họ và tên"), Column("who", "Là"), Column("organisation", "Cơ sở, nơi công tác"),
        Column("unit", "Xã, phường"), Column("gender", "Giới tính"), Column("phone", "Điện thoại"),
        Column("answer", "Trả lời"),
        *(Column(f"b{one.pk}", f"{one.held_on:%d/%m} {one.begins:%H:%M}") for one in sessions),
        Column("total", "Số buổi", Kind.INTEGER, total=True), Column("serial", "Số giấy chứng nhận"),
    ]  # fmt: skip
    rows = []
    for row in course.participants.select_related("unit").order_by("full_name", "pk"):
        marks = ["x" if (one.pk, row.pk) in came else "" for one in sessions]
        rows.append(
            [row.full_name, row.get_audience_display(), row.organisation, row.unit.title if row.unit else "",
             row.get_gender_display(), row.phone_full, row.get_answer_display(), *marks, marks.count("x"), row.serial]
        )  # fmt: skip
    target = io.BytesIO()
    heading = Heading(f"Danh sách dự: {course.title}", unit=_issuer(course), filters="")
    excel.write(target, columns, rows, heading)
    return target.getvalue()


def check_address(row: Participant) -> str:
    """The public page that says whether a certificate of attendance is real: what its QR code holds."""
    return f"{settings.OCOP_SITE_URL}{reverse('training_public:attendance_check', args=[row.code])}"


def certificate_pdf(row: Participant) -> bytes:
    """The certificate of one participant on a landscape A4 page, with the code of the public check."""
    course = row.course
    return papers.pdf(
        "training/certificate.typ",
        {
            "issuer": _issuer(course),
            "town": course.unit.name,
            "serial": row.serial,
            "name": row.full_name,
            "organisation": row.organisation or (row.unit.title if row.unit else ""),
            "kind": course.get_kind_display().lower(),
            "course": course.title,
            "from": course.starts_on,
            "to": course.ends_on,
            "place": course.place,
            "sessions": row.attendances.count(),
            "of": course.sessions.count(),
            "percent": share_needed(course),
            "topics": [topic.name for topic in course.topics.all()],
            "on": row.certified_on,
            "code": row.code,
            "address": check_address(row).removeprefix("https://"),
            "demo": course.is_demo,
            "qr": papers.qr_svg(check_address(row)),
        },
    )


def certificates_pdf(course: Course) -> bytes:
    """Every certificate of an activity in one file, by number."""
    target = io.BytesIO()
    with pikepdf.new() as whole:
        for row in certificates_of(course):
            with pikepdf.open(io.BytesIO(certificate_pdf(row))) as one:
                whole.pages.extend(one.pages)
        whole.save(target)
    return target.getvalue()
