"""What the road does when a role ends and when the calendar changes."""

from typing import Any

from django.dispatch import receiver

from ocop.accounts.models import Membership
from ocop.accounts.signals import membership_ended
from ocop.evaluation.actions.deadlines import count_again
from ocop.evaluation.actions.handover import move_expert_work
from ocop.kit.signals import calendar_changed


@receiver(membership_ended)
def role_ended(sender: Any, membership: Membership, **_: Any) -> None:
    """Dossiers given to the old expert go to the heir; without one they wait for the head of the team."""
    move_expert_work(membership)


@receiver(calendar_changed)
def days_changed(sender: Any, **_: Any) -> None:
    """Working days that run are counted again."""
    count_again()
