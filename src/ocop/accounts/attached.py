"""What a person holds beside roles: access to a producer, a seat in a council, the account of a partner."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ocop.accounts.models import User
from ocop.kit import clock, registry
from ocop.kit.prepared import Prepared


@cache
def _asked(attachments: tuple[registry.Attachment, ...]) -> Prepared:
    """The query for all kinds at once, by person and day."""

    def build(person: int, day: date) -> QuerySet[User, tuple]:
        held = {
            f"attached_{place}": Exists(entry.rows(day).filter(**{entry.person: OuterRef("pk")}))
            for place, entry in enumerate(attachments)
        }
        return User.objects.filter(pk=person).annotate(**held).values_list(*held)

    return Prepared(build)


def is_attached(user: Any, key: str) -> bool:
    """Whether the person has rows of that kind of `kit.registry.attachments` today.

    All kinds are asked in one query, kept on the user object, hence for the request: the menu of every page asks.
    """
    if not getattr(user, "is_authenticated", False):
        return False
    today = clock.today()
    kept = user.__dict__.get("_attached")
    if kept is None or kept[0] != today:
        attachments = tuple(registry.attachments)
        held = next(iter(_asked(attachments).rows(user.pk, today)), ())
        kept = user.__dict__["_attached"] = (
            today,
            {entry.key for entry, has in zip(attachments, held, strict=False) if has},
        )
    return key in kept[1]
