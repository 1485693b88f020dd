"""Draft decisions: which exist for a person, what waits for them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, When
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState, DraftState
from ocop.evaluation.models import DecisionDraft, Dossier, GeneratedPaper
from ocop.evaluation.rules.offices import DISTRICT_OFFICE, PROVINCE_OFFICE
from ocop.files.models import StoredFile
from ocop.kit import formats
from ocop.kit.registry import Todo
from ocop.recognition.models import Certificate
from ocop.units.models import Agency
from ocop.units.queries import agency_with, committee_of

DISTRICT_WRITERS = tuple(Role(key) for key in DISTRICT_OFFICE.writers)
DISTRICT_READERS = tuple(Role(key) for key in DISTRICT_OFFICE.all)
PROVINCE_WRITERS = tuple(Role(key) for key in PROVINCE_OFFICE.writers)
PROVINCE_READERS = (*PROVINCE_WRITERS, Role.PROVINCE_LEADER, Role.STANDING_OFFICER)
WRITERS = (*PROVINCE_WRITERS, *DISTRICT_WRITERS)
READERS = (*PROVINCE_READERS, *DISTRICT_READERS)


def drafts_shown(user: User) -> bool:
    """True for the people of the decision's desk."""
    return scope_of(user).has_any(*READERS)


def drafts_for(user: User) -> QuerySet[DecisionDraft]:
    """Drafts of the level that the person decides, drafts or numbers for: not yet issued first, then the newest."""
    scope = scope_of(user)
    if not scope.has_any(*READERS):
        return DecisionDraft.objects.none()
    rows = DecisionDraft.objects.filter(
        Q(district=None, province_id__in=scope.unit_ids(*PROVINCE_READERS))
        | Q(district_id__in=scope.districts_of(*DISTRICT_READERS))
    )
    open_first = Case(When(state=DraftState.ISSUED, then=1), default=0)
    return (
        rows.select_related("issuer", "district", "decision", "created_by", "approved_by")
        .annotate(products=Count("lines", filter=Q(lines__dropped_at__isnull=True)))
        .order_by(open_first, "-created_at", "-pk")
    )


def waiting_dossiers(user: User) -> QuerySet[Dossier]:
    """Dossiers that wait for a decision and lie in no draft."""
    scope = scope_of(user)
    if not scope.has_any(*WRITERS):
        return Dossier.objects.none()
    return (
        Dossier.objects.filter(
            Q(state=DossierState.AWAITING_DECISION, province_id__in=scope.unit_ids(*PROVINCE_WRITERS))
            | Q(
                state=DossierState.DISTRICT_AWAITING_DECISION,
                district_id__in=scope.districts_of(*DISTRICT_WRITERS),
            )
        )
        .exclude(decision_lines__dropped_at__isnull=True, decision_lines__isnull=False)
        .select_related("product", "producer", "unit", "province", "district")
        .prefetch_related("results", "centre_results")
        .order_by("pk")
    )


def issuer_for(dossier: Dossier, day: date) -> Agency | None:
    """Whose decision it is that the dossier waits for: the committee of its district, else the province's."""
    if dossier.at_district and dossier.district is not None:
        return committee_of(dossier.district, day)
    return agency_with("decides", day, dossier.province)


def suggested_numbers(issuer: Agency, year: int, count: int) -> list[str]:
    """The next free certificate numbers of an issuer in a year: "05/2026", counted on from the highest."""
    used = Certificate.objects.filter(issuer=issuer, issued_year=year).values_list("number", flat=True)
    serials = [int(number.split("/")[0]) for number in used if number.split("/")[0].isdigit()]
    first = max(serials, default=0) + 1
    return [f"{first + index:02d}/{year}" for index in range(count)]


def due_of_draft(draft: DecisionDraft, today: date) -> tuple[date, str, str] | None:
    """The nearest last day of the dossiers in a draft not yet issued: day, how far it is, tone (Art. 5)."""
    if draft.state == DraftState.ISSUED:
        return None
    last = draft.lines.filter(dropped_at__isnull=True).aggregate(last=Min("dossier__due_on"))["last"]
    return (last, *formats.distance(last, today)) if last else None


def _clocked(last: date | None, today: date) -> dict[str, Any]:
    """The due day of a line of "Việc của tôi"; a day that has passed makes it late."""
    if last is None:
        return {}
    late = {"kind": "late"} if last < today else {}
    return {"due": last, "due_text": formats.distance(last, today)[0], **late}


def draft_todos(user: User, today: date) -> Iterator[Todo]:
    """What waits at the decision's desk: dossiers to put into a draft, drafts to approve, to number. Three queries."""
    scope = scope_of(user)
    if not scope.has_any(*READERS):
        return
    if scope.has_any(*WRITERS):
        found = waiting_dossiers(user).order_by().aggregate(count=Count("pk"), last=Min("due_on"))
        count = found["count"]
        if count:
            yield Todo(
                key="drafts-waiting",
                title=f"{count} hồ sơ chờ quyết định công nhận",
                subject="Lập dự thảo quyết định kèm phụ lục",
                url=reverse("evaluation:draft-create"),
                action="Lập dự thảo",
                **_clocked(found["last"], today),
            )
    states = {
        DraftState.DRAFT: ("leader", "Duyệt"),
        DraftState.APPROVED: ("clerk", "Ghi số, ban hành"),
    }
    last_days = Min("lines__dossier__due_on", filter=Q(lines__dropped_at__isnull=True))
    for draft in drafts_for(user).filter(state__in=states).annotate(last=last_days):
        part, press = states[DraftState(draft.state)]
        if scope.has(getattr(draft.office, part), draft.home_id):
            yield Todo(
                key=f"draft-{draft.pk}",
                title=draft.title,
                subject=f"{getattr(draft, 'products', 0)} sản phẩm · {draft.get_state_display()}",
                url=reverse("evaluation:draft-detail", args=[draft.pk]),
                action=press,
                since=draft.created_at,
                **_clocked(getattr(draft, "last", None), today),
            )


def may_read_paper(user: User, file: StoredFile) -> bool:
    """True for a draft decision of the person's desk, a result letter of a dossier it sees, a whole dossier it made."""
    if not user.is_authenticated:
        return False
    papers = GeneratedPaper.objects.filter(file=file)
    if papers.filter(draft__in=drafts_for(user)).exists():
        return True
    letters = papers.filter(Q(kind="result_letter") | Q(kind="whole_dossier", by=user))
    return letters.filter(dossier__in=Dossier.objects.visible_to(user)).exists()
