"""What waits for a person: the dossiers whose present step is theirs."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, ExpertAssignment
from ocop.evaluation.rules.workflow import (
    ADVISORY,
    COMMUNE,
    EXPERT_LEAD,
    LEADER,
    PRODUCER,
    STANDING,
    WAITS_FOR,
)
from ocop.kit import clock, formats
from ocop.kit.registry import Todo
from ocop.producers.models import ProducerAccess

# What the person does next, said in one verb.
NEXT_PRESS = {
    DossierState.DRAFT: "Soạn tiếp",
    DossierState.SUBMITTED: "Tiếp nhận",
    DossierState.COMMUNE_REVIEW: "Lập mẫu 03",
    DossierState.RETURNED_BY_COMMUNE: "Bổ sung",
    DossierState.RETURNED_BY_PROVINCE: "Bổ sung",
    DossierState.PROPOSED: "Tiếp nhận",
    DossierState.PROVINCE_INTAKE: "Kiểm tra",
    DossierState.EXPERT_REVIEW: "Thẩm định",
    DossierState.AWAITING_APPROVAL: "Phê duyệt",
    DossierState.APPROVED_FOR_CENTRE: "Gửi trung ương",
    DossierState.AT_CENTRE: "Ghi kết quả",
    DossierState.CENTRE_BELOW: "Quyết định",
    DossierState.TO_BE_TOLD: "Gửi thông báo",
}
RETURNED = (DossierState.RETURNED_BY_COMMUNE, DossierState.RETURNED_BY_PROVINCE)
# States whose work is done on a page of its own rather than on the record.
WORKPLACE = {
    DossierState.DRAFT: "evaluation:dossier-write",
    DossierState.RETURNED_BY_COMMUNE: "evaluation:dossier-write",
    DossierState.RETURNED_BY_PROVINCE: "evaluation:dossier-write",
}
SHOWN = 100


def _states_of(roles: frozenset[str]) -> list[str]:
    """States in which one of the roles is expected to act, council and decision desks apart (they have own lists)."""
    return [state.value for state, waits in WAITS_FOR.items() if waits & roles and state in NEXT_PRESS]


def waiting_for(user: User) -> QuerySet[Dossier]:
    """Dossiers whose present step is this person's, most urgent first; one query, whatever their number."""
    scope = scope_of(user)
    access = ProducerAccess.objects.valid_on(clock.today()).filter(user=user).values("producer_id")
    wanted = Q(producer__in=access, state__in=_states_of(PRODUCER))
    for roles in (COMMUNE, ADVISORY, LEADER, STANDING):
        if scope.has_any(*roles):
            wanted |= Q(unit_id__in=scope.unit_ids(*roles), state__in=_states_of(roles))
    experts = EXPERT_LEAD | {"expert_member"}
    if scope.has_any(*experts):
        assigned = ExpertAssignment.objects.filter(expert=user).values("dossier_id")
        wanted |= Q(pk__in=assigned, state=DossierState.EXPERT_REVIEW)
    return (
        Dossier.objects.visible_to(user)
        .filter(wanted)
        .select_related("product", "producer", "unit")
        .order_by(F("due_on").asc(nulls_last=True), "created_at")
    )


def todos_of(user: User, today: date) -> Iterator[Todo]:
    """The lines of "Việc của tôi" that come from dossiers."""
    for dossier in waiting_for(user)[:SHOWN]:
        state = DossierState(dossier.state)
        due_text, _ = formats.distance(dossier.due_on, today) if dossier.due_on else ("", "")
        late = dossier.late_by(today)
        yield Todo(
            key=f"dossier-{dossier.pk}",
            title=f"{dossier.product.name}",
            subject=f"{dossier.code} · {dossier.producer.public_name} · {state.label}",
            url=reverse(WORKPLACE.get(state, "evaluation:dossier-detail"), args=[dossier.code]),
            action=NEXT_PRESS[state],
            kind="late" if late else "returned" if state in RETURNED else "waiting",
            since=dossier.submitted_at or dossier.created_at,
            due=dossier.due_on,
            due_text=due_text,
        )
