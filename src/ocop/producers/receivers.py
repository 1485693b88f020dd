"""What producers do when a person's data are erased."""

from datetime import datetime, timedelta
from typing import Any

from django.dispatch import receiver

from ocop.accounts.signals import personal_data_erased
from ocop.kit import clock
from ocop.producers.actions.people import wipe
from ocop.producers.enums import ClaimState
from ocop.producers.models import ProducerAccess, ProducerClaim, Representative


@receiver(personal_data_erased)
def forget_person(sender: Any, user: Any, at: datetime, **_: Any) -> None:
    """End the person's access; empty their claims and the representatives that they recorded themselves."""
    day = clock.local_day(at)
    for row in ProducerAccess.objects.filter(user=user).overlapping(day, None):
        if row.valid_from >= day:
            row.delete()
        else:
            row.valid_to = day - timedelta(days=1)
            row.save(update_fields=["valid_to"])
    claims = ProducerClaim.objects.filter(user=user)
    claims.update(statement="")
    claims.waiting().update(state=ClaimState.WITHDRAWN)
    for person in Representative.objects.filter(consent_recorded_by=user, erased_at__isnull=True):
        wipe(person, at)
