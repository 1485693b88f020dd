"""What a dossier still lacks, read from its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.completeness import (
    Gap,
    answer_gaps,
    evidence_gaps,
    form_gaps,
    paper_gaps,
    record_gaps,
)
from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.producers.rules.eligibility import may_apply
from ocop.products.enums import PaperKind, PaperState
from ocop.products.queries import paper_guide, papers_of
from ocop.rulebook.rules.scoring import evaluate


def gaps_of(dossier: Dossier) -> list[Gap]:
    """Everything missing, blocking gaps first within each part, in the order in which the wizard asks."""
    sheet = sheet_for(dossier)
    names = {code: criterion.name for code, criterion in sheet.by_code.items()}
    case_needed = bool(sheet.cases)
    case = dossier.case if case_needed else None
    known = {code: place for code, place in dossier.answers.items() if code in sheet.by_code}
    if case_needed and case is None:
        unscored: tuple[str, ...] = tuple(code for code in sheet.by_code if code not in known)
    else:
        unscored = evaluate(sheet, known, case).unscored
    pieces = list(dossier.evidence.select_related("paper").prefetch_related("paper__versions"))
    attached = {piece.criterion for piece in pieces}
    represented = dossier.producer.representatives.filter(erased_at__isnull=True).exists()
    today = clock.today()
    papers = [
        (piece.criterion, str(piece.paper), piece.paper.state_on(today), piece.paper.latest is not None)
        for piece in pieces
        if piece.paper is not None
    ]
    return [
        *record_gaps(has_representative=represented, has_code=bool(dossier.product.code)),
        *form_gaps(dossier.form01, dossier.form02, dossier.kind),
        *answer_gaps(unscored, case_needed=case_needed, case=case, names=names),
        *evidence_gaps(known, attached, names),
        *paper_gaps(papers, expired=PaperState.EXPIRED, expiring=PaperState.EXPIRING),
    ]


def missing_of(dossier: Dossier) -> list[Refusal]:
    """The gaps that stop a submission, as refusals."""
    return [gap.as_refusal() for gap in gaps_of(dossier) if gap.blocks]


def eligibility_of(dossier: Dossier) -> list[Refusal]:
    """Why this producer may not apply with this set (Art. 2), if anything speaks against it."""
    producer = dossier.producer
    verdict = may_apply(
        producer.form_on(),
        dossier.criteria_set.number,
        size=producer.size_on(),
        decision=dossier.criteria_set.book.slug,
    )
    return [verdict] if isinstance(verdict, Refusal) else []


@dataclass(frozen=True)
class PlacedGap:
    """A gap with the address where it is mended, and what the press says."""

    gap: Gap
    url: str
    action: str


def of_kind(gaps: Iterable[Gap], kind: str) -> tuple[list[Gap], list[Gap]]:
    """Gaps that say the same of single criteria (`kind`: answers, evidence) apart from the others, order kept."""
    alike: list[Gap] = []
    others: list[Gap] = []
    for gap in gaps:
        same = gap.code.startswith(f"{kind}.") and gap.place.startswith("tieu-chi:")
        (alike if same else others).append(gap)
    return alike, others


def placed_gaps(dossier: Dossier, gaps: Iterable[Gap]) -> list[PlacedGap]:
    """Each gap with its place of work."""
    return [PlacedGap(gap, *_place(dossier, gap.place)) for gap in gaps]


def _place(dossier: Dossier, place: str) -> tuple[str, str]:
    kind, _, key = place.partition(":")
    if kind == "buoc":
        return reverse("evaluation:dossier-step", args=[dossier.code, key]), "Trả lời"
    if kind == "tieu-chi" and key:
        return reverse("evaluation:dossier-criterion", args=[dossier.code, key]), "Mở tiêu chí"
    if kind == "tu-cham":
        return reverse("evaluation:dossier-case", args=[dossier.code]), "Chọn"
    if kind == "dai-dien":
        return reverse("producers:person_new", args=[dossier.producer.code]), "Ghi người đại diện"
    if kind == "san-pham":
        return dossier.product.get_absolute_url(), "Xem sản phẩm"
    return reverse("evaluation:dossier-check", args=[dossier.code]), "Xem"


def paper_help(dossier: Dossier) -> list[dict[str, Any]]:
    """The fifteen kinds of paper of form 02: why each counts, where to get it, a sample, whether one is kept."""
    guide, today = paper_guide(), clock.today()
    held: dict[str, list[str]] = {}
    for paper in papers_of(dossier.producer, dossier.product):
        held.setdefault(paper.kind, []).append(paper.state_on(today))
    add = "products:add_paper"
    return [
        {
            "label": kind.label,
            **guide[kind.value],
            "held": any(state != PaperState.EXPIRED for state in held.get(kind.value, [])),
            "expired": kind.value in held and all(state == PaperState.EXPIRED for state in held[kind.value]),
            "url": reverse(add, args=[dossier.producer.code, kind.value]),
        }
        for kind in PaperKind
    ]
