"""Forms of sale points: the point, a visit with its criteria, the decision, the month."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.kit.registers.editing import day_inputs
from ocop.kit.typed import numbers_as_typed
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.promotion.actions.points import Found
from ocop.promotion.actions.sales import Counted
from ocop.promotion.enums import CriterionKind
from ocop.promotion.models import PointSupport, SaleCriterion, SaleMonth, SalePoint, StockCount
from ocop.promotion.rules.warning import add_months, month_of

MET = [("yes", "Đạt"), ("no", "Chưa đạt")]
MONTHS_BACK = 12


class SalePointForm(FilesForm, OfficeForm):
    """A place that wants to be a sale point."""

    class Meta:
        model = SalePoint
        fields = [
            "name", "kind", "unit", "address", "operator", "producer", "phone", "hours", "area", "since", "lat", "lng",
            "note",
        ]  # fmt: skip

    def clean_since(self) -> date | None:
        """Selling has begun, or the day stays open."""
        day: date | None = self.cleaned_data["since"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày bán hàng ở tương lai; hãy để trống khi chưa bán.")
        return day


class CheckForm(FilesForm, forms.Form):
    """A visit: one question per criterion of that day, photographs, conclusion; made for a phone."""

    checked_on = forms.DateField(label="Ngày kiểm tra")
    team = forms.CharField(label="Người kiểm tra", max_length=300, required=False)

    def __init__(self, criteria: Iterable[SaleCriterion], *args: Any, **kwargs: Any) -> None:
        self.criteria = list(criteria)
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = clock.today()
        attached = self.fields.pop("attached")
        for one in self.criteria:
            self.fields[f"c{one.pk}"] = self._question(one)
        self.fields["conclusion"] = forms.CharField(
            label="Kết luận, kiến nghị", required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["remedy_by"] = forms.DateField(label="Khắc phục trước ngày", required=False)
        self.fields["attached"] = attached
        # The conclusion is the reason of the press; it is asked once.
        self.fields["reason"] = forms.CharField(required=False, widget=forms.HiddenInput)
        day_inputs(self)

    @staticmethod
    def _question(one: SaleCriterion) -> forms.Field:
        parts = [one.instrument.number]
        if not one.confirmed:
            parts.append("câu chữ chưa đối chiếu, không quyết định kết quả")
        elif not one.required:
            parts.append("không bắt buộc")
        words = " · ".join(parts)
        if one.kind == CriterionKind.NUMBER:
            least = f", tối thiểu {one.minimum:g}" if one.minimum is not None else ""
            label = f"{one.text} ({one.measure}{least})" if one.measure else one.text
            return forms.DecimalField(
                label=label, required=False, min_value=0, max_digits=10, decimal_places=1, help_text=words
            )
        return forms.ChoiceField(
            label=one.text, required=False, choices=MET, widget=forms.RadioSelect, help_text=words
        )

    def clean_checked_on(self) -> date:
        """Nobody was there tomorrow."""
        day: date = self.cleaned_data["checked_on"]
        if day > clock.today():
            raise forms.ValidationError("Ngày kiểm tra ở tương lai.")
        return day

    def clean(self) -> dict[str, Any]:
        """A visit on which nobody could decide is not sent: every question is answered, unless one failed."""
        data = super().clean() or self.cleaned_data
        names = [f"c{one.pk}" for one in self.criteria]
        if "no" not in (data.get(name) for name in names):
            for name in names:
                if name in data and data[name] in (None, ""):
                    self.add_error(name, "Chưa trả lời tiêu chí này.")
        return data


def found_in(data: dict[str, Any]) -> list[Found]:
    """The answers in the cleaned data of a `CheckForm`; questions left open are left out."""
    found = []
    for name, value in data.items():
        if not name[1:].isdigit() or name[0] != "c" or value in (None, ""):
            continue
        number = isinstance(value, Decimal)
        found.append(
            Found(int(name[1:]), None if number else value == "yes", Decimal(value) if number else None)
        )
    return found


class NumberForm(forms.Form):
    """The decision of recognition."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = forms.DateField(label="Ngày quyết định")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = clock.today()
        day_inputs(self)

    def clean_decided_on(self) -> date:
        """A decision is not of tomorrow."""
        day: date = self.cleaned_data["decided_on"]
        if day > clock.today():
            raise forms.ValidationError("Ngày quyết định ở tương lai.")
        return day


def month_choices(today: date, back: int = MONTHS_BACK) -> list[tuple[str, str]]:
    """The months that may be reported: the one that runs, and those before it, the last ended one first."""
    months = [add_months(month_of(today), -number) for number in range(1, back + 1)]
    return [(f"{month:%Y-%m-%d}", f"Tháng {month:%m/%Y}") for month in (*months, month_of(today))]


class MonthForm(OnceMixin, forms.Form):
    """What was sold in a month, and how much of each product lies there now."""

    month = forms.ChoiceField(label="Tháng báo cáo")
    revenue = forms.IntegerField(label="Doanh thu chung của điểm bán (đồng)", min_value=0)
    ocop_revenue = forms.IntegerField(label="Trong đó sản phẩm OCOP (đồng)", min_value=0)
    customers = forms.IntegerField(
        label="Lượt khách (nếu có đếm)", min_value=0, max_value=10_000_000, required=False
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(
        self, products: Iterable[Any], *args: Any, owner_id: int | None = None, **kwargs: Any
    ) -> None:
        self.products = list(products)
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = month_choices(clock.today())  # type: ignore[attr-defined]
        for product in self.products:
            maker = "" if product.producer_id == owner_id else f" – {product.producer.public_name}"
            self.fields[f"p{product.pk}"] = forms.DecimalField(
                label=f"{product.name}{maker}", required=False, min_value=0, max_digits=12, decimal_places=1
            )  # fmt: skip
        numbers_as_typed(self)

    def clean(self) -> dict[str, Any]:
        """The part is not larger than the whole."""
        data = super().clean() or self.cleaned_data
        if (data.get("ocop_revenue") or 0) > (data.get("revenue") or 0):
            self.add_error("ocop_revenue", "Doanh thu OCOP không lớn hơn doanh thu chung.")
        return data

    @property
    def stock_fields(self) -> list[Any]:
        """The fields of the products, for the template."""
        return [self[f"p{product.pk}"] for product in self.products]

    @property
    def counted(self) -> list[Counted]:
        """The products that were counted; those left empty were not."""
        return [
            Counted(product.pk, self.cleaned_data[f"p{product.pk}"])
            for product in self.products
            if self.cleaned_data.get(f"p{product.pk}") is not None
        ]


class StockForm(OfficeForm):
    """One product counted on a day."""

    class Meta:
        model = StockCount
        fields = ["point", "product", "counted_on", "quantity", "measure", "price"]


class SaleMonthForm(OfficeForm):
    """One month of sales."""

    class Meta:
        model = SaleMonth
        fields = ["point", "month", "revenue", "ocop_revenue", "customers", "note"]


class SupportForm(FilesForm, OfficeForm):
    """Support paid to a sale point."""

    class Meta:
        model = PointSupport
        fields = ["point", "instrument", "content", "amount", "decision", "decided_on", "paid_on"]
