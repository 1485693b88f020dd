"""Papers of a dossier that offices print: form 01, form 02, form 03, the letter of proposal (Appendix III)."""

from dataclasses import dataclass

from ocop.evaluation.rules.workflow import ADVISORY, COMMUNE, PRODUCER

OWN = PRODUCER | COMMUNE | ADVISORY


@dataclass(frozen=True)
class PaperKind:
    """One paper: who may have it made, its template, the fields that a replaced template must hold."""

    key: str
    label: str
    template: str
    makers: frozenset[str]
    personal: bool = False
    needs_report: bool = False
    needed: tuple[str, ...] = ()


KINDS = {
    kind.key: kind
    for kind in (
        PaperKind("form01", "Phiếu đăng ký (mẫu 01)", "evaluation/mau-01.docx", OWN, personal=True,
                  needed=("producer", "product")),
        PaperKind("form02", "Báo cáo tự đánh giá (mẫu 02)", "evaluation/mau-02.docx", OWN, personal=True,
                  needed=("producer", "product", "criteria")),
        PaperKind("form03", "Báo cáo đánh giá của cấp xã (mẫu 03)", "evaluation/mau-03.docx", COMMUNE | ADVISORY,
                  needs_report=True, needed=("product", "assessments")),
        PaperKind("proposal_letter", "Công văn đề nghị của UBND cấp xã", "evaluation/cong-van-de-nghi.docx",
                  COMMUNE | ADVISORY, needs_report=True, needed=("product", "proposal")),
    )
}  # fmt: skip

UNCHECKED = "Chưa đối chiếu mẫu gốc: bố cục dựng lại từ tóm tắt Phụ lục III Quyết định 26/2026/QĐ-TTg."
SHORTENED = "Câu chữ tiêu chí rút gọn, không thay nguyên văn Phụ lục II."
