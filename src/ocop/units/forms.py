"""What the pages of units are asked: a day, a name, the word before a handover, the commune of waiting rows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from ocop.kit import clock, registry
from ocop.kit.once import OnceMixin
from ocop.units.enums import Duty, UnitLevel
from ocop.units.fields import UnitField
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


class HandoverForm(OnceMixin, forms.Form):
    """The one press of a handover, with the word of the person who presses it."""

    seen = forms.BooleanField(
        label="Tôi đã xem danh sách bên dưới; bàn giao được ghi lại và không làm hai lần.",
        error_messages={"required": "Hãy đánh dấu là đã xem danh sách trước khi bàn giao."},
    )


class DoubtFilterForm(forms.Form):
    """Which rows of the list are shown: of which old unit, of which kind, waiting or placed."""

    don_vi_cu = forms.ChoiceField(label="Đơn vị cũ", required=False)
    loai = forms.ChoiceField(label="Loại", required=False)
    xem = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Chờ xác nhận"), ("xong", "Đã xác nhận"), ("het", "Tất cả")],
    )

    def __init__(self, *args: Any, units: Iterable[tuple[Any, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi_cu"].choices = [  # type: ignore[attr-defined]
            ("", "Mọi đơn vị cũ"),
            *((str(unit.pk), f"{unit.title} ({count})") for unit, count in units),
        ]
        self.fields["loai"].choices = [  # type: ignore[attr-defined]
            ("", "Mọi loại"),
            *((part.key, part.label) for part in registry.handover_parts if part.confirm),
        ]

    def wanted(self) -> dict[str, str]:
        """What narrows the list; a word that is not on offer narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class DoubtChoiceForm(OnceMixin, forms.Form):
    """The new commune of the ticked rows: one of those that are likely, or any commune of the province by its name.

    All rows at once only where they are of one old unit: `total` is None otherwise.
    """

    ALL = "all"
    CHOSEN = "chosen"

    scope = forms.ChoiceField(
        label="Áp dụng cho", choices=[(CHOSEN, "Các dòng đã đánh dấu"), (ALL, "Tất cả")], initial=CHOSEN,
        widget=forms.RadioSelect,
    )  # fmt: skip
    rows = forms.TypedMultipleChoiceField(required=False, coerce=int)
    likely = forms.ChoiceField(label="Xã mới", required=False, widget=forms.RadioSelect)
    other = UnitField(label="Xã, phường khác", required=False, levels=(UnitLevel.COMMUNE.value,))

    def __init__(
        self,
        *args: Any,
        rows: Iterable[int],
        likely: Iterable[Any],
        total: int | None,
        within: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(unit.pk): unit for unit in likely}
        self.fields["rows"].choices = [(pk, str(pk)) for pk in rows]  # type: ignore[attr-defined]
        self.fields["likely"].choices = [(key, unit.title) for key, unit in self.offered.items()]  # type: ignore[attr-defined]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (self.CHOSEN, "Các dòng đã đánh dấu"),
            *([(self.ALL, f"Tất cả {total} dòng đang lọc")] if total else []),
        ]
        self.fields["other"].within = within  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One commune, said once; rows ticked unless all are meant."""
        data = super().clean() or {}
        unit = data.get("other") or self.offered.get(data.get("likely", ""))
        if unit is None and not self.errors:
            self.add_error("likely", "Hãy chọn xã mới, hoặc gõ tên xã, phường khác.")
        if data.get("scope") == self.CHOSEN and not data.get("rows") and not self.errors:
            self.add_error("scope", "Hãy đánh dấu ít nhất một dòng.")
        data["unit"] = unit
        return data
