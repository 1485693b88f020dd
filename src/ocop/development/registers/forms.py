"""Forms of the registers and of the presses."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from ocop.accounts.models import Membership, User
from ocop.accounts.queries import holders_of
from ocop.development.enums import Outcome
from ocop.development.models import (
    Advice,
    ChainMember,
    Consultant,
    LinkGroup,
    LinkMember,
    Obstacle,
    OrganisationCase,
    ProductSurvey,
    ResearchList,
    StarCandidate,
    Technology,
    TechnologyNeed,
    ValueChain,
)
from ocop.kit import clock
from ocop.kit.fields import MONEY_HELP, WholeField
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.producers.models import VIEWING_ROLES
from ocop.units.models import Agency, UnitCover


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day with the native input."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def text_field(label: str, *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Several lines."""
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}))


def money_field(label: str) -> WholeField:
    """Whole đồng, typed as people type it."""
    return WholeField(label=label, required=False, highest=10**14, help_text=MONEY_HELP)


class OwnForm(FilesForm, OfficeForm):
    """A case of a producer: whoever acts for one alone need not choose it."""

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        producers = self.fields["producer"]
        first = list(producers.queryset[:2]) if isinstance(producers, forms.ModelChoiceField) else []
        if len(first) == 1 and not self.is_bound:
            self.initial.setdefault("producer", first[0])

    def clean(self) -> dict[str, Any]:
        """A product belongs to the producer."""
        data = super().clean() or {}
        product, producer = data.get("product"), data.get("producer")
        if product and producer and product.producer_id != producer.pk:
            self.add_error("product", "Sản phẩm này không phải của cơ sở đã chọn.")
        return data


class ObstacleForm(OwnForm):
    """What holds a producer up."""

    class Meta:
        model = Obstacle
        fields = ["producer", "kind", "title", "description", "product"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class AssignForm(forms.Form):
    """To whom an obstacle is given, and until when to answer."""

    assigned_agency = forms.ModelChoiceField(
        label="Cơ quan xử lý", queryset=Agency.objects.none(), required=False
    )
    assignee = forms.ModelChoiceField(label="Người xử lý", queryset=None, required=False)
    answer_by = day_field(
        "Trả lời trước ngày", required=False, help_text="Để trống: lấy theo số ngày đã thiết lập."
    )

    def __init__(self, row: Obstacle, *args: Any) -> None:
        super().__init__(*args)
        over = UnitCover.objects.filter(covered=row.unit_id).values("holder_id")
        agencies = Agency.objects.valid_on(clock.today()).filter(Q(unit_id__in=over) | Q(unit_id=row.unit_id))
        self.fields["assigned_agency"].queryset = agencies
        people = holders_of(*VIEWING_ROLES, unit=row.unit_id)
        self.fields["assignee"].queryset = people
        self.fields["assignee"].label_from_instance = _with_agency(people)
        self.fields["assigned_agency"].initial = row.assigned_agency_id
        self.fields["assignee"].initial = row.assignee_id


def _with_agency(people: QuerySet[User]) -> Callable[[User], str]:
    """People by name and office; one query for all."""
    held = Membership.objects.valid_on(clock.today()).filter(user__in=people).select_related("agency")
    agencies = {one.user_id: one.agency.short_name or one.agency.name for one in held}
    return lambda user: f"{user} – {agencies[user.pk]}" if user.pk in agencies else str(user)


class AnswerForm(forms.Form):
    """What will be done, and by when."""

    answer = text_field("Trả lời chủ thể")
    settle_by = day_field("Gỡ xong trước ngày", required=False)

    def clean_settle_by(self) -> date | None:
        """A promise lies ahead."""
        day = self.cleaned_data["settle_by"]
        if day is not None and day < clock.today():
            raise forms.ValidationError("Ngày này đã qua. Hãy ghi ngày sẽ gỡ xong.")
        return day


class SettleForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label="Kết quả", choices=Outcome.choices)
    result = text_field("Đã làm được gì")
    granted_m2 = forms.IntegerField(label="Đất, mặt bằng được giao (m²)", min_value=0, required=False)
    granted_money = money_field("Vốn được vay, hỗ trợ (đồng)")


class ConsultantForm(OfficeForm):
    """A consultant or expert."""

    class Meta:
        model = Consultant
        fields = [
            "name", "kind", "speciality", "skills", "unit", "partner", "workplace", "degree", "years", "phone", "email",
            "is_active", "note",
        ]  # fmt: skip


class AdviceForm(OwnForm):
    """A task for a consultant at a producer."""

    class Meta:
        model = Advice
        fields = ["consultant", "producer", "product", "task", "starts_on", "ends_on", "days", "cost"]


class ReportForm(forms.Form):
    """What the consultant did."""

    result = text_field("Kết quả tư vấn")
    done_on = day_field("Ngày xong", required=False)
    days = forms.IntegerField(label="Số ngày công", min_value=0, max_value=1000)
    cost = forms.IntegerField(label="Chi phí (đồng)", min_value=0, max_value=10**13)


class RateForm(forms.Form):
    """What the producer thinks of it."""

    rating = forms.TypedChoiceField(
        label="Tư vấn có ích không?", coerce=int, widget=forms.RadioSelect,
        choices=[
            (5, "5 – rất có ích"), (4, "4 – có ích"), (3, "3 – bình thường"), (2, "2 – ít ích"), (1, "1 – không ích"),
        ],
    )  # fmt: skip
    rating_note = forms.CharField(label="Nhận xét (nếu có)", max_length=300, required=False)


class SurveyForm(FilesForm, OfficeForm):
    """A survey of products."""

    class Meta:
        model = ProductSurvey
        fields = [
            "name",
            "unit",
            "held_on",
            "surveyor",
            "producers_seen",
            "products_seen",
            "ideas_seen",
            "finding",
        ]
        widgets = {"finding": forms.Textarea(attrs={"rows": 3})}


class CandidateForm(OfficeForm):
    """A candidate for more stars."""

    class Meta:
        model = StarCandidate
        fields = [
            "product", "survey", "year", "target_stars", "missing", "missing_count", "support", "support_money",
            "ready_by", "state", "reached_stars", "reached_on", "result",
        ]  # fmt: skip
        widgets = {
            "missing": forms.Textarea(attrs={"rows": 3}), "support": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What was reached has stars and a day; a candidate that was dropped has a reason."""
        data = super().clean() or {}
        if data.get("state") == "reached" and not (data.get("reached_stars") and data.get("reached_on")):
            self.add_error("reached_stars", "Ghi sao đạt được và ngày đạt.")
        if data.get("state") == "dropped" and not data.get("result"):
            self.add_error("result", "Ghi lý do dừng.")
        return data


class LinkForm(FilesForm, OfficeForm):
    """A link of producers."""

    class Meta:
        model = LinkGroup
        fields = [
            "name", "goods", "group", "mark", "lead", "unit", "founded_on", "contract_number", "contract_on",
            "yearly_value", "ended_on", "result",
        ]  # fmt: skip
        widgets = {"result": forms.Textarea(attrs={"rows": 3})}


class MemberForm(OfficeForm):
    """A member of a link."""

    class Meta:
        model = LinkMember
        fields = ["link", "producer", "volume", "volume_unit", "joined_on", "left_on"]


class OrganisationForm(FilesForm, OfficeForm):
    """What is asked for."""

    class Meta:
        model = OrganisationCase
        fields = ["change", "producer", "name", "unit", "form", "wish", "members_before", "capital_before"]
        widgets = {"wish": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "producer": "Củng cố, tái cấu trúc thì chọn cơ sở đã có trong sổ.",
            "name": "Thành lập mới thì ghi tên dự kiến.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        """A founding has a name, the rest a producer."""
        data = super().clean() or {}
        if data.get("change") == "found" and not data.get("name"):
            self.add_error("name", "Ghi tên dự kiến của tổ chức.")
        if data.get("change") in ("strengthen", "restructure") and not data.get("producer"):
            self.add_error("producer", "Chọn cơ sở được củng cố, tái cấu trúc.")
        return data


class AdviseForm(forms.Form):
    """One time that somebody advised."""

    advised_on = day_field("Ngày tư vấn")
    adviser = forms.CharField(label="Người, cơ quan tư vấn", max_length=200)
    content = forms.CharField(
        label="Nội dung tư vấn", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    people = forms.IntegerField(label="Số người dự", min_value=1, max_value=10_000, initial=1)
    hours = forms.DecimalField(label="Số giờ", min_value=0, max_digits=5, decimal_places=1, initial=1)


class CompleteForm(forms.Form):
    """What came of it."""

    name = forms.CharField(label="Tên tổ chức", max_length=250)
    form = forms.ChoiceField(label="Loại hình", required=False)
    registration = forms.CharField(label="Số đăng ký, số chứng thực", max_length=60, required=False)
    registered_on = day_field("Ngày đăng ký, chứng thực", required=False)
    members_after = forms.IntegerField(label="Số thành viên sau", min_value=0, max_value=1_000_000)
    capital_after = forms.IntegerField(label="Vốn sau (đồng)", min_value=0, max_value=10**14)
    result = text_field("Kết quả", required=False)

    def __init__(self, row: OrganisationCase, *args: Any) -> None:
        super().__init__(*args)
        choices = OrganisationCase._meta.get_field("form").flatchoices
        self.fields["form"].choices = [("", "Chọn loại hình"), *choices]
        for name in ("name", "form", "registration", "registered_on", "members_after", "capital_after"):
            self.fields[name].initial = getattr(row, name)


class TechnologyForm(FilesForm, OfficeForm):
    """A technology that was introduced."""

    class Meta:
        model = Technology
        fields = [
            "name", "field", "unit", "description", "supplier", "origin", "capacity", "cost", "introduced_on",
            "introduced_by", "producers_told",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class NeedForm(OwnForm):
    """A technology that a producer needs."""

    class Meta:
        model = TechnologyNeed
        fields = [
            "producer", "title", "field", "description", "product", "year", "capacity_now", "capacity_wanted",
            "capacity_unit", "cost_estimate", "own_money",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)


class IntroduceForm(forms.Form):
    """Which technology was shown, and when."""

    technology = forms.ModelChoiceField(label="Công nghệ, thiết bị", queryset=Technology.objects.none())
    introduced_on = day_field("Ngày giới thiệu", required=False)

    def __init__(self, user: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["technology"].queryset = Technology.objects.visible_to(user)


class TransferForm(forms.Form):
    """What the transfer cost and gave."""

    transferred_on = day_field("Ngày chuyển giao")
    contract_number = forms.CharField(label="Số hợp đồng chuyển giao", max_length=80, required=False)
    transfer_cost = money_field("Chi phí chuyển giao (đồng)")
    support_money = money_field("Trong đó nhà nước hỗ trợ (đồng)")
    capacity_before = forms.DecimalField(
        label="Năng lực trước", min_value=0, max_digits=12, decimal_places=2, required=False
    )
    capacity_after = forms.DecimalField(label="Năng lực sau", min_value=0, max_digits=12, decimal_places=2)
    people_trained = forms.IntegerField(
        label="Số người được hướng dẫn", min_value=0, max_value=10_000, required=False
    )
    result = text_field("Kết quả", required=False)

    def __init__(self, row: TechnologyNeed, *args: Any) -> None:
        super().__init__(*args)
        self.fields["capacity_before"].initial = row.capacity_now
        unit = f" ({row.capacity_unit})"
        for name in ("capacity_before", "capacity_after"):
            self.fields[name].label += unit

    def clean(self) -> dict[str, Any]:
        """The state supports no more than the whole."""
        data = super().clean() or {}
        cost, support = data.get("transfer_cost"), data.get("support_money")
        if support and support > (cost or 0):
            self.add_error("support_money", "Phần hỗ trợ không quá chi phí chuyển giao.")
        return data


class ListForm(OfficeForm):
    """The research list of a year."""

    class Meta:
        model = ResearchList
        fields = ["year", "unit", "title", "compiler"]


class ApproveListForm(forms.Form):
    """Number and day of the decision."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = day_field("Ngày quyết định")


class ChainForm(FilesForm, OfficeForm):
    """A value chain."""

    class Meta:
        model = ValueChain
        fields = [
            "name", "kind", "goods", "lead", "unit", "area", "households", "reused_tonnes", "yearly_value", "evidence",
            "valid_from", "valid_to", "note",
        ]  # fmt: skip
        help_texts = {"area": "Chuỗi không gắn vùng nguyên liệu thì chưa được tính vào chỉ tiêu."}


class ChainMemberForm(OfficeForm):
    """A member of a chain."""

    class Meta:
        model = ChainMember
        fields = ["chain", "producer", "product", "stage", "joined_on", "left_on"]
