"""What a person holds beside roles: access to a producer, a seat in a council, the account of a partner."""

from typing import Any

from django.db.models import Exists, OuterRef

from ocop.accounts.models import User
from ocop.kit import clock, registry


def is_attached(user: Any, key: str) -> bool:
    """Whether the person has rows of that kind of `kit.registry.attachments` today.

    All kinds are asked in one query, kept on the user object, hence for the request: the menu of every page asks.
    """
    if not getattr(user, "is_authenticated", False):
        return False
    today = clock.today()
    kept = user.__dict__.get("_attached")
    if kept is None or kept[0] != today:
        asked = {
            entry.key: Exists(entry.rows(today).filter(**{entry.person: OuterRef("pk")}))
            for entry in registry.attachments
        }
        names = {f"attached_{place}": asked[key] for place, key in enumerate(asked)}
        row = User.objects.filter(pk=user.pk).annotate(**names).values_list(*names).first()
        kept = user.__dict__["_attached"] = (today, dict(zip(asked, row or (), strict=False)))
    return bool(kept[1].get(key))
