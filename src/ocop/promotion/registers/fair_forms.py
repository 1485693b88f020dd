"""Forms of fairs: the call, a registration, the answer, the results."""

from typing import Any

from django import forms

from ocop.kit.once import OnceMixin
from ocop.kit.registers.editing import day_inputs
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.queries.fairs import ProductLine


class FairForm(FilesForm, OfficeForm):
    """A call to take part in an event."""

    class Meta:
        model = Fair
        fields = [
            "name", "kind", "priority", "reach", "unit", "organiser", "place", "starts_on", "ends_on", "deadline",
            "stands", "scale", "star_rule", "conditions", "budget",
        ]  # fmt: skip
        widgets = {"conditions": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        """A stand at least."""
        data = super().clean() or self.cleaned_data
        if data.get("stands") == 0:
            self.add_error("stands", "Cần ít nhất một gian hàng.")
        return data


class ExtendForm(forms.Form):
    """A later deadline."""

    deadline = forms.DateField(label="Hạn đăng ký mới")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day_inputs(self)


class FairReportForm(FilesForm, forms.Form):
    """What the event cost and who came."""

    cost = forms.IntegerField(label="Kinh phí đã chi (đồng)", min_value=0)
    visitors = forms.IntegerField(
        label="Lượt khách của cả sự kiện", min_value=0, max_value=100_000_000, required=False
    )


class SelectForm(forms.Form):
    """The stand."""

    stand = forms.CharField(label="Gian số (nếu đã xếp)", max_length=20, required=False)


class EntryReportForm(FilesForm, forms.Form):
    """What a participant sold and signed; made for a phone."""

    sales = forms.IntegerField(label="Doanh số bán tại chỗ (đồng)", min_value=0)
    contracts = forms.IntegerField(
        label="Số hợp đồng, biên bản đã ký", min_value=0, max_value=10_000, required=False
    )
    contract_value = forms.IntegerField(label="Tổng giá trị đã ký (đồng)", min_value=0, required=False)
    visitors = forms.IntegerField(
        label="Lượt khách đến gian (nếu có đếm)", min_value=0, max_value=100_000_000, required=False
    )


class EntryForm(OnceMixin, forms.Form):
    """Which products a producer brings: those that the call does not take cannot be ticked."""

    products = forms.MultipleChoiceField(
        label="Sản phẩm mang đi", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một sản phẩm.", "invalid_choice": "Sản phẩm này không được nhận.",
        },
    )  # fmt: skip
    needs = forms.CharField(
        label="Cần gì ở gian hàng (điện, tủ mát, chỗ gửi hàng...)", max_length=300, required=False
    )

    def __init__(self, lines: list[ProductLine], *args: Any, **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)
        taken = [line for line in lines if line.verdict.taken]
        self.fields["products"].choices = [(str(line.product.pk), line.product.name) for line in taken]  # type: ignore[attr-defined]

    @property
    def options(self) -> list[tuple[ProductLine, bool]]:
        """Each product with whether its box is ticked."""
        ticked = {str(value) for value in self["products"].value() or ()}
        return [(line, str(line.product.pk) in ticked) for line in self.lines]

    @property
    def chosen(self) -> list[Any]:
        """The products that were ticked."""
        ticked = set(self.cleaned_data["products"])
        return [line.product for line in self.lines if str(line.product.pk) in ticked]


class EntryEditForm(OfficeForm):
    """The stand of a participant, corrected by the organiser."""

    class Meta:
        model = FairEntry
        fields = ["stand", "needs"]
