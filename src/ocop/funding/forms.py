"""Forms of the ledger's own pages: the reversal of an entry, what the totals are about."""

from datetime import date

from django import forms

from ocop.funding import enums
from ocop.funding.fields import day_input, not_later
from ocop.funding.models import Activity
from ocop.kit import clock
from ocop.kit.once import OnceMixin


class ReverseForm(OnceMixin, forms.Form):
    """Why an entry is taken back, and on which day."""

    reason = forms.CharField(label="Lý do đảo", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label="Ngày đảo", widget=day_input(), initial=clock.today)

    def clean_day(self) -> date:
        return not_later(self.cleaned_data["day"])


def _years() -> list[tuple[str, str]]:
    this = clock.today().year
    return [("", "mọi năm"), *((str(year), str(year)) for year in range(this + 1, 2018, -1))]


class TotalsForm(forms.Form):
    """What the page of totals is about."""

    tu = forms.ChoiceField(label="Từ năm", choices=_years, required=False)
    den = forms.ChoiceField(label="Đến năm", choices=_years, required=False)
    don_vi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    giai_doan = forms.ChoiceField(
        label="Bảng theo năm xem",
        choices=enums.entry_kinds,
        initial=enums.EntryKind.DISBURSED,
        required=False,
    )
    nguon = forms.ChoiceField(
        label="Nguồn vốn", choices=lambda: [("", "mọi nguồn"), *enums.fund_sources()], required=False
    )
    hoat_dong = forms.ModelChoiceField(
        Activity.objects.all(), label="Hoạt động", required=False, empty_label="mọi hoạt động"
    )
    quan_ly = forms.ChoiceField(
        label="Loại chi", required=False,
        choices=[("", "mọi loại chi"), ("1", "chỉ chi quản lý, giám sát"), ("0", "không gồm chi quản lý, giám sát")],
    )  # fmt: skip
