"""Who keeps partners, assesses them, writes contracts and conferences."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.partners.models import Partner, PartnerMessage
from ocop.partners.rules.messages import PARTNER
from ocop.producers.casework import roles_on

ACCOUNT = "partners.account"  # the attachment of a person to a partner
KEEPERS = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)
"""The advisory body and the standing agency keep the register for the whole province (clause IV.9)."""
CONFERENCE_KEEPERS = (*KEEPERS, Role.DEPARTMENT_OFFICER, Role.DISTRICT_OFFICER)
CONTRACT_KEEPERS = (*KEEPERS, Role.DISTRICT_OFFICER, Role.COMMUNE_OFFICER)


def may_keep(user: Any, partner: Partner) -> Verdict:
    """Change a partner and its consent: the keepers, inside their reach."""
    scope = scope_of(user)
    if any(scope.has(role, partner.unit_id) for role in KEEPERS):
        return ALLOWED
    return Refusal(
        "partners.keep",
        "Sổ đối tác do cơ quan tham mưu, cơ quan thường trực OCOP của tỉnh ghi.",
        "Kế hoạch, mục IV.9",
    )


def message_roles(user: Any, row: PartnerMessage) -> frozenset[str]:
    """Roles over the unit of a message, and the partner's own account."""
    own = {PARTNER} if row.partner.account_id is not None and row.partner.account_id == user.pk else set()
    return roles_on(user, row) | own
