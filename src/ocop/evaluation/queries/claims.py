"""What the producer claims, beside what backs it: own level, explanation and evidence of each criterion."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ocop.evaluation.enums import Assessment
from ocop.evaluation.models import Dossier, Evidence
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.assessments import HINTS, Answered, answers_for, codes_for
from ocop.files.models import StoredFile
from ocop.rulebook.rules.sheet import Criterion


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence as a chip shows it."""

    name: str
    url: str
    kind: str
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """One criterion as the producer answered it; `points` is None while it is not answered."""

    code: str
    name: str
    most: int
    level: str
    points: int | None
    note: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True)
class AssessmentView:
    """One of the four assessments with what the producer said about it."""

    key: str
    label: str
    hint: str
    answers: list[Answered]
    claims: list[Claim]


def _kind_of(file: StoredFile | None) -> str:
    if file is None:
        return ""
    return "pdf" if file.content_type == "application/pdf" else "image"


def _exhibit(piece: Evidence) -> Exhibit:
    version = piece.paper_version or (piece.paper.latest if piece.paper else None)
    file = version.file if version else piece.file
    url = reverse("files:download", args=[file.key]) if file else ""
    name = piece.caption or (str(piece.paper) if piece.paper else file.name if file else "")
    return Exhibit(name, url, _kind_of(file), str(piece.paper) if piece.paper and piece.caption else "")


def exhibits_of(dossier: Dossier, codes: Iterable[str] | None = None) -> dict[str, tuple[Exhibit, ...]]:
    """Evidence by criterion ("" for general papers), in the producer's order; a fixed number of queries."""
    rows = dossier.evidence.select_related("file", "paper", "paper_version__file").prefetch_related(
        "paper__versions__file"
    )
    if codes is not None:
        rows = rows.filter(criterion__in=list(codes))
    found: dict[str, list[Exhibit]] = defaultdict(list)
    for piece in rows:
        found[piece.criterion].append(_exhibit(piece))
    return {code: tuple(pieces) for code, pieces in found.items()}


def claim_of(dossier: Dossier, criterion: Criterion, exhibits: tuple[Exhibit, ...]) -> Claim:
    """One criterion as the producer answered it."""
    place = dossier.answers.get(criterion.code)
    level, points = "chưa tự chấm", None
    if place == 0:
        level, points = "không đạt mức nào", 0
    elif place and not (criterion.has_cases and dossier.case is None):
        chosen = criterion.levels_of(dossier.case if criterion.has_cases else None)[place - 1]
        level, points = chosen.text, chosen.points
    note = dossier.answer_notes.get(criterion.code, "")
    return Claim(criterion.code, criterion.name, criterion.max, level, points, note, exhibits)


def claims_of(dossier: Dossier, codes: Iterable[str] | None = None) -> list[Claim]:
    """The producer's own answers, in book order; all of them without `codes`."""
    wanted = None if codes is None else set(codes)
    exhibits = exhibits_of(dossier, wanted)
    return [
        claim_of(dossier, criterion, exhibits.get(criterion.code, ()))
        for criterion in sheet_for(dossier).criteria
        if wanted is None or criterion.code in wanted
    ]


def assessments_of(dossier: Dossier) -> list[AssessmentView]:
    """The four assessments of form 03, each with the producer's own answers and evidence to it."""
    codes = codes_for((one.code, one.name) for one in sheet_for(dossier).criteria)
    claims = {
        claim.code: claim for claim in claims_of(dossier, [c for found in codes.values() for c in found])
    }
    forms = {"form01": dossier.form01, "form02": dossier.form02}
    return [
        AssessmentView(
            part.value,
            part.label,
            HINTS[part],
            answers_for(part, forms),
            [claims[code] for code in codes[part]],
        )
        for part in Assessment
    ]
