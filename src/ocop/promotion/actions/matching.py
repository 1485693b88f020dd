"""Supply and demand: a buyer's request, offers brought to it, the producer's answer, what was signed (plan IV.5)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registry import announce
from ocop.producers.casework import people_of, roles_on, teller
from ocop.producers.permissions import access_kinds_of
from ocop.promotion.enums import Answer, RequestState
from ocop.promotion.models import Introduction, PurchaseRequest, PurchaseRequestMove
from ocop.promotion.queries.matching import request_facts, suggestions_for
from ocop.promotion.rules.workflow import PLAN, REQUEST

KIND = "promotion.introduction"


def _due(request: PurchaseRequest, day: date) -> date | None:
    return request.needed_to


REQUEST_DESK = Desk(
    REQUEST, PurchaseRequestMove, roles_on, facts=request_facts, due=_due, tell=teller("requests", REQUEST),
    opened="Ghi nhu cầu",
)  # fmt: skip


def open_request(request: PurchaseRequest, *, by: Any, at: datetime | None = None) -> PurchaseRequest:
    """Take a buyer's request down."""
    return open_case(REQUEST_DESK, request, by=by, at=at)


def introduce(
    request: PurchaseRequest, *, offers: Iterable[int], by: Any, reason: str = "", at: datetime | None = None
) -> list[Introduction]:
    """Bring offers to the buyer: their producers are told and asked to answer.

    Each keeps the points and reasons of that day. Raises `Refused` for an offer that does not answer the request.
    """
    at = at or clock.now()
    wanted = list(dict.fromkeys(offers))
    fitting = {one.offer.pk: one for one in suggestions_for(request, clock.local_day(at), most=10_000)}
    if any(pk not in fitting for pk in wanted):
        raise Refused("request.unfit", "Có chào hàng không khớp với nhu cầu này.", PLAN)
    made: list[Introduction] = []

    def bring(stored: PurchaseRequest) -> None:
        for pk in wanted:
            one = fitting[pk]
            row, new = Introduction.objects.get_or_create(
                request=stored, offer=one.offer,
                defaults={
                    "points": one.fit.points, "reasons": "; ".join(one.fit.reasons)[:400], "by": by, "at": at,
                },
            )  # fmt: skip
            made.extend([row] if new else [])

    with transaction.atomic():
        press(
            REQUEST_DESK,
            request,
            "introduce",
            by=by,
            at=at,
            reason=reason,
            data={"offers": wanted},
            before=bring,
        )
        for row in made:
            _ask(row, at)
    return made


def _ask(row: Introduction, at: datetime) -> None:
    people = people_of(row.offer.producer, clock.local_day(at))
    notify_each(
        people, kind=KIND, title=f"Có người mua cần {row.request.wanted}",
        text=f"{row.request.buyer_name} cần {row.offer.product}. Hãy trả lời có nhận lời hay không.",
        url=row.request.get_absolute_url(), subject_key=f"promotion.introduction:{row.pk}", at=at,
    )  # fmt: skip


def answer_introduction(
    row: Introduction, *, accepted: bool, reason: str = "", by: Any, at: datetime | None = None
) -> Introduction:
    """The producer accepts or declines; a decline says why. The officer who introduced it is told.

    Raises `Forbidden` for somebody else's offer, `Refused` when the request is over.
    """
    at = at or clock.now()
    if not access_kinds_of(by, row.offer.producer):
        raise Forbidden("introduction.foreign", "Chỉ chủ thể có chào hàng này trả lời được.")
    if not accepted and not reason.strip():
        raise Refused("introduction.reason", "Hãy ghi lý do từ chối.", PLAN)
    with transaction.atomic():
        stored = (
            Introduction.objects.select_for_update(of=("self",))
            .select_related("request", "offer")
            .get(pk=row.pk)
        )
        if stored.request.state not in (RequestState.INTRODUCED, RequestState.SIGNED):
            raise Refused("introduction.over", "Nhu cầu mua này đã kết thúc.", PLAN)
        stored.answer = Answer.ACCEPTED if accepted else Answer.DECLINED
        stored.reason, stored.answered_at, stored.answered_by = reason.strip(), at, by
        stored.save()
        announce("promotion.answered", by=by, subject=stored, answer=stored.answer)
        notify_each(
            [stored.by], kind=KIND, title=f"{stored.get_answer_display()}: {stored.offer}", text=stored.reason,
            url=stored.request.get_absolute_url(), subject_key=f"promotion.introduction:{stored.pk}", at=at,
        )  # fmt: skip
    return stored
