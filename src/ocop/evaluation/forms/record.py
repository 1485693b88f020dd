"""Forms around the list and the moves of dossiers."""

from django import forms

from ocop.evaluation.enums import DossierState
from ocop.kit.once import OnceMixin

VIEWS = (("mine", "Đang chờ tôi"), ("open", "Đang xử lý"), ("late", "Quá hạn"), ("all", "Tất cả"))


class DossierFilter(forms.Form):
    """What the list of dossiers is narrowed to."""

    q = forms.CharField(label="Tìm", required=False, max_length=100)
    xem = forms.ChoiceField(label="Xem", required=False, choices=VIEWS)
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=(("", "Mọi trạng thái"), *DossierState.choices)
    )
    nam = forms.IntegerField(label="Năm", required=False, min_value=2019, max_value=2100)

    def words(self) -> str:
        """The filter in words, for the head of the table."""
        data = self.cleaned_data if self.is_valid() else {}
        parts = [dict(VIEWS).get(data.get("xem") or "open", "")]
        if data.get("trang_thai"):
            parts.append(DossierState(data["trang_thai"]).label)
        if data.get("nam"):
            parts.append(f"năm {data['nam']}")
        if data.get("q"):
            parts.append(f"“{data['q']}”")
        return " · ".join(part for part in parts if part)


class MoveForm(OnceMixin, forms.Form):
    """A press of one verb, with its reason."""

    verb = forms.SlugField(max_length=40)
    reason = forms.CharField(required=False, max_length=4000)
