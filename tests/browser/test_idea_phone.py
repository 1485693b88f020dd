"""A producer registers an idea on a phone, without and with scripts. Plan IV.3.2.a."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.cycle.models import Idea
from ocop.evaluation.tests.world import World
from ocop.files.tests.factories import picture
from ocop.rulebook.models import ProductGroup
from tests.browser.conftest import PHONE
from tests.browser.road import assert_sound


def fill(window: Page, name: str, value: str) -> None:
    """Type into a field of the screen."""
    window.locator(f"[name={name}]").fill(value)


def go_on(window: Page) -> None:
    """Press the one press of the screen."""
    window.locator("button[form=buoc].btn-primary").click()


def answer_all(window: Page, group: ProductGroup) -> None:
    """The six screens, as a person answers them."""
    window.get_by_role("button", name="Bắt đầu").click()
    fill(window, "name", "Mứt vỏ bưởi Phúc Trạch loại đặc biệt làm theo nghề của làng")
    window.locator(f'input[name=group][value="{group.pk}"]').check()
    assert_sound(window)
    go_on(window)
    fill(window, "description", "Mứt dẻo, ít đường, hộp giấy 200 g.")
    go_on(window)
    fill(window, "material", "Vỏ bưởi của 30 hộ trong xã")
    fill(window, "material_local_share", "90 %")
    window.locator("input[name=processing][value=deep]").check()
    assert_sound(window)
    go_on(window)
    fill(window, "labour_total", "8")
    fill(window, "labour_local", "7")
    window.locator("[name=led_by_women]").check()
    go_on(window)
    fill(window, "market", "Chợ, cửa hàng đặc sản")
    fill(window, "expected_revenue", "600 triệu")
    assert_sound(window)
    go_on(window)


def test_an_idea_in_five_minutes_without_javascript(page: Callable[..., Page], small_world: World) -> None:
    world = small_world
    window = page(PHONE, user=world["owner"], java_script_enabled=False)
    window.goto(reverse("cycle:idea_start"))
    answer_all(window, ProductGroup.objects.first())
    photo = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    window.locator("[name=attached]").set_input_files([photo])
    go_on(window)
    window.get_by_role("button", name="Gửi đăng ký").click()
    expect(window.locator("main")).to_contain_text("Đã đăng ký")
    idea = Idea.objects.get()
    assert (idea.state, idea.expected_revenue, idea.led_by_women, idea.files.count()) == (
        "registered", 600_000_000, True, 1,
    )  # fmt: skip


def test_an_idea_is_saved_while_one_types_and_survives_a_lost_net(
    page: Callable[..., Page], small_world: World
) -> None:
    world = small_world
    window = page(PHONE, user=world["owner"])
    window.goto(reverse("cycle:idea_start"))
    assert_sound(window)
    window.get_by_role("button", name="Bắt đầu").click()
    with window.expect_response(lambda answer: answer.request.method == "POST"):
        fill(window, "name", "Mứt vỏ bưởi")
    expect(window.locator("[data-save-state]").first).to_have_text(re.compile("[Đđ]ã lưu"))
    assert Idea.objects.get().name == "Mứt vỏ bưởi"
    window.context.set_offline(True)
    fill(window, "name", "Mứt vỏ bưởi dẻo")
    go_on(window)
    expect(window.locator(".offline-note")).to_contain_text("Đang mất mạng nên chưa gửi được")
    expect(window.locator("[name=name]")).to_have_value("Mứt vỏ bưởi dẻo")
    window.context.set_offline(False)
    expect(window.locator(".offline-note")).to_have_count(0)
    go_on(window)
    expect(window.locator("h1")).to_have_text("Sản phẩm có gì hay?")
    assert Idea.objects.get().name == "Mứt vỏ bưởi dẻo"
    window.goto(reverse("cycle:idea_write", args=[Idea.objects.get().pk]))
    assert_sound(window)
    window.goto(reverse("cycle:board"))
    assert_sound(window)
