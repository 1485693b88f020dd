"""The open site in a real browser: light, strict, without script, for everybody."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from ocop.recognition.models import Certificate
from tests.personas import World

LIMIT = 100_000
PAGES = (
    "/",
    "/san-pham/",
    "/kiem-tra/",
    "/tu-cham-diem/",
    "/tu-cham-diem/26-2026/9/",
    "/ban-do/",
    "/api/v1/docs",
)


def known() -> Certificate:
    """A certificate with a known term."""
    return (
        Certificate.objects.filter(issued_on__isnull=False, revoked_on=None, replaced_on=None)
        .order_by("pk")
        .first()
    )


def addresses() -> list[str]:
    row = known()
    return [
        *PAGES,
        row.check_path,
        f"/san-pham/{row.product.public_code}/",
        f"/chu-the/{row.product.producer.code}/",
        "/kiem-tra/KHONGCO",
        "/en/",
        "/en/san-pham/?q=buoi",
        f"/en{row.check_path}",
        "/en/tu-cham-diem/26-2026/26/?case=2",
        "/en/ban-do/",
    ]


def weight(answer: Any) -> int:
    """Compressed bytes: what is packed already as it is, the rest as a server that packs sends it."""
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body, 9))


def test_the_first_view_is_light(page: Callable[..., Page], world: World) -> None:
    found = {}
    for address in addresses():
        window = page(390)
        answers: list[Any] = []
        window.on("response", lambda answer, answers=answers: answers.append(answer))
        window.goto(address, wait_until="networkidle")
        found[address] = sum(weight(answer) for answer in answers)
    assert {address: size for address, size in found.items() if size >= LIMIT} == {}
    assert Path(finders.find("ocop/public.css")).exists()


def test_pages_are_accessible_and_fit_the_phone(page: Callable[..., Page], world: World, shoot: Any) -> None:
    wrong = {}
    for width in (390, 1440):
        window = page(width)
        for address in addresses():
            window.goto(address)
            result = Axe().run(window)
            broken = [one["id"] for one in result.response["violations"]]
            wide = window.evaluate("document.documentElement.scrollWidth") > width
            if broken or wide:
                wrong[width, urlsplit(address).path] = [*broken, *(["too wide"] if wide else [])]
            shoot(window, f"public{address.replace('/', '-').rstrip('-')}")
    assert wrong == {}


def test_the_verdict_is_in_the_first_screen(page: Callable[..., Page], world: World) -> None:
    window = page(390)
    window.set_viewport_size({"width": 390, "height": 800})
    row = known()
    window.goto(row.check_path)
    for part in (".stamp", "h1", ".verdict-stars", ".facts > div:nth-child(3)"):
        box = window.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 800, part


@pytest.mark.parametrize("script", [True, False])
def test_the_simulator_counts_with_and_without_script(
    page: Callable[..., Page], world: World, script: bool
) -> None:
    window = page(390, java_script_enabled=script)
    window.goto("/tu-cham-diem/26-2026/9/")
    for code in ("1.1", "1.2"):
        window.locator(f'fieldset[id="tc-{code}"] label').last.click()
    if not script:
        window.get_by_role("button", name="Tính điểm").click()
    window.locator(".result-done", has_text="đã chấm 2/").wait_for()
    assert int(window.locator(".result-points strong").inner_text()) > 0


def test_a_filter_needs_no_script(page: Callable[..., Page], world: World) -> None:
    window = page(390, java_script_enabled=False)
    window.goto("/san-pham/")
    window.locator("summary", has_text="Lọc theo").click()
    window.get_by_label("Nhóm").select_option("II")
    window.get_by_role("button", name="Lọc").click()
    assert "nhom=II" in window.url
    assert window.locator(".product-card").count() > 0


ZALO = (
    "Mozilla/5.0 (Linux; Android 13; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 "
    "Mobile Safari/537.36 Zalo android/12080530 ZaloTheme/light ZaloLanguage/vi"
)
# What an in-app browser may do: every store of the page throws.
NO_STORES = """
for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}
Object.defineProperty(navigator, "serviceWorker", { value: undefined });
"""


def test_an_in_app_browser_without_stores_answers_too(page: Callable[..., Page], world: World) -> None:
    window = page(390, user_agent=ZALO)
    window.add_init_script(NO_STORES)
    window.set_viewport_size({"width": 360, "height": 640})
    row = known()
    for address, said in ((row.check_path, ".verdict"), (f"/en{row.check_path}", ".verdict")):
        window.goto(address)
        box = window.locator(".stamp").bounding_box()
        assert box["y"] + box["height"] <= 640
        assert window.locator(said).is_visible()
        assert window.evaluate("document.documentElement.scrollWidth") <= 360
    window.goto("/tu-cham-diem/26-2026/9/")
    window.locator('fieldset[id="tc-1.1"] label').last.click()
    window.locator(".result-done", has_text="đã chấm 1/").wait_for()
    assert window.context.cookies() == []


def test_the_switch_keeps_the_page_without_cookies(page: Callable[..., Page], world: World) -> None:
    window = page(390, java_script_enabled=False)
    row = known()
    window.goto(row.check_path)
    window.locator(".site-foot a", has_text="English").click()
    assert urlsplit(window.url).path == f"/en{row.check_path}"
    window.locator(".site-foot a", has_text="Tiếng Việt").click()
    assert urlsplit(window.url).path == row.check_path
    assert window.context.cookies() == []


def test_the_workspace_is_readable_in_the_dark(page: Callable[..., Page], world: World) -> None:
    wrong = {}
    for persona in ("province_officer", "commune_officer", "administrator"):
        window = page(1440, world[persona], color_scheme="dark")
        for address in ("/viec-cua-toi/", "/ho-so/", "/so/chu-the/", "/don-vi/", "/mau-giao-dien/"):
            answer = window.goto(address)
            if answer.status == 200:
                broken = [one["id"] for one in Axe().run(window).response["violations"]]
                wrong.update({(persona, address): broken} if broken else {})
    assert wrong == {}
