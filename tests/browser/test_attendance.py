"""Attendance by QR: the code on the screen of the room, the phone that scans it, signs in, presses once."""

import io
from collections.abc import Callable
from datetime import time
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from ocop.training.models import Course, Session
from ocop.training.tests.world import World, course_of, make_world
from tests.browser.conftest import DESK, PHONE
from tests.browser.road import assert_sound

PASSWORD = "mat-khau-cua-ba-lan-1962"


@pytest.fixture
def lesson(live_server: object) -> tuple[World, Course, Session]:
    """An activity of today with one session that lasts the whole day."""
    world = make_world()
    course = course_of(world, sessions=0, state="planned")
    session = Session.objects.create(
        course=course,
        held_on=course.starts_on,
        begins=time(0, 0),
        ends=time(23, 59),
        title="Mở gian hàng trên sàn",
    )
    Course.objects.filter(pk=course.pk).update(state="inviting")
    return world, course, session


def scanned(window: Page) -> str:
    """What a phone's camera reads from the screen of the room: the path of the address."""
    picture = window.locator(".scan-picture").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return urlsplit(found.text).path


def test_a_phone_scans_the_screen_signs_in_and_presses_once(
    page: Callable[..., Page], lesson: tuple[World, Course, Session], shoot: Callable[[Page, str], object]
) -> None:
    world, _, session = lesson
    world.owner.set_password(PASSWORD)
    world.owner.save()
    screen = page(DESK, user=world.desk)
    screen.goto(reverse("training:screen", args=[session.pk]))
    assert_sound(screen)
    address = scanned(screen)
    phone = page(PHONE)
    phone.goto(address)
    phone.locator("[name=login]").fill(world.owner.username)
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.locator("h1")).to_have_text("Điểm danh")
    assert_sound(phone)
    shoot(phone, "diem-danh")
    phone.get_by_role("button", name="Điểm danh").click()
    expect(phone.locator("h1")).to_have_text("Đã điểm danh")
    phone.goto(scanned(screen))
    expect(phone.locator("h1")).to_have_text("Đã điểm danh")
    assert_sound(phone)
    assert session.attendances.count() == 1
    screen.reload()
    expect(screen.locator(".scan-count")).to_contain_text("1 người đã điểm danh")


def test_without_scripts_the_phone_does_it_too_and_the_organiser_ticks_the_rest(
    page: Callable[..., Page], lesson: tuple[World, Course, Session]
) -> None:
    world, course, session = lesson
    screen = page(DESK, user=world.desk)
    screen.goto(reverse("training:sheet", args=[session.pk]))
    phone = page(PHONE, user=world.owner, java_script_enabled=False)
    phone.goto(scanned(screen))
    phone.get_by_role("button", name="Điểm danh").click()
    expect(phone.locator("h1")).to_have_text("Đã điểm danh")
    desk = page(PHONE, user=world.desk, java_script_enabled=False)
    desk.goto(f"{reverse('training:add_person', args=[course.pk])}?buoi={session.pk}")
    desk.locator("[name=full_name]").fill("Bà Nguyễn Thị Đến Không Báo Trước")
    desk.get_by_role("button", name="Ghi vào danh sách").click()
    desk.get_by_label("Bà Nguyễn Thị Đến Không Báo Trước").check()
    desk.get_by_role("button", name="Ghi điểm danh").click()
    expect(desk.locator(".page-sub")).to_contain_text("2/2 người có mặt")
    assert_sound(desk)
    assert sorted(session.attendances.values_list("how", flat=True)) == ["list", "scan"]
