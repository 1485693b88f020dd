"""Papers of inspection: plan, programme, decision on the team, notice, minutes, conclusion.

Laid out by Decree 30/2020/NĐ-CP; numbers and days that the office fills in stay blank until they are entered.
"""

from typing import Any

from ocop.kit import clock, formats, papers
from ocop.kit.papers.docx_layout import OfficePaper, day_of
from ocop.quality import queries
from ocop.quality.enums import Outcome, Verdict, VisitKind
from ocop.quality.models import Plan, PlanLine, Programme, Visit

PLAN_BASIS = (
    "Căn cứ Kế hoạch thực hiện Chương trình mỗi xã một sản phẩm tỉnh Hà Tĩnh giai đoạn 2023-2025 (mục IV.4);"
)
REGULATION = (
    "Căn cứ Quyết định số 843/QĐ-UBND ngày 04/02/2021 của UBND tỉnh Hà Tĩnh ban hành Quy chế quản lý sản phẩm thuộc "
    "Chương trình mỗi xã một sản phẩm (OCOP) trên địa bàn tỉnh;"
)
DEMO = "Dữ liệu trình diễn, không có giá trị."
BLANK = "...................."
HEADS = ["STT", "Cơ sở", "Địa bàn", "Thời gian", "Nội dung", "Cơ quan"]
WIDTHS = [12, 42, 30, 28, 34, 24]


def _span(line: PlanLine | Visit) -> str:
    return f"{formats.day(line.first_on)} – {formats.day(line.last_on)}"


def _note(is_demo: bool) -> str:
    return DEMO if is_demo else ""


def _agencies(line: PlanLine) -> str:
    names = [line.plan.agency, *(other.plan.agency for other in line.merged.all())]
    return "; ".join(dict.fromkeys(agency.short_name or agency.name for agency in names))


def _rows(lines: Any) -> list[list[str]]:
    return [
        [
            str(number), line.producer.public_name, line.producer.unit.title, _span(line), line.areas_shown,
            _agencies(line),
        ]
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip


def plan_docx(plan: Plan) -> bytes:
    """The plan of one agency."""
    paper = OfficePaper()
    paper.head(
        parent="", issuer=plan.agency.name, symbol="KH", place=plan.unit.name, number=plan.number or "     "
    )
    paper.title("KẾ HOẠCH", f"Kiểm tra các cơ sở có sản phẩm OCOP năm {plan.year}", note=_note(plan.is_demo))
    paper.paragraph(PLAN_BASIS, italic=True)
    lines = plan.lines.select_related("producer__unit", "plan__agency").prefetch_related(
        "merged__plan__agency"
    )
    rows = _rows(lines)
    paper.paragraph(f"{plan.agency.name} dự kiến {len(rows)} lượt kiểm tra trong năm {plan.year}, gửi cơ quan thường "
                    "trực Chương trình OCOP tỉnh để thống nhất, tránh chồng chéo.")  # fmt: skip
    if rows:
        paper.table(HEADS, rows, widths=WIDTHS, centred=(0,))
    paper.closing(
        position="THỦ TRƯỞNG CƠ QUAN", receivers=["Cơ quan thường trực Chương trình OCOP tỉnh;", "Lưu: VT."]
    )
    return paper.content()


def programme_docx(programme: Programme) -> bytes:
    """The joint programme of the year, as it stands."""
    paper = OfficePaper()
    place = programme.unit.name
    number = programme.number or "     "
    paper.head(
        parent="", issuer=f"ỦY BAN NHÂN DÂN TỈNH {place}", symbol="KH-UBND", place=place, number=number,
        day=day_of(programme.issued_on),
    )  # fmt: skip
    about = f"Kiểm tra, giám sát các cơ sở có sản phẩm OCOP trên địa bàn tỉnh năm {programme.year}"
    paper.title("CHƯƠNG TRÌNH", about, note=_note(programme.is_demo))
    paper.grounds([PLAN_BASIS, REGULATION])
    lines = queries.lines_of(programme).prefetch_related("merged__plan__agency")
    rows = _rows(lines)
    plans = programme.plans.select_related("agency").order_by("agency__name")
    paper.paragraph(
        f"Chương trình gồm {len(rows)} lượt kiểm tra theo kế hoạch của {len(plans)} cơ quan: "
        f"{'; '.join(plan.agency.name for plan in plans)}."
    )
    if rows:
        paper.table(HEADS, rows, widths=WIDTHS, centred=(0,))
    kept = programme.overlaps.counting().filter(state="justified").select_related("producer").order_by("pk")
    for overlap in kept:
        move = overlap.moves.filter(name="justify").last()
        paper.paragraph(
            f"{overlap.producer.public_name}: giữ hai lượt cách nhau {overlap.days} ngày, lý do: "
            f"{move.reason if move else ''}"
        )
    paper.closing(
        position="CHỦ TỊCH", on_behalf="TM. ỦY BAN NHÂN DÂN",
        receivers=["Các cơ quan có tên trong chương trình;", "Lưu: VT."],
    )  # fmt: skip
    return paper.content()


def _ground(visit: Visit) -> str:
    if visit.kind == VisitKind.UNPLANNED:
        return f"Căn cứ: {visit.get_ground_display().lower()}; {visit.reason}"
    programme = visit.line.plan.programme if visit.line else None
    number = f" số {programme.number}" if programme and programme.number else ""
    return f"Căn cứ Chương trình kiểm tra năm{number};"


def _team(visit: Visit) -> list[list[str]]:
    members = visit.members.select_related("user", "agency")
    return [
        [str(number), one.user.full_name, one.agency.name if one.agency else "", one.get_duty_display()]
        for number, one in enumerate(members, 1)
    ]


TEAM_HEADS, TEAM_WIDTHS = ["STT", "Họ và tên", "Cơ quan", "Nhiệm vụ"], [14, 55, 65, 30]


def decision_docx(visit: Visit) -> bytes:
    """The decision on the interdisciplinary team."""
    paper = OfficePaper()
    place = visit.unit.name
    paper.head(
        parent="", issuer=visit.agency.name, symbol="QĐ", place=place, number=visit.decision_number or "     ",
        day=day_of(visit.decision_on),
    )  # fmt: skip
    paper.title("QUYẾT ĐỊNH", "Về việc thành lập đoàn kiểm tra liên ngành", note=_note(visit.is_demo))
    paper.grounds([PLAN_BASIS, REGULATION, _ground(visit)])
    paper.centred("QUYẾT ĐỊNH:")
    paper.paragraph(
        f"Thành lập đoàn kiểm tra {visit.producer.public_name}, {visit.unit.title}, gồm các ông, bà:",
        lead="Điều 1.",
    )
    paper.table(TEAM_HEADS, _team(visit), widths=TEAM_WIDTHS, centred=(0,))
    paper.paragraph(
        f"Đoàn kiểm tra ngày {formats.day(visit.visit_on) or BLANK}; nội dung: {visit.areas_shown.lower()}.",
        lead="Điều 2.",
    )
    paper.paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Các thành viên đoàn và cơ sở được kiểm tra chịu trách nhiệm thi "
        "hành.", lead="Điều 3.",
    )  # fmt: skip
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Như Điều 3;", "Lưu: VT."])
    return paper.content()


def notice_docx(visit: Visit) -> bytes:
    """The notice to the producer."""
    paper = OfficePaper()
    paper.head(parent="", issuer=visit.agency.name, symbol="TB", place=visit.unit.name)
    paper.title("THÔNG BÁO", "Về việc kiểm tra cơ sở có sản phẩm OCOP", note=_note(visit.is_demo))
    paper.recipient(visit.producer.public_name)
    lead, day = visit.lead.full_name if visit.lead else BLANK, formats.day(visit.visit_on) or BLANK
    paper.paragraph(
        f"Theo Quyết định số {visit.decision_number or BLANK} ngày {formats.day(visit.decision_on) or BLANK}, đoàn "
        f"kiểm tra do ông (bà) {lead} làm trưởng đoàn đến làm việc tại cơ sở ngày {day}."
    )
    paper.paragraph(f"Nội dung kiểm tra: {visit.areas_shown}.")
    paper.paragraph(
        "Đề nghị cơ sở cử người đại diện có thẩm quyền, chuẩn bị hồ sơ, giấy tờ liên quan và tạo điều kiện để đoàn làm "
        "việc. Đoàn xuất trình quyết định khi đến."
    )
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Như trên;", "Các thành viên đoàn;", "Lưu: VT."])
    return paper.content()


def minutes_data(visit: Visit) -> dict[str, Any]:
    """What the minutes say, for Word and PDF alike."""
    lines = queries.sheet_of(visit)
    signer = ", ".join(part for part in (visit.signer_name, visit.signer_position) if part)
    return {
        "title": f"Biên bản kiểm tra {visit.producer.public_name}",
        "agency": visit.agency.name,
        "producer": visit.producer.public_name,
        "unit": visit.unit.title,
        "day": formats.day(visit.visit_on or (clock.local_day(visit.begun_at) if visit.begun_at else None)),
        "decision": f"{visit.decision_number} ngày {formats.day(visit.decision_on)}" if visit.decision_on else "",
        "areas": visit.areas_shown,
        "checklist": visit.checklist.name if visit.checklist else "",
        "team": [f"{', '.join(filter(None, (name, agency)))} – {duty}" for _, name, agency, duty in _team(visit)],
        "rows": [
            {
                "number": str(number), "area": line.question.get_area_display(), "text": line.question.text,
                "answer": Verdict(line.value).label if line.value else "(chưa trả lời)",
                "note": line.answer.note if line.answer else "", "photos": len(line.photos),
            }
            for number, line in enumerate(lines, 1)
        ],
        "failed": [
            f"{line.question.text}{f' – {line.answer.note}' if line.answer and line.answer.note else ''}"
            for line in lines if line.value == Verdict.NO
        ],
        "opinion": visit.producer_opinion,
        "signer": signer,
        "unsigned": visit.unsigned_reason,
        "lead": visit.lead.full_name if visit.lead else "",
        "signed_at": formats.moment(visit.signed_at),
        "note": _note(visit.is_demo),
    }  # fmt: skip


def minutes_docx(visit: Visit) -> bytes:
    """The minutes, to be signed on paper where that is wanted."""
    data = minutes_data(visit)
    paper = OfficePaper(size=13)
    paper.head(parent="", issuer=visit.agency.name, symbol="BB", place=visit.unit.name)
    paper.title("BIÊN BẢN KIỂM TRA", data["producer"], note=data["note"])
    paper.paragraph(f"Ngày kiểm tra: {data['day'] or BLANK}. Quyết định: {data['decision'] or BLANK}.")
    paper.paragraph(f"Nội dung: {data['areas']}. Phiếu: {data['checklist']}.")
    paper.paragraph("Đoàn kiểm tra:", bold=True)
    for line in data["team"]:
        paper.paragraph(f"- {line}", indent=False)
    paper.paragraph("Kết quả kiểm tra:", bold=True)
    rows = [
        [one["number"], one["text"], one["answer"],
         "; ".join(part for part in (one["note"], f"{one['photos']} ảnh" if one["photos"] else "") if part)]
        for one in data["rows"]
    ]  # fmt: skip
    if rows:
        paper.table(["STT", "Nội dung", "Kết quả", "Ghi chú"], rows, widths=[12, 80, 26, 46], centred=(0, 2))
    paper.paragraph("Các điểm chưa đạt:", bold=True)
    for line in data["failed"] or ["Không có."]:
        paper.paragraph(f"- {line}", indent=False)
    paper.paragraph(f"Ý kiến của cơ sở: {data['opinion'] or 'Không có ý kiến.'}")
    if data["unsigned"]:
        paper.paragraph(f"Cơ sở không ký biên bản. Lý do: {data['unsigned']}")
    paper.paragraph("Biên bản đã được đọc lại cho các bên cùng nghe và thống nhất ký tên.")
    paper.signatures([("ĐẠI DIỆN CƠ SỞ", visit.signer_name), ("TRƯỞNG ĐOÀN", data["lead"])])
    return paper.content()


def minutes_pdf(visit: Visit) -> bytes:
    """The minutes as they were signed, as a file that nobody edits."""
    return papers.pdf("quality/minutes.typ", minutes_data(visit))


def conclusion_docx(visit: Visit) -> bytes:
    """The conclusion with remedies and violations."""
    paper = OfficePaper()
    number = visit.conclusion_number or "     "
    paper.head(parent="", issuer=visit.agency.name, symbol="KL", place=visit.unit.name, number=number)
    paper.title("KẾT LUẬN KIỂM TRA", visit.producer.public_name, note=_note(visit.is_demo))
    paper.grounds([_ground(visit), f"Căn cứ Biên bản kiểm tra ngày {formats.day(visit.visit_on)};"])
    outcome = Outcome(visit.outcome).label if visit.outcome else BLANK
    paper.paragraph(outcome + ".", lead="1. Kết quả:")
    paper.paragraph(visit.conclusion, lead="2. Kết luận:")
    remedies = visit.remedies.order_by("required_by", "pk")
    if remedies:
        paper.paragraph("", lead="3. Yêu cầu khắc phục:")
        rows = [
            [str(number), one.finding, one.requirement, formats.day(one.required_by)]
            for number, one in enumerate(remedies, 1)
        ]
        paper.table(
            ["STT", "Điểm chưa đạt", "Yêu cầu", "Xong trước hết ngày"],
            rows,
            widths=[12, 58, 62, 32],
            centred=(0, 3),
        )
    violations = visit.violations.order_by("decided_on", "pk")
    if violations:
        paper.paragraph("", lead="4. Vi phạm đã xử lý:")
        rows = [
            [str(number), one.act, one.legal_basis, one.get_sanction_display(), formats.money(one.amount),
             f"{one.decision_number}, {formats.day(one.decided_on)}"]
            for number, one in enumerate(violations, 1)
        ]  # fmt: skip
        paper.table(
            ["STT", "Hành vi", "Căn cứ", "Hình thức", "Số tiền", "Quyết định"], rows,
            widths=[12, 38, 38, 26, 24, 28], centred=(0,),
        )  # fmt: skip
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=[f"{visit.producer.public_name};", "Lưu: VT."])
    return paper.content()
