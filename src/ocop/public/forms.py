"""What visitors ask the open site."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.kit import clock
from ocop.kit.templatetags.ui_marks import GROUPS
from ocop.public.queries import STANDING, unit_ids
from ocop.recognition.enums import State
from ocop.rulebook.queries import book_in_force
from ocop.rulebook.rules.sheet import Sheet
from ocop.units.models import Unit
from ocop.units.queries import Found, find_units
from ocop.units.rules.names import take_apart

STATES = (
    State.VALID,
    State.EXPIRING,
    State.EXTENDED,
    State.EXPIRED,
    State.REVOKED,
    State.UNKNOWN,
    State.NOT_YET,
)


def state_choices() -> list[tuple[str, Any]]:
    """What the register can be narrowed to, "in validity" first."""
    labels = [(state.value, gettext(state.label)) for state in STATES]
    return [("", gettext("Tất cả")), (STANDING, gettext("Đang còn hiệu lực")), *labels]


class RegisterFilter(forms.Form):
    """The filters of the register. A wrong value narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Tìm"))
    hieu_luc = forms.ChoiceField(required=False, label=_("Hiệu lực"), choices=state_choices)
    sao = forms.ChoiceField(required=False, label=_("Hạng sao"))
    nhom = forms.ChoiceField(required=False, label=_("Nhóm"))
    bo = forms.ChoiceField(required=False, label=_("Bộ sản phẩm"))
    dia_ban = forms.CharField(
        required=False,
        max_length=100,
        label=_("Xã, phường, huyện (cũ hoặc mới)"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        everything = ("", gettext("Tất cả"))
        words = [(str(star), gettext("%(n)s sao") % {"n": star}) for star in (5, 4, 3)]
        self.fields["sao"].choices = [everything, *words]
        self.fields["nhom"].choices = [everything, *((code, gettext(GROUP_NAMES[code])) for code in GROUPS)]
        self.fields["bo"].choices = [everything, *self._sets()]
        self.unit: Unit | None = None
        self.found: list[Found] = []

    def _sets(self) -> list[tuple[str, str]]:
        """The sets of the book in force; of the chosen group only, when one is chosen."""
        book = book_in_force(clock.today())
        if book is None:
            return []
        rows = book.sets.order_by("number")
        if self.data.get("nhom") in GROUPS:
            rows = rows.filter(group__code=self.data["nhom"])
        return [(str(number), f"{number}. {name}") for number, name in rows.values_list("number", "name")]

    def asked(self, day: date) -> dict[str, Any]:
        """The filters that stand, with the unit found for what was typed."""
        self.is_valid()
        asked = dict(self.cleaned_data)
        typed = asked.get("dia_ban", "").strip()
        if typed:
            self.found = find_units(typed, day, limit=6)
            if self.found:
                self.unit = self.found[0].unit
                asked["unit_ids"] = unit_ids(self.unit, day)
            else:
                asked["unit_ids"] = set()
        return asked

    @property
    def others(self) -> list[Found]:
        """Other units that what was typed may mean, offered beside the one taken."""
        return [] if not self.found or take_apart(self.data.get("dia_ban", "")).code else self.found[1:]

    def is_filtered(self) -> bool:
        """True when anything is asked."""
        return any(self.cleaned_data.values())

    def words(self) -> str:
        """The filter in words."""
        data = self.cleaned_data
        parts = [f"“{data['q']}”"] if data.get("q") else []
        chosen = [name for name in ("hieu_luc", "sao", "nhom", "bo") if data.get(name)]
        parts += [str(dict(self.fields[name].choices)[data[name]]) for name in chosen]
        if self.found:
            parts.append(self.found[0].name + (f" ({self.found[0].hint})" if self.found[0].hint else ""))
        return " · ".join(parts)


GROUP_NAMES = {
    "I": "Thực phẩm",
    "II": "Đồ uống",
    "III": "Dược liệu và sản phẩm từ dược liệu",
    "IV": "Hàng thủ công mỹ nghệ",
    "V": "Sinh vật cảnh",
    "VI": "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
}


class CheckForm(forms.Form):
    """What stands on a label: a code, a certificate's number, a name."""

    ma = forms.CharField(max_length=100, label=_("Mã tra cứu, số giấy chứng nhận hoặc tên sản phẩm"))


def read_answers(sheet: Sheet, sent: Mapping[str, Any]) -> tuple[dict[str, int | None], int | None]:
    """The answers and the case of a sent sheet; what the sheet does not have is left out."""
    cases = {str(one.number): one.number for one in sheet.cases}
    case = cases.get(str(sent.get("case", "")), next(iter(cases.values()), None))
    answers: dict[str, int | None] = {}
    for code, criterion in sheet.by_code.items():
        text = str(sent.get(f"c.{code}", ""))
        places = len(criterion.levels_of(case if criterion.has_cases else None))
        if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= places:
            answers[code] = int(text)
    return answers, case
