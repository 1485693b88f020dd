"""Forms of the registers: requests, their verbs, entries, resources, activities."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms

from ocop.cycle.models import BusinessPlan
from ocop.funding import enums
from ocop.funding.fields import day_input, money, not_later
from ocop.funding.models import Activity, FundEntry, MobilisedResource, SupportRequest
from ocop.funding.models.activity import MOBILISED
from ocop.funding.queries.support import APPROVED
from ocop.kit import clock
from ocop.kit.fields import DoneOnField
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.producers.casework.forms import SeveralFilesField
from ocop.products.models import Product
from ocop.rulebook.models import SupportItem


class ItemChoice(forms.ModelChoiceField):
    """Items with their policy, so that the same item of two resolutions can be told apart."""

    def label_from_instance(self, item: Any) -> str:
        unknown = "" if item.has_amount else " (mức chưa có căn cứ)"
        return f"{item.name}{unknown} – {item.policy.title}"


class SupportRequestForm(FilesForm, OfficeForm):
    """The request, short enough for a phone."""

    item = ItemChoice(SupportItem.objects.none(), label="Nội dung hỗ trợ")
    cost = money("Tổng chi phí của việc này (đồng)", required=False)
    asked_amount = money("Số tiền đề nghị (đồng)")

    class Meta:
        model = SupportRequest
        fields = ["producer", "product", "item", "quantity", "cost", "asked_amount", "purpose", "plan"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}

    def narrow(self, user: Any) -> None:
        """Producers and products that the person sees, items in force today (and the one already chosen)."""
        super().narrow(user)
        items = SupportItem.objects.in_force(clock.today()) | SupportItem.objects.filter(
            pk=self.instance.item_id
        )
        self.fields["item"].queryset = items.select_related("policy").order_by("policy", "order").distinct()  # type: ignore[attr-defined]
        plans = BusinessPlan.objects.visible_to(user).filter(state__in=APPROVED)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["product"].queryset = Product.objects.visible_to(user).unmerged()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        product, producer = data.get("product"), data.get("producer")
        if product is not None and producer is not None and product.producer_id != producer.pk:
            self.add_error("product", "Sản phẩm này không phải của chủ thể đã chọn.")
        if data.get("plan") is not None and producer is not None and data["plan"].producer_id != producer.pk:
            self.add_error("plan", "Phương án này không phải của chủ thể đã chọn.")
        return data


class AppraiseForm(forms.Form):
    """What the appraisal proposes."""

    proposal = forms.ChoiceField(
        label="Đề nghị", choices=enums.proposals, widget=forms.RadioSelect, initial=enums.Proposal.SUPPORT
    )
    amount = money("Số tiền thẩm định (đồng)", required=False)
    opinion = forms.CharField(label="Nhận xét", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            data.get("proposal") == enums.Proposal.SUPPORT
            and not data.get("amount")
            and "amount" not in self.errors
        ):
            self.add_error("amount", "Cần ghi số tiền thẩm định.")
        return data


class SourceMixin(forms.Form):
    """Source of the money, with the budget level where there is one."""

    source = forms.ChoiceField(label="Nguồn vốn", choices=enums.fund_sources, initial=enums.FundSource.LOCAL)
    budget_level = forms.ChoiceField(
        label="Cấp ngân sách", choices=lambda: [("", "không phải ngân sách địa phương"), *enums.budget_levels()],
        required=False, help_text="Chỉ chọn khi nguồn là ngân sách tỉnh, huyện, xã.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_level(self, data)
        return data


def check_level(form: Any, data: dict[str, Any]) -> None:
    """The budget level stands with the local budgets, and only there."""
    local = data.get("source") == enums.FundSource.LOCAL
    if local and not data.get("budget_level"):
        form.add_error("budget_level", "Hãy chọn ngân sách tỉnh, huyện hay xã.")
    if not local and data.get("budget_level"):
        form.add_error("budget_level", "Cấp ngân sách chỉ ghi cho nguồn ngân sách tỉnh, huyện, xã.")


class DecideForm(SourceMixin):
    """The decision as it was signed."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    day = DoneOnField(label="Ngày quyết định")
    amount = money("Số tiền được hỗ trợ (đồng)")
    amount_basis = forms.CharField(
        label="Căn cứ của số tiền", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000,
        help_text="Bắt buộc khi chính sách chưa có mức.",
    )  # fmt: skip
    field_order = ("number", "day", "amount", "amount_basis", "source", "budget_level")


class DocumentForm(forms.Form):
    """A document of payment: number and day."""

    document_number = forms.CharField(label="Số chứng từ", max_length=60)
    day = DoneOnField(label="Ngày chứng từ")


class PayForm(DocumentForm):
    """One payment with its proof."""

    amount = money("Số tiền chi lần này (đồng)")
    attached = SeveralFilesField(
        label="Ảnh, minh chứng",
        required=False,
        help_text="Hóa đơn, biên bản nghiệm thu, ủy nhiệm chi (ảnh, PDF).",
    )
    field_order = ("amount", "document_number", "day", "attached")


class SettleForm(DocumentForm):
    """The settlement's document, with proof where it was not sent before."""

    attached = SeveralFilesField(label="Ảnh, minh chứng", required=False)


def unit_of_then(form: Any) -> None:
    """The unit is that of the document's day: a district's money of 2024 is written down for the district."""
    if form.is_bound:
        with suppress(forms.ValidationError):  # a day that is none is told at its own field
            form.fields["unit"].day = form.fields["day"].clean(form.data.get("day"))
    form.fields["unit"].help_text = "Đơn vị của ngày chứng từ: năm 2024 ghi được huyện, xã cũ."


class EntryForm(OfficeForm):
    """One movement of the ledger."""

    amount = money("Số tiền (đồng)")

    class Meta:
        model = FundEntry
        fields = [
            "kind", "year", "source", "budget_level", "unit", "activity", "amount", "day", "document_number",
            "document_line", "content", "producer", "project",
        ]  # fmt: skip
        widgets = {"day": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit_of_then(self)

    def clean_amount(self) -> int:
        amount = self.cleaned_data["amount"]
        if amount is None or amount < 1:
            raise forms.ValidationError("Số tiền phải lớn hơn 0.")
        return amount

    def clean_day(self) -> date:
        return not_later(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_level(self, data)
        return data


class ResourceForm(OfficeForm):
    """A resource brought in from elsewhere, at its value in đồng."""

    programme = forms.ChoiceField(label="Chương trình, nguồn lực", choices=enums.programmes)
    amount = money("Giá trị (đồng)", help_text="Nguồn lực không phải tiền: ghi giá trị quy ra đồng.")

    class Meta:
        model = MobilisedResource
        fields = [
            "programme", "resource_form", "content", "producer", "project", "unit", "amount", "year", "day",
            "document_number", "document_line",
        ]  # fmt: skip
        widgets = {"day": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit_of_then(self)

    clean_amount = EntryForm.clean_amount
    clean_day = EntryForm.clean_day

    def _post_clean(self) -> None:
        self.instance.activity = Activity.objects.filter(code=MOBILISED).first()  # type: ignore[assignment]
        super()._post_clean()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("producer") and not data.get("project"):
            self.add_error("project", "Hãy ghi chủ thể hoặc dự án được nhận nguồn lực.")
        return data


class ActivityForm(forms.ModelForm):
    """An activity that gets money."""

    class Meta:
        model = Activity
        fields = ["code", "name", "clause", "is_management", "order"]
