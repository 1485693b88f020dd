from ocop.accounts.models.consent import Consent, PhoneCode
from ocop.accounts.models.membership import Delegation, Invitation, Membership, MembershipQuerySet
from ocop.accounts.models.user import User

__all__ = ["Consent", "Delegation", "Invitation", "Membership", "MembershipQuerySet", "PhoneCode", "User"]
