"""The fields of a filter bar, written by hand: every list has some ten, whose templates cost more than its rows."""

from collections.abc import Mapping
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
    drawn = _choices(field, attrs) if template == CHOICES else _line(field, attrs)
    label = f'<label for="{escape(field.id_for_label)}">{escape(field.label)}</label>'
    return mark_safe(f'<div class="field field-{field.widget_type}">{label}{drawn}</div>')  # noqa: S308 - escaped above


def _attrs(attrs: Mapping[str, Any]) -> str:
    said = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in said)


def _line(field: BoundField, attrs: dict[str, Any]) -> str:
    widget = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    value = f' value="{escape(widget["value"])}"' if widget["value"] is not None else ""
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _choices(field: BoundField, attrs: dict[str, Any]) -> str:
    """A list of choices; its widget would make a dictionary of each, and there may be a thousand."""
    widget = field.field.widget
    wanted = set(widget.format_value(field.value()))
    many = widget.allow_multiple_selected

    def option(value: Any, label: Any) -> str:
        sent, words, mark = str(value) if value is not None else "", str(label), ""
        if sent in wanted:
            mark = " selected"
            if not many:  # of two choices with the same value the first is shown
                wanted.clear()
        shown = "Chọn…" if words == NOTHING_CHOSEN else escape(words)
        return f'<option value="{escape(sent)}"{mark}>{shown}</option>'

    written = []
    for value, label in widget.choices:
        if isinstance(label, list | tuple):
            group = "".join(option(one, words) for one, words in label)
            written.append(f'<optgroup label="{escape(value)}">{group}</optgroup>')
        else:
            written.append(option(value, label))
    said = {**widget.attrs, **attrs, **({"multiple": True} if many else {})}
    return f'<select name="{escape(field.html_name)}"{_attrs(said)}>{"".join(written)}</select>'
