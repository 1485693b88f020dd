"""Papers of support in Word, in the layout of Decree 30/2020; number and date stay blank until they are known."""

from typing import Any

from ocop.funding.enums import BudgetLevel
from ocop.funding.models import SupportRequest
from ocop.funding.queries.support import deciding_level
from ocop.funding.rules.support import NO_AMOUNT
from ocop.kit import clock
from ocop.kit.formats import day as day_text
from ocop.kit.formats import money
from ocop.kit.papers.docx_layout import OfficePaper, day_of
from ocop.units.queries import district_of, province_of, successors_on

UNCHECKED = "(Bố cục dựng lại theo Nghị định 30/2020/NĐ-CP, chưa đối chiếu mẫu của địa phương)"


def _issuer(request: SupportRequest) -> tuple[str, str]:
    """Name of the people's committee that decides, and the place of the paper."""
    day = request.decided_on or clock.today()
    level = deciding_level(request, day)
    if level == BudgetLevel.PROVINCE:
        unit = province_of(request.unit)
    elif level == BudgetLevel.DISTRICT:
        unit = district_of(request.unit, day)
    else:
        unit = next(iter(successors_on(request.unit, day)), request.unit)
    unit = unit or request.unit
    return f"ỦY BAN NHÂN DÂN {unit.full_name.upper()}", unit.name


def _subject(request: SupportRequest) -> str:
    product = f", sản phẩm {request.product}" if request.product else ""
    return f"{request.producer.public_name}{product}"


def _grounds(request: SupportRequest) -> list[str]:
    policy = request.item.policy
    return [
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        f"Căn cứ {policy.instrument.name if policy.instrument else policy.title};",
        f"Xét đề nghị ngày {day_text(request.asked_on)} của {request.producer.public_name}.",
    ]


def appraisal(request: SupportRequest) -> bytes:
    """The submission of the appraising office: what was asked, what is proposed, on what ground."""
    issuer, place = _issuer(request)
    paper = OfficePaper()
    paper.head(parent="", issuer=issuer, symbol="TTr", place=place)
    paper.title("TỜ TRÌNH", f"Về việc hỗ trợ {_subject(request)}", note=UNCHECKED)
    paper.grounds(_grounds(request))
    for label, value in _asked(request):
        paper.paragraph(value, lead=f"{label}:")
    paper.paragraph(request.get_proposal_display(), lead="Kết quả thẩm định:")
    if request.appraised_amount:
        paper.paragraph(money(request.appraised_amount), lead="Số tiền đề nghị hỗ trợ:")
    paper.paragraph(request.opinion, lead="Nhận xét:")
    paper.closing(position="NGƯỜI THẨM ĐỊNH", receivers=["Như trên;", "Lưu: VT."])
    return paper.content()


def _asked(request: SupportRequest) -> list[tuple[str, Any]]:
    basis = "" if request.item.has_amount else f" ({NO_AMOUNT.lower()})"
    rows = [
        ("Nội dung hỗ trợ", f"{request.item.name}{basis}"),
        ("Chính sách", request.item.policy.title),
        ("Việc đã làm hoặc sẽ làm", request.purpose),
        ("Số tiền đề nghị", money(request.asked_amount)),
    ]
    return [*rows, ("Tổng chi phí", money(request.cost))] if request.cost else rows


def decision(request: SupportRequest) -> bytes:
    """The decision to support one producer; before it is made, with the appraised amount as a draft."""
    issuer, place = _issuer(request)
    amount = request.decided_amount or request.appraised_amount
    paper = OfficePaper()
    number = request.decision_number or "     "
    paper.head(
        parent="", issuer=issuer, symbol="QĐ-UBND", place=place, number=number, day=day_of(request.decided_on)
    )
    paper.title("QUYẾT ĐỊNH", f"Về việc hỗ trợ {_subject(request)}", note=UNCHECKED)
    paper.signer_title(f"CHỦ TỊCH {issuer}")
    paper.grounds(_grounds(request))
    paper.centred("QUYẾT ĐỊNH:")
    source = f", từ {request.get_source_display().lower()}" if request.source else ""
    level = f" ({request.get_budget_level_display().lower()})" if request.budget_level else ""
    paper.paragraph(
        f"Hỗ trợ {_subject(request)} số tiền {money(amount)} cho nội dung: {request.item.name}{source}{level}.",
        lead="Điều 1.",
    )
    if request.amount_basis:
        paper.paragraph(f"Căn cứ của mức hỗ trợ: {request.amount_basis}")
    paper.paragraph(
        "Chủ thể sử dụng kinh phí đúng nội dung được hỗ trợ và nộp hóa đơn, chứng từ theo quy định.",
        lead="Điều 2.",
    )
    paper.paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị liên quan và chủ thể nêu tại Điều 1 chịu trách "
        "nhiệm thi hành.",
        lead="Điều 3.",
    )
    paper.closing(position="CHỦ TỊCH", receivers=["Như Điều 3;", "Lưu: VT."])
    return paper.content()
