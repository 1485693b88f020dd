"""Papers of the decision's desk: the decision with its annex, the letters of a result without recognition."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.office_templates import fill
from ocop.evaluation.actions.road import locked
from ocop.evaluation.models import DecisionDraft, Dossier, GeneratedPaper
from ocop.evaluation.papers import decision as papers
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.outcome import current_result
from ocop.evaluation.rules.offices import office_of
from ocop.evaluation.rules.workflow import TO_TELL
from ocop.files.actions import store_generated
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_decision_paper(draft: DecisionDraft, *, by: User, at: datetime | None = None) -> GeneratedPaper:
    """The draft decision with its annex as a Word paper; number and date are left for the clerk.

    Raises Forbidden for who neither drafts, approves nor numbers decisions of the province.
    """
    scope = scope_of(by)
    if not any(scope.has(role, draft.home_id) for role in draft.office.all):
        raise Forbidden("decision.role", "Bạn không lập, duyệt hay ban hành quyết định này.")
    at = at or clock.now()
    content, template = fill(
        papers.DECISION,
        papers.decision_context(draft),
        province=draft.province,
        day=clock.local_day(at),
    )
    with transaction.atomic():
        file = store_generated(content, name=f"du-thao-quyet-dinh-{draft.pk}.docx", content_type=WORD, by=by)
        return GeneratedPaper.objects.create(
            draft=draft, kind="decision", file=file, by=by, at=at, template=template
        )


def make_result_letters(dossier: Dossier, *, by: User, at: datetime | None = None) -> list[GeneratedPaper]:
    """The two letters that tell commune and producer (Art. 7.3); made again, they replace nothing, the newest counts.

    Raises Refused unless the dossier waits to be told, Forbidden for others than the desk of its level.
    """
    at = at or clock.now()
    desk = office_of(at_district=dossier.at_district).desk
    if desk not in roles_for(by, dossier):
        raise Forbidden(
            "letters.role",
            "Chỉ cơ quan phụ trách OCOP của cấp đánh giá lập thông báo này.",
            dossier.law.ranking,
        )
    issuer = next(holding.agency.name for holding in scope_of(by).of(desk))
    made = []
    with transaction.atomic():
        dossier = locked(dossier)
        result = current_result(dossier)
        if dossier.state not in TO_TELL or result is None:
            raise Refused("letters.state", "Hồ sơ không ở bước chờ thông báo kết quả.", dossier.law.ranking)
        for key, recipient in (
            ("xa", f"Ủy ban nhân dân {dossier.unit.full_name}"),
            ("chu-the", dossier.producer.public_name),
        ):
            context = papers.letter_context(dossier, result, recipient=recipient, issuer=issuer)
            content, template = fill(
                papers.LETTER, context, province=dossier.province, day=clock.local_day(at)
            )
            file = store_generated(
                content, name=f"thong-bao-{dossier.code}-{key}.docx", content_type=WORD, by=by
            )
            made.append(
                GeneratedPaper.objects.create(
                    dossier=dossier, kind="result_letter", file=file, by=by, at=at, template=template
                )
            )
    return made
