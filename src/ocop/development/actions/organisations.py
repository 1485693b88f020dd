"""Advice to organisations and what came of it; a founding enters the producer, a restructuring changes its form."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ocop.accounts.models import User
from ocop.development.actions.common import in_days, must_stand, number_for
from ocop.development.enums import Change, OrganisationState
from ocop.development.models import OrganisationAdvice, OrganisationCase, OrganisationMove
from ocop.development.rules.organisations import (
    ADVISERS,
    LEAST_SETTING,
    ORGANISATION_FLOW,
    OrganisationFacts,
)
from ocop.development.rules.roles import ORGANISATIONS, PRODUCER
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.producers.actions.register import open_producer, write_form
from ocop.producers.casework import roles_on, teller
from ocop.producers.models import Producer
from ocop.units.models import Unit


def facts_of(row: OrganisationCase) -> OrganisationFacts:
    """What the guards look at; the least number of members is that of the day of registration."""
    today = clock.today()
    day = row.registered_on or today
    form = row.form or (row.producer.form_on(day) if row.producer else "") or ""
    least = number_for(LEAST_SETTING[form], row, day) if form in LEAST_SETTING else 0
    return OrganisationFacts(
        change=row.change,
        advices=row.advices.count(),
        name=row.name,
        form=row.form,
        registered=row.registered_on is not None,
        registered_in_order=row.registered_on is None or row.registered_on <= today,
        members=row.members_after,
        capital=row.capital_after,
        least=least,
        has_producer=row.producer_id is not None,
    )


def _due(row: OrganisationCase, day: date) -> date | None:
    """Advice follows within the dated number of days; how long founding takes nobody prescribes."""
    return in_days("organisation_advice_days", row, day) if row.state == OrganisationState.ASKED else None


ORGANISATION_DESK = Desk(
    flow=ORGANISATION_FLOW, move_model=OrganisationMove, roles=roles_on, facts=facts_of, due=_due,
    tell=teller("organisations", ORGANISATION_FLOW), opened="Đề nghị",
)  # fmt: skip


def ask_organisation(
    *,
    change: str,
    unit: Unit,
    by: User | None,
    producer: Producer | None = None,
    name: str = "",
    at: datetime | None = None,
    **more: Any,
) -> OrganisationCase:
    """Ask to found, strengthen or restructure an organisation of a unit.

    Raises `Forbidden` for others than the officers over the unit and the producer's people, `Refused` without the
    producer that is to be strengthened and without a name.
    """
    if change != Change.FOUND and producer is None:
        raise Refused("organisation.producer", "Củng cố, tái cấu trúc thì phải chọn cơ sở.", ORGANISATIONS)
    name = name.strip() or (producer.public_name if producer else "")
    if not name:
        raise Refused("organisation.name", "Cần ghi tên dự kiến của tổ chức.", ORGANISATIONS)
    row = OrganisationCase(
        change=change, producer=producer, unit=producer.unit if producer else unit, name=name, **more
    )
    must_stand(by, row, ADVISERS | PRODUCER | frozenset({"commune_officer"}), ORGANISATIONS)
    return open_case(ORGANISATION_DESK, row, by=by, at=at)


def advise(
    row: OrganisationCase,
    *,
    advised_on: date,
    adviser: str,
    content: str,
    by: User,
    people: int = 1,
    hours: Decimal = Decimal(1),
    reason: str = "",
    at: datetime | None = None,
) -> OrganisationAdvice:
    """Write down one time that somebody advised; the first takes the case on. Raises `Forbidden`, and `Refused` for a
    day ahead."""
    at = at or clock.now()
    if advised_on > clock.local_day(at):
        raise Refused("organisation.ahead", "Ngày tư vấn ở tương lai.", ORGANISATIONS)
    made: list[OrganisationAdvice] = []

    def after(stored: OrganisationCase, move: Any) -> None:
        made.append(
            OrganisationAdvice.objects.create(
                case=stored, advised_on=advised_on, adviser=adviser.strip(), content=content.strip(), people=people,
                hours=hours, by=by,
            )
        )  # fmt: skip

    verb = "advise" if row.state == OrganisationState.ASKED else "advise_again"
    press(ORGANISATION_DESK, row, verb, by=by, at=at, reason=reason, after=after)
    return made[0]


def complete(
    row: OrganisationCase, *, by: User, reason: str = "", at: datetime | None = None, **values: Any
) -> OrganisationMove:
    """Write down what came of it: members, capital, registration.

    A founding enters the producer into the register, a restructuring that changes the form dates the new one; both on
    the day of registration. Raises `Forbidden`, and `Refused` as the guards and the register of producers say.
    """
    at = at or clock.now()

    def after(stored: OrganisationCase, move: Any) -> None:
        if stored.change == Change.FOUND and stored.producer_id is None:
            stored.producer = open_producer(
                name=stored.name, form=stored.form, unit=stored.unit, by=by, since=stored.registered_on, at=at,
                registration_number=stored.registration, is_demo=stored.is_demo,
            )  # fmt: skip
            stored.save()
        elif stored.change == Change.RESTRUCTURE and stored.producer is not None:
            write_form(
                stored.producer, form=stored.form, by=by, since=stored.registered_on,
                basis=f"{stored.get_change_display()}, {stored.registration}".strip(", "),
            )  # fmt: skip

    return press(ORGANISATION_DESK, row, "complete", by=by, at=at, reason=reason, values=values, after=after)


def press_organisation(
    row: OrganisationCase, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> OrganisationMove:
    """A step that needs nothing but a reason."""
    return press(ORGANISATION_DESK, row, verb, by=by, at=at, reason=reason)
