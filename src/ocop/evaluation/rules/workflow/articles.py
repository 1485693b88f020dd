"""The articles that each procedure rests on, as moves and refusals name them."""

from dataclasses import dataclass

QD26 = "Quyết định 26/2026/QĐ-TTg"
QD148 = "Quyết định 148/QĐ-TTg"
QD1489 = "Quyết định 148/QĐ-TTg, sửa đổi bởi Quyết định 1489/QĐ-TTg"


@dataclass(frozen=True)
class Articles:
    """Where a procedure speaks of each part of the road; `transition` of what becomes of it under its successor."""

    decision: str
    whole: str
    submit: str
    commune: str
    ranking: str
    centre: str
    centre_below: str
    no_certificate: str
    transition: str = ""


ARTICLES_26 = Articles(
    decision="Quyết định số 26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026 của Thủ tướng Chính phủ",
    whole=f"Điều 5, Điều 7 {QD26}",
    submit=f"Điều 7 khoản 1 {QD26}",
    commune=f"Điều 7 khoản 2 {QD26}",
    ranking=f"Điều 7 khoản 3 {QD26}",
    centre=f"Điều 7 khoản 4 {QD26}",
    centre_below=f"Điều 7 khoản 4 điểm g {QD26}",
    no_certificate=f"Điều 4 khoản 1 điểm a {QD26}",
)


_DECISION_148 = "Quyết định số 148/QĐ-TTg ngày 24 tháng 02 năm 2023 của Thủ tướng Chính phủ"


def _appendix(name: str, decision: str) -> Articles:
    """Appendix II of Decision 148 holds the whole procedure; it is not cited by point, which no source confirmed."""
    place = f"Phụ lục II {name}"
    return Articles(decision, place, place, place, place, place, place, place, transition=f"Điều 12 {QD26}")


ARTICLES_148 = _appendix(QD148, _DECISION_148)
ARTICLES_1489 = _appendix(
    QD1489, f"{_DECISION_148}, sửa đổi bởi Quyết định số 1489/QĐ-TTg ngày 06 tháng 7 năm 2025"
)
