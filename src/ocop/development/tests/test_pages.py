"""What the forms of obstacles ask, and what they say to a wrong answer."""

import pytest

from ocop.accounts.enums import Role
from ocop.development.models import Obstacle
from ocop.development.registers.forms import AnswerForm, AssignForm, SettleForm
from ocop.kit import clock
from ocop.producers.tests.offices import make_offices

pytestmark = pytest.mark.django_db


def test_a_promise_lies_ahead():
    today = clock.today()
    asked = {"answer": "Sẽ làm."}
    past = AnswerForm({**asked, "settle_by": today.replace(year=today.year - 1, day=1)})
    assert past.errors == {"settle_by": ["Ngày này đã qua. Hãy ghi ngày sẽ gỡ xong."]}
    assert AnswerForm({**asked, "settle_by": today}).is_valid()


def test_money_is_typed_as_people_type_it():
    form = SettleForm({"outcome": "solved", "result": "Xong", "granted_money": "1,2 tỷ"})
    assert (form.is_valid(), form.cleaned_data["granted_money"]) == (True, 1_200_000_000)


def test_people_are_chosen_by_name_and_office():
    offices = make_offices()
    row = Obstacle(producer=offices.producer, unit=offices.commune)
    officer = offices[Role.COMMUNE_OFFICER]
    labels = [label for key, label in AssignForm(row).fields["assignee"].choices if key]
    agency = officer.memberships.get().agency
    assert f"{officer} – {agency.short_name or agency.name}" in labels
