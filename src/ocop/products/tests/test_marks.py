"""Marks: who may use them, what was given, and the watch over the end of protection (clause IV.6.2)."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.producers.tests.offices import Offices, make_offices
from ocop.products.models import MarkEntitlement, MarkSupport
from ocop.products.queries import mark_todos
from ocop.products.tests.factories import MarkFactory

TODAY = date(2026, 11, 24)


@pytest.fixture
def offices(db, settings, time_machine) -> Offices:
    settings.OCOP_MFA_REQUIRED = False
    time_machine.move_to(f"{TODAY}T09:00:00+07:00")
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    return made


def test_the_department_entitles_a_producer_and_both_pages_show_it(client, offices) -> None:
    mark = MarkFactory(unit=offices.commune)
    client.force_login(offices[Role.DEPARTMENT_OFFICER])
    sent = {
        "mark": mark.pk, "producer": offices.producer.pk, "document": "QĐ 15/QĐ-SKHCN", "documented_on": "2025-04-01",
        "valid_from": "2025-04-01",
    }  # fmt: skip
    answer = client.post(reverse("products:mark_entitlements_create"), sent)
    assert (answer.status_code, answer.url) == (302, mark.get_absolute_url())
    again = client.post(reverse("products:mark_entitlements_create"), sent)
    assert (again.status_code, MarkEntitlement.objects.count()) == (422, 1)
    row = MarkEntitlement.objects.get()
    page = client.get(mark.get_absolute_url())
    held = {block["register"].key: [one for one, _ in block["lines"]] for block in page.context["blocks"]}
    assert held == {"mark_entitlements": [row], "mark_supports": []}
    story = client.get(
        reverse("kit:story", args=["producers.producer", offices.producer.pk, "chu-the-san-pham"])
    )
    told = {block["register"].key: [one for one, _ in block["lines"]] for block in story.context["blocks"]}
    assert told["mark_entitlements"] == [row]
    assert list(MarkEntitlement.objects.visible_to(offices.owner)) == [row]
    client.force_login(offices[Role.COMMUNE_OFFICER])
    assert client.post(reverse("products:mark_entitlements_create"), sent).status_code == 403


def test_support_is_whole_dong_by_year_and_the_same_entry_is_not_made_twice(client, offices) -> None:
    mark = MarkFactory(unit=offices.commune)
    client.force_login(offices[Role.ADVISORY_OFFICER])
    sent = {
        "mark": mark.pk, "year": 2025, "what": "Đăng ký nhãn hiệu", "amount": "120.000.000", "money": "province",
        "given_by": "Sở Khoa học và Công nghệ",
    }  # fmt: skip
    assert client.post(reverse("products:mark_supports_create"), sent).status_code == 302
    assert client.post(reverse("products:mark_supports_create"), sent).status_code == 422
    assert MarkSupport.objects.values_list("year", "amount").get() == (2025, 120_000_000)


def test_a_mark_whose_protection_ends_is_a_job_for_those_who_keep_marks(offices) -> None:
    soon = MarkFactory(unit=offices.commune, registered_on=date(2017, 1, 1), valid_to=date(2027, 1, 1))
    gone = MarkFactory(unit=offices.commune, registered_on=date(2015, 1, 1), valid_to=date(2026, 1, 1))
    MarkFactory(unit=offices.commune, registered_on=date(2017, 1, 1), valid_to=date(2027, 6, 1))
    MarkFactory(unit=offices.commune, registered_on=date(2017, 1, 1))
    todos = mark_todos(offices[Role.DEPARTMENT_OFFICER], TODAY)
    assert [(todo.url, todo.kind) for todo in todos] == [
        (gone.get_absolute_url(), "late"), (soon.get_absolute_url(), "info"),
    ]  # fmt: skip
    assert mark_todos(offices[Role.COMMUNE_OFFICER], TODAY) == []
