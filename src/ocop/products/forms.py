"""What the pages of products ask."""

from datetime import date
from typing import Any

from django import forms

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.producers.codes import typed_code
from ocop.producers.models import Producer
from ocop.products.enums import ProductStatus
from ocop.products.models import Mark, Paper, Product
from ocop.rulebook.models import CriteriaSet, ProductGroup
from ocop.rulebook.queries import book_in_force, sets_for_group


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NameForm(forms.Form):
    """Step: what the product is called."""

    name = forms.CharField(
        label="Tên sản phẩm", max_length=200, help_text="Như in trên nhãn, ví dụ: Kẹo cu đơ Thư Viện."
    )


class GroupForm(forms.Form):
    """Step: the group of Appendix I."""

    group = forms.ModelChoiceField(
        label="Nhóm sản phẩm", queryset=ProductGroup.objects.all(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].label_from_instance = _with_help


class SetForm(OnceMixin, forms.Form):
    """Step: the set, out of those of the group, each with a word of help; may be left for later."""

    criteria_set = forms.ModelChoiceField(
        label="Bộ sản phẩm",
        queryset=CriteriaSet.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        empty_label="Chưa chắc, chọn sau",
    )

    def __init__(self, *args: Any, group: ProductGroup | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = book_in_force(clock.today())
        if book is not None:
            rows = (
                sets_for_group(book, group.code)
                if group
                else book.sets.defer("document").select_related("group")
            )
            self.fields["criteria_set"].queryset = rows
        self.fields["criteria_set"].label_from_instance = _with_help


def _with_help(row: Any) -> str:
    return f"{row}. {row.help_text}" if row.help_text else str(row)


class DescriptionForm(OnceMixin, forms.Form):
    """Step: the product in a few words."""

    spec = forms.CharField(
        label="Quy cách, khối lượng", max_length=200, required=False, help_text="Ví dụ: hộp 500 g."
    )
    ingredients = forms.CharField(
        label="Thành phần", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    description = forms.CharField(
        label="Mô tả ngắn", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


STEPS = (
    ("ten", "Sản phẩm tên là gì?"),
    ("nhom", "Sản phẩm thuộc nhóm nào?"),
    ("bo", "Sản phẩm giống bộ nào nhất?"),
    ("mo-ta", "Kể ngắn về sản phẩm"),
)


class ChangeGroupForm(OnceMixin, GroupForm):
    """Another group for the product."""


class MergeForm(OnceMixin, forms.Form):
    """Nothing but the press that merges two rows."""


class StatusForm(OnceMixin, forms.Form):
    """Stopped or made again, from a day on."""

    status = forms.ChoiceField(label="Tình trạng", choices=ProductStatus.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do", max_length=300, required=False, help_text="Bắt buộc khi ngừng sản xuất."
    )
    since = forms.DateField(label="Từ ngày", widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()


class PaperForm(OnceMixin, forms.ModelForm):
    """The facts of a paper."""

    class Meta:
        model = Paper
        fields = ["product", "title", "number", "issuer", "issued_on", "expires_on", "note"]
        widgets = {"issued_on": day_input(), "expires_on": day_input()}
        help_texts = {
            "expires_on": "Bỏ trống nếu giấy không có thời hạn.",
            "product": "Bỏ trống nếu dùng chung cho cơ sở.",
        }

    def __init__(self, *args: Any, producer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.unmerged().filter(producer=producer)
        self.fields["product"].empty_label = "Dùng chung cho cơ sở"
        if self.instance.pk:
            self.fields.pop("product")

    def clean_issued_on(self) -> date | None:
        """Not in the future."""
        day = self.cleaned_data["issued_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày cấp không được ở tương lai.")
        return day

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}


class MarkUseForm(OnceMixin, forms.Form):
    """The product may bear a mark."""

    mark = forms.ModelChoiceField(label="Nhãn hiệu, chỉ dẫn địa lý", queryset=Mark.objects.none())
    since = forms.DateField(label="Được dùng từ ngày", widget=day_input())
    basis = forms.CharField(label="Căn cứ cho phép", max_length=200, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].queryset = Mark.objects.visible_to(user)
        self.fields["since"].initial = clock.today()


class TransferForm(OnceMixin, forms.Form):
    """Who holds the product from a day on, and on what paper that stands."""

    to = forms.CharField(
        label="Chủ thể nhận sản phẩm",
        max_length=120,
        help_text="Gõ mã chủ thể (8 ký tự, ở đầu trang của chủ thể) hoặc tên đầy đủ.",
    )
    since = forms.DateField(label="Thuộc chủ thể mới từ ngày", widget=day_input())
    basis = forms.CharField(
        label="Căn cứ", max_length=200, help_text="Hợp đồng, văn bản chuyển giao, quyết định: số, ngày."
    )
    sure = forms.BooleanField(label="Tôi đã đối chiếu với cả hai chủ thể và giấy tờ chuyển giao")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.producers = Producer.objects.visible_to(user).known()
        self.fields["since"].initial = clock.today()

    def clean_to(self) -> Producer:
        """The producer of that code or name among those the officer may see."""
        typed = self.cleaned_data["to"]
        found = list(self.producers.filter(code=typed_code(typed))[:1])
        found = found or list(self.producers.found_by(typed).select_related("unit")[:6])
        if not found:
            raise forms.ValidationError("Không có chủ thể nào như vậy trong phạm vi bạn phụ trách.")
        if len(found) > 1:
            names = "; ".join(f"{row.public_name}, {row.unit.title} (mã {row.code})" for row in found[:5])
            raise forms.ValidationError(f"Có nhiều chủ thể khớp, hãy gõ mã của một trong số này: {names}.")
        return found[0]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("to", "since", "basis")}
