"""Everything that accounts can be asked to do."""

from ocop.accounts.actions.consents import record_consents, withdraw_consent
from ocop.accounts.actions.invitations import (
    accept_invitation,
    invite_officer,
    open_invitation,
    withdraw_invitation,
)
from ocop.accounts.actions.memberships import (
    delegate,
    end_delegation,
    end_membership,
    grant_membership,
    hand_over,
)
from ocop.accounts.actions.people import (
    create_user,
    deactivate,
    end_sessions,
    erase_personal_data,
    reactivate,
    register_producer_user,
    reset_password_by_commune,
    reset_second_factor,
    set_own_password,
    update_profile,
)
from ocop.accounts.actions.phones import confirm_phone, forget_codes, send_phone_code

__all__ = [
    "accept_invitation",
    "confirm_phone",
    "create_user",
    "deactivate",
    "delegate",
    "end_delegation",
    "end_membership",
    "end_sessions",
    "erase_personal_data",
    "forget_codes",
    "grant_membership",
    "hand_over",
    "invite_officer",
    "open_invitation",
    "reactivate",
    "record_consents",
    "register_producer_user",
    "reset_password_by_commune",
    "reset_second_factor",
    "send_phone_code",
    "set_own_password",
    "update_profile",
    "withdraw_consent",
    "withdraw_invitation",
]
