"""A periodic report from the reminder on a phone to the consolidation at the desk; the homes of both. Plan VI.14."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.accounts.enums import Role
from ocop.kit import clock
from ocop.producers.tests.offices import Offices, make_offices
from ocop.reporting.actions.calling import remind
from ocop.reporting.actions.measure import measure
from ocop.reporting.actions.reports import Terms, open_round, take_figures
from ocop.reporting.loader import load_reports
from ocop.reporting.models import Consolidation, Report, Round
from ocop.reporting.queries.places import units_under
from tests.browser.conftest import DESK, PHONE
from tests.browser.road import assert_sound

WALL = 1920


@pytest.fixture
def called(live_server: Any) -> tuple[Offices, Round]:
    """Two communes owe a report that is due in seven days; its figures are there and both are reminded."""
    load_reports(lambda text: None)
    offices, today = make_offices(), clock.today()
    terms = Terms(
        "quarter", "Quý này", today - timedelta(days=90), today - timedelta(days=1), today + timedelta(days=7)
    )
    round = open_round(offices.province, terms, by=offices[Role.ADVISORY_OFFICER])
    take_figures(round)
    remind(today)
    measure(units_under(offices.province, today), today)
    return offices, round


def press(window: Page, name: str) -> None:
    """A press of a case; one that goes away from the office asks once more, with room for a note."""
    window.get_by_role("button", name=name).first.click()
    again = window.locator("main form:visible").get_by_role("button", name=name)
    if again.count() and again.last.is_visible():
        again.last.click()


def test_a_report_from_the_reminder_to_the_consolidation(
    page: Callable[..., Page], called: tuple[Offices, Round]
) -> None:
    offices, round = called
    phone = page(PHONE, offices[Role.COMMUNE_OFFICER])
    phone.goto(reverse("inbox:list"))
    phone.get_by_role("button", name="Mở việc này").first.click()
    phone.get_by_role("link", name="Viết báo cáo").click()
    assert_sound(phone)
    for field in phone.locator("main textarea").all():
        field.fill("Đã tập huấn 40 hộ, kiểm tra ba cơ sở.")
    phone.locator("main form button.btn-primary").first.click()
    press(phone, "Gửi báo cáo")
    expect(phone.locator("main")).to_contain_text("Đã gửi")
    assert_sound(phone)
    report = Report.objects.get(round=round, unit=offices.commune)
    assert report.state == "submitted"
    desk = page(DESK, offices[Role.ADVISORY_OFFICER])
    desk.goto(report.get_absolute_url())
    press(desk, "Chấp nhận")
    desk.goto(round.get_absolute_url())
    desk.get_by_role("button", name="Tổng hợp").first.click()
    expect(desk.locator("main")).to_contain_text("UBND xã Bên Cạnh")
    assert_sound(desk)
    row = Consolidation.objects.get()
    assert ([one["agency"] for one in row.missing], row.included.get()) == (["UBND xã Bên Cạnh"], report)


def test_the_homes_on_a_wall_at_a_desk_and_on_a_phone(
    page: Callable[..., Page], called: tuple[Offices, Round]
) -> None:
    offices, _ = called
    home = reverse("workspace:home")
    for width, who, address in (
        (WALL, Role.PROVINCE_LEADER, f"{home}?man-hinh=lon"), (DESK, Role.PROVINCE_LEADER, home),
        (PHONE, Role.COMMUNE_OFFICER, home), (DESK, Role.ADVISORY_OFFICER, reverse("reporting:board")),
    ):  # fmt: skip
        window = page(width, offices[who])
        window.goto(address)
        assert_sound(window)
        if address.startswith(home):
            link = window.locator(".tile", has_text="Báo cáo định kỳ").locator(".tile-value a")
            window.goto(str(link.get_attribute("href")))
            expect(window.locator("h1")).to_have_text("Báo cáo định kỳ")
