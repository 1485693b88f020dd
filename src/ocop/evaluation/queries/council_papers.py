"""Papers made from a session: which there are, and who may open their files."""

from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.models import ConflictDeclaration, CouncilSession, Evidence, GeneratedPaper, SessionItem
from ocop.evaluation.models.dossier import DISTRICT_READERS, PROVINCE_READERS, seated_dossiers
from ocop.files.models import StoredFile

MINUTES = "minutes"
SCORE_SHEET = "score_sheet"
KINDS = {MINUTES: "Biên bản họp Hội đồng", SCORE_SHEET: "Phiếu chấm của thành viên"}


def council_papers_for(user: User) -> QuerySet[GeneratedPaper]:
    """Minutes and score sheets that exist for this person: one's own sessions, and the province's for its officials.

    A score sheet becomes a paper only after its dossier's result is closed; who declared a conflict does not get it.
    """
    rows = GeneratedPaper.objects.filter(kind__in=KINDS)
    scope = scope_of(user)
    ours = Q(
        session__council__district=None, session__council__province_id__in=scope.unit_ids(*PROVINCE_READERS)
    )
    districts = Q(session__council__district_id__in=scope.districts_of(*DISTRICT_READERS))
    mine = Q(session__in=CouncilSession.objects.seated(user).values("pk"))
    barred = ConflictDeclaration.objects.filter(seat__user=user, has_conflict=True)
    kept_away = Q(kind=SCORE_SHEET, dossier__in=barred.values("item__dossier"))
    return rows.filter(ours | districts | mine).exclude(kept_away)


def papers_of_session(session: CouncilSession, user: User) -> list[dict[str, Any]]:
    """The papers of a session for its page, newest first."""
    rows = council_papers_for(user).filter(session=session).select_related("file", "dossier__product")
    return [
        {
            "label": KINDS[row.kind],
            "url": row.file.get_absolute_url(),
            "name": row.file.name,
            "at": row.at,
            "dossier": row.dossier,
        }
        for row in rows
    ]


def may_read_council_file(user: Any, file: StoredFile) -> bool:
    """File reader: papers of the session, and evidence of the dossiers that a seat opens to its holder."""
    if not getattr(user, "is_authenticated", False):
        return False
    if council_papers_for(user).filter(file=file).exists():
        return True
    pieces = Evidence.objects.filter(
        Q(file=file) | Q(paper_version__file=file) | Q(paper__versions__file=file)
    )
    return pieces.filter(dossier__in=seated_dossiers(user)).exists()


def session_items_closed(session: CouncilSession) -> list[SessionItem]:
    """Dossiers of the session whose result is closed, in order."""
    rows = session.items.filter(removed_at__isnull=True, result__isnull=False)
    return list(
        rows.select_related(
            "dossier__product", "dossier__producer", "dossier__unit", "dossier__criteria_set__book", "result"
        )
    )
