"""Who may apply with which set (Article 2 of Decisions 26/2026/QĐ-TTg and 148/QĐ-TTg)."""

from dataclasses import dataclass

from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.enums import LegalForm, SizeClass

TOURISM_SET = 26
EVERY_SET = frozenset(
    {
        LegalForm.COOPERATIVE,
        LegalForm.COOPERATIVE_UNION,
        LegalForm.COOPERATIVE_GROUP,
        LegalForm.ENTERPRISE,
        LegalForm.FARM,
        LegalForm.HOUSEHOLD,
    }
)
TOURISM_ONLY = frozenset({LegalForm.ASSOCIATION, LegalForm.MANAGEMENT_CENTRE})


@dataclass(frozen=True)
class Circle:
    """Who may apply under one decision."""

    article: str
    every_set: frozenset[str] = EVERY_SET
    tourism_only: frozenset[str] = TOURISM_ONLY


CIRCLES = {
    "26-2026": Circle("Điều 2 Quyết định 26/2026/QĐ-TTg"),
    "148-2023": Circle("Điều 2 Quyết định 148/QĐ-TTg"),
}


def may_apply(form: str | None, set_number: int, *, size: str = "", decision: str = "26-2026") -> Verdict:
    """Whether a producer of that legal form may apply with that set.

    Cooperatives, cooperative groups, small and medium enterprises, farms and households may with every set;
    associations, operating centres and the like with set 26 (tourism) only; large enterprises with none. An unsaid
    size is not held against an enterprise. A missing or unknown legal form must be stated first.
    """
    circle = CIRCLES[decision]
    if not form or form == LegalForm.UNKNOWN:
        return Refusal(
            "eligibility.unknown",
            "Chưa ghi loại hình của chủ thể, hãy bổ sung trước khi nộp.",
            circle.article,
        )
    if form == LegalForm.ENTERPRISE and size == SizeClass.LARGE:
        return Refusal(
            "eligibility.size",
            "Chỉ doanh nghiệp nhỏ và vừa được đăng ký tham gia; cơ sở đang ghi quy mô lớn.",
            circle.article,
        )
    if form in circle.every_set or (set_number == TOURISM_SET and form in circle.tourism_only):
        return ALLOWED
    if form in circle.tourism_only:
        return Refusal(
            "eligibility.tourism_only",
            f"{LegalForm(form).label} chỉ được đăng ký với bộ {TOURISM_SET} (du lịch cộng đồng, sinh thái, "
            "điểm du lịch).",
            circle.article,
        )
    return Refusal("eligibility.form", "Loại hình này không thuộc đối tượng tham gia.", circle.article)
