"""Addresses of rows, worked out once: a list leads to the same units, producers and products over and over."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf
from django.urls import reverse as worked_out
from django.utils.translation import get_language


@lru_cache(maxsize=32_768)
def reverse_at(name: str, args: tuple[Any, ...], *place: str | None) -> str:
    """The address at a `place`, for whoever asks for many; raises NoReverseMatch."""
    return worked_out(name, args=args)


def place() -> tuple[str | None, ...]:
    """What an address depends on besides its name: the table of addresses, where the site lies, the language."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), get_language()


def reverse(name: str, args: Sequence[Any] = ()) -> str:
    """The address of that name, as Django's own; raises NoReverseMatch."""
    return reverse_at(name, tuple(args), *place())
