"""Where components are registered: with Django's template library and with the pattern page."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
COMPONENTS: dict[str, Callable[..., Any]] = {}

TONES = ("leaf", "clay", "grey", "seal", "water", "ink", "star")
"""What a colour says: good, careful, over, danger, information, neutral, star."""


def component(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a component on the list that the pattern page must document and show."""

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        COMPONENTS[name] = function
        return function

    return keep


def tone_of(tone: str) -> str:
    """The tone itself, or grey for a word that is no tone, so that a typing error never breaks a page."""
    return tone if tone in TONES else "grey"


def part(name: str, values: Mapping[str, Any]) -> SafeString:
    """A component's template with its values."""
    return mark_safe(render_to_string(f"kit/ui/{name}.html", dict(values)))  # noqa: S308 - the template escapes
