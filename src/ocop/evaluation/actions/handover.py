"""Work under way that bears a person's name moves with the role when the role is handed over.

Everything else on the road waits for a role over a unit, so the agency's others see it anyway; only the expert team's
dossiers are given to persons (Decision 26/2026/QĐ-TTg, Article 7).
"""

from datetime import datetime, time

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import Membership
from ocop.evaluation.models import ExpertAssignment
from ocop.evaluation.rules.workflow import EXPERTS_AT_WORK, INTAKE, RETURNED_FROM_ABOVE
from ocop.kit import clock
from ocop.kit.registry import announce

EXPERTS = (Role.EXPERT_MEMBER, Role.EXPERT_LEAD)
UNDER_WAY = INTAKE | RETURNED_FROM_ABOVE | EXPERTS_AT_WORK


def move_expert_work(ended: Membership) -> int:
    """Give the heir of an expert's role the dossiers still to be assessed; answers how many.

    Waits for the heir's first day (the scheduler asks again every night); what was given to the old holder on that
    day or later was meant for them and stays. Doing it twice changes nothing.
    """
    heir = ended.successor
    if ended.role not in EXPERTS or heir is None or not heir.in_force(clock.today()):
        return 0
    began = datetime.combine(heir.valid_from, time.min, clock.LOCAL)
    with transaction.atomic():
        rows = ExpertAssignment.objects.select_for_update(of=("self",)).filter(
            expert=ended.user_id, assigned_at__lt=began, dossier__state__in=UNDER_WAY
        )
        moved = 0
        for row in rows.select_related("dossier"):
            own = ExpertAssignment.objects.filter(
                dossier=row.dossier_id, expert=heir.user_id, at_district=row.at_district
            ).first()
            if own is None:
                row.expert_id = heir.user_id
                row.save(update_fields=["expert"])
            else:
                own.is_lead = own.is_lead or row.is_lead
                own.save(update_fields=["is_lead"])
                row.delete()
            announce(
                "experts.handed_over", by=None, subject=row.dossier, holder=ended.user_id, user=heir.user_id
            )
            moved += 1
    return moved


def move_all_expert_work() -> int:
    """Every handed-over expert role whose heir has begun; the nightly job."""
    rows = Membership.objects.filter(role__in=EXPERTS, successor__valid_from__lte=clock.today())
    return sum(move_expert_work(row) for row in rows.select_related("successor"))
