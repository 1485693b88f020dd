"""The decision of recognition with its annex, and the letters of a result without recognition."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocop.evaluation.models import DecisionDraft, Dossier, Result
from ocop.evaluation.papers.marks import UNCHECKED
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.workflow import ARTICLES_26
from ocop.kit import formats
from ocop.kit.papers.docx_layout import OfficePaper

DECISION = "evaluation/quyet-dinh-cong-nhan.docx"
LETTER = "evaluation/thong-bao-ket-qua.docx"


def build_decision(path: Path) -> None:
    """Decision of the level's People's Committee recognising the products of a round (Decree 30/2020, Annex III)."""
    paper = OfficePaper()
    paper.head(parent="", issuer="{{ issuer }}", symbol="QĐ-UBND", place="{{ place }}")
    paper.title("QUYẾT ĐỊNH", "Về việc {{ about }}", note="{{ unchecked }}")
    paper.signer_title("CHỦ TỊCH {{ committee }}")
    paper.grounds(
        [
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Căn cứ {{ law }};",
            "Theo đề nghị của Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp {{ level }}.",
        ]
    )
    paper.centred("QUYẾT ĐỊNH:")
    paper.paragraph(
        "Công nhận {{ count }} sản phẩm đạt hạng sao Chương trình Mỗi xã một sản phẩm (OCOP) theo Phụ lục kèm theo.",
        lead="Điều 1.",
    )
    paper.paragraph(
        "Giấy chứng nhận có hiệu lực 36 tháng kể từ ngày ban hành Quyết định này. Chủ thể được sử dụng nhãn hiệu "
        "OCOP theo hạng sao trong thời hạn của giấy chứng nhận.",
        lead="Điều 2.",
    )
    paper.paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị liên quan và chủ thể có tên trong Phụ lục chịu "
        "trách nhiệm thi hành Quyết định này.",
        lead="Điều 3.",
    )
    paper.closing(position="CHỦ TỊCH", receivers=["Như Điều 3;", "Lưu: VT."])
    paper.document.add_page_break()
    paper.title("PHỤ LỤC", "Danh mục sản phẩm được công nhận hạng sao OCOP")
    paper.centred(
        "(Kèm theo Quyết định số ......../QĐ-UBND ngày ..... tháng ..... năm ........ của Chủ tịch {{ issuer_name }})",
        bold=False,
        italic=True,
    )
    paper.rows_table(
        ["STT", "Sản phẩm", "Chủ thể", "Địa bàn", "Hạng sao", "Số giấy chứng nhận"],
        "row in rows",
        ["{{ loop.index }}", *(f"{{{{ row.{name} }}}}" for name in ("product", "producer", "unit", "stars", "number"))],
        widths=[13, 42, 43, 24, 16, 22],
        centred=(0, 4, 5),
    )  # fmt: skip
    paper.save(path)


def decision_context(draft: DecisionDraft) -> dict[str, Any]:
    """What the decision prints; certificate numbers only once the clerk has given them."""
    lines = draft.lines.filter(dropped_at__isnull=True).select_related(
        "dossier__product", "dossier__producer", "dossier__unit"
    )
    rows = [
        {
            "product": line.dossier.product.name,
            "producer": line.dossier.producer.public_name,
            "unit": line.dossier.unit.title,
            "stars": f"{line.stars} sao",
            "number": line.certificate_number,
        }
        for line in lines
    ]
    first = lines.first()
    return {
        "unchecked": UNCHECKED,
        "law": first.dossier.law.decision if first else ARTICLES_26.decision,
        "level": "huyện" if draft.district_id else "tỉnh",
        "committee": f"ỦY BAN NHÂN DÂN {'HUYỆN' if draft.district_id else 'TỈNH'}",
        "issuer": draft.issuer.name.upper(),
        "issuer_name": draft.issuer.name,
        "place": draft.province.name,
        "title": draft.title,
        "about": _about(draft.title),
        "count": len(rows),
        "rows": rows,
    }


def _about(title: str) -> str:
    """The title as it goes on after "Về việc", which the paper prints itself."""
    words = title.strip()
    if words.lower().startswith("về việc "):
        words = words[len("về việc ") :].lstrip()
    return words[:1].lower() + words[1:]


def build_letter(path: Path) -> None:
    """Letter that tells commune and producer a result without recognition (Art. 7.3 of Decision 26/2026)."""
    paper = OfficePaper()
    paper.head(
        parent="", issuer="{{ issuer }}", symbol="TB", place="{{ place }}",
    )  # fmt: skip
    paper.title("Thông báo", "Kết quả đánh giá, phân hạng sản phẩm OCOP", "{{ unchecked }}")
    paper.recipient("{{ recipient }}")
    paper.paragraph(
        "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp {{ level }} đã xem xét hồ sơ {{ code }} của sản phẩm "
        "“{{ product }}”, chủ thể {{ producer }}. Kết quả: {{ outcome }}."
    )
    paper.paragraph("{{ points }}")
    paper.instruction("if missed")
    paper.paragraph("Mức tối thiểu chưa đạt:")
    paper.instruction("endif")
    paper.instruction("for line in missed")
    paper.paragraph("- {{ line }}", indent=False)
    paper.instruction("endfor")
    paper.instruction("if reasons")
    paper.paragraph("Lý do hồ sơ bị loại:")
    paper.instruction("endif")
    paper.instruction("for line in reasons")
    paper.paragraph("- {{ line }}", indent=False)
    paper.instruction("endfor")
    paper.paragraph(
        "{% if ranked %}Theo {{ basis }}, hạng 1 sao và 2 sao không có quyết định "
        "công nhận và không cấp giấy chứng nhận. {% endif %}Chủ thể có thể hoàn thiện "
        "sản phẩm, hồ sơ và đăng ký đánh giá ở đợt sau."
    )
    paper.closing(position="THỦ TRƯỞNG CƠ QUAN", receivers=["Như trên;", "Lưu: VT."])
    paper.save(path)


def letter_context(dossier: Dossier, result: Result, *, recipient: str, issuer: str) -> dict[str, Any]:
    """What the letter prints for one recipient."""
    names = {code: criterion.name for code, criterion in sheet_for(dossier).by_code.items()}
    stars_of: dict[str, list[str]] = {}
    for one in result.missed:
        stars_of.setdefault(one["criterion"], []).append(f"{one['star']} sao")
    missed = [
        f"Tiêu chí {code}. {names.get(code, '')}: chưa đạt mức tối thiểu của hạng {', '.join(stars)}."
        for code, stars in stars_of.items()
    ]
    reasons = [
        f"{finding.text} ({finding.reason})"
        for finding in result.item.disqualifier_findings.filter(confirmed=True)
    ]
    ranked = f", tương ứng {result.stars} sao" if result.stars else ""
    points = (
        f"Điểm trung bình của Hội đồng: {formats.points(result.points)}{ranked}."
        if result.points is not None
        else ""
    )
    return {
        "unchecked": UNCHECKED,
        "level": dossier.level_name,
        "basis": dossier.law.no_certificate[0].lower() + dossier.law.no_certificate[1:],
        "issuer": issuer.upper(),
        "place": dossier.province.name,
        "recipient": recipient,
        "code": dossier.code,
        "product": dossier.product.name,
        "producer": dossier.producer.public_name,
        "outcome": result.get_outcome_display().lower(),
        "points": points,
        "ranked": bool(result.stars),
        "missed": missed,
        "reasons": reasons,
    }


TEMPLATES: dict[str, Callable[[Path], None]] = {DECISION: build_decision, LETTER: build_letter}
