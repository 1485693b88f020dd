"""What the browser tests of the road share: the small province, how a wizard is filled, what axe says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.evaluation.actions import dossier as producer_desk
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.models import Dossier
from ocop.evaluation.rules.forms import STEPS
from ocop.evaluation.tests.world import FORM_01, FORM_02, World

FOUR_STARS = 78
TAPPED = 3


def faults_of(window: Page) -> list[tuple[str, str]]:
    """What axe finds wrong on the page: (rule, element)."""
    found = Axe().run(window).response["violations"]
    return [(fault["id"], node["html"][:160]) for fault in found for node in fault["nodes"]]


def assert_sound(window: Page) -> None:
    """The page is accessible and not wider than its window.

    A window without scripts cannot run the checker (it would wait forever): its address is asked again in a window
    with scripts, with the same cookies.
    """
    if not window.scripted:
        with with_scripts(window) as twin:
            assert_sound(twin)
        return
    found = faults_of(window)
    assert found == [], f"{window.url}: {found}"
    assert window.evaluate("document.documentElement.scrollWidth") == window.viewport_size["width"]


@contextmanager
def with_scripts(window: Page) -> Iterator[Page]:
    """The same address for the same visitor, in a window that runs scripts."""
    context = window.context.browser.new_context(
        storage_state=window.context.storage_state(), viewport=window.viewport_size, locale="vi-VN"
    )
    twin = context.new_page()
    twin.scripted = True
    twin.goto(window.url)
    yield twin
    context.close()


def open_from_product(window: Page, world: World) -> Dossier:
    """Begin a dossier on the list of one's products; the producer ends on the wizard's overview."""
    window.goto(reverse("evaluation:my-dossiers"))
    window.get_by_role("link", name=f"Lập hồ sơ cho {world.product.name}").click()
    # The group and the set of the product are chosen already.
    window.get_by_role("button", name="Lập hồ sơ").click()
    window.wait_for_url("**/soan/")
    return Dossier.objects.get(product=world.product)


def fill_forms(window: Page, row: Dossier) -> None:
    """Answer forms 01 and 02, screen by screen."""
    window.goto(reverse("evaluation:dossier-step", args=[row.code, STEPS[0].key]))
    for step in STEPS:
        window.wait_for_url(f"**/soan/{step.key}/*")
        for question in step.questions:
            value: Any = {**FORM_01, **FORM_02}.get(question.key)
            if value is not None:
                window.locator(f"#buoc [name={question.key}]").fill(str(value))
        window.locator("button[form=buoc]").click()
    window.wait_for_url("**/cham/**")


def tap_levels(window: Page, row: Dossier, answers: dict[str, int]) -> None:
    """Score the first criteria with the finger, the rest by the action behind the page."""
    tapped = list(answers)[:TAPPED]
    window.goto(reverse("evaluation:dossier-criterion", args=[row.code, tapped[0]]))
    for code in tapped:
        window.wait_for_url(f"**/cham/{code}/*")
        level = window.locator("label.level", has=window.locator(f'input[value="{answers[code]}"]'))
        (level.tap if window.evaluate("'ontouchstart' in window") else level.click)()
        window.locator("button[form=cham].btn-primary").click()
    window.wait_for_url(lambda url: f"/cham/{tapped[-1]}/" not in url)
    row.refresh_from_db()
    assert {code: row.answers[code] for code in tapped} == {code: answers[code] for code in tapped}
    producer_desk.save_answers(row, answers=answers, by=row.producer.accesses.get().user)


def hand_in(window: Page, row: Dossier) -> None:
    """Check what is missing, pledge, submit."""
    window.goto(reverse("evaluation:dossier-check", args=[row.code]))
    window.locator("input[name=commitment]").check()
    window.get_by_role("button", name="Nộp hồ sơ").click()
    expect(window).to_have_url(address(reverse("evaluation:dossier-submitted", args=[row.code])))
    row.refresh_from_db()
    assert row.state == "submitted"


def address(path: str) -> Any:
    """A pattern of the address, whatever its server and query."""
    return re.compile(re.escape(path) + r"(\?.*)?$")


def sheet_worth(world: World, points: int = FOUR_STARS) -> dict[str, int]:
    """Levels of a sheet of that total, of four stars unless said."""
    return answers_worth(world.criteria_set, points)


def mark_by_keys(window: Page, item: int, answers: dict[str, int]) -> None:
    """Mark a whole sheet with the keys 0-9 and the right arrow, then hand it in."""
    codes = list(answers)
    window.goto(reverse("evaluation:sheet", args=[item]))
    for code in codes:
        window.wait_for_url(f"**/cham/{quote(code)}/")  # 148/2023 numbers with letters: 1.đ
        window.keyboard.press(str(answers[code]))
        expect(window.locator(f'input[name=level][value="{answers[code]}"]')).to_be_checked()
        if code == codes[0]:
            assert_sound(window)
        window.keyboard.press("ArrowRight")
    window.wait_for_url("**/cham/xem-lai/")
    window.locator("summary, button").filter(has_text="Nộp phiếu").first.click()
    window.get_by_role("button", name="Nộp và khóa phiếu").click()
    window.wait_for_url("**/phien-hop/*/")
    window.goto(reverse("evaluation:sheet-review", args=[item]))
