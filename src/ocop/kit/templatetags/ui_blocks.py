"""Blocks: components that stand on their own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString

from ocop.kit import once
from ocop.kit.errors import Refusal
from ocop.kit.flow import Offer
from ocop.kit.templatetags.ui_library import component, part, register, tone_of

MOVE_ORDER = {"primary": 0, "danger": 2}
NOTICE_ICONS = {
    "info": "info-circle",
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-octagon",
}


@component("field")
@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One form field: label, help, input, errors beside it. bound: `form.name`."""
    return bound.as_field_group()


@component("notice")
@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", icon: str = "") -> SafeString:
    """A box that says something. {% notice "warn" title="..." %}text{% endnotice %}

    kind: info | ok | warn | danger; title: bold first line; icon: replaces the kind's icon.
    """
    kind = kind if kind in NOTICE_ICONS else "info"
    return part(
        "notice", {"content": content, "kind": kind, "title": title, "icon": icon or NOTICE_ICONS[kind]}
    )


@component("table_shell")
@register.simple_block_tag
def table_shell(
    content: str,
    count: str = "",
    filters: str = "",
    excel: str = "",
    print: str = "",
    title: str = "",
    counting: str = "",
) -> SafeString:
    """Around every table: what is shown, Excel, print.

    {% table_shell count="12 hồ sơ" filters="..." %}<table>...</table>{% endtable_shell %}
    count: "12 hồ sơ"; filters: the filter in words; excel: address of the workbook; print: address of the print
    view, or "page" to print this page; title: heading above; counting: address that answers the whole count where
    `count` says "hơn…". The table inside needs no class; with class
    "table-cards" and `data-label` on its cells each row is a card on a phone.
    Cells: "num" to the right, "wrap" for long names.
    """
    return part(
        "table_shell",
        {
            "content": content,
            "count": count,
            "filters": filters,
            "excel": excel,
            "print": print,
            "title": title,
            "counting": counting,
        },
    )


@component("filter_bar")
@register.simple_tag
def filter_bar(form: BaseForm, reset: str = "", target: str = "") -> SafeString:
    """The filters of a list: a GET form that sends itself on change, with a button for those without JavaScript.

    form: a bound filter form (fields in one row, the rest wraps); reset: address without filters; target: CSS
    selector of the part that htmx replaces, e.g. "#ket-qua" (else the whole page is fetched). On a phone the fields
    stand folded behind one button, which says how many of them narrow the list.
    """
    used = sum(1 for field in form.visible_fields() if form.is_bound and field.value())
    return part("filter_bar", {"form": form, "reset": reset, "target": target, "used": used})


@component("dialog")
@register.simple_block_tag
def dialog(
    content: str, trigger: str, title: str = "", icon: str = "", style: str = "secondary"
) -> SafeString:
    """Content behind a button: a native dialog; without JavaScript it unfolds in place.

    {% dialog "Ghi chú" icon="note" %}...{% enddialog %}
    trigger: words of the button; title: heading (default: the trigger); icon: of the button; style: primary |
    secondary | danger | quiet. Content may hold a form; an element with `data-close` closes.
    """
    return part(
        "dialog",
        {
            "content": content,
            "trigger": trigger,
            "title": title or trigger,
            "icon": icon,
            "style": style,
        },
    )


@component("timeline")
@register.simple_tag
def timeline(moves: Iterable[Any], empty: str = "Chưa có thao tác nào.") -> SafeString:
    """Who did what, when and why, newest first as given.

    moves: dicts or objects with what, who, at (datetime), and if there is one reason, basis, tone, icon, url.
    """
    return part("timeline", {"moves": moves, "empty": empty})


@component("empty_state")
@register.simple_tag
def empty_state(
    title: str, text: str = "", action: str = "", url: str = "", icon: str = "inbox"
) -> SafeString:
    """What would be here, and the one press that fills it.

    title: "Chưa có hồ sơ nào"; text: what would be here; action, url: the press (left out without a url); icon.
    """
    return part("empty_state", {"title": title, "text": text, "action": action, "url": url, "icon": icon})


@component("stat")
@register.simple_tag
def stat(
    label: str, value: Any, unit: str = "", note: str = "", url: str = "", tone: str = "ink", icon: str = ""
) -> SafeString:
    """A figure; with a url it opens the rows behind it, and looks so.

    label; value: number or text ready to show; unit: after the value; note: against the target, trend; tone; icon.
    """
    return part(
        "stat",
        {
            "label": label,
            "value": value,
            "unit": unit,
            "note": note,
            "url": url,
            "tone": tone_of(tone),
            "icon": icon,
        },
    )


@component("stepper")
@register.simple_tag
def stepper(steps: Iterable[Any], label: str = "Các bước") -> SafeString:
    """Where one stands on a road.

    steps: dicts or objects with label, state (done | current | todo | blocked), and if there is one url, note.
    """
    return part("stepper", {"steps": steps, "label": label})


@component("tabs")
@register.simple_tag
def tabs(items: Iterable[Any], label: str = "Các phần") -> SafeString:
    """Tabs as links, each a page of its own.

    items: dicts or objects with label, url, active, count (None: no number).
    """
    return part("tabs", {"items": items, "label": label})


@component("moves_panel")
@register.simple_tag(takes_context=True)
def moves_panel(
    context: Context,
    offers: Iterable[Offer],
    url: str,
    title: str = "Thao tác",
    hidden: Mapping[str, Any] | None = None,
    pages: Mapping[str, str] | None = None,
) -> SafeString:
    """The moves of a flow: allowed ones as buttons, refused ones greyed with reason and article.

    offers: `ocop.kit.flow.Offer`s; url: gets a POST with `verb` (the transition's name) and `reason`; hidden: further
    hidden fields (version). Each form carries a key `once` for `kit.once.run(request, once.key_of(request), ...)`.
    A move that needs a reason or a confirmation opens a dialog; pages: verbs that ask for more, with the address of the
    page of each. A verb with a page stays a link though its guards refuse now: the page's form may answer them.
    What the case waits for stands first, even while it is refused; what ends a case stands last.
    """
    pages = pages or {}
    lines = [
        (offer, once.new_key(), pages.get(offer.name, ""), offer.allowed or offer.name in pages)
        for offer in offers
    ]
    return part(
        "moves_panel",
        {
            "lines": sorted(
                lines, key=lambda line: (MOVE_ORDER.get(line[0].transition.style, 1), not line[3])
            ),
            "url": url,
            "title": title,
            "hidden": (hidden or {}).items(),
            "csrf_token": context.get("csrf_token", ""),
        },
    )


@component("refusals")
@register.simple_tag
def refusals(items: Iterable[Refusal], title: str = "Chưa thực hiện được") -> SafeString:
    """Every reason why not, with its article. items: `ocop.kit.errors.Refusal`s (nothing is drawn for none)."""
    return part("refusals", {"items": list(items), "title": title})


@component("kv")
@register.simple_tag
def kv(pairs: Iterable[Any]) -> SafeString:
    """Names and values. pairs: (label, value) or (label, value, url); an empty value shows "chưa có"."""
    rows = [(*pair, "")[:3] for pair in pairs]
    return part("kv", {"rows": rows})


@component("pagination")
@register.simple_tag(takes_context=True)
def pagination(
    context: Context, page: Page, key: str = "trang", target: str = "", label: str = ""
) -> SafeString:
    """Pages of a list; keeps the filters of the address; nothing for a single page.

    page: Django's Page; key: name in the address; target: CSS selector for htmx; label: landmark.
    """
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def address(number: int) -> str:
        if query is None:
            return f"?{key}={number}"
        query[key] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        (number, address(number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    if getattr(page.paginator, "is_more", False):
        numbers.pop()  # the last page is not known yet
    return part(
        "pagination",
        {
            "page": page,
            "numbers": numbers,
            "target": target,
            "label": label,
            "previous": address(page.previous_page_number()) if page.has_previous() else "",
            "next": address(page.next_page_number()) if page.has_next() else "",
        },
    )


@component("stamp")
@register.simple_tag
def stamp(headline: str, sub: str = "", tone: str = "leaf", icon: str = "circle-check") -> SafeString:
    """The big verdict of the validity page: the answer in one second.

    headline: "Còn hiệu lực đến 03/06/2029"; sub: the ground; tone: leaf | clay | grey | seal | water; icon.
    """
    return part("stamp", {"headline": headline, "sub": sub, "tone": tone_of(tone), "icon": icon})


@component("save_state")
@register.simple_tag
def save_state(text: str = "Đã lưu", state: str = "saved") -> SafeString:
    """Where a form says whether it is kept; the autosave script keeps it up to date.

    text: words at the start; state: saved | saving | waiting | error. Put it inside or near `form[data-autosave]`.
    """
    return part("save_state", {"text": text, "state": state})
