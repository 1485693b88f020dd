"""From a product to a four-star page that anyone can check, pressed by every role. Decision 26/2026, Art. 5 to 7."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.evaluation.actions import marking
from ocop.evaluation.models import CouncilSession, Dossier, SessionItem
from ocop.evaluation.tests.world import World, make_world
from ocop.kit import clock, formats
from ocop.recognition.models import Certificate
from tests.browser.conftest import DESK, PHONE
from tests.browser.road import (
    FOUR_STARS,
    assert_sound,
    fill_forms,
    hand_in,
    mark_by_keys,
    open_from_product,
    sheet_worth,
    tap_levels,
)

Open = Callable[..., Page]


@dataclass
class Walk:
    """One walk of the road: every role works in windows of the same width."""

    open: Open
    world: World
    width: int
    points: int = FOUR_STARS
    level: str = "tỉnh"
    prefix: str = ""  # of the states of the level that ranks

    def desk_of(self, name: str) -> Page:
        """The person's home, and from there in one press to the work on the product."""
        window = self.window(name)
        window.goto(reverse("workspace:home"))
        assert_sound(window)
        window.get_by_role("main").get_by_role("link", name=self.world.product.name).first.click()
        return window

    def window(self, name: str) -> Page:
        """A window of that person."""
        return self.open(self.width, user=self.world[name])


def producer_hands_in(walk: Walk) -> Dossier:
    window = walk.window("owner")
    row = open_from_product(window, walk.world)
    fill_forms(window, row)
    tap_levels(window, row, sheet_worth(walk.world, walk.points))
    hand_in(window, row)
    return row


def commune_proposes(walk: Walk, row: Dossier) -> None:
    window = walk.desk_of("commune_officer")
    window.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    window.goto(reverse("evaluation:commune-report", args=[row.code]))
    for name in ("material", "labour", "idea", "identity", "proposal"):
        window.locator(f"[name={name}]").fill("Đã kiểm tra tại cơ sở, đúng như chủ thể khai.")
    window.locator("button[name=next]").click()
    window.wait_for_url(lambda url: "/mau-03/" not in url or "/xem/" in url)
    window.goto(reverse("evaluation:dossier-detail", args=[row.code]))
    assert_sound(window)
    leader = walk.desk_of("commune_leader")
    leader.locator("[name=letter_number]").fill("12/TTr-UBND")
    leader.get_by_role("button", name=f"Ký đề nghị, gửi {walk.level}").click()
    leader.wait_for_load_state()
    row.refresh_from_db()
    assert row.state == ("proposed_to_district" if walk.prefix else "proposed")


def province_assesses(walk: Walk, row: Dossier) -> None:
    window = walk.desk_of("advisory")
    window.get_by_role("button", name="Tiếp nhận").click()
    window.goto(reverse("evaluation:province-intake", args=[row.code]))
    if row.samples_needed:
        window.locator("[name=units]").first.fill("5")
        window.get_by_role("button", name="Ghi nhận mẫu").click()
    for name in ("expert_lead", "expert"):
        window.locator(f'input[name=experts][value="{walk.world[name].pk}"]').check()
    window.locator("select[name=lead]").select_option(str(walk.world["expert_lead"].pk))
    window.get_by_role("button", name="Lưu phân công").click()
    window.goto(reverse("evaluation:province-intake", args=[row.code]))
    window.locator("form", has=window.locator('input[value="hand_to_experts"]')).get_by_role("button").click()
    lead = walk.desk_of("expert_lead")
    lead.locator("[name=findings]").fill("Hồ sơ đầy đủ, minh chứng rõ ràng.")
    lead.get_by_role("button", name="Lưu báo cáo").click()
    lead.wait_for_load_state()
    lead.goto(reverse("evaluation:expert-report", args=[row.code]))
    lead.locator("#bao-cao button").click()
    lead.wait_for_load_state()
    row.refresh_from_db()
    assert row.state == f"{walk.prefix}council_ready"


def council_meets(walk: Walk, row: Dossier) -> SessionItem:
    """The secretary plans the session, puts the dossier on its agenda, notes who is present, opens."""
    desk = walk.window("secretary")
    desk.goto(reverse("evaluation:session-new"))
    desk.locator("[name=held_on]").fill(f"{clock.today():%Y-%m-%d}")
    desk.get_by_role("button", name="Lên lịch, chọn hồ sơ").click()
    desk.wait_for_url("**/chuong-trinh/")
    desk.locator(f'input[name=dossiers][value="{row.pk}"]').check()
    desk.get_by_role("button", name="Đưa vào chương trình").click()
    session = CouncilSession.objects.get()
    desk.wait_for_url(f"**{reverse('evaluation:session-detail', args=[session.pk])}")
    desk.get_by_role("link", name="Điểm danh").click()
    desk.locator("main form button.btn-primary").click()
    desk.get_by_role("button", name="Khai mạc").click()
    item = SessionItem.objects.get(session=session)
    desk.goto(reverse("evaluation:item-detail", args=[item.pk]))
    assert_sound(desk)
    press_next(desk)
    return item


def press_next(window: Page) -> None:
    """The one press that the desk's page offers, and the page after it."""
    window.locator("form:has(input[name=verb]) button.btn-primary").click()
    window.wait_for_load_state()


def council_concludes(walk: Walk, item: SessionItem) -> None:
    for member in walk.world.members:
        window = walk.open(walk.width, user=member)
        window.goto(reverse("evaluation:declare", args=[item.pk]))
        window.locator("main input[name=has_conflict][value=no]").check()
        window.get_by_role("button", name="Ghi khai báo").click()
        window.wait_for_load_state()
    desk = walk.window("secretary")
    desk.goto(reverse("evaluation:item-detail", args=[item.pk]))
    press_next(desk)
    answers = sheet_worth(walk.world, walk.points)
    first, *others = walk.world.members
    mark_by_keys(walk.open(walk.width, user=first), item.pk, answers)
    current = item.rounds.get()
    for member in others:
        marking.save_sheet(current, by=member, answers=answers)
        marking.submit_sheet(current, by=member)
    chair = walk.window("chair")
    chair.goto(reverse("evaluation:item-detail", args=[item.pk]))
    chair.get_by_role("button", name="Khóa vòng chấm").click()
    chair.wait_for_load_state()
    chair.goto(reverse("evaluation:item-board", args=[item.pk]))
    assert_sound(chair)
    chair.get_by_role("button", name="Chốt kết quả").first.click()
    if (sure := chair.locator("dialog[open] button[type=submit]")).count():
        sure.click()
    chair.wait_for_load_state()
    chair.goto(reverse("evaluation:item-detail", args=[item.pk]))
    stars = 4 if walk.points >= 70 else 3
    expect(chair.locator("main")).to_contain_text(f"{stars} sao")


def province_decides(walk: Walk) -> None:
    window = walk.window("advisory")
    window.goto(reverse("evaluation:draft-create"))
    window.locator("main form button.btn-primary").click()
    window.wait_for_url("**/quyet-dinh/*/")
    draft = window.url
    leader = walk.window("leader")
    leader.goto(draft)
    assert_sound(leader)
    leader.get_by_role("button", name="Duyệt dự thảo").click()
    leader.wait_for_load_state()
    clerk = walk.window("clerk")
    clerk.goto(draft)
    clerk.locator("[name=number]").fill("1234/QĐ-UBND")
    clerk.get_by_role("button", name="Ban hành và công bố").click()
    expect(clerk.locator("main")).to_contain_text("Đã công bố")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_a_product_to_four_stars_that_anyone_can_check(
    page: Open, small_world: World, width: int
) -> None:
    walk = Walk(page, small_world, width)
    row = producer_hands_in(walk)
    commune_proposes(walk, row)
    province_assesses(walk, row)
    council_concludes(walk, council_meets(walk, row))
    province_decides(walk)
    certificate = Certificate.objects.get(product=small_world.product)
    shopper = page(width)
    shopper.goto(reverse("public:validity", args=[certificate.code]))
    assert_sound(shopper)
    today = clock.today()
    last = today.replace(year=today.year + 3, day=28 if (today.month, today.day) == (2, 29) else today.day)
    expect(shopper.locator("main")).to_contain_text("4 sao")
    expect(shopper.locator("main")).to_contain_text(formats.day(last))


def test_in_2024_a_district_leads_a_product_to_three_stars(page: Open, live_server, settings) -> None:
    """The same road under Decision 148/QĐ-TTg, with the clock of the installation in 2024."""
    settings.OCOP_TODAY = date(2024, 6, 10)
    world = make_world(with_district=True)
    settings.OCOP_PROVINCE = world.province.code
    walk = Walk(page, world, DESK, points=61, level="huyện", prefix="district_")
    row = producer_hands_in(walk)
    commune_proposes(walk, row)
    province_assesses(walk, row)
    council_concludes(walk, council_meets(walk, row))
    province_decides(walk)
    certificate = Certificate.objects.get(product=world.product)
    assert (certificate.stars, certificate.issuer.name, certificate.issued_on) == (
        3,
        "UBND huyện Thử",
        date(2024, 6, 10),
    )
    shopper = page(PHONE)
    shopper.goto(reverse("public:validity", args=[certificate.code]))
    assert_sound(shopper)
    expect(shopper.locator("main")).to_contain_text("3 sao")
    expect(shopper.locator("main")).to_contain_text("10/06/2027")
