"""Field work of promotion on a phone: a visit to a sale point with photographs, a month's report, a fair."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from ocop.accounts.demo import persona_user
from ocop.files.tests.factories import picture
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.promotion import actions
from ocop.promotion.enums import EntryState, PointState
from ocop.promotion.models import Fair, FairEntry, SaleMonth, SalePoint
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.queries import home_province
from tests.browser.conftest import PHONE
from tests.personas import World

LONG = (
    "Điểm giới thiệu và bán sản phẩm OCOP liên xã Phúc Trạch, Hương Trạch và vùng phụ cận huyện Hương Khê cũ"
)


def fits(window: Any) -> None:
    """Nothing sticks out to the right, no script failed."""
    window.wait_for_function("document.readyState === 'complete'")  # a press may be on its way
    over = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (over, window.faults) == (0, [])


def test_a_sale_point_is_visited_and_reports_its_month_on_a_phone(world: World, page: Any) -> None:
    officer = world["commune_officer"]
    point = SalePoint(name=LONG, unit=world.home, producer=world.producer, address="Thôn 1")
    actions.register_point(point, by=world["producer_owner"])
    window = page(PHONE, officer)
    window.goto(point.get_absolute_url())
    fits(window)
    window.get_by_role("link", name="Ghi kết quả kiểm tra").click()
    fits(window)
    for name in window.eval_on_selector_all(
        "input[type=radio][value=yes]", "all => all.map(one => one.name)"
    ):
        window.locator(f"input[name={name}][value=yes]").check()
    for box in window.locator("input[inputmode=decimal], input[inputmode=numeric]").all():
        box.fill("60")
    window.locator("input[type=file]").set_input_files(
        {"name": "quay.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    window.get_by_role("button", name="Ghi kết quả kiểm tra").click()
    window.get_by_text("Kiểm tra trước khi công nhận").first.wait_for()
    fits(window)
    point.refresh_from_db()
    assert (point.state, point.salecheck_rows.get().files.count()) == (PointState.CHECKED, 1)

    press(actions.POINT_DESK, point, "approve", by=persona_user("lanh-dao-phuc-trach"))
    actions.number_point(point, by=officer, number="9/QĐ-UBND", decided_on=clock.today())
    keeper = page(PHONE, world["producer_owner"])
    keeper.goto(reverse("promotion:month_report", args=[point.pk]))
    fits(keeper)
    keeper.get_by_label("Doanh thu chung").fill("5000000")
    keeper.get_by_label("Trong đó sản phẩm OCOP").fill("4000000")
    keeper.get_by_role("button", name="Gửi báo cáo").click()
    keeper.get_by_text("Đã ghi doanh số").wait_for()
    fits(keeper)
    assert SaleMonth.objects.get(point=point).ocop_revenue == 4_000_000


def test_a_producer_registers_for_a_market_from_what_waits_for_it(world: World, page: Any) -> None:
    today, trade = clock.today(), persona_user("uy-vien-cong-thuong")
    fair = Fair(
        name="Phiên chợ sản phẩm OCOP khai trương mùa du lịch biển Thiên Cầm", unit=home_province(today), stands=3,
        priority="beach", deadline=today + timedelta(days=10), starts_on=today + timedelta(days=20),
        ends_on=today + timedelta(days=22),
    )  # fmt: skip
    actions.open_fair(fair, by=trade)
    press(actions.FAIR_DESK, fair, "publish", by=trade)
    CertificateFactory(
        product=world.product,
        decision=None,
        issued_on=today - timedelta(days=90),
        valid_to=today + timedelta(days=900),
    )
    window = page(PHONE, world["producer_owner"])
    window.goto(reverse("workspace:home"))
    with window.expect_navigation():
        window.get_by_role("link", name="Đăng ký tham gia").first.click()
    fits(window)
    refused = window.locator("input[name=products][disabled]")
    assert refused.count() == world.producer.products.count() - 1
    window.get_by_label(world.product.name).check()
    window.get_by_role("button", name="Gửi đăng ký").click()
    window.get_by_text("Sản phẩm mang đi").first.wait_for()
    fits(window)
    entry = FairEntry.objects.get()
    assert (entry.state, list(entry.products.all())) == (EntryState.REGISTERED, [world.product])
