"""Roles of agencies that cease: ended on their last day with what was lent of them; two presses at once act once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection, connections

from ocop.accounts.enums import EndReason, Role
from ocop.accounts.models import Delegation, Membership
from ocop.accounts.tests.factories import DelegationFactory, MembershipFactory, UserFactory
from ocop.audit.models import Event
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.units.actions import hand_over
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, AgencySuccession, Handover, Succession, Unit
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

EVE, DAY = date(2026, 2, 28), date(2026, 3, 1)
NOON = datetime.combine(DAY, time(12), clock.LOCAL)


def merged() -> tuple[Unit, Agency, Any]:
    """A province in which one commune goes into another: the province, the old committee, the desk's person."""
    province = ProvinceFactory()
    old = UnitFactory(under=province, valid_to=EVE)
    new = UnitFactory(under=province, valid_from=DAY)
    Succession.objects.create(predecessor=old, successor=new, on=DAY, extent="whole", change="merged")
    committee = AgencyFactory(unit=old, valid_to=EVE)
    AgencySuccession.objects.create(
        predecessor=committee, successor=AgencyFactory(unit=new, valid_from=DAY), on=DAY
    )
    office = AgencyFactory(unit=province, kind=AgencyKind.COORDINATION_OFFICE)
    return province, committee, MembershipFactory(agency=office, role=Role.ADVISORY_OFFICER).user


@pytest.mark.django_db
def test_what_was_lent_ends_with_the_role() -> None:
    province, committee, by = merged()
    role = MembershipFactory(agency=committee)
    running = DelegationFactory(membership=role)
    later = DelegationFactory(membership=role, valid_from=date(2026, 4, 1), valid_to=date(2026, 4, 30))
    over = DelegationFactory(membership=role, valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 31))
    hand_over(province, DAY, by=by, at=NOON)
    role.refresh_from_db()
    assert (role.valid_to, role.ended_reason) == (EVE, EndReason.REORGANISED)
    ends = dict(Delegation.objects.values_list("pk", "valid_to"))
    assert ends == {running.pk: EVE, later.pk: date(2026, 4, 1), over.pk: date(2026, 1, 31)}


@pytest.mark.django_db
def test_roles_that_ended_before_and_roles_elsewhere_stay() -> None:
    province, committee, by = merged()
    ended = MembershipFactory(agency=committee, valid_to=date(2026, 1, 31), ended_reason=EndReason.MOVED)
    held = MembershipFactory(agency=committee)
    elsewhere = MembershipFactory(agency=AgencyFactory(valid_to=EVE))
    hand_over(province, DAY, by=by, at=NOON)
    found = dict(Membership.objects.values_list("pk", "valid_to"))
    assert (found[ended.pk], found[held.pk], found[elsewhere.pk]) == (date(2026, 1, 31), EVE, None)
    event = Event.objects.get(verb="accounts.role_ended")
    assert (event.subject_id, event.data["holder"], event.data["reason"]) == (
        str(held.pk), held.user_id, "reorganised",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_hand_over_once() -> None:
    province, committee, by = merged()
    MembershipFactory(agency=committee, user=UserFactory())
    gate = threading.Barrier(2)

    def press(_: int) -> Any:
        gate.wait(timeout=20)
        try:
            return hand_over(province, DAY, by=by, at=NOON).moved
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # threads share one connection there: only the sequence can be tested
        answers = [hand_over(province, DAY, by=by, at=NOON).moved]
        with pytest.raises(Refused) as refused:
            hand_over(province, DAY, by=by, at=NOON)
        answers.append(refused.value.code)
    else:
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(press, range(2)))
    assert sorted(answers, key=str) == [1, "handover.done"]
    assert (Handover.objects.count(), Event.objects.filter(verb="units.handed_over").count()) == (1, 1)
