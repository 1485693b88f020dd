"""From a product to a four-star page that anyone can check, pressed by every role. Decision 26/2026, Art. 5 to 7."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.evaluation.actions import council, marking
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import World
from ocop.kit import clock, formats
from ocop.recognition.models import Certificate
from tests.browser.conftest import DESK, PHONE
from tests.browser.road import (
    assert_sound,
    fill_forms,
    hand_in,
    mark_by_keys,
    open_from_product,
    sheet_worth,
    tap_levels,
)

Open = Callable[..., Page]


def desk_of(page: Open, user: Any, product: str) -> Page:
    """The person's home, and from there in one press to the work on the product."""
    window = page(DESK, user=user)
    window.goto(reverse("workspace:home"))
    assert_sound(window)
    window.get_by_role("link", name=product).first.click()
    return window


def producer_hands_in(page: Open, world: World) -> Dossier:
    phone = page(PHONE, user=world["owner"])
    row = open_from_product(phone, world)
    fill_forms(phone, row)
    tap_levels(phone, row, sheet_worth(world))
    hand_in(phone, row)
    return row


def commune_proposes(page: Open, world: World, row: Dossier) -> None:
    window = desk_of(page, world["commune_officer"], world.product.name)
    window.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    window.goto(reverse("evaluation:commune-report", args=[row.code]))
    for name in ("material", "labour", "idea", "identity", "proposal"):
        window.locator(f"[name={name}]").fill("Đã kiểm tra tại cơ sở, đúng như chủ thể khai.")
    window.locator("button[name=next]").click()
    window.wait_for_url(lambda url: "/mau-03/" not in url or "/xem/" in url)
    window.goto(reverse("evaluation:dossier-detail", args=[row.code]))
    assert_sound(window)
    leader = desk_of(page, world["commune_leader"], world.product.name)
    leader.locator("[name=letter_number]").fill("12/TTr-UBND")
    leader.get_by_role("button", name="Ký đề nghị, gửi tỉnh").click()
    leader.wait_for_load_state()
    row.refresh_from_db()
    assert row.state == "proposed"


def province_assesses(page: Open, world: World, row: Dossier) -> None:
    window = desk_of(page, world["advisory"], world.product.name)
    window.get_by_role("button", name="Tiếp nhận").click()
    window.goto(reverse("evaluation:province-intake", args=[row.code]))
    window.locator("[name=units]").first.fill("5")
    window.get_by_role("button", name="Ghi nhận mẫu").click()
    for name in ("expert_lead", "expert"):
        window.locator(f'input[name=experts][value="{world[name].pk}"]').check()
    window.locator("select[name=lead]").select_option(str(world["expert_lead"].pk))
    window.get_by_role("button", name="Lưu phân công").click()
    window.goto(reverse("evaluation:province-intake", args=[row.code]))
    window.locator("form", has=window.locator('input[value="hand_to_experts"]')).get_by_role("button").click()
    lead = desk_of(page, world["expert_lead"], world.product.name)
    lead.locator("[name=findings]").fill("Hồ sơ đầy đủ, minh chứng rõ ràng.")
    lead.get_by_role("button", name="Lưu báo cáo").click()
    lead.wait_for_load_state()
    lead.goto(reverse("evaluation:expert-report", args=[row.code]))
    lead.locator("#bao-cao button").click()
    lead.wait_for_load_state()
    row.refresh_from_db()
    assert row.state == "council_ready"


def council_concludes(page: Open, world: World, row: Dossier) -> None:
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    answers = sheet_worth(world)
    first, *others = world.members
    mark_by_keys(page(1024, user=first), item.pk, answers)
    for member in others:
        marking.save_sheet(current, by=member, answers=answers)
        marking.submit_sheet(current, by=member)
    chair = page(DESK, user=world["chair"])
    chair.goto(reverse("evaluation:item-detail", args=[item.pk]))
    chair.get_by_role("button", name="Khóa vòng chấm").click()
    chair.goto(reverse("evaluation:item-board", args=[item.pk]))
    council.close_item(item, by=world["chair"])
    chair.goto(reverse("evaluation:item-detail", args=[item.pk]))
    expect(chair.locator("main")).to_contain_text("4 sao")


def province_decides(page: Open, world: World) -> None:
    window = page(DESK, user=world["advisory"])
    window.goto(reverse("evaluation:draft-create"))
    window.locator("main form button.btn-primary").click()
    window.wait_for_url("**/quyet-dinh/*/")
    draft = window.url
    leader = page(DESK, user=world["leader"])
    leader.goto(draft)
    leader.get_by_role("button", name="Duyệt dự thảo").click()
    clerk = page(DESK, user=world["clerk"])
    clerk.goto(draft)
    clerk.locator("[name=number]").fill("1234/QĐ-UBND")
    clerk.get_by_role("button", name="Ban hành và công bố").click()
    expect(clerk.locator("main")).to_contain_text("Đã công bố")


def test_from_a_product_to_four_stars_that_anyone_can_check(page: Open, small_world: World) -> None:
    row = producer_hands_in(page, small_world)
    commune_proposes(page, small_world, row)
    province_assesses(page, small_world, row)
    council_concludes(page, small_world, row)
    province_decides(page, small_world)
    certificate = Certificate.objects.get(product=small_world.product)
    shopper = page(PHONE)
    shopper.goto(reverse("public:validity", args=[certificate.code]))
    assert_sound(shopper)
    today = clock.today()
    last = today.replace(year=today.year + 3, day=28 if (today.month, today.day) == (2, 29) else today.day)
    expect(shopper.locator("main")).to_contain_text("4 sao")
    expect(shopper.locator("main")).to_contain_text(formats.day(last))
