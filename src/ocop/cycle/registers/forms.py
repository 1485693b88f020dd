"""What officers fill in on one page: ideas and plans for a producer, calendars, meetings, presses with facts."""

from typing import Any

from django import forms

from ocop.cycle.actions import home_of
from ocop.cycle.enums import Appraisal, CycleStep, IdeaState, Quarter
from ocop.cycle.models import (
    BusinessPlan,
    CycleCalendar,
    Idea,
    MeetingMember,
    PlanMilestone,
    PlanProgress,
    PlanSupport,
    SeasonalException,
    SelectionMeeting,
)
from ocop.cycle.rules.calendar import PREFIXES
from ocop.cycle.rules.plans import quarter_of
from ocop.kit import clock
from ocop.kit.fields import MONEY_HELP, DoneOnField, WholeField
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.rulebook.models import SupportItem


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def money(label: str, *, required: bool = False) -> WholeField:
    """An amount in đồng, typed as people type it."""
    return WholeField(label=label, required=required, help_text=MONEY_HELP)


class IdeaForm(FilesForm, OfficeForm):
    """An idea on one page, for the officer who registers it for a producer."""

    expected_revenue = money("Doanh thu năm đầu dự kiến (đồng)")

    class Meta:
        model = Idea
        fields = [
            "producer", "year", "name", "group", "description", "origin", "material", "material_local_share",
            "processing", "labour_total", "labour_local", "led_by_youth", "led_by_women", "market",
            "expected_revenue", "wanted_help",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("producer") is not None and self.instance.unit_id is None:
            self.instance.unit = home_of(data["producer"], clock.today())
        return data


class PlanForm(FilesForm, OfficeForm):
    """A plan on one page, for the officer who writes it down for a producer."""

    own_money, loan_money, other_money = (
        money("Vốn tự có (đồng)"), money("Vốn vay (đồng)"), money("Vốn khác (đồng)"),
    )  # fmt: skip
    revenue_1, cost_1 = money("Doanh thu năm thứ nhất (đồng)"), money("Chi phí năm thứ nhất (đồng)")
    revenue_2, cost_2 = money("Doanh thu năm thứ hai (đồng)"), money("Chi phí năm thứ hai (đồng)")
    revenue_3, cost_3 = money("Doanh thu năm thứ ba (đồng)"), money("Chi phí năm thứ ba (đồng)")

    class Meta:
        model = BusinessPlan
        fields = [
            "idea", "title", "present", "development", "feasibility", "spec", "technology", "material_area",
            "material_local_share", "labour_total", "labour_local", "market", "resources", "own_money",
            "loan_money", "other_money", "revenue_1", "cost_1", "revenue_2", "cost_2", "revenue_3", "cost_3",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        ideas = Idea.objects.filter(state=IdeaState.SELECTED).select_related("producer")
        self.fields["idea"].queryset = ideas
        if self.instance.pk:
            self.fields["idea"].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        idea = data.get("idea")
        if idea is not None:
            data["title"] = data.get("title") or f"Phương án phát triển {idea.name}"
            self.instance.producer, self.instance.unit = idea.producer, idea.unit
        return data


class CalendarForm(OfficeForm):
    """The days of the six steps."""

    class Meta:
        model = CycleCalendar
        fields = [
            "year", "unit", *(f"{name}_{end}" for name in PREFIXES.values() for end in ("from", "to")),
            "basis", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step, name in PREFIXES.items():
            for end, word in (("from", "từ ngày"), ("to", "đến hết ngày")):
                self.fields[f"{name}_{end}"].label = f"{step:d}. {CycleStep(step).label}: {word}"


class SeasonForm(OfficeForm):
    """An exception of a product."""

    class Meta:
        model = SeasonalException
        fields = ["product", "year", "step", "first_day", "last_day", "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("product") is not None:
            self.instance.unit = data["product"].unit
        return data


class MeetingForm(FilesForm, OfficeForm):
    """A meeting: when, where, who leads it; its conclusion afterwards."""

    class Meta:
        model = SelectionMeeting
        fields = ["title", "unit", "year", "held_on", "place", "chaired_by", "conclusion"]


class MemberForm(OfficeForm):
    """Somebody invited to a meeting."""

    class Meta:
        model = MeetingMember
        fields = ["meeting", "name", "position", "was_present"]


class MilestoneDeskForm(OfficeForm):
    """A line of a plan's schedule."""

    class Meta:
        model = PlanMilestone
        fields = ["plan", "title", "due_on", "done_on"]


class SupportDeskForm(OfficeForm):
    """A line of requested support."""

    amount = money("Số tiền đề nghị (đồng)", required=True)

    class Meta:
        model = PlanSupport
        fields = ["plan", "item", "purpose", "amount"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = SupportItem.objects.in_force(clock.today()).select_related("policy")


class ListForm(forms.Form):
    """Which meeting an idea goes to."""

    meeting = forms.ModelChoiceField(
        SelectionMeeting.objects.none(), label="Phiên xét chọn", empty_label=None,
        error_messages={"required": "Chưa có phiên nào đang chuẩn bị. Hãy lập phiên xét chọn trước."},
    )  # fmt: skip


class DecisionForm(forms.Form):
    """Number and day of a document."""

    number = forms.CharField(label="Số văn bản", max_length=60)
    on = forms.DateField(label="Ngày văn bản", widget=day_input(), initial=clock.today)


class AppraiseForm(forms.Form):
    """What an appraisal found."""

    appraisal = forms.ChoiceField(label="Đề nghị", choices=Appraisal.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Kết luận thẩm định", max_length=6000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Thực trạng có sát thực tế không, phương án có khả thi không, nguồn lực có bảo đảm không.",
    )  # fmt: skip
    on = DoneOnField(label="Ngày thẩm định")


class ReportForm(forms.ModelForm):
    """What was done in a quarter."""

    revenue = money("Doanh thu trong quý (đồng)", required=True)
    spent = money("Đã chi trong quý (đồng)", required=True)
    quarter = forms.TypedChoiceField(
        label="Quý", choices=Quarter.choices, coerce=int, initial=lambda: quarter_of(clock.today())[1]
    )

    class Meta:
        model = PlanProgress
        fields = ["year", "quarter", "done_percent", "revenue", "spent", "labour", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)


class FinishForm(forms.Form):
    """What a plan led to."""

    result = forms.CharField(
        label="Kết quả thực hiện", max_length=6000, widget=forms.Textarea(attrs={"rows": 5})
    )
    revenue = money("Doanh thu đạt được (đồng)")


class ProductForm(forms.Form):
    """The name under which the product enters the register."""

    name = forms.CharField(label="Tên sản phẩm", max_length=200)
