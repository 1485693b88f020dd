"""Local labour and material: percents, trend, who writes and who confirms."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.actions import confirm_share
from ocop.producers.models import LocalShare
from ocop.producers.rules.shares import percent, trend
from ocop.producers.tests.offices import Offices, make_offices
from ocop.producers.watching import share_todos


def test_percents_and_their_change_from_year_to_year() -> None:
    assert (percent(1, 3), percent(2, 3), percent(0, 5), percent(3, 0)) == (
        Decimal("33.3"), Decimal("66.7"), Decimal("0.0"), None,
    )  # fmt: skip
    found = trend(
        [(2026, Decimal(60)), (2023, Decimal(50)), (2025, None), (2024, Decimal(65)), (2027, Decimal(60))]
    )
    assert [(one.year, one.by, one.direction) for one in found] == [
        (2023, None, ""), (2024, Decimal(15), "up"), (2025, None, ""), (2026, Decimal(-5), "down"),
        (2027, Decimal(0), "same"),
    ]  # fmt: skip


@pytest.fixture
def offices(db, settings, time_machine) -> Offices:
    settings.OCOP_MFA_REQUIRED = False
    time_machine.move_to("2026-11-24T09:00:00+07:00")
    made = make_offices()
    settings.OCOP_PROVINCE = made.province.code
    return made


def sent(offices: Offices, **values) -> dict:
    return {
        "producer": offices.producer.pk, "year": 2025, "workers": 20, "local_workers": 18, "women": 12,
        "measure": "value", "material": 900_000_000, "local_material": 720_000_000, "source": "Bảng lương",
    } | values  # fmt: skip


def test_the_producer_writes_the_commune_confirms_and_a_change_waits_again(client, offices) -> None:
    client.force_login(offices.owner)
    answer = client.post(reverse("producers:local_shares_create"), sent(offices))
    assert answer.status_code == 302, answer.context["form"].errors
    row = LocalShare.objects.get()
    assert (row.labour_share, row.women_share, row.material_share) == (Decimal(90), Decimal(60), Decimal(80))
    officer = offices[Role.COMMUNE_OFFICER]
    (todo,) = share_todos(officer, row.history.latest().history_date.date())
    assert todo.subject == "1 bảng số liệu năm của chủ thể"
    client.force_login(officer)
    page = client.get(row.get_absolute_url())
    assert page.context["can_confirm"] is True
    for _ in range(2):
        client.post(reverse("producers:share_confirm", args=[row.pk]), {"once": page.context["once"]})
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_unit) == (officer, offices.commune)
    assert list(LocalShare.objects.confirmed()) == [row]
    client.force_login(offices.owner)
    form = client.get(reverse("producers:local_shares_edit", args=[row.pk])).context["form"]
    client.post(
        reverse("producers:local_shares_edit", args=[row.pk]),
        sent(offices, workers=25, opened_version=form["opened_version"].value()),
    )
    row.refresh_from_db()
    assert (row.workers, row.confirmed_at, row.confirmed_by, row.confirmed_unit) == (25, None, None, None)


def test_nobody_confirms_for_themselves_another_commune_or_twice_or_nothing(offices) -> None:
    row = LocalShare.objects.create(producer=offices.producer, year=2025, workers=3, local_workers=3)
    for person in (offices.owner, offices.neighbour, offices[Role.ADVISORY_OFFICER]):
        with pytest.raises(Forbidden):
            confirm_share(row, by=person)
    confirm_share(row, by=offices[Role.COMMUNE_LEADER])
    with pytest.raises(Refused, match="đã được xác nhận"):
        confirm_share(row, by=offices[Role.COMMUNE_OFFICER])
    empty = LocalShare.objects.create(producer=offices.producer, year=2024)
    with pytest.raises(Refused, match="Chưa có số lao động"):
        confirm_share(empty, by=offices[Role.COMMUNE_OFFICER])


def test_a_part_is_never_more_than_its_whole(client, offices) -> None:
    client.force_login(offices[Role.COMMUNE_OFFICER])
    bad = sent(offices, local_workers=21, women=21, local_material=900_000_001)
    answer = client.post(reverse("producers:local_shares_create"), bad)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        422, ["local_material", "local_workers", "women"],
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalShare.objects.create(producer=offices.producer, year=2025, workers=1, local_workers=2)


def test_a_strangers_commune_writes_nothing(client, offices) -> None:
    client.force_login(offices.neighbour)
    answer = client.post(reverse("producers:local_shares_create"), sent(offices))
    assert (answer.status_code, LocalShare.objects.count()) == (422, 0)


def test_the_producers_page_shows_the_trend_and_never_compares_value_with_volume(client, offices) -> None:
    def year(number: int, local: int, measure: str, material: int) -> LocalShare:
        return LocalShare.objects.create(
            producer=offices.producer, year=number, workers=10, local_workers=local, measure=measure, material=100,
            local_material=material,
        )  # fmt: skip

    year(2023, 6, "value", 50), year(2024, 8, "volume", 90), year(2025, 7, "value", 70)
    client.force_login(offices[Role.COMMUNE_OFFICER])
    page = client.get(offices.producer.get_absolute_url())
    assert [
        (line.share.year, line.labour.by, line.material.by, line.labour.fall) for line in page.context["shares"]
    ] == [
        (2025, Decimal(-10), Decimal(20), Decimal(10)), (2024, Decimal(20), None, Decimal(0)),
        (2023, None, None, Decimal(0)),
    ]  # fmt: skip
    assert "giảm 10,0" in page.content.decode()


def test_the_units_page_leads_to_everything_there(client, offices) -> None:
    client.force_login(offices[Role.COMMUNE_OFFICER])
    page = client.get(offices.commune.get_absolute_url())
    (tab,) = [tab for tab in page.context["tabs"] if tab["label"] == "Chủ thể & sản phẩm"]
    blocks = client.get(tab["url"]).context["blocks"]
    held = {block["register"].key: [row for row, _ in block["lines"]] for block in blocks}
    assert held["producers"] == [offices.producer]
    assert {"producers", "products", "areas", "associations", "villages", "marks"} <= set(held)
