"""What the pages of instruments share with the pages that apps above add to them."""

from typing import Any

from ocop.kit import registry
from ocop.law.models import Instrument


def instrument_tabs(instrument: Instrument, user: Any, active: str = "") -> list[dict[str, Any]]:
    """The tabs of an instrument's pages; `active` is the key of the one shown, "" for its own page."""
    tabs = [{"label": "Thông tin", "url": instrument.get_absolute_url(), "active": active == ""}]
    tabs += [
        {
            "label": tab.label,
            "url": tab.url(instrument),
            "count": tab.count(user, instrument),
            "active": tab.key == active,
        }
        for tab in registry.tabs_of(instrument, user)
    ]
    return tabs
