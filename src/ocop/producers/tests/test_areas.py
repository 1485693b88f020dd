"""Material areas: rules, who sees and keeps them, the map, reminders of certificates."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.inbox.models import Notice
from ocop.producers.enums import Standard
from ocop.producers.models import AreaCertificate, AreaInvestment, AreaSupply, MaterialArea
from ocop.producers.rules.areas import faults_of, reminder
from ocop.producers.tasks import remind_of_area_certificates
from ocop.producers.tests.offices import Offices, make_offices
from ocop.producers.watching import certificate_todos

TODAY = date(2026, 11, 24)
GOOD = {
    "hectares": Decimal(3), "heads": None, "lat": Decimal("18.2"), "lng": Decimal("105.7"), "is_public": True,
    "planting_code": "VN-HT-0001", "code_issued_on": date(2025, 1, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"hectares": None}, ["hectares"]),
        ({"hectares": None, "heads": 300}, []),
        ({"lat": None}, ["lat", "is_public"]),
        ({"lng": None}, ["lng"]),
        ({"lat": None, "lng": None}, ["is_public"]),
        ({"lat": None, "lng": None, "is_public": False}, []),
        ({"planting_code": ""}, ["planting_code"]),
        ({"planting_code": "", "code_issued_on": None}, []),
    ],
)
def test_what_an_area_must_say(changed, fields) -> None:
    assert [name for name, _ in faults_of(**(GOOD | changed))] == fields


@pytest.mark.parametrize(
    ("left", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)]
)
def test_the_steps_before_the_end_of_a_certificate(left, step) -> None:
    assert reminder(date.fromordinal(TODAY.toordinal() + left), TODAY) == step


@pytest.fixture
def offices(db, settings, time_machine) -> Offices:
    settings.OCOP_MFA_REQUIRED = False
    time_machine.move_to(f"{TODAY}T09:00:00+07:00")
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    return made


def area(offices: Offices, name: str = "Vùng bưởi", **values) -> MaterialArea:
    values = {"species": "bưởi", "hectares": Decimal(12), "valid_from": date(2024, 1, 1)} | values
    return MaterialArea.objects.create(name=name, unit=values.pop("unit", offices.commune), **values)


def sent(offices: Offices, **values) -> dict:
    """A form as the officer sends it."""
    return {
        "name": "Vùng chè", "kind": "crop", "species": "chè", "unit": offices.commune.title, "hectares": "4,5",
        "standard": "vietgap", "valid_from": "2024-03-01", "lat": "18,2", "lng": "105.704", "is_public": "on",
    } | values  # fmt: skip


def test_the_commune_enters_an_area_and_the_neighbour_cannot_touch_it(client, offices) -> None:
    client.force_login(offices[Role.COMMUNE_OFFICER])
    answer = client.post(reverse("producers:areas_create"), sent(offices))
    assert answer.status_code == 302, answer.context["form"].errors
    made = MaterialArea.objects.get()
    assert (made.lat, made.lng) == (Decimal("18.2"), Decimal("105.704"))
    assert (made.hectares, made.standard, made.is_public, made.history.get().history_user) == (
        Decimal("4.5"), Standard.VIETGAP, True, offices[Role.COMMUNE_OFFICER],
    )  # fmt: skip
    client.force_login(offices.neighbour)
    assert client.get(made.get_absolute_url()).status_code == 404
    refused = client.post(reverse("producers:areas_create"), sent(offices, name="Vùng khác"))
    assert (refused.status_code, MaterialArea.objects.count()) == (422, 1)
    client.force_login(offices[Role.ADVISORY_OFFICER])
    assert client.get(made.get_absolute_url()).status_code == 200


def test_swapped_coordinates_and_an_area_without_size_come_back_into_the_form(client, offices) -> None:
    client.force_login(offices[Role.COMMUNE_OFFICER])
    answer = client.post(
        reverse("producers:areas_create"), sent(offices, hectares="", lat="10.7", lng="106.6")
    )
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["hectares", "lat"])


def test_a_producer_sees_the_areas_that_supply_it_and_the_area_its_producers(client, offices) -> None:
    mine, other = area(offices), area(offices, "Vùng cam")
    AreaSupply.objects.create(
        area=mine, producer=offices.producer, share=Decimal(40), valid_from=date(2024, 1, 1)
    )
    assert list(MaterialArea.objects.visible_to(offices.owner)) == [mine]
    assert list(MaterialArea.objects.supplying(offices.producer, TODAY)) == [mine]
    assert set(MaterialArea.objects.visible_to(offices[Role.COMMUNE_OFFICER])) == {mine, other}
    assert not MaterialArea.objects.visible_to(offices.stranger).exists()
    client.force_login(offices[Role.COMMUNE_OFFICER])
    page = client.get(mine.get_absolute_url())
    rows = {block["register"].key: [row for row, _ in block["lines"]] for block in page.context["blocks"]}
    assert rows == {
        "area_certificates": [], "area_supplies": [mine.supplies.get()], "area_investments": [],
    }  # fmt: skip
    assert f'href="{offices.producer.get_absolute_url()}"' in page.content.decode()


def test_rows_of_an_area_are_added_on_its_page_with_money_as_a_number(client, offices) -> None:
    made = area(offices)
    client.force_login(offices[Role.COMMUNE_OFFICER])
    page = client.get(f"{reverse('producers:area_investments_create')}?area={made.pk}")
    assert page.context["form"].initial["area"] == made
    answer = client.post(
        reverse("producers:area_investments_create"),
        {
            "area": made.pk,
            "year": 2025,
            "kind": "water",
            "what": "Mương",
            "amount": "250.000.000",
            "money": "province",
        },
    )
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert AreaInvestment.objects.values_list("year", "amount", "money").get() == (
        2025,
        250_000_000,
        "province",
    )


def test_the_map_draws_what_the_list_holds(client, offices) -> None:
    here = area(offices, lat=Decimal("18.2"), lng=Decimal("105.7"))
    without = area(offices, "Vùng chưa đo")
    area(offices, "Ngoài tỉnh", unit=offices.beside, lat=Decimal("18.2"), lng=Decimal("105.7"))
    client.force_login(offices[Role.COMMUNE_OFFICER])
    page = client.get(reverse("producers:areas_map"))
    assert [mark["area"] for mark in page.context["map"]["marks"]] == [here]
    assert page.context["missing"] == [without]
    client.force_login(offices.stranger)
    assert client.get(reverse("producers:areas_map")).status_code == 404


def certificate(made: MaterialArea, number: str, expires_on: date | None) -> AreaCertificate:
    return AreaCertificate.objects.create(
        area=made,
        number=number,
        issuer="Trung tâm chứng nhận",
        issued_on=date(2024, 1, 1),
        expires_on=expires_on,
    )


def test_a_certificate_that_ends_is_told_once_per_step_to_office_and_producer(offices, time_machine) -> None:
    made = area(offices)
    AreaSupply.objects.create(area=made, producer=offices.producer, valid_from=date(2024, 1, 1))
    certificate(made, "A1", date(2026, 12, 20))
    certificate(area(offices, "Vùng đã gia hạn"), "B1", date(2026, 12, 1))
    certificate(MaterialArea.objects.get(name="Vùng đã gia hạn"), "B2", date(2028, 12, 1))
    certificate(area(offices, "Vùng đã thôi", valid_to=date(2026, 1, 1)), "C1", date(2026, 12, 1))
    assert (remind_of_area_certificates(), remind_of_area_certificates()) == (1, 1)
    told = Notice.objects.filter(kind="producers.area_certificate")
    people = {offices[Role.COMMUNE_OFFICER], offices[Role.ADVISORY_OFFICER], offices.owner}
    assert {notice.to for notice in told} == people
    assert told.count() == 3
    time_machine.move_to("2026-12-15T09:00:00+07:00")
    remind_of_area_certificates()
    assert told.all().count() == 6


def test_what_runs_out_is_a_job_of_the_office_until_it_is_renewed(offices) -> None:
    made = area(offices)
    ends = certificate(made, "A1", date(2026, 11, 1))
    officer = offices[Role.COMMUNE_OFFICER]
    (todo,) = certificate_todos(officer, TODAY)
    assert (todo.kind, todo.due, todo.url) == ("late", ends.expires_on, made.get_absolute_url())
    assert list(certificate_todos(offices.neighbour, TODAY)) == []
    certificate(made, "A2", None)
    assert list(certificate_todos(officer, TODAY)) == []
