"""The list that a selection meeting proposes and the leader approves."""

from ocop.cycle.enums import Verdict
from ocop.cycle.models import MeetingLine, SelectionMeeting
from ocop.cycle.papers import PROGRAMME, chair_of, committee_name, place_of
from ocop.kit import formats
from ocop.kit.papers.docx_layout import OfficePaper, day_of

CHOSEN = ("STT", "Ý tưởng sản phẩm", "Chủ thể", "Địa bàn", "Điểm", "Ưu tiên")
REFUSED = ("STT", "Ý tưởng sản phẩm", "Chủ thể", "Điểm", "Lý do")


def write(meeting: SelectionMeeting) -> bytes:
    """The list as a Word file; two tables, those refused with their reasons."""
    lines = list(meeting.lines.select_related("idea__producer", "idea__unit").order_by("-points", "pk"))
    chosen = [line for line in lines if line.verdict == Verdict.SELECT]
    refused = [line for line in lines if line.verdict == Verdict.REFUSE]
    paper = OfficePaper(size=13)
    paper.head(
        parent="", issuer=committee_name(meeting.unit), symbol="DS-UBND", place=place_of(meeting.unit),
        number=meeting.document_number or "     ", day=day_of(meeting.approved_on),
    )  # fmt: skip
    paper.title("Danh sách", f"Ý tưởng sản phẩm tham gia Chương trình OCOP năm {meeting.year}")
    _head(paper, meeting, lines)
    paper.paragraph(f"Ý tưởng được chọn: {len(chosen)}.", lead="I.")
    if chosen:
        rows = [
            [str(n), str(line.idea), line.idea.producer.public_name, line.idea.unit.title, str(line.points),
             line.idea.priority_words]
            for n, line in enumerate(chosen, start=1)
        ]  # fmt: skip
        paper.table(CHOSEN, rows, widths=[11, 45, 42, 28, 14, 22], centred=(0, 4))
    paper.paragraph(f"Ý tưởng không được chọn: {len(refused)}.", lead="II.")
    if refused:
        rows = [
            [str(n), str(line.idea), line.idea.producer.public_name, str(line.points), line.reason]
            for n, line in enumerate(refused, start=1)
        ]
        paper.table(REFUSED, rows, widths=[11, 45, 40, 14, 52], centred=(0, 3))
    paper.closing(position=chair_of(meeting.unit), receivers=["Các chủ thể có tên;", "Lưu: VT."])
    return paper.content()


def _head(paper: OfficePaper, meeting: SelectionMeeting, lines: list[MeetingLine]) -> None:
    present = [one for one in meeting.members.all() if one.was_present]
    who = "; ".join(f"{one.name} ({one.position})" if one.position else one.name for one in present)
    paper.paragraph(
        f"Căn cứ {PROGRAMME}; căn cứ kết quả phiên họp xét chọn ngày {formats.day(meeting.held_on)}"
        f"{f' tại {meeting.place}' if meeting.place else ''}, {len(lines)} ý tưởng được xét."
    )
    if meeting.chaired_by:
        paper.paragraph(f"Chủ trì: {meeting.chaired_by}.")
    if who:
        paper.paragraph(f"Thành phần dự họp ({len(present)} người): {who}.")
    if meeting.conclusion:
        paper.paragraph(f"Kết luận: {meeting.conclusion}")
