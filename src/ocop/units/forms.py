"""What the pages of units are asked: a day, a name."""

from typing import Any

from django import forms
from django.http import QueryDict

from ocop.kit import clock
from ocop.units.enums import Duty, UnitLevel
from ocop.units.queries import first_day_held


class DayForm(forms.Form):
    """The day that a page shows; today when none is given."""

    ngay = forms.DateField(
        label="Xem tại ngày",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_ngay(self) -> Any:
        """Today for an empty day; a day before the first stage held is refused."""
        day = self.cleaned_data["ngay"] or clock.today()
        first = first_day_held()
        if first and day < first:
            raise forms.ValidationError(f"Dữ liệu đơn vị hành chính có từ ngày {first:%d/%m/%Y}.")
        return day


class UnitSearchForm(DayForm):
    """A name, old or new, with the day."""

    q = forms.CharField(label="Tên cũ hoặc mới, hoặc mã", required=False, max_length=120)
    field_order = ["q", "ngay"]


class AgencySearchForm(DayForm):
    """A name of an agency, the part it plays, the day."""

    q = forms.CharField(label="Tên cơ quan", required=False, max_length=120)
    nhiem_vu = forms.ChoiceField(
        label="Nhiệm vụ", required=False, choices=lambda: [("", "Tất cả"), *Duty.choices]
    )
    field_order = ["q", "nhiem_vu", "ngay"]


class SuggestForm(forms.Form):
    """What the unit picker asks while a name is typed; `for` names the input whose text it is."""

    levels = forms.CharField(required=False, max_length=60)

    def clean_levels(self) -> list[str]:
        """The levels asked for; unknown words are left out."""
        return [level for level in self.cleaned_data["levels"].split(",") if level in UnitLevel.values]

    @staticmethod
    def typed(query: QueryDict) -> str:
        """The text typed so far, under the picker's own name or under `q`; cut to a name's length."""
        return query.get(query.get("for", ""), query.get("q", ""))[:120]
