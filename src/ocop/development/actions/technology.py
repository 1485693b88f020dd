"""Needs of producers, the research list of a year, technologies shown and transferred."""

from datetime import date, datetime
from typing import Any

from ocop.accounts.models import User
from ocop.development.actions.common import in_days, must_stand
from ocop.development.enums import ListState, NeedState
from ocop.development.models import NeedMove, ResearchList, ResearchListMove, TechnologyNeed
from ocop.development.rules.roles import LOCAL, PRODUCER, SCIENCE, SCIENCE_PLAN
from ocop.development.rules.technology import LIST_FLOW, NEED_FLOW, ListFacts, NeedFacts
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.producers.casework import people_of, roles_on, teller
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.units.models import Unit
from ocop.units.queries import province_of

OPENERS = LOCAL | SCIENCE | PRODUCER | frozenset({"commune_officer"})


def draft_list(need: TechnologyNeed) -> ResearchList | None:
    """The list of the need's year and province that is still being compiled."""
    province = province_of(need.unit)
    return ResearchList.objects.filter(unit=province, year=need.year, state=ListState.DRAFT).first()


def need_facts(row: TechnologyNeed) -> NeedFacts:
    """What the guards look at."""
    today = clock.today()
    days = [day for day in (row.introduced_on, row.transferred_on) if day is not None]
    decided = row.research_list is not None and row.research_list.state == ListState.APPROVED
    return NeedFacts(
        technology=row.technology_id is not None and row.introduced_on is not None,
        transferred=row.transferred_on is not None,
        in_order=days == sorted(days) and all(day <= today for day in days),
        capacity_after=row.capacity_before is not None and row.capacity_after is not None,
        list_open=row.research_list is not None and row.research_list.state == ListState.DRAFT,
        list_decided=decided,
    )


def list_facts(row: ResearchList) -> ListFacts:
    """What the guards look at."""
    return ListFacts(
        needs=row.needs.count(),
        number=row.number,
        decided=row.decided_on is not None,
        in_order=row.decided_on is None or row.decided_on <= clock.today(),
    )


def _need_due(row: TechnologyNeed, day: date) -> date | None:
    return in_days("technology_need_days", row, day) if row.state == NeedState.PROPOSED else None


_tell_next = teller("needs", NEED_FLOW)


def _tell_need(row: TechnologyNeed, move: Any) -> None:
    """A whole list is compiled and approved at one press: then only the producer hears that its need is approved."""
    if move.name == "approve":
        notify_each(
            people_of(row.producer, clock.local_day(move.at)), kind="case.needs",
            title=f"Nhu cầu công nghệ đã vào danh mục: {row.title}", url=row.get_absolute_url(),
            subject_key=f"need:{row.code}", at=move.at,
        )  # fmt: skip
    elif move.name != "list":
        _tell_next(row, move)


NEED_DESK = Desk(
    flow=NEED_FLOW, move_model=NeedMove, roles=roles_on, facts=need_facts, due=_need_due,
    tell=_tell_need, opened="Đề xuất",
)  # fmt: skip
LIST_DESK = Desk(
    flow=LIST_FLOW, move_model=ResearchListMove, roles=roles_on, facts=list_facts,
    tell=teller("lists", LIST_FLOW), opened="Lập danh mục",
)  # fmt: skip


def propose_need(
    producer: Producer,
    *,
    title: str,
    field: str,
    by: User | None,
    year: int | None = None,
    product: Product | None = None,
    at: datetime | None = None,
    **more: Any,
) -> TechnologyNeed:
    """The producer, or an officer for it, says which technology it needs; of this year unless another is named.

    Raises `Forbidden` for others, `Refused` without a word of what it is and for a product of somebody else.
    """
    at = at or clock.now()
    if not title.strip():
        raise Refused("need.title", "Cần ghi công nghệ, thiết bị cần.", SCIENCE_PLAN)
    if product is not None and product.producer_id != producer.pk:
        raise Refused("need.product", "Sản phẩm này không phải của cơ sở đã chọn.", SCIENCE_PLAN)
    row = TechnologyNeed(
        producer=producer, unit=producer.unit, product=product, title=title.strip(), field=field,
        year=year or clock.local_day(at).year, **more,
    )  # fmt: skip
    must_stand(by, row, OPENERS, SCIENCE_PLAN)
    return open_case(NEED_DESK, row, by=by, at=at)


def press_need(
    row: TechnologyNeed, verb: str, *, by: User, reason: str = "", at: datetime | None = None, **values: Any
) -> NeedMove:
    """A step of a need; putting it on the list takes the list of its year that is being compiled."""
    at = at or clock.now()

    def before(stored: TechnologyNeed) -> None:
        if verb == "list":
            stored.research_list = draft_list(stored)
        elif verb == "introduce" and stored.introduced_on is None:
            stored.introduced_on = clock.local_day(at)
        elif verb == "transfer" and stored.capacity_before is None:
            stored.capacity_before = stored.capacity_now
        elif verb == "drop" and stored.state == NeedState.LISTED:
            stored.research_list = None

    return press(NEED_DESK, row, verb, by=by, at=at, reason=reason, values=values, before=before)


def open_list(
    *,
    year: int,
    unit: Unit,
    title: str,
    compiler: str,
    by: User | None,
    at: datetime | None = None,
    **more: Any,
) -> ResearchList:
    """Begin the list of a year; raises `Forbidden` for others than those who compile it, `Refused` for a second
    one of that name."""
    if ResearchList.objects.filter(year=year, unit=unit, title=title.strip()).exists():
        raise Refused("list.once", f"Năm {year} đã có danh mục cùng tên.", SCIENCE_PLAN)
    row = ResearchList(year=year, unit=unit, title=title.strip(), compiler=compiler.strip(), **more)
    must_stand(by, row, SCIENCE, SCIENCE_PLAN)
    return open_case(LIST_DESK, row, by=by, at=at)


def press_list(
    row: ResearchList, verb: str, *, by: User, reason: str = "", at: datetime | None = None, **values: Any
) -> ResearchListMove:
    """A step of a list: compiling takes every gathered need of the year, approving approves those that are in it."""
    at = at or clock.now()

    def after(stored: ResearchList, move: Any) -> None:
        if verb == "compile":
            gathered = TechnologyNeed.objects.filter(
                year=stored.year, state=NeedState.GATHERED, unit__covers__holder=stored.unit
            )
            for need in gathered.order_by("pk"):
                press_need(need, "list", by=by, at=at)
        elif verb == "approve":
            for need in stored.needs.filter(state=NeedState.LISTED).order_by("pk"):
                press_need(need, "approve", by=by, at=at)

    return press(LIST_DESK, row, verb, by=by, at=at, reason=reason, values=values, after=after)
