"""Priority projects and pilot models, with milestones, progress and risks."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.queries import scope_of
from ocop.direction import papers
from ocop.direction.actions import projects as actions
from ocop.direction.enums import ProjectState
from ocop.direction.models import Milestone, Project, ProjectProgress, ProjectRisk
from ocop.direction.permissions import programme as permissions
from ocop.direction.permissions.tasks import official
from ocop.direction.queries.projects import capital_of
from ocop.direction.registers.common import SECTION, named
from ocop.direction.registers.forms import ROWS, DayInput, agencies_in_reach
from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Section, where
from ocop.producers.casework import FilesForm, OfficeForm, OfficeProcedure, OfficeRegister
from ocop.units.models import Agency


class ProjectForm(FilesForm, OfficeForm):
    """What a project is, who carries it out, when."""

    class Meta:
        model = Project
        fields = [
            "name", "kind", "code", "content", "goal", "programme", "agency", "unit", "cooperating_text", "place",
            "first_on", "last_on",
        ]  # fmt: skip
        widgets = {"first_on": DayInput(), "last_on": DayInput(), "content": ROWS, "goal": ROWS}
        help_texts = {"code": "Bút toán của sổ vốn ghi mã này ở ô “dự án, mô hình”."}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        rows = agencies_in_reach(user)
        kept = Agency.objects.filter(pk=self.instance.agency_id) if self.instance.pk else rows.none()
        self.fields["agency"].queryset = (rows | kept).order_by("name")
        if self.instance.pk:
            del self.fields["code"]


class ApproveForm(forms.Form):
    """The decision and the days of the project."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = forms.DateField(label="Ngày quyết định", widget=DayInput(), initial=clock.today)
    first_on = forms.DateField(label="Thực hiện từ ngày", widget=DayInput())
    last_on = forms.DateField(label="Đến hết ngày", widget=DayInput())

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["first_on"].initial, self.fields["last_on"].initial = project.first_on, project.last_on


class FinishForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(label="Kết quả khi kết thúc", widget=forms.Textarea(attrs={"rows": 4}))


class ProjectsProcedure(OfficeProcedure):
    """Priority projects and pilot models (clause IV.11)."""

    key = "projects"
    model = Project
    title = "Dự án, mô hình ưu tiên"
    noun = "dự án"
    section = SECTION
    icon = "flag"
    order = 46
    desk = actions.PROJECT_DESK
    keepers = OFFICERS
    with_producers = False
    producer_path = ""
    columns = (
        Column("name"),
        Column("kind"),
        Column("agency", sort="agency__name", lookup=lambda user: named(agencies_in_reach(user))),
        Column("state", on="list detail excel api"),
        Column(
            "percent",
            "Đã làm (%)",
            kind=Kind.INTEGER,
            value=lambda row: row.percent,
            on="list detail excel api",
        ),
        Column("last_on", on="list detail excel import api"),
        Column("first_on", on="detail excel import api"),
        Column("code", kind=Kind.CODE, on="detail excel import api"),
        Column("content", on="detail excel import", sort=""),
        Column("goal", on="detail excel import", sort=""),
        Column("programme", on="detail excel api", sort=""),
        Column("unit", on="detail excel import api", sort="unit__name"),
        Column("cooperating_text", on="detail excel import", sort=""),
        Column("place", on="detail excel import", sort=""),
        Column("decision_number", on="detail excel api", sort=""),
        Column("decided_on", on="detail excel api", sort=""),
        Column("outcome", on="detail excel", sort=""),
    )
    filters = ("state", "kind", "agency")
    form_class = ProjectForm
    related = ("agency", "unit", "programme")
    prefetch = ("progress",)
    ordering = ("pk",)
    natural_key = ("unit", "code")
    story = ("unit",)
    sections = (
        Section("Dự án, mô hình", ("name", "kind", "content", "goal", "programme")),
        Section(
            "Thực hiện", ("agency", "cooperating_text", "unit", "place", "first_on", "last_on", "percent")
        ),
        Section("Quyết định, kết quả", ("decision_number", "decided_on", "outcome", "code")),
    )
    verb_forms = {"approve": ApproveForm, "finish": FinishForm}
    marks = {
        "proposed": ("clay", "bulb"), "approved": ("water", "check"), "running": ("water", "progress-check"),
        "finished": ("leaf", "circle-check"), "stopped": ("seal", "player-pause"),
    }  # fmt: skip
    papers = (CasePaper("bao-cao", "Báo cáo dự án (Word)", papers.project_docx),)
    detail_template = "direction/project.html"
    empty_text = "Sáu dự án, mô hình của Kế hoạch (mục IV.11) và những dự án đề xuất thêm hiện ở đây."

    def may_see(self, user: Any) -> Verdict:
        return official(user)

    def may_edit(self, user: Any, row: Project) -> Verdict:
        return permissions.may_write_project(user, row)

    def holding(self, user: Any) -> dict[str, Q]:
        return permissions.projects_held(user)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"state": ProjectState.PROPOSED, "programme": None}
        return found | ({"agency": given[Agency]} if Agency in given else {})

    def save(self, form: Any, *, by: Any, is_new: bool) -> Project:
        if not is_new:
            require(permissions.may_write_project(by, form.instance))
        return super().save(form, by=by, is_new=is_new)  # type: ignore[no-any-return]

    def write(self, form: Any, row: Project, *, by: Any, is_new: bool) -> None:
        if is_new:
            actions.propose_project(row, by=by)
        else:
            row.save()

    def verb_form(self, verb: str, user: Any, row: Project, *args: Any) -> Any:
        return (
            ApproveForm(*args, project=row)
            if verb == "approve"
            else super().verb_form(verb, user, row, *args)
        )

    def act(self, row: Project, verb: str, *, by: Any, reason: str, data: Any, at: Any = None) -> Any:
        if verb == "approve":
            return actions.approve_project(row, by=by, at=at, reason=reason, **data)
        if verb == "finish":
            return actions.finish_project(row, by=by, at=at, reason=reason, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: Project) -> dict[str, Any]:
        """The money of the ledger, open risks, the newest progress with its photographs."""
        newest = row.progress.order_by("-day", "-pk").first()
        photos = list(newest.files.kept().order_by("at", "pk")) if newest is not None else []
        return {
            "capital": capital_of(row), "newest": newest, "photos": photos,
            "risks": list(row.risks.filter(settled_on__isnull=True)), "writes": bool(self.may_edit(user, row)),
        }  # fmt: skip


class PartForm(OfficeForm):
    """What stands under a project that is still open."""

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        open_ones = Project.objects.visible_to(user).exclude(state__in=("finished", "stopped"))
        self.fields["project"].queryset = open_ones


class MilestoneForm(PartForm):
    """A milestone."""

    class Meta:
        model = Milestone
        fields = ["project", "title", "due_on", "reached_on", "note"]
        widgets = {"due_on": DayInput(), "reached_on": DayInput()}


class ProgressForm(FilesForm, PartForm):
    """How far it is, with photographs."""

    class Meta:
        model = ProjectProgress
        fields = ["project", "day", "percent", "text"]
        widgets = {"day": DayInput(), "text": ROWS}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        self.fields["day"].initial = clock.today()


class RiskForm(PartForm):
    """A risk."""

    class Meta:
        model = ProjectRisk
        fields = ["project", "title", "level", "remedy", "seen_on", "settled_on"]
        widgets = {"seen_on": DayInput(), "settled_on": DayInput()}


class PartFilters(django_filters.FilterSet):
    """Project."""

    project = django_filters.ModelChoiceFilter(label="Dự án", queryset=Project.objects.all())


class PartRegister(OfficeRegister):
    """Rows under a project, written by who carries it out or approves it."""

    section = SECTION
    under = "project"
    keepers = OFFICERS
    unit_path = "project__unit_id"
    producer_path = ""
    filterset_class = PartFilters
    related = ("project",)
    lookups = {
        **OfficeRegister.lookups,
        Project: lambda user: [(row.name, row.pk) for row in Project.objects.visible_to(user)],
    }

    def may_create(self, user: Any) -> Verdict:
        return (
            ALLOWED if scope_of(user).has_any(*OFFICERS, *permissions.PROVINCE) else super().may_create(user)
        )

    def may_add_under(self, user: Any, parent: Project) -> Verdict:
        return permissions.may_write_project(user, parent)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return permissions.may_write_project(user, row.project)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Any:
        require(permissions.may_write_project(by, form.instance.project))
        return form.save()


class MilestonesRegister(PartRegister):
    """What is to be reached by which day."""

    key = "project_milestones"
    model = Milestone
    title = "Mốc của dự án"
    noun = "mốc"
    icon = "target"
    order = 47
    columns = (
        Column("title"),
        Column("due_on"),
        Column("reached_on"),
        Column("standing", "Tình hình", value=lambda row: row.standing, on="list detail excel"),
        Column("note", on="detail excel import", sort=""),
        Column("project", on="detail excel import api", sort=""),
    )
    form_class = MilestoneForm
    ordering = ("due_on", "pk")
    natural_key = ("project", "title")
    empty_text = "Ghi các mốc phải đạt trước khi bắt đầu."


class ProgressRegister(PartRegister):
    """How far a project was on a day."""

    key = "project_progress"
    model = ProjectProgress
    title = "Tiến độ của dự án"
    noun = "lần ghi"
    icon = "progress-check"
    order = 48
    columns = (
        Column("day"),
        Column("percent"),
        Column("text", sort=""),
        Column("by", on="list detail", sort=""),
        Column("project", on="detail excel import api", sort=""),
    )
    form_class = ProgressForm
    related = ("project", "by")
    ordering = ("-day", "-pk")
    natural_key = ("project", "day")
    empty_text = "Ghi tiến độ kèm ảnh chụp tại chỗ."

    def save(self, form: Any, *, by: Any, is_new: bool) -> ProjectProgress:
        row = form.save(commit=False)
        return actions.note_progress(row, by=by, uploads=form.cleaned_data.get("attached") or ())

    def prepare(self, row: ProjectProgress, *, by: Any) -> None:
        row.by = by


class RisksRegister(PartRegister):
    """What may hold a project up."""

    key = "project_risks"
    presets = (
        Preset("chua-xong", "Chưa xử lý", where(settled_on__isnull=True), "Không còn rủi ro nào chưa xử lý."),
    )
    model = ProjectRisk
    title = "Rủi ro, vướng mắc của dự án"
    noun = "rủi ro"
    icon = "alert-triangle"
    order = 49
    columns = (
        Column("title"),
        Column("level"),
        Column("remedy", sort=""),
        Column("seen_on"),
        Column("settled_on"),
        Column("project", on="detail excel import api", sort=""),
    )
    form_class = RiskForm
    ordering = ("settled_on", "-seen_on", "pk")
    natural_key = ("project", "title", "seen_on")
    empty_text = "Chưa ghi rủi ro nào."


PROJECTS = ProjectsProcedure()
MILESTONES = MilestonesRegister()
PROGRESS = ProgressRegister()
RISKS = RisksRegister()
