"""A real Chromium against a live server with reference data and personas."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright

from ocop.evaluation.tests.world import World as SmallWorld
from ocop.evaluation.tests.world import make_world as make_small_world
from tests.personas import World, make_world

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests

PHONE, DESK = 390, 1440
HEIGHTS = {PHONE: 844, DESK: 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
]
SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium of the system for all tests."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "install chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def small_world(live_server: Any, settings: Any) -> SmallWorld:
    """An invented province with a council, a producer and a product, which this installation serves."""
    made = make_small_world()
    settings.OCOP_PROVINCE = made.province.code
    return made


@pytest.fixture
def world(live_server: Any) -> World:
    """The reference data and the personas, seen by the live server too; emptied after the test."""
    return make_world()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Windows opened by a test, closed at its end."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def page(browser: Browser, live_server: Any, contexts: list[BrowserContext]) -> Callable[..., Page]:
    """`page(width=390, user=None)`: a window of that width, signed in as the user when one is given.

    A script error or a request to another machine in any window fails the test.
    """

    def opened(width: int = DESK, user: Any = None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=width < 600,
            **options,
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        window = context.new_page()
        window.faults = []
        window.scripted = options.get("java_script_enabled", True)
        window.on("pageerror", lambda error: window.faults.append(str(error)))
        window.on(
            "request",
            lambda request: (
                window.faults.append(f"asked {request.url}")
                if not request.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        window.on(
            "console",
            lambda message: (
                window.faults.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return window

    return opened


@pytest.fixture(autouse=True)
def _no_faults(contexts: list[BrowserContext]) -> Iterator[None]:
    """No window of the test met a script error, a blocked style or a foreign request."""
    windows: list[Page] = []
    yield
    for context in contexts:
        windows += context.pages
    assert [fault for window in windows for fault in window.faults] == []


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    """`shoot(page, "dossier")` writes screenshots/dossier-390.png, the whole page.

    For people to look at; no test asks anything of it. Chromium without a graphics card sometimes never ends drawing
    a tall page for it, which says nothing of the page.
    """

    def taken(window: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}-{window.viewport_size['width']}.png"
        with suppress(TimeoutError):
            window.screenshot(path=path, full_page=True)
        return path

    return taken
