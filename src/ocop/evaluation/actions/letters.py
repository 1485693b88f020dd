"""Papers of the decision's desk: the decision with its annex, the letters of a result without recognition."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.office_templates import fill
from ocop.evaluation.actions.road import locked
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import DecisionDraft, Dossier, GeneratedPaper
from ocop.evaluation.papers import decision as papers
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.outcome import current_result
from ocop.evaluation.rules.workflow import ART_PROVINCE
from ocop.files.actions import store_generated
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_decision_paper(draft: DecisionDraft, *, by: User, at: datetime | None = None) -> GeneratedPaper:
    """The draft decision with its annex as a Word paper; number and date are left for the clerk.

    Raises Forbidden for who neither drafts, approves nor numbers decisions of the province.
    """
    scope = scope_of(by)
    desk = (Role.ADVISORY_OFFICER, Role.PROVINCE_CLERK, Role.PROVINCE_LEADER)
    if not any(scope.has(role, draft.province_id) for role in desk):
        raise Forbidden("decision.role", "Bạn không lập, duyệt hay ban hành quyết định này.", ART_PROVINCE)
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

    Raises Refused unless the dossier waits to be told, Forbidden for others than the advisory body.
    """
    at = at or clock.now()
    if "advisory_officer" not in roles_for(by, dossier):
        raise Forbidden(
            "letters.role", "Chỉ cơ quan tham mưu quản lý OCOP tỉnh lập thông báo này.", ART_PROVINCE
        )
    issuer = next(holding.agency.name for holding in scope_of(by).of(Role.ADVISORY_OFFICER))
    made = []
    with transaction.atomic():
        dossier = locked(dossier)
        result = current_result(dossier)
        if dossier.state != DossierState.TO_BE_TOLD or result is None:
            raise Refused("letters.state", "Hồ sơ không ở bước chờ thông báo kết quả.", ART_PROVINCE)
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
