"""The fields of a filter bar, written by hand: every list has some ten, whose templates cost more than its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from ocop.kit.templatetags.ui_library import register
from ocop.kit.templatetags.ui_rows import escape

LINES = {f"django/forms/widgets/{kind}.html" for kind in ("text", "search", "number", "date")}
CHOICES = "django/forms/widgets/select.html"
NOTHING_CHOSEN = "---------"


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """A field as its templates draw it; no plain line or list of choices, or one with more to say, is left to them."""
    template = field.field.widget.template_name
    if (
        field.errors
        or field.help_text
        or field.field.required
        or field.field.disabled
        or template not in LINES | {CHOICES}
    ):
        return field.as_field_group()
    attrs = field.build_widget_attrs({}, field.field.widget)
    if field.auto_id and "id" not in field.field.widget.attrs:
        attrs.setdefault("id", field.auto_id)
    widget = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    drawn = _choices(widget) if template == CHOICES else _line(widget)
    label = f'<label for="{escape(field.id_for_label)}">{escape(field.label)}</label>'
    return mark_safe(f'<div class="field field-{field.widget_type}">{label}{drawn}</div>')  # noqa: S308 - escaped above


def _attrs(attrs: Mapping[str, Any]) -> str:
    said = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in said)


def _line(widget: Mapping[str, Any]) -> str:
    value = f' value="{escape(widget["value"])}"' if widget["value"] is not None else ""
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _choices(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{escape(widget["name"])}"{_attrs(widget["attrs"])}>{groups}</select>'


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    written = "".join(
        f'<option value="{escape(one["value"])}"{_attrs(one["attrs"])}>'
        f"{'Chọn…' if one['label'] == NOTHING_CHOSEN else escape(one['label'])}</option>"
        for one in options
    )
    return f'<optgroup label="{escape(name)}">{written}</optgroup>' if name else written
