"""The whole dossier as one ordered PDF: forms, self-score, commune's report, evidence in criterion order."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from ocop.accounts.models import User
from ocop.evaluation.enums import Assessment
from ocop.evaluation.models import CommuneReport, Dossier, GeneratedPaper
from ocop.evaluation.papers.marks import SHORTENED, UNCHECKED
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.content import Content, answers_in_words, content_for, evidence_in_order
from ocop.files import disk
from ocop.files.actions import store_generated
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.papers import Part, merge, pdf
from ocop.rulebook.rules.view import CriterionView

KIND = "whole_dossier"


def make_whole_dossier(
    dossier: Dossier,
    *,
    by: User,
    at: datetime | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> GeneratedPaper:
    """Write the whole dossier as the reader sees it; memory stays bounded, one file is open at a time.

    Art. 7.1: one paper set must still be printable, in criterion order. A file that cannot be read gets a page that
    says so. Raises Refused when nothing was handed in and the person does not write the dossier.
    """
    content = content_for(dossier, roles_for(by, dossier))
    if content is None:
        raise Refused("whole.empty", "Hồ sơ chưa được nộp lần nào.")
    folder = Path(settings.OCOP_DATA_DIR) / "work"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        parts = []
        for number, (title, data) in enumerate(_fronts(_front(dossier, content))):
            front = Path(place) / f"front-{number}.pdf"
            front.write_bytes(pdf("evaluation/pdf/dossier_front.typ", data))
            parts.append(Part(title, front, group="Hồ sơ"))
        for code, name, pieces in evidence_in_order(content):
            group = f"Tiêu chí {code} – {name}" if code else "Tài liệu khác"
            parts += [
                Part(
                    piece.name,
                    disk.path_of(piece.file.sha256),
                    group=group,
                    stamp=code and f"Tiêu chí {code}",
                )
                for piece in pieces
                if piece.file is not None
            ]
        out = Path(place) / "ho-so.pdf"
        merged = merge(
            parts, out, title=f"Hồ sơ {dossier.code}", subtitle=dossier.product.name, progress=progress
        )
        file = store_generated(
            out, name=f"ho-so-{dossier.code}.pdf", content_type="application/pdf", by=by, pages=merged.pages
        )
    return GeneratedPaper.objects.create(dossier=dossier, kind=KIND, file=file, by=by, at=at or clock.now())


FORMS = {
    "Mẫu 01": "Thông tin chung, phiếu đăng ký (mẫu 01)",
    "Mẫu 02": "Báo cáo tự đánh giá (mẫu 02)",
    "Mẫu 03": "Báo cáo đánh giá của UBND cấp xã (mẫu 03)",
}
"""What heads the written parts; each starts a page of its own, so that the contents name its page."""


def _fronts(front: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The written parts in order with their titles: forms 01 and 02, the self-score, the commune's form 03."""
    made = []
    for form, title in FORMS.items():
        own = [part for part in front["parts"] if part["form"] == form]
        if own or form == "Mẫu 01":
            made.append((title, {**front, "cover": form == "Mẫu 01", "parts": own, "scores": []}))
        if form == "Mẫu 02":
            made.append(("Bảng tự chấm điểm", {**front, "cover": False, "parts": []}))
    return made


def _chosen(criterion: CriterionView) -> str:
    """The text of the level that was chosen; in words when none fits or none was chosen."""
    if criterion.place == 0:
        return "Không đạt mức nào"
    return next((level.text for level in criterion.levels if level.chosen), "Chưa chấm")


def _front(dossier: Dossier, content: Content) -> dict[str, Any]:
    view = content.view
    scores = [
        {
            "code": one.code,
            "name": one.name,
            "level": _chosen(one),
            "points": "" if one.points is None else str(one.points),
        }
        for section in view.sections
        for head in section.heads
        for one in head.criteria
    ]
    parts = [
        {
            "form": form,
            "title": title,
            "answers": [[question, answer] for question, answer in pairs if answer],
        }
        for form, title, pairs in answers_in_words(content)
    ]
    report = CommuneReport.objects.filter(dossier=dossier, signed_at__isnull=False).first()
    if report:
        pairs = [[part.label, getattr(report, part.value)] for part in Assessment]
        parts.append({"form": "Mẫu 03", "title": "Đánh giá của UBND cấp xã", "answers": pairs})
    return {
        "title": f"Hồ sơ {dossier.code}",
        "product": dossier.product.name,
        "producer": dossier.producer.public_name,
        "facts": [
            ["Mã hồ sơ", dossier.code],
            ["Mã sản phẩm", dossier.product.code or "chưa cấp"],
            ["Địa bàn", dossier.unit.full_name],
            ["Bộ tiêu chí", str(dossier.criteria_set)],
            ["Văn bản áp dụng", str(dossier.criteria_set.book)],
            ["Lần nộp", str(content.submission.number) if content.submission else "chưa nộp"],
        ],
        "mark": UNCHECKED,
        "wording": SHORTENED if dossier.criteria_set.book.is_shortened else "",
        "parts": parts,
        "scores": scores,
        "total": str(view.outcome.points),
    }
