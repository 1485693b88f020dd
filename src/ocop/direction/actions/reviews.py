"""Reviews: drawn up from the system, written, submitted, signed."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.direction.models import Review, ReviewMove
from ocop.direction.permissions.programme import (
    SIGNERS_AT,
    WRITERS_AT,
    may_review,
    may_write_review,
    review_roles,
)
from ocop.direction.queries.reviews import draw, facts_of
from ocop.direction.rules.reviews import ARTICLE, REVIEW
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import OPENED, Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.signing import signed
from ocop.reporting.models import Programme
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit


def _tell(review: Review, move: MoveBase) -> None:
    """The leader hears of a review to sign, the officers of what became of it."""
    if move.name == OPENED:
        return
    level = UnitLevel(review.unit.level)
    roles = SIGNERS_AT[level] if review.state == "submitted" else WRITERS_AT[level]
    people = [one for one in holders_of(*roles, unit=review.unit_id) if one.pk != move.by_id]  # type: ignore[attr-defined]
    notify_each(
        people, kind="case.reviews", title=f"{review.get_state_display()}: {review}", text=move.reason,
        url=review.get_absolute_url(), subject_key=f"review:{review.pk}", at=move.at,
    )  # fmt: skip


REVIEW_DESK = Desk(REVIEW, ReviewMove, review_roles, facts=facts_of, tell=_tell, opened="Lập báo cáo")


def open_review(
    programme: Programme,
    unit: Unit,
    year: int | None,
    *,
    by: User,
    at: datetime | None = None,
    is_demo: bool = False,
) -> Review:
    """Begin the review of a unit for a year, or (None) for the whole period, and draw it up.

    Raises `Forbidden` for another unit or level, `Refused` for a year outside of the period and for a second review.
    """
    at = at or clock.now()
    require(may_review(by, unit))
    last = programme.valid_to.year if programme.valid_to else 9999
    if year is not None and not programme.valid_from.year <= year <= last:
        raise Refused("review.year", f"Năm {year} nằm ngoài giai đoạn {programme.short}.", ARTICLE)
    review = Review(programme=programme, unit=unit, year=year, is_demo=is_demo)
    try:
        with transaction.atomic():
            open_case(REVIEW_DESK, signed(review, by), by=by, at=at)
            draw_up(review, by=by, at=at)
    except IntegrityError as error:
        raise Refused("review.twice", "Báo cáo này của địa bàn đã có.", ARTICLE) from error
    return review


def draw_up(review: Review, *, by: User, at: datetime | None = None) -> Review:
    """Take figures, targets, tasks and accepted reports as they stand; words already written stay.

    Raises `Forbidden` for others, `Refused` for a review that was submitted.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = (
            Review.objects.select_for_update(of=("self",))
            .select_related("unit", "programme")
            .get(pk=review.pk)
        )
        require(may_write_review(by, row))
        drawn = draw(row, clock.local_day(at))
        row.figures, row.tasks, row.drawn_at = drawn.figures, drawn.tasks, at
        row.consolidation = drawn.consolidation
        row.work = row.work or drawn.texts.get("work", "")
        row.shortcomings = row.shortcomings or drawn.texts.get("difficulties", "")
        row.solutions = row.solutions or drawn.texts.get("plan", "")
        signed(row, by).save()
        row.sources.set(drawn.reports)
    review.refresh_from_db()
    return row


def sign_review(
    review: Review, *, number: str, signed_on: date | None, signer: str, by: User, reason: str = "",
    at: datetime | None = None,
) -> ReviewMove:  # fmt: skip
    """Sign: number, day, name. Raises as `press`."""
    values = {"number": number.strip(), "signed_on": signed_on, "signer": signer.strip()}
    return press(REVIEW_DESK, review, "sign", by=by, at=at, reason=reason, values=values)  # type: ignore[no-any-return]
