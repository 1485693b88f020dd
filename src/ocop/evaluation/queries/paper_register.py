"""Every paper of a dossier that a person may open, from every desk, for the tab "Giấy tờ"."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.models import Dossier, GeneratedPaper
from ocop.evaluation.queries.council_papers import KINDS as COUNCIL_KINDS
from ocop.evaluation.queries.council_papers import MINUTES, SCORE_SHEET, council_papers_for
from ocop.evaluation.queries.drafts import drafts_for
from ocop.evaluation.queries.papers import may_read_paper
from ocop.evaluation.queries.province import expert_report_of
from ocop.evaluation.queries.report import EXPERT_READERS
from ocop.evaluation.rules.paper_kinds import KINDS
from ocop.kit import clock
from ocop.recognition.models import Certificate

WHOLE, LETTER, DECISION = "whole_dossier", "result_letter", "decision"
LABELS = {
    **{kind.key: kind.label for kind in KINDS.values()},
    **COUNCIL_KINDS,
    WHOLE: "Cả hồ sơ trong một tệp PDF",
    LETTER: "Thông báo kết quả",
    DECISION: "Dự thảo quyết định công nhận kèm phụ lục",
}
ADDRESSED = {"xa": " – gửi UBND cấp xã", "chu-the": " – gửi chủ thể"}


@dataclass(frozen=True)
class PaperLine:
    """One paper: what it is, where it opens, who made it and when (a certificate has a day only).

    `rebuilt`: its layout comes from a summary and was not compared with the official form.
    """

    label: str
    name: str
    url: str
    kind: str
    by: str
    at: datetime | None
    on: date
    rebuilt: bool = True


def papers_of_dossier(dossier: Dossier, user: User, roles: frozenset[str]) -> list[PaperLine]:
    """Papers of the forms, the council, the decision, the result and the certificate, newest first.

    Each kind keeps its own rule of reading; the whole dossier shows what its maker saw, so only the maker finds it.
    """
    council = council_papers_for(user)
    own = GeneratedPaper.objects.filter(
        Q(dossier=dossier, kind__in=(*KINDS, LETTER))
        | Q(dossier=dossier, kind=WHOLE, by=user)
        | Q(
            kind=DECISION,
            draft__in=drafts_for(user).values("pk"),
            draft__lines__in=dossier.decision_lines.filter(dropped_at__isnull=True),
        )
        | Q(pk__in=council.filter(dossier=dossier, kind=SCORE_SHEET).values("pk"))
        | Q(
            pk__in=council.filter(kind=MINUTES).values("pk"),
            session__items__in=dossier.session_items.filter(removed_at__isnull=True, result__isnull=False),
        )
    )
    rows = own.select_related("file", "by", "template").distinct()
    lines = [
        PaperLine(
            label=_label(row),
            name=row.file.name,
            url=row.file.get_absolute_url(),
            kind="pdf" if row.kind == WHOLE else "word",
            by=row.by.full_name,
            at=row.at,
            on=clock.local_day(row.at),
            rebuilt=row.template is None or not row.template.compared,
        )
        for row in rows
        if row.kind not in KINDS or may_read_paper(user, KINDS[row.kind], dossier, roles)
    ]
    lines += _certificates(dossier, user) + _expert_report(dossier, roles)
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _label(row: GeneratedPaper) -> str:
    label = LABELS[row.kind]
    if row.kind == LETTER:
        ending = row.file.name.removesuffix(".docx")
        label += next((words for key, words in ADDRESSED.items() if ending.endswith(f"-{key}")), "")
    return label


def _expert_report(dossier: Dossier, roles: frozenset[str]) -> list[PaperLine]:
    """The expert team's report to the chair, read on its own page once it was handed in (Art. 7.3)."""
    report = expert_report_of(dossier)
    if report is None or not roles & EXPERT_READERS:
        return []
    if not dossier.moves.filter(name="report_to_chair").exists():
        return []
    return [
        PaperLine(
            label="Báo cáo thẩm định của Tổ tư vấn",
            name="đọc trên thẻ “Thẩm định”",
            url=reverse("evaluation:expert-report", args=[dossier.code]),
            kind="",
            by=report.by.full_name,
            at=report.at,
            on=clock.local_day(report.at),
            rebuilt=False,
        )
    ]


def _certificates(dossier: Dossier, user: User) -> list[PaperLine]:
    """Certificates of the product from this dossier on, as PDF."""
    since = clock.local_day(dossier.created_at)
    rows = Certificate.objects.visible_to(user).filter(product=dossier.product_id, issued_on__gte=since)
    return [
        PaperLine(
            label=f"Giấy chứng nhận {row.stars} sao, số {row.number}",
            name=f"giay-chung-nhan-{row.code}.pdf",
            url=reverse("recognition:paper", args=[row.code]),
            kind="pdf",
            by=row.issuer.name if row.issuer else "",
            at=None,
            on=row.issued_on,
        )
        for row in rows.select_related("issuer", "decision__issuer")
        if row.is_printable and row.issued_on
    ]
