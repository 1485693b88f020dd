"""Forms around the list and the moves of dossiers."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ocop.evaluation.enums import DossierState
from ocop.kit.once import OnceMixin
from ocop.rulebook.models import ProductGroup

VIEWS = (("mine", "Đang chờ tôi"), ("open", "Đang xử lý"), ("late", "Quá hạn"), ("all", "Tất cả"))
ROUNDS = (("", "Mọi đợt"), ("1", "Đợt 1"), ("2", "Đợt 2"), ("3", "Đợt 3"), ("4", "Đợt 4"))


class DossierFilter(forms.Form):
    """What the list of dossiers is narrowed to; the view (mine, open, late, all) stands above as links."""

    q = forms.CharField(label="Tìm", required=False, max_length=100)
    xem = forms.ChoiceField(label="Xem", required=False, choices=VIEWS, widget=forms.HiddenInput)
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=(("", "Mọi trạng thái"), *DossierState.choices)
    )
    nhom = forms.ModelChoiceField(
        ProductGroup.objects.all(), label="Nhóm sản phẩm", required=False, empty_label="Mọi nhóm",
        to_field_name="code",
    )  # fmt: skip
    don_vi = forms.CharField(
        label="Xã, phường (tên mới hoặc cũ)", required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "ví dụ: Thạch Hà"}),
    )  # fmt: skip
    dot = forms.ChoiceField(label="Đợt", required=False, choices=ROUNDS)
    nam = forms.IntegerField(label="Năm", required=False, min_value=2019, max_value=2100)

    def filters(self, *, default: str) -> dict[str, Any]:
        """The values typed correctly, with a view to open at."""
        self.is_valid()
        data = {key: value for key, value in self.cleaned_data.items() if value}
        return {"xem": default, **data}

    def address_with(self, **values: str) -> str:
        """The filters of now as a query, with other values for some."""
        query = self.data.copy()
        query.pop("trang", None)
        for key, value in values.items():
            query[key] = value
        return query.urlencode()

    def address_without(self, key: str) -> str:
        """The filters of now as a query, but for one."""
        query = self.data.copy()
        query.pop("trang", None)
        query.pop(key, None)
        return query.urlencode()

    def words(self, filters: Mapping[str, Any]) -> str:
        """The filter in words, for the head of the table."""
        parts = [dict(VIEWS)[filters["xem"]]]
        if filters.get("trang_thai"):
            parts.append(DossierState(filters["trang_thai"]).label)
        if filters.get("nhom"):
            parts.append(f"nhóm {filters['nhom'].name}")
        if filters.get("don_vi"):
            parts.append(f"địa bàn “{filters['don_vi']}”")
        if filters.get("dot"):
            parts.append(f"đợt {filters['dot']}")
        if filters.get("nam"):
            parts.append(f"năm {filters['nam']}")
        if filters.get("q"):
            parts.append(f"“{filters['q']}”")
        return " · ".join(parts)


class MoveForm(OnceMixin, forms.Form):
    """A press of one verb, with its reason."""

    verb = forms.SlugField(max_length=40)
    reason = forms.CharField(required=False, max_length=4000)
