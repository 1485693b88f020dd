"""What a dossier still lacks before it may be handed in (Art. 6 and 7.1, Appendix III of Decision 26/2026/QĐ-TTg)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.evaluation.enums import DossierKind
from ocop.evaluation.rules.forms import COMMITMENT
from ocop.evaluation.rules.kinds import steps_for
from ocop.kit.errors import Refusal

ARTICLE = "Điều 6, Điều 7 khoản 1 Quyết định 26/2026/QĐ-TTg"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: where it is filled in (`place`), and whether it stops the submission."""

    code: str
    text: str
    place: str
    blocks: bool = True

    @property
    def subject(self) -> str:
        """What `place` names: the criterion or the step."""
        return self.place.partition(":")[2]

    def as_refusal(self) -> Refusal:
        return Refusal(self.code, self.text, ARTICLE)


def form_gaps(
    form01: Mapping[str, Any], form02: Mapping[str, Any], kind: str = DossierKind.FIRST
) -> list[Gap]:
    """Required questions of forms 01 and 02 without an answer, and figures that contradict each other."""
    answers = {"form01": form01, "form02": form02}
    gaps = [
        Gap(
            f"{step.form}.{question.key}",
            f"{step.title}: chưa trả lời “{question.label}”.",
            f"buoc:{step.key}",
        )
        for step in steps_for(kind)
        for question in step.questions
        if question.required and answers[step.form].get(question.key) in (None, "", [])
    ]
    total, local = form02.get("labour_total"), form02.get("labour_local")
    if isinstance(total, int) and isinstance(local, int) and local > total:
        gaps.append(
            Gap("form02.labour", "Lao động trong xã đang nhiều hơn tổng số lao động.", "buoc:lao-dong")
        )
    if form01.get(COMMITMENT.key) != "yes":
        gaps.append(Gap("form01.commitment", "Chưa đánh dấu cam kết thông tin đúng sự thật.", "nop"))
    return gaps


def answer_gaps(
    unscored: Sequence[str], *, case_needed: bool, case: int | None, names: Mapping[str, str]
) -> list[Gap]:
    """Criteria without an answer; "không đạt mức nào" is an answer. A set with cases needs the choice of one."""
    gaps = []
    if case_needed and case is None:
        gaps.append(Gap("answers.case", "Chưa chọn trường hợp chấm của bộ tiêu chí này.", "tu-cham"))
    gaps += [
        Gap(f"answers.{code}", f"Tiêu chí {code} “{names.get(code, '')}” chưa tự chấm.", f"tieu-chi:{code}")
        for code in unscored
    ]
    return gaps


def evidence_gaps(
    answers: Mapping[str, int], with_evidence: Collection[str], names: Mapping[str, str]
) -> list[Gap]:
    """Criteria for which a level is claimed and nothing is attached: a warning, no article makes it mandatory."""
    return [
        Gap(
            f"evidence.{code}",
            f"Tiêu chí {code} “{names.get(code, '')}” chưa có minh chứng.",
            f"tieu-chi:{code}",
            blocks=False,
        )
        for code, place in answers.items()
        if place and code not in with_evidence
    ]


def record_gaps(*, has_representative: bool, has_code: bool) -> list[Gap]:
    """Facts of the registers that forms 01 and 02 print."""
    gaps = []
    if not has_representative:
        gaps.append(
            Gap("record.representative", "Cơ sở chưa ghi người đại diện (phiếu đăng ký cần có).", "dai-dien")
        )
    if not has_code:
        gaps.append(
            Gap("record.code", "Sản phẩm chưa có mã; xã cấp mã khi tiếp nhận.", "san-pham", blocks=False)
        )
    return gaps


def paper_gaps(papers: Sequence[tuple[str, str, str, bool]], *, expired: str, expiring: str) -> list[Gap]:
    """Attached papers that have ended, end soon or have no file yet: (criterion, name, state, has a file) each.

    Advice only: Appendix III asks for evidence "if required", so an ended paper is the commune's to judge.
    """
    gaps = []
    for criterion, name, state, has_file in papers:
        place = f"tieu-chi:{criterion}" if criterion else "nop"
        said = f"Tiêu chí {criterion}: “{name}”" if criterion else f"“{name}”"
        if not has_file:
            gaps.append(Gap(f"paper.file.{criterion}", f"{said} chưa có tệp.", place, blocks=False))
        if state == expired:
            gaps.append(
                Gap(
                    f"paper.expired.{criterion}",
                    f"{said} đã hết hạn, hãy thay bằng bản còn hạn.",
                    place,
                    blocks=False,
                )
            )
        elif state == expiring:
            gaps.append(Gap(f"paper.expiring.{criterion}", f"{said} sắp hết hạn.", place, blocks=False))
    return gaps
