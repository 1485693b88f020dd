"""What a verb asks of the facts before it may be pressed; each guard yields the reasons why not."""

from collections.abc import Iterable

from ocop.evaluation.rules.facts import DossierFacts
from ocop.kit.errors import Refusal


def dossier_is_complete(facts: DossierFacts) -> Iterable[Refusal]:
    """Form 01, form 02, an answer to every criterion and the producer's eligibility (Art. 2, 6)."""
    yield from facts.missing
    yield from facts.eligibility


def report_is_complete(facts: DossierFacts) -> Iterable[Refusal]:
    """The four assessments of form 03 are written (Art. 7.2)."""
    if facts.assessments_missing:
        yield Refusal("report.missing", "Mẫu 03 còn thiếu: " + "; ".join(facts.assessments_missing) + ".")
    if facts.meeting_needed_and_missing:
        yield Refusal("report.meeting", "Đã chọn có họp lấy ý kiến nhưng chưa ghi biên bản cuộc họp.")
    if not facts.proposal_letter:
        yield Refusal("report.letter", "Chưa lập công văn đề nghị.")


def site_check_is_decided(facts: DossierFacts) -> Iterable[Refusal]:
    """The commune has said whether a re-evaluation is checked on site, and what the check found (Art. 7.6)."""
    yield from facts.site_check


def samples_are_noted(facts: DossierFacts) -> Iterable[Refusal]:
    """Samples that the set asks for were received (Appendix III; set 26 asks for none)."""
    if facts.samples_received < facts.samples_needed:
        yield Refusal(
            "samples.missing", f"Mới nhận {facts.samples_received}/{facts.samples_needed} mẫu sản phẩm."
        )


def experts_are_assigned(facts: DossierFacts) -> Iterable[Refusal]:
    """Somebody of the expert team has the dossier before it is handed over."""
    if not facts.experts_assigned:
        yield Refusal("experts.none", "Chưa phân công thành viên Tổ tư vấn.")


def expert_report_is_written(facts: DossierFacts) -> Iterable[Refusal]:
    """The expert team reports to the chair of the council (Art. 7.3)."""
    if not facts.expert_report:
        yield Refusal("experts.report", "Chưa có báo cáo thẩm định của Tổ tư vấn.")


def result_is_closed(facts: DossierFacts) -> Iterable[Refusal]:
    """The council has closed a result."""
    if not facts.result_closed:
        yield Refusal("result.open", "Hội đồng chưa chốt kết quả.")


def draft_is_approved(facts: DossierFacts) -> Iterable[Refusal]:
    """The chair of the People's Committee has approved the draft decision that holds this dossier."""
    if not facts.draft_approved:
        yield Refusal("draft.open", "Chủ tịch UBND chưa duyệt dự thảo quyết định.")


def letters_are_made(facts: DossierFacts) -> Iterable[Refusal]:
    """Commune and producer are told in writing (Art. 7.3)."""
    if not facts.letters_made:
        yield Refusal("letters.none", "Chưa lập thông báo bằng văn bản cho xã và chủ thể.")


def old_rules_are_over(facts: DossierFacts) -> Iterable[Refusal]:
    """The procedure was replaced and this dossier can no longer be ended under it (Art. 12 of Decision 26/2026)."""
    if facts.may_refile_from is not None:
        yield Refusal("refile.early", facts.may_refile_from)


def old_rules_still_admit(facts: DossierFacts) -> Iterable[Refusal]:
    """A dossier is first handed in only while its procedure takes new ones (Art. 12 of Decision 26/2026)."""
    if facts.replaced_by:
        yield Refusal(
            "submit.replaced",
            f"Quy trình của hồ sơ này đã được thay bằng {facts.replaced_by}. Bấm “Lập lại theo quy định mới”: "
            "nội dung đã nhập và minh chứng được chuyển sang.",
        )
