"""Writing notices, delivering them, reading them, choosing among them."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from ocop.inbox import queries
from ocop.inbox.channels import CHANNELS, UndeliverableError
from ocop.inbox.enums import DeliveryState
from ocop.inbox.models import Delivery, Notice, Preference
from ocop.inbox.rules import retries
from ocop.kit import clock
from ocop.kit.registry import announce

logger = logging.getLogger(__name__)

WAITING = (DeliveryState.QUEUED, DeliveryState.FAILED)


def notify(
    *,
    kind: str,
    to: Any,
    title: str,
    text: str = "",
    url: str = "",
    by: Any = None,
    subject_key: str = "",
    dedupe_key: str = "",
    at: datetime | None = None,
) -> Notice:
    """Tell a person something, in the caller's transaction: what is rolled back is never told.

    `url` is a path of this system. With a `dedupe_key` (say "deadline:HS-12:2026-04-29") a person is told once, and the
    first notice is answered. Mail and messages go out within a minute after the commit.
    """
    at = at or clock.now()
    content = {
        "kind": kind,
        "title": title[:200],
        "text": text,
        "url": url,
        "by": by,
        "subject_key": subject_key,
        "at": at,
    }
    with transaction.atomic():
        if dedupe_key:
            notice, is_new = Notice.objects.get_or_create(to=to, dedupe_key=dedupe_key, defaults=content)
            if not is_new:
                return notice
        else:
            notice = Notice.objects.create(to=to, **content)
        Delivery.objects.bulk_create(
            Delivery(notice=notice, channel=channel, next_try_at=at)
            for channel in queries.channels_for(to, kind)
            if CHANNELS[channel].address(to)
        )
    return notice


def notify_each(people: Iterable[Any], **content: Any) -> list[Notice]:
    """`notify` for several people; each once."""
    unique = {person.pk: person for person in people}
    return [notify(to=person, **content) for person in unique.values()]


def deliver_due(*, at: datetime | None = None, limit: int = 200) -> int:
    """Send what is due, at most `limit`; answers how many went out. Run every minute by the scheduler.

    A channel that fails several times in a row is left alone until the next run: a mail server that hangs holds up
    neither messages nor the scheduler. Each delivery is claimed by one conditional update first, so two schedulers
    never send twice; one that a killed process had in hand is taken up again ten minutes later. Nothing is locked
    while a server is waited for.
    """
    at = at or clock.now()
    is_due = Q(next_try_at__lte=at) | Q(next_try_at__gt=at + retries.LONGEST)
    due = Delivery.objects.filter(is_due, state__in=WAITING).order_by("next_try_at", "pk")
    sent, failures = 0, Counter[str]()
    for pk, channel in list(due.values_list("pk", "channel")[:limit]):
        if failures[channel] >= retries.IN_A_ROW:
            continue
        claimed = Delivery.objects.filter(is_due, pk=pk, state__in=WAITING).update(
            next_try_at=at + retries.CLAIM, tries=F("tries") + 1
        )
        if claimed:
            state = _deliver(Delivery.objects.select_related("notice__to").get(pk=pk), at)
            sent += state == DeliveryState.SENT
            failures[channel] = failures[channel] + 1 if state == DeliveryState.FAILED else 0
    return sent


def _deliver(delivery: Delivery, at: datetime) -> str:
    """Try one delivery that is claimed; its new state. The error that is kept names no address."""
    channel = CHANNELS[delivery.channel]
    try:
        address = channel.address(delivery.notice.to)
        if not address:
            raise UndeliverableError("Người nhận không còn địa chỉ ở kênh này")
        channel.send(delivery.notice, address)
    except UndeliverableError as error:
        delivery.state, delivery.error, delivery.next_try_at = DeliveryState.GAVE_UP, str(error)[:300], None
    except Exception as error:
        wait = retries.wait_after(delivery.tries)
        code = getattr(error, "smtp_code", None) or getattr(error, "errno", None) or ""
        delivery.error = f"{type(error).__name__} {code}".strip()
        delivery.state = DeliveryState.FAILED if wait else DeliveryState.GAVE_UP
        delivery.next_try_at = at + wait if wait else None
        logger.warning("delivery %s failed, try %s: %s", delivery.pk, delivery.tries, delivery.error)
    else:
        delivery.state, delivery.error, delivery.next_try_at = DeliveryState.SENT, "", None
        delivery.sent_at = at
    delivery.save(update_fields=["state", "error", "next_try_at", "sent_at"])
    return delivery.state


def requeue(*, by: Any, at: datetime | None = None) -> int:
    """Try once more what was given up, after the mail server came back; answers how many wait again."""
    number = Delivery.objects.filter(state=DeliveryState.GAVE_UP).update(
        state=DeliveryState.QUEUED, tries=0, next_try_at=at or clock.now()
    )
    if number:
        announce("inbox.requeued", by=by, rows=number)
    return number


def mark_read(notice: Notice, *, by: Any, at: datetime | None = None) -> Notice:
    """The reader has opened it; the first moment counts."""
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=at or clock.now())
    notice.refresh_from_db()
    return notice


def mark_all_read(*, by: Any, at: datetime | None = None) -> int:
    """Every notice of the reader is read; answers how many were not."""
    return Notice.objects.visible_to(by).unread().update(read_at=at or clock.now())


def choose(kind: str, *, channels: Iterable[str], by: Any) -> None:
    """Keep by which channels the person wants to hear of a kind; the list of notices itself always shows it."""
    wanted = set(channels)
    with transaction.atomic():
        for channel in CHANNELS:
            Preference.objects.update_or_create(
                user=by, kind=kind, channel=channel, defaults={"wanted": channel in wanted}
            )
