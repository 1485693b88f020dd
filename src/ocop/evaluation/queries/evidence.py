"""Evidence of a dossier as pages show it: papers of the vault with their state, loose files, what may be added."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from ocop.evaluation.models import ConflictDeclaration, Dossier, Evidence, Submission
from ocop.evaluation.rules.workflow import EDITABLE
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.producers.models import ProducerAccess
from ocop.products.enums import PaperState
from ocop.products.models import Paper
from ocop.products.queries import papers_of

STATE_MARKS = {
    PaperState.VALID: ("leaf", "circle-check"),
    PaperState.EXPIRING: ("clay", "hourglass"),
    PaperState.EXPIRED: ("grey", "slash"),
    PaperState.NOT_YET: ("water", "clock"),
}


@dataclass(frozen=True)
class Shown:
    """A piece of evidence on a page: what it is, its file, and where the paper stands today."""

    piece: Evidence | None
    name: str
    note: str
    file: StoredFile | None
    badge: tuple[str, str, str] | None
    kind: str


def paper_badge(paper: Paper) -> tuple[str, str, str]:
    """Word, tone and icon of a paper's state today."""
    state = PaperState(paper.state_on(clock.today()))
    return (state.label, *STATE_MARKS[state])


def paper_note(paper: Paper) -> str:
    """Number and last day of a paper in one line."""
    parts = [
        f"số {paper.number}" if paper.number else "",
        f"hết hạn sau {paper.expires_on:%d/%m/%Y}" if paper.expires_on else "",
    ]
    return " · ".join(part for part in parts if part)


def one_shown(piece: Evidence) -> Shown:
    """A piece with its frozen version when there is one, else the paper's newest."""
    if piece.paper is None:
        name = piece.caption or ("Ảnh chụp" if piece.file and piece.file.is_photo else "Tệp đính kèm")
        note = _pages(piece.file)
        return Shown(piece, name, note, piece.file, None, _kind(piece.file))
    version = piece.paper_version or piece.paper.latest
    file = version.file if version else None
    note = paper_note(piece.paper) or ("" if file else "chưa có tệp, hãy tải tệp lên trang giấy tờ")
    return Shown(piece, str(piece.paper), note, file, paper_badge(piece.paper), _kind(file))


def shown(pieces: Iterable[Evidence]) -> list[Shown]:
    """Pieces as the pages show them, in their order; files without a caption are counted within their criterion."""
    rows = [one_shown(piece) for piece in pieces]
    wanted = Counter(_unnamed(row) for row in rows)
    counted: Counter[tuple[str, str] | None] = Counter()
    numbered = []
    for row in rows:
        key = _unnamed(row)
        counted[key] += 1
        numbered.append(replace(row, name=f"{row.name} {counted[key]}") if key and wanted[key] > 1 else row)
    return numbered


def _unnamed(row: Shown) -> tuple[str, str] | None:
    """Criterion and general name of a loose file without a caption; None for everything that has a name of its own."""
    if row.piece is None or row.piece.paper is not None or row.piece.caption:
        return None
    return row.piece.criterion, row.name


def _kind(file: StoredFile | None) -> str:
    return "" if file is None else "pdf" if file.is_pdf else "image" if file.is_photo else ""


def _pages(file: StoredFile | None) -> str:
    return f"{file.pages} trang" if file is not None and file.pages and not file.is_photo else ""


def counts_of(dossier: Dossier) -> dict[str, int]:
    """How many pieces each criterion has; one query."""
    rows = dossier.evidence.order_by().values("criterion").annotate(n=Count("pk"))
    return dict(rows.values_list("criterion", "n"))


def vault_for(dossier: Dossier, pieces: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Papers of the producer that may still be attached here, with their state; two queries."""
    held = {piece.paper_id for piece in pieces}
    rows = papers_of(dossier.producer, dossier.product)
    return [
        {
            "paper": paper,
            "badge": paper_badge(paper),
            "note": paper_note(paper),
            "kind": paper.get_kind_display(),
        }
        for paper in rows
        if paper.pk not in held
    ]


def may_read_file(user: Any, file: StoredFile) -> bool:
    """File reader: evidence of a dossier that the person may see.

    What was handed in stays readable to all who may see the dossier; of the work under way after a return, offices
    read nothing. A council member who declared a conflict in the dossier is barred from its files as well.
    """
    if not getattr(user, "is_authenticated", False):
        return False
    barred = ConflictDeclaration.objects.filter(seat__user=user, has_conflict=True).values("item__dossier_id")
    seen = Dossier.objects.visible_to(user).exclude(pk__in=barred)
    if Submission.objects.filter(files=file, dossier__in=seen).exists():
        return True
    writes = seen.filter(state__in=EDITABLE)
    own = ProducerAccess.objects.producer_ids(user)
    writes = writes.filter(Q(producer__in=own) | Q(created_by=user))
    attached = Q(file=file) | Q(paper__versions__file=file)
    return Evidence.objects.filter(attached, dossier__in=writes).exists()
