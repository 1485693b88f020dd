"""The decision that recognises a sale point, and the sheet of its last visit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocop.kit import clock, formats
from ocop.kit.papers import docx
from ocop.kit.papers.docx_layout import OfficePaper, day_of
from ocop.promotion.enums import CriterionKind
from ocop.promotion.models import CheckAnswer, SalePoint
from ocop.promotion.queries.points import criteria_on, last_check
from ocop.rulebook.offices import local_level
from ocop.units.enums import UnitLevel
from ocop.units.queries import committee_of, district_of, full_name, province_of

DECISION = "promotion/quyet-dinh-diem-ban.docx"
CHECK = "promotion/phieu-kiem-tra-diem-ban.docx"
SYMBOL = "QĐ-UBND"
UNCHECKED = "Bản mẫu của hệ thống: chưa có toàn văn Quyết định 4086/QĐ-UBND, hãy đối chiếu trước khi ký."


def build_decision(path: Path) -> None:
    """Decision of the People's Committee that recognises a sale point."""
    paper = OfficePaper()
    paper.head(
        parent="",
        issuer="{{ issuer }}",
        symbol=SYMBOL,
        place="{{ place }}",
        number="{{ number }}",
        day="{{ day }}",
    )
    paper.title(
        "QUYẾT ĐỊNH", "Về việc công nhận Điểm giới thiệu và bán sản phẩm OCOP", note="{{ unchecked }}"
    )
    paper.signer_title("CHỦ TỊCH {{ issuer }}")
    paper.grounds(
        [
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Căn cứ Quyết định số 4086/QĐ-UBND ngày 01/12/2020 của Ủy ban nhân dân tỉnh Hà Tĩnh ban hành Quy chế quản "
            "lý Điểm giới thiệu, bán sản phẩm tham gia Chương trình Mỗi xã một sản phẩm (OCOP);",
            "Căn cứ kết quả kiểm tra ngày {{ checked_on }}.",
        ]
    )
    paper.centred("QUYẾT ĐỊNH:")
    paper.paragraph(
        "Công nhận “{{ name }}”, địa chỉ: {{ address }}, do {{ operator }} vận hành, là Điểm giới thiệu và bán sản "
        "phẩm OCOP.",
        lead="Điều 1.",
    )
    paper.paragraph(
        "Điểm giới thiệu và bán sản phẩm OCOP bán hàng đúng quy chế, báo doanh số hằng tháng và chịu sự kiểm tra hằng "
        "năm của cơ quan có thẩm quyền.",
        lead="Điều 2.",
    )
    paper.paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị liên quan và {{ operator }} chịu trách nhiệm "
        "thi hành Quyết định này.",
        lead="Điều 3.",
    )
    paper.closing(position="CHỦ TỊCH", receivers=["Như Điều 3;", "Sở Công Thương;", "Lưu: VT."])
    paper.save(path)


def _issuer(point: SalePoint) -> Any:
    """The unit whose committee recognises: the district while it did, else the commune or province of the setting."""
    day = point.decided_on or clock.today()
    province = province_of(point.unit)
    level = local_level(province.code if province else "", day)
    if level == UnitLevel.DISTRICT:
        return district_of(point.unit, day) or point.unit
    return province if level == UnitLevel.PROVINCE and province else point.unit


def decision_context(point: SalePoint) -> dict[str, Any]:
    """What the decision prints."""
    issuer, day = _issuer(point), point.decided_on or clock.today()
    agency = committee_of(issuer, day)
    place = full_name(point.unit, day)
    return {
        "unchecked": UNCHECKED,
        "issuer": (agency.name if agency else f"Ủy ban nhân dân {issuer.full_name}").upper(),
        "place": issuer.name,
        "number": point.number.removesuffix(f"/{SYMBOL}") or "     ",
        "day": day_of(point.decided_on),
        "checked_on": formats.day(point.last_check_on),
        "name": point.name,
        "address": f"{point.address}, {place}" if point.address else place,
        "operator": point.producer.public_name if point.producer else point.operator or "chủ điểm bán",
    }


def write_decision(point: SalePoint) -> bytes:
    """The decision as Word; before it has its day, the clerk adds it."""
    return docx(DECISION, decision_context(point))


def build_check(path: Path) -> None:
    """The sheet of a visit: every criterion with its instrument and what was found."""
    paper = OfficePaper(size=13)
    paper.nation()
    paper.title("PHIẾU KIỂM TRA", "Điểm giới thiệu và bán sản phẩm OCOP", note="{{ unchecked }}")
    paper.paragraph("Điểm bán: {{ name }}; địa chỉ: {{ address }}; đơn vị vận hành: {{ operator }}.")
    paper.paragraph("Loại kiểm tra: {{ kind }}; ngày kiểm tra: {{ checked_on }}; người kiểm tra: {{ team }}.")
    paper.rows_table(
        ["STT", "Tiêu chí", "Văn bản", "Kết quả", "Ghi chú"], "row in rows",
        ["{{ loop.index }}", *(f"{{{{ row.{name} }}}}" for name in ("text", "instrument", "result", "note"))],
        widths=[11, 68, 30, 25, 26], centred=(0, 3),
    )  # fmt: skip
    paper.paragraph("Kết quả chung: {{ outcome }}.", bold=True)
    paper.paragraph("Kết luận, kiến nghị: {{ conclusion }}")
    paper.instruction("if remedy_by")
    paper.paragraph("Khắc phục trước ngày: {{ remedy_by }}.")
    paper.instruction("endif")
    paper.signatures([("ĐẠI DIỆN ĐIỂM BÁN", ""), ("NGƯỜI KIỂM TRA", "")])
    paper.save(path)


def result_words(kind: str, answer: CheckAnswer | None) -> str:
    """What was found in words: "Đạt", "Chưa đạt", a number, nothing for no answer."""
    if answer is None:
        return ""
    if kind == CriterionKind.NUMBER:
        return formats.number(answer.value)
    return "" if answer.met is None else "Đạt" if answer.met else "Chưa đạt"


def check_context(point: SalePoint) -> dict[str, Any]:
    """What the sheet of the newest visit prints."""
    visit = last_check(point)
    day = visit.checked_on if visit else clock.today()
    answers = {answer.criterion_id: answer for answer in visit.answers.all()} if visit else {}
    rows = [
        {
            "text": f"{one.text} ({one.measure})" if one.measure else one.text,
            "instrument": one.instrument.number,
            "result": result_words(one.kind, answers.get(one.pk)),
            "note": answers[one.pk].note if one.pk in answers else "",
        }
        for one in criteria_on(day)
    ]
    known = decision_context(point)
    return {
        **{name: known[name] for name in ("unchecked", "name", "address", "operator")},
        "kind": visit.get_kind_display() if visit else "",
        "checked_on": formats.day(day),
        "team": visit.team if visit else "",
        "rows": rows,
        "outcome": visit.get_outcome_display() if visit else "",
        "conclusion": visit.conclusion if visit else "",
        "remedy_by": formats.day(visit.remedy_by) if visit else "",
    }


def write_check_sheet(point: SalePoint) -> bytes:
    """The sheet of the newest visit as Word."""
    return docx(CHECK, check_context(point))


TEMPLATES: dict[str, Callable[[Path], None]] = {DECISION: build_decision, CHECK: build_check}
