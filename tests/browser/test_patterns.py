"""The pattern page in a real Chromium: no accessibility fault, nothing that the policy blocks, nothing too wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dress", ["", "cong-khai", "thuc-dia", "ban-cham", "giay"])
def test_pattern_page_is_accessible_and_fits(page, dress: str, width: int, scheme: str) -> None:
    window = page(width, color_scheme=scheme)
    window.goto(f"/mau-giao-dien/?ao={dress}")
    violations = Axe().run(window).response["violations"]
    assert [(fault["id"], node["html"][:160]) for fault in violations for node in fault["nodes"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") == width


def test_a_move_with_a_reason_opens_a_dialog(page) -> None:
    window = page()
    window.goto("/mau-giao-dien/")
    window.get_by_role("button", name="Trả lại để bổ sung").click()
    dialog = window.get_by_role("dialog", name="Trả lại để bổ sung")
    assert dialog.get_by_label("Lý do").is_visible()
    dialog.get_by_role("button", name="Thôi").click()
    assert window.get_by_role("dialog").count() == 0


def test_without_javascript_the_dialog_unfolds_in_place(page) -> None:
    window = page(java_script_enabled=False)
    window.goto("/mau-giao-dien/")
    window.locator("summary", has_text="Trả lại để bổ sung").click()
    assert window.locator("#ly-do-give-back").is_visible()


def test_a_form_left_half_filled_is_offered_again(page) -> None:
    window = page()
    window.goto("/mau-giao-dien/")
    window.locator("#id_name").fill("Nước mắm Phú Khương")
    window.goto("/mau-giao-dien/")
    assert window.locator("#id_name").input_value() == "Bưởi Phúc Trạch"
    window.get_by_role("button", name="Khôi phục").click()
    assert window.locator("#id_name").input_value() == "Nước mắm Phú Khương"
