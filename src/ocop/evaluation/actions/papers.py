"""Making the papers of a dossier: Word from templates that the office may replace, kept as they were made."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from ocop.accounts.models import User
from ocop.evaluation.actions.office_templates import fill
from ocop.evaluation.models import Dossier, GeneratedPaper
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.papers import context_of, offered_kinds
from ocop.evaluation.rules.paper_kinds import KINDS
from ocop.files.actions import store_generated
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registry import announce

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_paper(
    dossier: Dossier, kind: str, *, by: User, request: HttpRequest | None = None, at: datetime | None = None
) -> GeneratedPaper:
    """Make form 01, 02, 03 or the letter as Word (Appendix III); the number stays blank for the clerk.

    Forms 01 and 02 carry the representative's data: announced as "personal.exported". Raises Refused for an unknown
    kind, a paper whose content is not there yet, or an office's template that does not fit; Forbidden for another role.
    """
    at = at or clock.now()
    if kind not in KINDS:
        raise Refused("paper.kind", "Không có loại giấy tờ này.")
    wanted = KINDS[kind]
    roles = roles_for(by, dossier)
    if not wanted.makers & roles:
        raise Forbidden("paper.role", f"Bạn không lập được “{wanted.label}” của hồ sơ này.")
    if wanted not in offered_kinds(dossier, roles):
        raise Refused("paper.early", f"Chưa lập được “{wanted.label}”: xã chưa lập mẫu 03.")
    context = context_of(wanted, dossier, by)
    word, template = fill(wanted.template, context, province=dossier.province, day=clock.local_day(at))
    name = f"{wanted.template.rsplit('/', 1)[-1].removesuffix('.docx')}-{dossier.code}.docx"
    with transaction.atomic():
        file = store_generated(word, name=name, content_type=WORD, by=by, at=at, sensitive=wanted.personal)
        row = GeneratedPaper.objects.create(
            dossier=dossier, kind=kind, file=file, by=by, at=at, template=template
        )
        if wanted.personal:
            announce(
                "personal.exported",
                by=by,
                subject=dossier.producer,
                request=request,
                kind=kind,
                code=dossier.code,
            )
    return row
