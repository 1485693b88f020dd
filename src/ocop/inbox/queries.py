"""Reading notices."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet

from ocop.inbox.enums import Channel
from ocop.inbox.models import Notice, Preference
from ocop.kit import registry
from ocop.kit.prepared import Prepared
from ocop.kit.registry import NoticeKind


def _unread(person: int) -> QuerySet[Notice, tuple]:
    rows = Notice.objects.visible_to(get_user_model()(pk=person)).unread().order_by().values("to")
    return rows.annotate(number=Count("pk")).values_list("number")


UNREAD = Prepared(_unread)


def unread_count(user: Any) -> int:
    """How many notices the person has not read; one query, none for strangers."""
    return sum(number for (number,) in UNREAD.rows(user.pk)) if user.is_authenticated else 0


def channels_for(user: Any, kind: str) -> list[str]:
    """The channels by which a person hears of a kind: the kind's own, as the person changed them."""
    entry = registry.notice_kinds.get(kind) or NoticeKind(kind, kind)
    chosen = dict(Preference.objects.filter(user_id=user.pk, kind=kind).values_list("channel", "wanted"))
    return [channel for channel in Channel.values if chosen.get(channel, channel in entry.channels)]


def choices_of(user: Any) -> list[tuple[NoticeKind, dict[str, bool]]]:
    """Every kind of notice with the channels as they now stand for the person; one query."""
    chosen = {
        (kind, channel): wanted
        for kind, channel, wanted in Preference.objects.filter(user_id=user.pk).values_list(
            "kind", "channel", "wanted"
        )
    }
    return [
        (
            entry,
            {
                channel: chosen.get((entry.key, channel), channel in entry.channels)
                for channel in Channel.values
            },
        )
        for entry in registry.notice_kinds
    ]
