"""What each kind of dossier asks beside the questions of every dossier (Art. 6, Decision 26/2026/QĐ-TTg).

An upgrade shows and proves what changed; a re-evaluation brings material, technology, packaging, declarations,
periodic tests, market, output, revenue and papers with a term up to date.
"""

from collections.abc import Mapping
from typing import Any

from ocop.evaluation.enums import DossierKind
from ocop.evaluation.rules.forms import COMMITMENT, STEPS, Question, Step

UNCHANGED = "Không có gì đổi thì ghi “không đổi”."

UPDATES = Step(
    "cap-nhat",
    "form02",
    "Cập nhật từ lần công nhận trước",
    "Từ khi có sao đến nay, điều gì đã đổi?",
    (
        Question("update_making", "Nguyên liệu, công nghệ, bao bì", "long", help=UNCHANGED),
        Question(
            "update_papers",
            "Công bố chất lượng, kiểm nghiệm định kỳ, giấy tờ có thời hạn",
            "long",
            help="Giấy nào đã hết hạn, đã xin lại chưa. " + UNCHANGED,
        ),
        Question(
            "update_market",
            "Thị trường, sản lượng, doanh thu qua các năm giữ sao",
            "long",
            help="Ghi số của từng năm nếu có.",
        ),
    ),
)
PROOF = Step(
    "nang-hang",
    "form02",
    "Vì sao xin nâng hạng",
    "Sản phẩm đã tốt hơn ở điểm nào?",
    (
        Question(
            "upgrade_changes",
            "Những thay đổi so với lần công nhận trước",
            "long",
            help="Nói rõ từng thay đổi và tiêu chí được chấm cao hơn.",
        ),
        Question(
            "upgrade_proof",
            "Giấy tờ, số liệu chứng minh",
            "long",
            help="Tên giấy tờ đính kèm ở tiêu chí nào, số liệu lấy từ đâu.",
        ),
    ),
)
EXTRA: Mapping[str, tuple[Step, ...]] = {DossierKind.RENEWAL: (UPDATES,), DossierKind.UPGRADE: (PROOF,)}

# Figures of one year: an old year's figure is no answer today, so a new dossier asks for them again.
OF_THE_YEAR = ("output", "revenue", "profit", "labour_total", "labour_local")


def steps_for(kind: str) -> tuple[Step, ...]:
    """The screens of forms 01 and 02 for a kind of dossier: what is particular to it stands first of form 02."""
    extra = EXTRA.get(kind, ())
    first = tuple(step for step in STEPS if step.form == "form01")
    return (*first, *extra, *(step for step in STEPS if step.form != "form01"))


def step_for(kind: str, key: str) -> Step | None:
    """The screen of that key, where the kind of dossier has it."""
    return next((step for step in steps_for(kind) if step.key == key), None)


def carried_over(
    form01: Mapping[str, Any], form02: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a new dossier takes from an older one: neither the pledge nor figures of a year nor reasons given then."""
    asked = {question.key for steps in EXTRA.values() for step in steps for question in step.questions}
    left = {COMMITMENT.key, *OF_THE_YEAR, *asked}
    return (
        {key: value for key, value in form01.items() if key not in left},
        {key: value for key, value in form02.items() if key not in left},
    )
