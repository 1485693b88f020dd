"""The council in the browser: keys on the score sheet, blindness, the board. Art. 7(3), Decision 26/2026/QĐ-TTg."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.evaluation.actions import council, marking
from ocop.evaluation.tests.world import World
from tests.browser.conftest import DESK
from tests.browser.road import assert_sound, mark_by_keys, sheet_worth

BENCH = 1024


def test_keys_mark_a_sheet_that_nobody_else_sees_before_the_round_is_closed(
    page: Callable[..., Page], small_world: World
) -> None:
    world = small_world
    row = world.walk_to("council_ready")
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    answers = sheet_worth(world)
    first, *others = world.members
    secret = "Nhận xét kín của thành viên khác"
    marking.save_sheet(current, by=others[0], answers=answers, notes={next(iter(answers)): secret})
    marking.submit_sheet(current, by=others[0])

    bench = page(BENCH, user=first)
    mark_by_keys(bench, item.pk, answers)
    assert_sound(bench)
    own = current.sheets.get(seat__user=first)
    assert (own.answers, own.state) == (answers, "submitted")

    board = reverse("evaluation:item-board", args=[item.pk])
    for user in (first, world["secretary"]):
        window = page(DESK, user=user)
        window.goto(board)
        assert secret not in window.content()
        assert window.locator("table.board").count() == 0
        window.goto(reverse("evaluation:item-detail", args=[item.pk]))
        assert secret not in window.content()
        assert "78" not in window.locator("main").inner_text()

    for member in others[1:]:
        marking.save_sheet(current, by=member, answers=answers)
        marking.submit_sheet(current, by=member)
    chair = page(DESK, user=world["chair"])
    chair.goto(reverse("evaluation:item-detail", args=[item.pk]))
    chair.get_by_role("button", name="Khóa vòng chấm").click()
    chair.goto(board)
    expect(chair.locator("main")).to_contain_text(secret)
    expect(chair.locator("main")).to_contain_text("78")
    assert_sound(chair)
