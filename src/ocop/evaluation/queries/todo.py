"""What waits for a person: the dossiers whose present step is theirs."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from ocop.accounts.models import Membership, User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import CommuneReport, Dossier, ExpertAssignment
from ocop.evaluation.models.dossier import DossierQuerySet
from ocop.evaluation.queries.clock import due_words
from ocop.evaluation.rules.workflow import (
    ADVISORY,
    ARRIVING,
    COMMUNE,
    COMMUNE_LEADER,
    DISTRICT_DESK,
    DISTRICT_LEADER,
    EXPERT_LEAD,
    EXPERTS_AT_WORK,
    INTAKE,
    LEADER,
    PRODUCER,
    RETURNED_FROM_ABOVE,
    STANDING,
    TO_TELL,
    WAITS_FOR,
)
from ocop.kit import clock
from ocop.kit.registry import Todo
from ocop.producers.models import ProducerAccess

# What the person does next, said in one verb.
NEXT_PRESS = {
    DossierState.DRAFT: "Soạn tiếp",
    DossierState.SUBMITTED: "Tiếp nhận",
    DossierState.COMMUNE_REVIEW: "Lập mẫu 03",
    DossierState.RETURNED_BY_COMMUNE: "Bổ sung",
    **dict.fromkeys(RETURNED_FROM_ABOVE, "Bổ sung"),
    **dict.fromkeys(ARRIVING, "Tiếp nhận"),
    **dict.fromkeys(INTAKE, "Kiểm tra"),
    **dict.fromkeys(EXPERTS_AT_WORK, "Thẩm định"),
    DossierState.DISTRICT_TO_FORWARD: "Trình tỉnh",
    DossierState.FELL_BACK: "Quyết định",
    DossierState.AWAITING_APPROVAL: "Phê duyệt",
    DossierState.APPROVED_FOR_CENTRE: "Gửi trung ương",
    DossierState.AT_CENTRE: "Ghi kết quả",
    DossierState.CENTRE_BELOW: "Quyết định",
    **dict.fromkeys(TO_TELL, "Gửi thông báo"),
}
RETURNED = (DossierState.RETURNED_BY_COMMUNE, *RETURNED_FROM_ABOVE)
# States whose work is done on a page of its own rather than on the record.
WORKPLACE = {
    DossierState.DRAFT: "evaluation:dossier-write",
    DossierState.RETURNED_BY_COMMUNE: "evaluation:dossier-write",
    **dict.fromkeys(RETURNED_FROM_ABOVE, "evaluation:dossier-write"),
    DossierState.SUBMITTED: "evaluation:commune-intake",
    DossierState.COMMUNE_REVIEW: "evaluation:commune-report",
    **dict.fromkeys(ARRIVING | INTAKE, "evaluation:province-intake"),
    **dict.fromkeys(EXPERTS_AT_WORK, "evaluation:expert-report"),
    DossierState.DISTRICT_TO_FORWARD: "evaluation:dossier-outcome",
    DossierState.FELL_BACK: "evaluation:dossier-outcome",
    DossierState.AWAITING_APPROVAL: "evaluation:dossier-outcome",
    DossierState.APPROVED_FOR_CENTRE: "evaluation:centre-send",
    DossierState.AT_CENTRE: "evaluation:centre-record",
    DossierState.CENTRE_BELOW: "evaluation:dossier-outcome",
    **dict.fromkeys(TO_TELL, "evaluation:dossier-outcome"),
}
TO_SIGN = "evaluation:commune-sign"
SHOWN = 100


def _states_of(roles: frozenset[str]) -> list[str]:
    """States in which one of the roles is expected to act, council and decision desks apart (they have own lists)."""
    return [state.value for state, waits in WAITS_FOR.items() if waits & roles and state in NEXT_PRESS]


def waits_for(user: User) -> Q:
    """The condition on a dossier whose present step is this person's; only what the person can have goes into it."""
    scope = scope_of(user)
    access = (
        ProducerAccess.objects.valid_on(clock.today()).filter(user=user).values_list("producer_id", flat=True)
    )
    wanted = Q(producer__in=list(access), state__in=_states_of(PRODUCER))
    for roles in (COMMUNE, DISTRICT_DESK, DISTRICT_LEADER, ADVISORY, LEADER, STANDING):
        if scope.has_any(*roles):
            wanted |= Q(unit_id__in=scope.unit_ids(*roles), state__in=_states_of(roles))
    experts = EXPERT_LEAD | {"expert_member"}
    if scope.has_any(*experts):
        mine = ExpertAssignment.objects.filter(expert=user)
        for at_district, state in (
            (False, DossierState.EXPERT_REVIEW),
            (True, DossierState.DISTRICT_EXPERT_REVIEW),
        ):
            wanted |= Q(pk__in=mine.filter(at_district=at_district).values("dossier_id"), state=state)
    if scope.has_any(*EXPERT_LEAD):
        wanted |= Q(pk__in=left_alone().values("pk"), unit_id__in=scope.unit_ids(*EXPERT_LEAD))
    return wanted


def left_alone() -> DossierQuerySet:
    """Dossiers with the expert team whose experts have all left it: they wait for the head of the team."""
    team = Membership.objects.valid_on(clock.today()).filter(role__in=EXPERT_LEAD | {"expert_member"})
    still = ExpertAssignment.objects.filter(dossier=OuterRef("pk"), expert__in=team.values("user_id"))
    return Dossier.objects.filter(~Exists(still), state__in=EXPERTS_AT_WORK)


def by_urgency(rows: DossierQuerySet) -> DossierQuerySet:
    """The order of work: the nearest last day first, then who waits longest."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "created_at")


def waiting_for(user: User) -> DossierQuerySet:
    """Dossiers whose present step is this person's, most urgent first; few queries, whatever their number."""
    rows = Dossier.objects.visible_to(user).filter(waits_for(user))
    return by_urgency(rows.select_related("product", "producer", "unit"))


def todos_of(user: User, today: date) -> Iterator[Todo]:
    """The lines of "Việc của tôi" that come from dossiers."""
    written = CommuneReport.objects.filter(dossier=OuterRef("pk")).exclude(proposal="")
    leads = scope_of(user).has_any(*COMMUNE_LEADER)
    for dossier in waiting_for(user).annotate(is_written=Exists(written))[:SHOWN]:
        state = DossierState(dossier.state)
        signs = leads and dossier.is_written and state == DossierState.COMMUNE_REVIEW
        place = TO_SIGN if signs else WORKPLACE.get(state, "evaluation:dossier-detail")
        due_text, _ = due_words(dossier, today)
        late = dossier.late_by(today)
        yield Todo(
            key=f"dossier-{dossier.pk}",
            title=f"{dossier.product.name}",
            subject=f"{dossier.code} · {dossier.producer.public_name} · {state.label}",
            url=reverse(place, args=[dossier.code]),
            action="Ký đề nghị" if signs else NEXT_PRESS[state],
            kind="late" if late else "returned" if state in RETURNED else "waiting",
            since=dossier.submitted_at or dossier.created_at,
            due=dossier.due_on,
            due_text=due_text,
        )
