"""Word papers of the road whose template an office may replace: which there are, what each must hold."""

from dataclasses import dataclass

from ocop.evaluation.rules.paper_kinds import KINDS


@dataclass(frozen=True)
class TemplatePlace:
    """One paper: its key in addresses and rows, its words, the shipped template, the fields it must hold."""

    key: str
    label: str
    template: str
    needed: tuple[str, ...]


PLACES = {
    place.key: place
    for place in (
        *(TemplatePlace(kind.key, kind.label, kind.template, kind.needed) for kind in KINDS.values()),
        TemplatePlace("minutes", "Biên bản họp Hội đồng", "evaluation/bien-ban-hoi-dong.docx",
                      ("people", "results")),
        TemplatePlace("score_sheet", "Phiếu chấm của thành viên", "evaluation/phieu-cham-thanh-vien.docx",
                      ("product", "member", "rows", "total")),
        TemplatePlace("decision", "Quyết định công nhận kèm phụ lục", "evaluation/quyet-dinh-cong-nhan.docx",
                      ("rows",)),
        TemplatePlace("result_letter", "Thông báo kết quả", "evaluation/thong-bao-ket-qua.docx",
                      ("recipient", "product", "outcome")),
    )
}  # fmt: skip
"""Key -> paper, in the order of the road."""

BY_TEMPLATE = {place.template: place for place in PLACES.values()}
