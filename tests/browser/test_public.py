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
