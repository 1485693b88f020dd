"""Forms of the registers."""

from typing import Any

from django import forms
from django.db.models import Q

from ocop.accounts.models import User
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.training.enums import PlanState
from ocop.training.models import (
    Body,
    Course,
    Entry,
    Need,
    Participant,
    PlanLine,
    Post,
    Session,
    Visit,
    YearPlan,
)


def native_time() -> forms.TimeInput:
    """The browser's own time field."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def rows(number: int) -> forms.Textarea:
    """A text area of so many rows."""
    return forms.Textarea(attrs={"rows": number})


class BodyForm(OfficeForm):
    """A body of the apparatus."""

    class Meta:
        model = Body
        fields = ["kind", "name", "unit", "decision_number", "decision_on", "valid_from", "valid_to", "note"]


class PostForm(OfficeForm):
    """A person in a body; the account is typed, since nobody knows its number."""

    account = forms.CharField(
        label="Tài khoản trong hệ thống",
        required=False,
        help_text="Điện thoại, thư điện tử hoặc tên đăng nhập; để trống nếu chưa có.",
    )

    class Meta:
        model = Post
        fields = [
            "body", "person_name", "title", "position", "duty", "decision_number", "decision_on", "office_phone",
            "valid_from", "valid_to",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user is not None:
            self.initial["account"] = self.instance.user.username

    def clean_account(self) -> User | None:
        """The person of that identifier."""
        typed = self.cleaned_data["account"]
        found = User.objects.known_as(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(f"Không có tài khoản “{typed}”.")
        return found

    def save(self, commit: bool = True) -> Post:
        self.instance.user = self.cleaned_data["account"]
        return super().save(commit)


class NeedForm(OfficeForm):
    """One need, entered by an officer."""

    class Meta:
        model = Need
        fields = ["topic", "year", "unit", "producer", "audience", "persons", "wish"]


class PlanForm(FilesForm, OfficeForm):
    """The head of a yearly plan."""

    class Meta:
        model = YearPlan
        fields = ["title", "year", "unit", "note"]
        widgets = {"note": rows(4)}


class LineForm(OfficeForm):
    """A line of a plan in draft."""

    class Meta:
        model = PlanLine
        fields = [
            "plan", "topic", "kind", "courses", "officials", "producers", "cost", "quarter", "source", "partner",
        ]  # fmt: skip

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        plans = self.fields["plan"]
        plans.queryset = plans.queryset.filter(Q(state=PlanState.DRAFT) | Q(pk=self.instance.plan_id))


class CourseForm(FilesForm, OfficeForm):
    """An activity; its materials come with it."""

    class Meta:
        model = Course
        fields = [
            "title", "kind", "topics", "line", "unit", "starts_on", "ends_on", "place", "trainer", "partner",
            "audience", "seats", "planned_cost", "summary",
        ]  # fmt: skip
        widgets = {"topics": forms.CheckboxSelectMultiple, "summary": rows(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].label = "Tài liệu của lớp"

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        lines = self.fields["line"]
        approved = lines.queryset.filter(plan__state=PlanState.APPROVED).select_related("plan", "topic")
        lines.queryset = approved | lines.queryset.filter(pk=self.instance.line_id).select_related(
            "plan", "topic"
        )
        lines.label_from_instance = lambda line: f"{line.plan.year}: {line} – {line.plan}"


class UnderCourseForm(OfficeForm):
    """A row of an activity that is not summed up yet."""

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        courses, held = self.fields["course"], self.instance.course_id
        courses.queryset = courses.queryset.filter(Q(closed_at__isnull=True) | Q(pk=held))


class SessionForm(UnderCourseForm):
    """A session."""

    class Meta:
        model = Session
        fields = ["course", "held_on", "begins", "ends", "title", "trainer", "place"]
        widgets = {"begins": native_time(), "ends": native_time()}


class ParticipantForm(UnderCourseForm):
    """Somebody on the list."""

    class Meta:
        model = Participant
        fields = ["course", "full_name", "phone", "audience", "gender", "producer", "unit", "organisation"]
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}


class VisitForm(FilesForm, UnderCourseForm):
    """A model that was visited."""

    class Meta:
        model = Visit
        fields = [
            "course", "model_name", "host", "place", "visited_on", "lesson", "adoption", "adopted_on", "adopted_by",
            "adopted_places",
        ]  # fmt: skip
        widgets = {"lesson": rows(4)}


class EntryForm(FilesForm, UnderCourseForm):
    """An entry of a contest or forum."""

    class Meta:
        model = Entry
        fields = ["course", "title", "author", "producer", "from_unit", "summary", "went_on", "went_on_on"]
        widgets = {"summary": rows(4)}
