"""A form field for a unit: type its old or new name; works with and without JavaScript."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from ocop.kit import clock
from ocop.units.models import Unit
from ocop.units.queries import Found, find_units, home_province
from ocop.units.rules.names import rank_of, take_apart

CHOICES_SHOWN = 8


def picked_text(unit: Unit) -> str:
    """How a chosen unit stands in the input: "Xã Thạch Khê (18604)"; the code makes it exact."""
    return f"{unit.title} ({unit.code})"


def suggestions(typed: str, *, levels: Iterable[str] = ()) -> list[tuple[str, Found]]:
    """Units of today for what is typed so far, each with the text that chooses it; two letters at least."""
    if len(typed.strip()) < 2:
        return []
    found = find_units(typed, clock.today(), levels=levels, current_only=True, limit=CHOICES_SHOWN)
    return [(picked_text(answer.unit), answer) for answer in found]


class UnitWidget(forms.TextInput):
    """A text input with suggestions below it.

    The suggestions are radio buttons of the same name, so that the one chosen comes last and wins; they come by
    htmx while one types, and with the page when what was sent fits several units. No other script is needed.
    """

    template_name = "units/widgets/unit.html"
    levels: tuple[str, ...] = ()

    def format_value(self, value: Any) -> str | None:
        """Text stays as typed; a unit or its id becomes its name with the code."""
        if isinstance(value, int):
            value = Unit.objects.filter(pk=value).first()
        return picked_text(value) if isinstance(value, Unit) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggest_url"] = reverse("units:suggest")
        context["widget"]["asked"] = json.dumps({"for": name, "levels": ",".join(self.levels)})
        typed = context["widget"]["value"] or ""
        unclear = typed and not take_apart(typed).code
        context["answers"] = suggestions(typed, levels=self.levels) if unclear else []
        return context


class UnitField(forms.Field):
    """Answers a `Unit` of the day. What is typed may be a name of any time, or "Xã Thạch Khê (18604)".

    One clear answer is taken; several are shown as an error to choose from. `levels` limits the answer, `day` is
    the day on which the unit must be in force (default today), `within` the province (default the one served).
    """

    widget = UnitWidget
    default_error_messages = {
        "unknown": "Không tìm thấy đơn vị hành chính “%(typed)s”.",
        "several": "Có nhiều đơn vị phù hợp: %(names)s. Hãy ghi rõ tên hoặc chép cả mã trong ngoặc.",
    }

    def __init__(
        self,
        *,
        levels: Iterable[str] = (),
        day: date | None = None,
        within: Unit | None = None,
        **kwargs: Any,
    ) -> None:
        self.levels, self.day, self.within = tuple(levels), day, within
        super().__init__(**kwargs)
        self.widget.levels = self.levels

    def prepare_value(self, value: Any) -> Any:
        """A unit from `initial`, or the text as it was typed."""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what stands in the input, so that an untouched unit counts as unchanged."""
        return (UnitWidget().format_value(initial) or "") != (data or "")

    def to_python(self, value: Any) -> Unit | None:
        """The unit that was typed; raises ValidationError when none or several answer."""
        if isinstance(value, Unit) or value in self.empty_values:
            return value or None
        typed, day = str(value).strip(), self.day or clock.today()
        chosen = self._by_code(take_apart(typed).code, day)
        if chosen is not None:
            return chosen
        found = find_units(typed, day, within=self.within, levels=self.levels, current_only=True)
        best = [answer for answer in found if _is_exact(answer, typed)] or found
        if not best:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"typed": typed})
        if len(best) > 1:
            names = "; ".join(
                picked_text(answer.unit) + (f" – {answer.hint}" if answer.hint else "")
                for answer in best[:CHOICES_SHOWN]
            )
            raise forms.ValidationError(self.error_messages["several"], "several", {"names": names})
        return best[0].unit

    def _by_code(self, code: str, day: date) -> Unit | None:
        """The unit of that day with the code that a suggestion wrote behind the name: nothing is left to search."""
        if not code:
            return None
        rows = Unit.objects.covered_by(self.within or home_province(day)).valid_on(day).filter(code=code)
        return (rows.filter(level__in=self.levels) if self.levels else rows).first()


def _is_exact(answer: Found, typed: str) -> bool:
    """True when the unit in force itself bears exactly the typed name (and type, if one was typed)."""
    parts = take_apart(typed)
    same_type = not parts.type or parts.type == answer.unit.type
    return not parts.code and not answer.hint and same_type and rank_of(answer.unit.name, parts) in {0, 1}
