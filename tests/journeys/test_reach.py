"""Telling of the programme, and the places that serve its products (clauses IV.1.2 and IV.1.3)."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.kit.indicators import Period, indicators
from ocop.kit.registers.editing import VERSION
from ocop.promotion.models import UsePlace
from ocop.promotion.registers.reach import COMMUNICATION, COMMUNICATION_PLANS, USE_PLACES
from ocop.reporting.queries.measuring import figure
from ocop.rulebook.models import CriteriaSet
from ocop.units.queries import home_province
from tests.journeys.eras import Era, on
from tests.journeys.promotion_pages import add, browser, page, send

pytestmark = pytest.mark.django_db


def named(unit) -> str:
    """A unit as it is typed."""
    return f"{unit.title} ({unit.code})"


def change(user, place: UsePlace, **data: object) -> None:
    """Change a place by its form."""
    edit = USE_PLACES.url("edit", place.pk)
    version = browser(user).get(edit).context["form"][VERSION].value()
    answer = send(user, edit, **data, **{VERSION: version})
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.journey("IV.1.2")
def test_a_commune_plans_tells_and_is_counted_in_the_report(era: Era) -> None:
    with on("2026-03-02"):
        officer, _ = era.commune_people()
        planned = add(
            officer, COMMUNICATION_PLANS, unit=named(era.commune), year="2026", quarter="2", medium="loudspeaker",
            audience="people", topic="Nghe loa biết OCOP", planned="4", budget="2000000",
        )  # fmt: skip
    with on("2026-05-10"):
        told = {"on": "2026-05-05", "medium": "loudspeaker", "audience": "people", "plan": planned.pk}
        told["unit"] = named(era.commune)
        first = add(
            officer,
            COMMUNICATION,
            title="Buổi phát thanh đầu",
            pieces="2",
            reach="1500",
            cost="800000",
            **told,
        )
        add(officer, COMMUNICATION, title="Buổi phát thanh hai", pieces="3", **told)
        story = reverse("kit:story", args=["promotion.communicationplan", planned.pk, "xuc-tien"])
        assert story in page(officer, planned.get_absolute_url())
        assert "Buổi phát thanh đầu" in page(officer, story)
        wrong = send(
            officer, COMMUNICATION.url("create"), title="Thiếu ngày", pieces="-1", medium="loudspeaker"
        )
        assert wrong.status_code == 422
        assert {"on", "pieces", "unit"} <= set(wrong.context["form"].errors)
        day = date(2026, 5, 10)
        told_of = indicators["communications"]
        assert figure(told_of, Period(date(2026, 4, 1), day), era.commune.pk).top == 5
        assert figure(told_of, Period(date(2026, 1, 1), day), home_province(day).pk).top == 5
        assert figure(told_of, Period(date(2026, 5, 6), day), era.commune.pk).top == 0
        assert browser(era.user("la")).get(first.get_absolute_url()).status_code == 404


@pytest.mark.journey("IV.1.3")
def test_a_restaurant_is_shown_when_it_agrees_and_no_longer_than_it_serves(era: Era, client) -> None:
    def shown(language: str = "") -> list[str]:
        layer = client.get(f"{language}/ban-do/?lop=noi-su-dung").context["layer"]
        return [mark["title"] for mark in layer["marks"]]

    with on("2026-05-10"):
        officer, _ = era.commune_people()
        criteria_set = CriteriaSet.objects.get(book__slug="26-2026", number=8)
        _, product = era.producer_with_product(criteria_set, officer)
        facts = {
            "name": "Nhà hàng Biển Lộc", "kind": "restaurant", "unit": named(era.commune), "address": "Thôn 1",
            "products": [product.pk], "how": "Món trong thực đơn", "since": "2026-05-01",
        }  # fmt: skip
        place = add(officer, USE_PLACES, **facts)
        assert shown() == []
        change(officer, place, **facts, is_public="on")
        assert (shown(), shown("/en")) == (["Nhà hàng Biển Lộc"], ["Nhà hàng Biển Lộc"])
        assert product.name in client.get(f"/noi-dung-ocop/{place.code}/").content.decode()
        change(officer, place, **facts, is_public="on", until="2026-06-01")
    with on("2026-06-02"):
        assert shown() == []
        assert client.get(f"/noi-dung-ocop/{place.code}/").status_code == 404
