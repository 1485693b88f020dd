"""Who hands over the open work of a province and places its waiting rows."""

from typing import Any

from ocop.kit import registry
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.units.models import Handover, Unit

# What an access source of an upper app answers for `subject is Handover`: "units.handover:" and the id of a province.
HANDS_OVER = "units.handover"


def _province_ids(user: Any) -> list[int]:
    """Ids of the provinces for which the person may hand over."""
    if not getattr(user, "is_authenticated", False):
        return []
    named = (role for source in registry.access_sources for role in source.roles(user, Handover))
    return [int(role.removeprefix(f"{HANDS_OVER}:")) for role in named if role.startswith(f"{HANDS_OVER}:")]


def keeps_handovers(user: Any) -> bool:
    """True when the person keeps the handovers of a province; costs no query beside the scope."""
    return bool(_province_ids(user))


def province_to_hand_over(user: Any) -> Unit | None:
    """The province whose handovers the person keeps; None for everybody else."""
    return Unit.objects.filter(pk__in=_province_ids(user)).order_by("-valid_from", "code").first()


def may_hand_over(user: Any, province: Unit) -> Verdict:
    """Administrators, the advisory body and the standing agency of that province."""
    if province.pk in _province_ids(user):
        return ALLOWED
    return Refusal(
        "handover.role", "Việc này của quản trị hệ thống, cơ quan tham mưu, cơ quan thường trực cấp tỉnh."
    )
