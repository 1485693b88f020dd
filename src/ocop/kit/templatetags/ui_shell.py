"""The shell: what surrounds a page."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.template import Context
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from ocop.kit import registry
from ocop.kit.addresses import place, reverse_at
from ocop.kit.templatetags.ui_library import component, part, register

SECTIONS = {
    "Việc của tôi": "checklist",
    "Hồ sơ": "folder",
    "Chu trình": "refresh",
    "Chủ thể & sản phẩm": "building-store",
    "Hỗ trợ & vốn": "coins",
    "Kiểm tra & chất lượng": "shield-check",
    "Xúc tiến": "speakerphone",
    "Đào tạo": "school",
    "Truy xuất": "qrcode",
    "Số liệu & báo cáo": "chart-bar",
    "Sổ & danh mục": "book-2",
    "Quản trị": "settings",
}
"""The jobs of the left rail in their order; `MenuEntry.section` is one of these words."""
SHORT = 12
"""A menu of so many lines is shown whole; of a longer one every job is folded but the present one."""


@lru_cache(maxsize=1024)
def _line(label: str, url: str, icon: str, active: bool) -> SafeString:
    """One line of the menu, drawn once."""
    return part("rail_line", {"label": label, "url": url, "icon": icon, "active": active})


@lru_cache(maxsize=1024)
def _address(name: str, *where: str | None) -> str:
    """The address of a page at a `kit.addresses.place`, "" where there is none."""
    try:
        return reverse_at(name, (), *where)
    except NoReverseMatch:
        return ""


@register.simple_tag
def address(name: str) -> str:
    """The address of a page that the shell leads to, "" where the site has none; worked out once.

    `{% address "inbox:list" as notices_url %}`
    """
    return _address(name, *place())


def rail_groups(entries: Iterable[registry.MenuEntry], user: Any, path: str) -> list[dict[str, Any]]:
    """The menu as this user sees it: sections in their order, only entries shown for the user and that resolve."""
    groups: dict[str, list[dict[str, Any]]] = {}
    here = place()
    verdicts: dict[Callable[[Any], object], bool] = {}  # lines that ask the same question get one answer
    for entry in entries:
        if entry.shown not in verdicts:
            verdicts[entry.shown] = bool(entry.shown(user))
        if not verdicts[entry.shown]:
            continue
        if not (url := _address(entry.url_name, *here)):
            continue
        groups.setdefault(entry.section, []).append({"label": entry.label, "url": url, "icon": entry.icon})
    longest = max(
        (line["url"] for lines in groups.values() for line in lines if path.startswith(line["url"])),
        key=len,
        default=None,
    )
    for lines in groups.values():
        for line in lines:
            line["active"] = line["url"] == longest
            line["html"] = _line(line["label"], line["url"], line["icon"], line["active"])
    order = {section: place for place, section in enumerate(SECTIONS)}
    is_short = sum(len(lines) for lines in groups.values()) <= SHORT
    return [
        {
            "section": section,
            "icon": SECTIONS.get(section, "folder"),
            "lines": lines,
            # A menu of one's own size lies open; of a long one the part where one is.
            "is_open": is_short or any(line["active"] for line in lines),
            "is_plain": len(lines) == 1 and lines[0]["label"] == section,
        }
        for section, lines in sorted(groups.items(), key=lambda pair: order.get(pair[0], len(order)))
    ]


@component("rail")
@register.simple_tag(takes_context=True)
def rail(context: Context, label: str = "Công việc") -> SafeString:
    """The left rail by job, from `ocop.kit.registry.menu`; only what the user can use. label: name of the landmark."""
    request = context.get("request")
    user = context.get("user")
    if request is None or user is None or not user.is_authenticated:
        return part("rail", {"groups": "", "label": label})
    if not hasattr(request, "_rail"):  # beside the page, and in the drawer of a phone
        request._rail = part("rail_groups", {"groups": rail_groups(registry.menu, user, request.path)})
    return part("rail", {"groups": request._rail, "label": label})


@component("crumbs")
@register.simple_tag
def crumbs(*pairs: Any, label: str = "") -> SafeString:
    """Breadcrumbs that name things: label, url, label, url...; the last url is "".

    {% crumbs "Hồ sơ" list_url dossier.name "" %}; label: name of the landmark, where a page has two.
    """
    return part("crumbs", {"items": list(zip(pairs[::2], (*pairs[1::2], ""), strict=False)), "label": label})
