"""What tasks and work plans ask."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from ocop.accounts.agencies import OFFICERS, kept_agency_ids
from ocop.accounts.queries import scope_of
from ocop.direction.models import Task, WorkLine, WorkPlan
from ocop.direction.permissions.tasks import DISTRICT, PROVINCE
from ocop.kit import clock
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency

ROWS = forms.Textarea(attrs={"rows": 3})


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AgencyField(forms.ModelChoiceField):
    """An agency by its short name."""

    def label_from_instance(self, obj: Agency) -> str:
        return obj.short_name or obj.name


def agencies_given(user: Any) -> QuerySet[Agency]:
    """The agencies of today to which the person gives tasks."""
    reach = Q(unit_id__in=scope_of(user).unit_ids(*PROVINCE, *DISTRICT))
    return Agency.objects.valid_on(clock.today()).filter(reach).order_by("kind", "name")


def agencies_in_reach(user: Any) -> QuerySet[Agency]:
    """The agencies of today in the units of an officer."""
    rows = Agency.objects.valid_on(clock.today()).filter(unit_id__in=scope_of(user).unit_ids(*OFFICERS))
    return rows.order_by("name")


def own_agencies(user: Any) -> QuerySet[Agency]:
    """The agencies of today for which the person works."""
    rows = Agency.objects.valid_on(clock.today()).filter(pk__in=kept_agency_ids(user), unit__isnull=False)
    return rows.order_by("name")


class TaskForm(FilesForm, OfficeForm):
    """A task out of a meeting or a document."""

    class Meta:
        model = Task
        fields = [
            "agency", "title", "text", "basis", "document_number", "document_on", "clause", "cooperating",
            "cooperating_text", "first_on", "last_on", "measure", "indicator",
        ]  # fmt: skip
        widgets = {
            "first_on": DayInput(), "last_on": DayInput(), "document_on": DayInput(), "text": ROWS,
            "cooperating": forms.CheckboxSelectMultiple,
        }  # fmt: skip

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        self.fields["agency"].queryset = rows = agencies_given(user)
        self.fields["cooperating"].queryset = rows.exclude(kind=AgencyKind.COMMUNE_COMMITTEE)
        self.fields["first_on"].initial = clock.today()
        if self.instance.pk:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("last_on"):
            self.instance.year = data["last_on"].year
        return data


class AcceptForm(forms.Form):
    """When and who."""

    planned_from = forms.DateField(label="Dự kiến bắt đầu", widget=DayInput())
    planned_to = forms.DateField(label="Dự kiến xong", widget=DayInput())
    person = forms.CharField(label="Người phụ trách", max_length=120, required=False)

    def __init__(self, *args: Any, task: Task, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["planned_from"].initial = max(task.first_on, min(clock.today(), task.last_on))
        self.fields["planned_to"].initial = task.last_on


class ReportForm(FilesForm, forms.Form):
    """What was done, and what shows it."""

    result = forms.CharField(label="Kết quả đã làm", widget=forms.Textarea(attrs={"rows": 5}))
    quantity = forms.DecimalField(
        label="Số đạt được", required=False, localize=True, max_digits=16, decimal_places=2, min_value=0
    )

    def __init__(self, *args: Any, task: Task, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["result"].initial = task.result
        self.fields["quantity"].help_text = task.measure
        if task.declared is not None:
            self.fields[
                "attached"
            ].help_text = (
                f"Số liệu “{task.declared.name}” của địa bàn được lấy kèm khi gửi; tệp là minh chứng thêm."
            )


class ExtendForm(forms.Form):
    """The new last day."""

    last_on = forms.DateField(label="Hạn mới", widget=DayInput())

    def __init__(self, *args: Any, task: Task, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["last_on"].initial = task.last_on


class ReassignForm(forms.Form):
    """To whom instead."""

    agency = AgencyField(label="Giao cho", queryset=Agency.objects.none())

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies_given(user)


class WorkPlanForm(OfficeForm):
    """Whose plan, of which year."""

    class Meta:
        model = WorkPlan
        fields = ["agency", "year", "note"]
        widgets = {"note": ROWS}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        own = own_agencies(user)
        self.fields["agency"].queryset = own
        if self.instance.pk:
            del self.fields["agency"], self.fields["year"]
        elif (first := own.first()) is not None and "agency" not in self.initial:
            self.initial["agency"] = first.pk


class WorkLineForm(OfficeForm):
    """One line of a plan."""

    class Meta:
        model = WorkLine
        fields = ["plan", "content", "month_from", "month_to", "person", "expected"]

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        self.fields["plan"].queryset = WorkPlan.objects.filter(
            agency_id__in=kept_agency_ids(user), state__in=("draft", "returned")
        ).select_related("agency")


class ApproveForm(forms.Form):
    """What was signed."""

    number = forms.CharField(label="Số kế hoạch", max_length=60)
    approved_on = forms.DateField(label="Ngày duyệt", widget=DayInput(), initial=clock.today)
    signer = forms.CharField(label="Người ký duyệt", max_length=120)


class GiveOutForm(forms.Form):
    """Which year of which plan is given out, and by which paper when the plan has run out."""

    programme = forms.ModelChoiceField(label="Kế hoạch", queryset=None)
    year = forms.IntegerField(label="Năm", min_value=2020, max_value=2100)
    basis = forms.CharField(
        label="Văn bản giao tiếp", max_length=200, required=False,
        help_text="Chỉ khi năm nằm ngoài giai đoạn của kế hoạch.",
    )  # fmt: skip
    number = forms.CharField(label="Số văn bản", max_length=60, required=False)
    on = forms.DateField(label="Ngày văn bản", widget=DayInput(), required=False)

    def __init__(self, *args: Any, programmes: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"].queryset = programmes
        self.fields["programme"].initial = programmes.first()
        self.fields["year"].initial = clock.today().year
