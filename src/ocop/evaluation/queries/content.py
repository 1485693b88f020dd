"""What a reader of a dossier sees of it: the last thing handed in, or the work of today for those who write it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.evaluation.models import Dossier, Evidence, Submission
from ocop.evaluation.queries.evidence import Shown, one_shown, paper_badge, paper_note
from ocop.evaluation.rules.forms import Question
from ocop.evaluation.rules.kinds import steps_for
from ocop.evaluation.rules.workflow import PRODUCER
from ocop.files.models import StoredFile
from ocop.kit import formats
from ocop.products.models import Paper
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.queries import sheet_version
from ocop.rulebook.rules.view import SimulationView, simulation_view


@dataclass(frozen=True)
class Content:
    """The content of a dossier as it is shown: of one submission, or the present work (`submission` None)."""

    dossier: Dossier
    submission: Submission | None
    form01: Mapping[str, Any]
    form02: Mapping[str, Any]
    answers: Mapping[str, int]
    notes: Mapping[str, str]
    case: int | None
    criteria_set: CriteriaSet
    checksum: str

    @property
    def view(self) -> SimulationView:
        """The sheet, in the wording of the time of submission, with the producer's levels."""
        sheet = sheet_version(self.criteria_set, self.checksum)
        known = {code: place for code, place in self.answers.items() if code in sheet.by_code}
        return simulation_view(sheet, known, self.case)


def content_for(dossier: Dossier, roles: frozenset[str], *, number: int | None = None) -> Content | None:
    """What these roles read: the submission of that number, else the last one; the work under way for its writers.

    Offices never read what the producer is changing after a return, only what was handed in (Art. 7.1). None when
    the number does not exist.
    """
    rows = dossier.submissions.select_related("by")
    if number is not None:
        submission = rows.filter(number=number).first()
        if submission is None:
            return None
    else:
        writes = bool(roles & PRODUCER) and dossier.is_editable
        submission = None if writes else rows.order_by("-number").first()
    if submission is None:
        return Content(
            dossier, None, dossier.form01, dossier.form02, dossier.answers, dossier.answer_notes, dossier.case,
            dossier.criteria_set, dossier.criteria_set.checksum,
        )  # fmt: skip
    held = submission.content
    return Content(
        dossier, submission, held["form01"], held["form02"], held["answers"], held["notes"], held["case"],
        dossier.criteria_set, held["sheet"],
    )  # fmt: skip


def answers_in_words(content: Content) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(form, title, (question, answer) pairs) of every screen of forms 01 and 02."""
    labels = {"form01": "Mẫu 01", "form02": "Mẫu 02"}
    forms = {"form01": content.form01, "form02": content.form02}
    return [
        (
            labels[step.form],
            step.title,
            [(one.label, in_words(one, forms[step.form].get(one.key))) for one in step.questions],
        )
        for step in steps_for(content.dossier.kind)
    ]


def in_words(question: Question, value: Any) -> str:
    """An answer as it is printed; "" for none."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return "; ".join(dict(question.choices).get(one, one) for one in value)
    if isinstance(value, int):
        return f"{formats.number(value)} {question.unit}".strip()
    return str(value)


def evidence_in_order(content: Content) -> list[tuple[str, str, list[Shown]]]:
    """(code, name, pieces) in book order, papers for no criterion last; three queries whatever their number."""
    pieces = _frozen(content) if content.submission else _present(content.dossier)
    held: dict[str, list[Shown]] = {}
    for criterion, piece in pieces:
        held.setdefault(criterion, []).append(piece)
    rows = [
        (one.code, one.name, held.pop(one.code))
        for one in sheet_version(content.criteria_set, content.checksum).criteria
        if one.code in held
    ]
    rest = [piece for pieces_left in held.values() for piece in pieces_left]
    return [*rows, ("", "Giấy tờ chung", rest)] if rest else rows


def _present(dossier: Dossier) -> Sequence[tuple[str, Shown]]:
    rows = Evidence.objects.filter(dossier=dossier).select_related("paper", "file", "paper_version__file")
    return [(row.criterion, one_shown(row)) for row in rows.prefetch_related("paper__versions__file")]


def _frozen(content: Content) -> Sequence[tuple[str, Shown]]:
    """The pieces of a submission with exactly the files that were handed in."""
    lines = content.submission.content["evidence"] if content.submission else []
    files = {
        str(file.key): file
        for file in StoredFile.objects.filter(key__in=[one["file"] for one in lines if one["file"]])
    }
    papers = Paper.objects.in_bulk([one["paper"] for one in lines if one["paper"]])
    shown = []
    for one in lines:
        file, paper = files.get(one["file"] or ""), papers.get(one["paper"])
        kind = "" if file is None else "pdf" if file.is_pdf else "image"
        if paper is not None:
            piece = Shown(None, str(paper), paper_note(paper), file, paper_badge(paper), kind)
        else:
            name = one["caption"] or ("Ảnh chụp" if kind == "image" else "Tệp đính kèm")
            note = f"{file.pages} trang" if file is not None and file.pages else ""
            piece = Shown(None, name, note, file, None, kind)
        shown.append((one["criterion"], piece))
    return shown
