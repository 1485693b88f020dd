"""The ground that every page stands on."""

from collections.abc import Callable

from playwright.sync_api import Page


def test_health_is_json_for_a_browser_too(page: Callable[..., Page]) -> None:
    window = page()
    answer = window.goto("/healthz")
    assert answer.status == 200
    assert answer.json() == {"status": "ok", "database": True, "queue": True}
