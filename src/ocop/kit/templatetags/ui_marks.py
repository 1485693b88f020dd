"""Marks: small components that stand in a line of text."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ocop.kit.templatetags.ui_library import component, part, register, tone_of

ICONS = json.loads((Path(__file__).resolve().parents[1] / "icons.json").read_text(encoding="utf-8"))
CORE, MORE = frozenset(ICONS["core"]), frozenset(ICONS["more"])
"""The icons that the build puts into the two sprites; public pages use only the small first one."""

GROUPS = {
    "I": ("thuc-pham", "thực phẩm"),
    "II": ("do-uong", "đồ uống"),
    "III": ("duoc-lieu", "dược liệu và sản phẩm từ dược liệu"),
    "IV": ("thu-cong", "thủ công mỹ nghệ"),
    "V": ("sinh-vat-canh", "sinh vật cảnh"),
    "VI": ("du-lich", "dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"),
}
WHO_ICONS = {"person": "user", "producer": "building-store", "unit": "map-pin", "agency": "building"}
FILE_ICONS = {"pdf": "file-type-pdf", "image": "photo", "excel": "file-spreadsheet", "word": "file-text"}


@component("icon")
@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A drawn icon from the sprite. Silent for screen readers unless it carries `label`.

    name: an icon listed in `kit/icons.json` (another draws a circle); label: words when the icon
    stands alone; size: "" | "sm" | "lg" | "xl".
    """
    return _icon(name, str(label), size)


@lru_cache(maxsize=2048)
def _icon(name: str, label: str, size: str) -> SafeString:
    """The same few icons stand on every row of every list, so each is written once per process."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = f"icon icon-{size}" if size else "icon"
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        voice,
        static("ocop/icons-more.svg" if name in MORE else "ocop/icons.svg"),
        name if name in CORE | MORE else "circle",
    )


@component("badge")
@register.simple_tag
def badge(state: Any, tone: str = "grey", icon: str = "") -> SafeString:
    """A state: word + icon + colour, the same everywhere.

    state: the word, or (label, tone, icon), or an object with .label .tone .icon;
    tone: leaf | clay | grey | seal | water | ink | star; icon: name in the sprite.
    """
    label = state
    if isinstance(state, tuple | list):
        label, tone, icon = (*state, tone, icon)[:3] if len(state) == 1 else (*state, icon)[:3]
    elif hasattr(state, "tone"):
        label, tone, icon = state.label, state.tone, getattr(state, "icon", "")
    return _badge(str(label), tone_of(tone), icon)


@lru_cache(maxsize=2048)
def _badge(label: str, tone: str, icon: str) -> SafeString:
    return part("badge", {"label": label, "tone": tone, "icon": icon})


@component("stars")
@register.simple_tag
def stars(count: int | None, valid: bool = True, label: str = "", size: str = "") -> SafeString:
    """Drawn stars, always with the words "4 sao" for those who cannot see them.

    count: 1 to 5 (None or 0 draws nothing but says "chưa có sao"); valid: filled only when the star is valid on the
    day shown, else outlined; label: replaces the words; size: "" | "lg".
    """
    number = max(0, min(int(count or 0), 5))
    words = label or (gettext("%(n)s sao") % {"n": number} if number else gettext("chưa có sao"))
    return _stars(number, bool(valid), words, size)


@lru_cache(maxsize=256)
def _stars(number: int, valid: bool, words: str, size: str) -> SafeString:
    return part(
        "stars", {"places": range(number), "valid": valid, "words": words, "size": size, "number": number}
    )


@component("deadline")
@register.simple_tag
def deadline(day: date | None, text: str = "", tone: str = "water") -> SafeString:
    """A last day with how long is left.

    day: date; text: "còn 3 ngày làm việc" | "trễ 2 ngày" (from the rules); tone: water in time, clay soon, seal late,
    grey stopped. Without a day it says "chưa có hạn".
    """
    return _deadline(day, str(text), tone_of(tone))


@lru_cache(maxsize=2048)
def _deadline(day: date | None, text: str, tone: str) -> SafeString:
    return part("deadline", {"day": day, "text": text, "tone": tone})


@component("file_chip")
@register.simple_tag
def file_chip(name: str, url: str = "", note: str = "", kind: str = "", state: Any = None) -> SafeString:
    """A file to open. Without url it is greyed (may not be read).

    name: file name; note: "PDF · 1,2 MB · 03/06/2026"; kind: pdf | image | excel | word | "";
    state: anything `badge` takes ("chờ gửi", "đã lưu").
    """
    return part(
        "file_chip",
        {
            "name": name,
            "url": url,
            "note": note,
            "state": state,
            "icon": FILE_ICONS.get(kind, "file"),
        },
    )


@component("who")
@register.simple_tag
def who(name: Any, url: str = "", note: str = "", kind: str = "person") -> SafeString:
    """A person, producer, unit or agency by name, linked where it may be opened.

    name: text; url: page, may be ""; note: second line ("trước là xã X, huyện Y");
    kind: person | producer | unit | agency.
    """
    return part("who", {"name": name, "url": url, "note": note, "icon": WHO_ICONS.get(kind, "user")})


@component("group_drawing")
@register.simple_tag
def group_drawing(code: str, label: str = "") -> SafeString:
    """The quiet drawing of a product group where no photograph exists; never a grey box.

    code: I to VI (or 1 to 6); label: words for the picture when it carries meaning.
    """
    key = str(code).upper()
    if key.isdigit() and 1 <= int(key) <= 6:
        key = list(GROUPS)[int(key) - 1]
    name, _words = GROUPS.get(key, ("thuc-pham", ""))
    return part("group_drawing", {"name": name, "label": label})


@component("copy_button")
@register.simple_tag
def copy_button(text: str, label: str = "Chép") -> SafeString:
    """A button that copies `text`; hidden where there is no JavaScript."""
    return part("copy_button", {"text": text, "label": label})


@component("progress_bar")
@register.simple_tag
def progress_bar(value: float, maximum: float = 100, label: str = "", text: str = "") -> SafeString:
    """How far something is. value, maximum: numbers; label: what it measures; text: words at the right ("7/12 mục")."""
    return part("progress_bar", {"value": value, "maximum": maximum, "label": label, "text": text})
