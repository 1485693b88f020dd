"""The invented history of assessments is what the actions write."""

from datetime import date

import pytest
import time_machine

from ocop.accounts.enums import Role
from ocop.partners import demo
from ocop.partners.actions.assessment import ASSESSMENT_DESK, mark, open_assessment, press_assessment
from ocop.partners.actions.consent import record_consent
from ocop.partners.loader import load_reference
from ocop.partners.models import Criterion
from ocop.partners.rules.capacity import NUMBERS
from ocop.partners.tests.factories import PartnerFactory
from ocop.producers.tests.offices import make_offices

LEFT_OUT = {"id", "partner_id", "search_text", "is_demo"}


def comparable(row) -> dict:
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.attname not in LEFT_OUT
    }


@pytest.mark.django_db
@pytest.mark.parametrize("is_public", [True, False])
def test_bulk_assessments_are_what_the_actions_write(is_public):
    with time_machine.travel("2026-11-24 09:00+07:00", tick=True):
        load_reference(lambda text: None)
        offices = make_offices()
        marker, concluder = offices[Role.ADVISORY_OFFICER], offices[Role.STANDING_OFFICER]
        first, second = (PartnerFactory(unit=offices.province, name="Siêu thị Sen") for _ in range(2))
        criteria = list(Criterion.objects.valid_on(date(2025, 11, 3)))
        past, marks = demo._assessment(first, 2025, 3, criteria, {}, marker, concluder, is_public)
    if is_public:
        with time_machine.travel("2025-11-01 09:00+07:00"):
            record_consent(second, fields=[], given_by="A", basis="B", given_on=date(2025, 11, 1), by=marker)
    with time_machine.travel(past.opened.at, tick=False):
        made = open_assessment(second, year=2025, by=marker, at=past.opened.at)
    points = {one.criterion.key: one.points for one in marks}
    for step in past.steps:
        with time_machine.travel(step.at, tick=False):
            if step.verb == "mark":
                numbers = {name: getattr(second, name) for name in NUMBERS} | {
                    "volume_unit": second.volume_unit
                }
                mark(made, points=points, numbers=numbers, by=marker, at=step.at)
            else:
                said = {"conclusion": past.row.conclusion} if step.verb == "conclude" else {}
                press_assessment(made, step.verb, by=step.by, at=step.at, **said)
    [written] = demo.write_past(ASSESSMENT_DESK, [past])
    written.refresh_from_db()
    made.refresh_from_db()
    assert {**comparable(written), "search_exact": ""} == {**comparable(made), "search_exact": ""}
    assert [(one.name, one.from_state, one.to_state, one.at, one.by) for one in written.moves.all()] == [
        (one.name, one.from_state, one.to_state, one.at, one.by) for one in made.moves.all()
    ]
