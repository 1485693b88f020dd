"""A producer with a phone: from a product to a dossier handed in, with and without scripts. Art. 7(1)."""

import re
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.evaluation.tests.world import World
from tests.browser.conftest import PHONE
from tests.browser.road import assert_sound, fill_forms, hand_in, open_from_product, sheet_worth, tap_levels


def test_score_and_hand_in_without_javascript(page: Callable[..., Page], small_world: World) -> None:
    world = small_world
    window = page(PHONE, user=world["owner"], java_script_enabled=False)
    row = open_from_product(window, world)
    fill_forms(window, row)
    row.refresh_from_db()
    assert (row.form01["contact_position"], row.form02["revenue"]) == ("Chủ nhiệm hợp tác xã", 2_400_000_000)
    window.goto(reverse("evaluation:dossier-scores", args=[row.code]))
    for code, place in list(sheet_worth(world).items()):
        window.goto(reverse("evaluation:dossier-criterion", args=[row.code, code]))
        window.locator(f'input[name=place][value="{place}"]').check()
        window.locator("button[form=cham].btn-primary").click()
    window.goto(reverse("evaluation:dossier-live", args=[row.code]))
    expect(window.locator("main")).to_contain_text("78")
    hand_in(window, row)


def test_wizard_is_accessible_fits_and_says_that_it_saved(
    page: Callable[..., Page], small_world: World
) -> None:
    world = small_world
    window = page(PHONE, user=world["owner"])
    window.goto(reverse("workspace:home"))
    assert_sound(window)
    row = open_from_product(window, world)
    assert_sound(window)
    window.goto(reverse("evaluation:dossier-step", args=[row.code, "san-pham"]))
    with window.expect_response(lambda answer: answer.request.method == "POST"):
        window.locator("[name=spec]").fill("Chai thủy tinh 330 ml")
    expect(window.locator("[data-save-state]").first).to_have_text(re.compile("[Đđ]ã lưu"))
    assert_sound(window)
    row.refresh_from_db()
    assert row.form02["spec"] == "Chai thủy tinh 330 ml"
    window.context.set_offline(True)
    window.locator("[name=spec]").fill("Chai thủy tinh 500 ml")
    window.locator("button[form=buoc].btn-primary").click()
    expect(window.locator(".offline-note")).to_contain_text("Đang mất mạng nên chưa gửi được")
    expect(window.locator("[name=spec]")).to_have_value("Chai thủy tinh 500 ml")
    window.context.set_offline(False)
    expect(window.locator(".offline-note")).to_have_count(0)
    tap_levels(window, row, sheet_worth(world))
    for name in ("dossier-scores", "dossier-live", "dossier-check"):
        window.goto(reverse(f"evaluation:{name}", args=[row.code]))
        assert_sound(window)


def test_what_was_typed_when_the_session_had_ended_goes_on_after_signing_in(
    page: Callable[..., Page], small_world: World
) -> None:
    world = small_world
    owner = world["owner"]
    owner.set_password("mat-khau-cua-ba-lan-1962")
    owner.save()
    window = page(PHONE, user=owner)
    row = open_from_product(window, world)
    window.goto(reverse("evaluation:dossier-step", args=[row.code, "san-pham"]))
    Session.objects.all().delete()
    window.locator("[name=spec]").fill("Hộp giấy 500 g, mười hai cái một thùng")
    window.locator("button[form=buoc].btn-primary").click()
    window.locator("[name=login]").fill(owner.username)
    window.locator("[name=password]").fill("mat-khau-cua-ba-lan-1962")
    window.locator("main form button[type=submit]").first.click()
    expect(window.locator("main")).to_contain_text("Hộp giấy 500 g, mười hai cái một thùng")
    assert_sound(window)
    window.get_by_role("button", name="Gửi tiếp").click()
    window.wait_for_url(f"**/ho-so/{row.code}/**")
    row.refresh_from_db()
    assert row.form02["spec"] == "Hộp giấy 500 g, mười hai cái một thùng"
