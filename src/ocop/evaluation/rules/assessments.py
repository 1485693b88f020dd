"""Form 03 beside forms 01 and 02: which answers of the producer each of the four assessments looks at (Art. 7.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ocop.evaluation.enums import Assessment
from ocop.evaluation.rules.forms import question_of
from ocop.kit import formats
from ocop.kit.text import fold

HINTS = {
    Assessment.MATERIAL: "Nguyên liệu lấy ở đâu, bao nhiêu phần trong xã, xã xác minh bằng cách nào.",
    Assessment.LABOUR: "Bao nhiêu lao động, bao nhiêu người địa bàn xã, xã đối chiếu với nguồn nào.",
    Assessment.IDEA: "Sản phẩm do ai nghĩ ra, có phải của địa phương, khác sản phẩm nơi khác ở điểm nào.",
    Assessment.IDENTITY: "Gắn với nghề, phong tục, tri thức nào của địa phương.",
}
QUESTIONS = {
    Assessment.MATERIAL: (("form02", "material_area"), ("form02", "material_local_share")),
    Assessment.LABOUR: (("form02", "labour_total"), ("form02", "labour_local")),
    Assessment.IDEA: (("form02", "spec"), ("form02", "technology")),
    Assessment.IDENTITY: (("form02", "quality_change"),),
}
WORDS = {
    Assessment.MATERIAL: ("nguon goc san pham", "nguon nguyen lieu", "vung nguyen lieu"),
    Assessment.LABOUR: ("su dung lao dong dia phuong",),
    Assessment.IDEA: ("nguon goc y tuong",),
    Assessment.IDENTITY: ("tri tue/ban sac", "cau chuyen san pham"),
}


@dataclass(frozen=True)
class Answered:
    """A question of forms 01, 02 with the answer as people read it; "" when it was left open."""

    label: str
    value: str


def assessment_of(criterion_name: str) -> Assessment | None:
    """The assessment that a criterion belongs to, by how its name begins; None for all others."""
    folded = fold(criterion_name)
    return next(
        (part for part, words in WORDS.items() if any(folded.startswith(word) for word in words)), None
    )


def codes_for(criteria: Iterable[tuple[str, str]]) -> dict[Assessment, list[str]]:
    """Codes of the criteria (code, name) behind each assessment, in book order."""
    found: dict[Assessment, list[str]] = {part: [] for part in Assessment}
    for code, name in criteria:
        part = assessment_of(name)
        if part is not None:
            found[part].append(code)
    return found


def answers_for(part: Assessment, forms: Mapping[str, Mapping[str, Any]]) -> list[Answered]:
    """What the producer wrote in forms 01 and 02 to the questions behind an assessment."""
    found = []
    for form, key in QUESTIONS[part]:
        question = question_of(form, key)
        if question is None:
            raise KeyError(key)
        value = forms[form].get(key)
        text = formats.number(value) if isinstance(value, int) else str(value or "").strip()
        found.append(Answered(question.label, f"{text} {question.unit}".strip() if text else ""))
    return found


def prefill(form02: Mapping[str, Any]) -> dict[str, Any]:
    """Figures of form 02 that form 03 starts from; the commune changes what it finds otherwise."""
    return {
        "material_share": form02.get("material_local_share"),
        "labour_total": form02.get("labour_total"),
        "labour_local": form02.get("labour_local"),
    }


def proposal_sentence(*, product: str, producer: str, commune: str, province: str) -> str:
    """The commune's proposal as form 03 and the letter say it, to be changed where it does not fit."""
    return f"UBND {commune} đề nghị UBND {province} xem xét, đánh giá, phân hạng sản phẩm “{product}” của {producer}."
