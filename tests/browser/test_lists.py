"""A list of very many rows on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from ocop.evaluation.tests.world import World
from ocop.kit.registers import REGISTERS
from ocop.kit.registers.pages import COUNTED
from ocop.kit.samples import Samples
from ocop.producers.models import Producer
from ocop.producers.tests.factories import officer
from ocop.units.models import Unit
from tests.browser.conftest import DESK, PHONE
from tests.browser.road import assert_sound

SHOWN = ".table-shown strong"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_long_list_is_shown_first_and_counted_to_its_end_then(
    page: Callable[..., Page], small_world: World, shoot: Callable, width: int
) -> None:
    Samples({Unit: small_world.commune}).many(Producer, COUNTED + 60)
    number = f"1.{Producer.objects.filter(unit=small_world.commune).count() - 1000:03}"
    window = page(width, user=officer(small_world.commune))
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(REGISTERS["producers"].url("list"))
    expect(window.locator(SHOWN)).to_have_text(f"{number} chủ thể")
    assert [url.partition("?")[2] for url in asked if "dem=1" in url] == ["dem=1"]
    shoot(window, "so-rat-dai")
    assert_sound(window)
    window.get_by_role("link", name="Sau").click()
    expect(window).to_have_url(re.compile("trang=2"))
    expect(window.locator(SHOWN)).to_have_text(f"{number} chủ thể")
    expect(window.locator("tbody tr")).to_have_count(25)
