"""Business plans as a procedure, with their schedule, requested support and progress (IV.3.2.a)."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.cycle import actions, permissions
from ocop.cycle.enums import PlanState
from ocop.cycle.models import BusinessPlan, PlanMilestone, PlanProgress, PlanSupport
from ocop.cycle.papers import plans as papers
from ocop.cycle.queries.ideas import own_cases
from ocop.cycle.registers.forms import (
    AppraiseForm,
    DecisionForm,
    FinishForm,
    MilestoneDeskForm,
    PlanForm,
    ProductForm,
    ReportForm,
    SupportDeskForm,
)
from ocop.kit import clock
from ocop.kit.cases import CasePaper, open_case
from ocop.kit.errors import Refusal, Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.flow import Transition
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.registers import UnitFilter

KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
DECIDED = (PlanState.APPRAISED, PlanState.APPROVED, PlanState.FINISHED, PlanState.STOPPED)
MONEY = ("own_money", "loan_money", "other_money")
FORECAST = tuple(f"{name}_{year}" for year in (1, 2, 3) for name in ("revenue", "cost"))
TEXTS = (
    "present",
    "development",
    "feasibility",
    "spec",
    "technology",
    "material_area",
    "market",
    "resources",
)
COUNTS = ("material_local_share", "labour_total", "labour_local")
REPORT_AHEAD = 20
"""Days before the last day of a quarter's report from which a plan that is carried out waits for it."""
ONLY_BY_PRESS = Refusal("progress.press", "Tiến độ quý được báo cáo ở trang của phương án.")


class PlanFilters(django_filters.FilterSet):
    """State, year, unit, priority."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    has_priority = django_filters.BooleanFilter(label="Ưu tiên")

    class Meta:
        model = BusinessPlan
        fields = ["state", "year", "unit", "has_priority"]


class PlansProcedure(OfficeProcedure):
    """Business plans, from the draft to the result."""

    key = "plans"
    model = BusinessPlan
    title = "Phương án kinh doanh"
    noun = "phương án"
    section = "Chu trình"
    icon = "briefcase"
    order = 4
    desk = actions.PLAN_DESK
    keepers = KEEPERS
    story = ("producer", "product", "unit")
    marks = {
        PlanState.DRAFT: ("grey", "pencil"), PlanState.SUBMITTED: ("water", "send"),
        PlanState.APPRAISED: ("clay", "writing"), PlanState.APPROVED: ("leaf", "progress-check"),
        PlanState.FINISHED: ("leaf", "circle-check"), PlanState.STOPPED: ("grey", "player-pause"),
        PlanState.REFUSED: ("seal", "circle-x"), PlanState.WITHDRAWN: ("grey", "arrow-back-up"),
    }  # fmt: skip
    verb_forms = {
        "appraise": AppraiseForm, "approve": DecisionForm, "report": ReportForm, "finish": FinishForm,
        "open_product": ProductForm,
    }  # fmt: skip
    papers = (
        CasePaper("phuong-an", "Phương án (Word)", papers.write_plan),
        CasePaper(
            "quyet-dinh", "Quyết định chấp thuận (Word)", papers.write_decision,
            shown=lambda user, row: row.state in DECIDED,
        ),
    )  # fmt: skip
    columns = (
        Column("title", on="list detail excel import api"),
        Column("idea", on="detail excel import", sort=""),
        Column("producer", sort="producer__name", on="list detail excel api"),
        Column("unit", sort="unit__name", on="list detail excel api"),
        Column("year", kind=Kind.CODE, on="list detail excel import api"),
        *(Column(name, on="detail excel import", sort="") for name in TEXTS),
        *(Column(name, on="detail excel import api", sort="") for name in COUNTS),
        *(Column(name, kind=Kind.MONEY, total=True, on="detail excel import api", sort="") for name in MONEY),
        Column("revenue_1", kind=Kind.MONEY, total=True, on="list detail excel import api"),
        *(
            Column(name, kind=Kind.MONEY, total=True, on="detail excel import api", sort="")
            for name in ("cost_1", "revenue_2", "cost_2")
        ),
        Column("revenue_3", kind=Kind.MONEY, total=True, on="list detail excel import api"),
        Column("cost_3", kind=Kind.MONEY, total=True, on="detail excel import api", sort=""),
        *(
            Column(
                f"profit_{n}", f"Lợi nhuận năm thứ {word}", kind=Kind.MONEY, on="detail excel api", sort=""
            )
            for n, word in ((1, "nhất"), (2, "hai"), (3, "ba"))
        ),
        Column("has_priority", on="list detail excel api"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("appraisal", on="detail excel api", sort=""),
        Column("appraisal_text", on="detail excel", sort=""),
        Column("appraised_on", on="detail excel api", sort=""),
        Column("decision_number", on="detail excel api", sort=""),
        Column("decided_on", on="detail excel api", sort=""),
        Column("result", on="detail excel", sort=""),
        Column("result_revenue", kind=Kind.MONEY, total=True, on="detail excel api", sort=""),
        Column("finished_on", on="detail excel api", sort=""),
        Column("product", on="detail excel api", sort=""),
    )
    sections = (
        Section("Phương án", (
            "producer", "unit", "idea", "product", "year", "has_priority", "present", "development", "feasibility",
        )),
        Section("Sản xuất, thị trường", (
            "spec", "technology", "material_area", "material_local_share", "labour_total", "labour_local", "market",
        )),
        Section("Nguồn lực", ("resources", *MONEY)),
        Section("Dự báo ba năm", (
            "revenue_1", "cost_1", "profit_1", "revenue_2", "cost_2", "profit_2", "revenue_3", "cost_3", "profit_3",
        )),
        Section("Thẩm định, quyết định, kết quả", (
            "appraisal", "appraisal_text", "appraised_on", "decision_number", "decided_on", "result",
            "result_revenue", "finished_on",
        )),
    )  # fmt: skip
    filterset_class = PlanFilters
    related = ("producer", "unit", "idea", "product")
    ordering = ("-opened_at", "-pk")
    natural_key = ("idea",)
    form_class = PlanForm
    detail_template = "cycle/plan_detail.html"
    empty_text = "Phương án được lập từ ý tưởng đã được chọn."

    def waiting_for(self, user: Any) -> Q:
        """A draft and an approved plan wait for their producer and for whoever began them, not for every officer who
        might press for it; a plan whose product is entered waits again when a quarter's report is due."""
        soon = clock.today() + timedelta(days=REPORT_AHEAD)
        entered = Q(state=PlanState.APPROVED, product__isnull=False)
        return super().waiting_for(user) & own_cases(user) & (~entered | Q(due_on__lte=soon))

    def asked(self, row: BusinessPlan) -> list[Transition]:
        if row.state == PlanState.APPROVED and row.product_id:
            return [one for one in self.desk.flow.transitions if one.name == "report"]
        return super().asked(row)

    def page_context(self, user: Any, row: BusinessPlan) -> dict[str, Any]:
        """A product that is entered is not offered to be entered again."""
        found = super().page_context(user, row)
        if row.product_id:
            found["offers"] = [offer for offer in found["offers"] if offer.name != "open_product"]
        return found

    def may_edit(self, user: Any, row: BusinessPlan) -> Verdict:
        verdict = super().may_edit(user, row)
        return permissions.may_write(user, row) if verdict else verdict

    def write(self, form: Any, row: BusinessPlan, *, by: Any, is_new: bool) -> None:
        if is_new:
            open_case(self.desk, row, by=by)
        else:
            row.save()

    def prepare(self, row: BusinessPlan, *, by: Any) -> None:
        row.producer, row.unit = row.idea.producer, row.idea.unit

    def verb_form(self, verb: str, user: Any, row: BusinessPlan, *args: Any) -> Any:
        form = super().verb_form(verb, user, row, *args)
        if verb == "open_product" and form is not None:
            form.initial["name"] = row.idea.name
        return form

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "submit":
            return actions.submit_plan(row, by=by, at=at)
        if verb == "appraise":
            return actions.appraise_plan(row, by=by, at=at, **data)
        if verb == "approve":
            return actions.approve_plan(row, by=by, at=at, **data)
        if verb == "open_product":
            return actions.open_product_of(row, by=by, at=at, **data)
        if verb == "report":
            return actions.report_quarter(row, by=by, at=at, **data)
        if verb == "finish":
            return actions.finish_plan(row, by=by, at=at, **data)
        return actions.press_plan(row, verb, by=by, reason=reason, at=at)

    def detail_context(self, user: Any, row: BusinessPlan) -> dict[str, Any]:
        """Where writing goes on, the money together, and the dossier that may follow."""
        writes = permissions.may_write(user, row)
        return {
            "write_url": reverse("cycle:plan_write", args=[row.pk]) if writes else "",
            "asked": sum(row.supports.values_list("amount", flat=True)),
        }


class OfPlanRegister(OfficeRegister):
    """What is kept on a plan's page."""

    app = "cycle"
    section = "Chu trình"
    under = "plan"
    unit_path = "plan__unit_id"
    producer_path = "plan__producer_id"
    keepers = KEEPERS
    with_producers = True
    related = ("plan__unit",)

    def may_add_under(self, user: Any, parent: BusinessPlan) -> Verdict:
        may_create = self.may_create(user)
        return self._open(user, self.model(plan=parent)) if may_create else may_create

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return self._open(user, row)

    def _open(self, user: Any, row: Any) -> Verdict:
        return permissions.may_write(user, row.plan)

    def write(self, form: Any, row: Any, *, by: Any, is_new: bool) -> None:
        require(self._open(by, row))
        row.save()

    def prepare(self, row: Any, *, by: Any) -> None:
        require(self._open(by, row))


class MilestonesRegister(OfPlanRegister):
    """The schedule of a plan; the day on which a piece of work is done is written while it is carried out."""

    key = "milestones"
    model = PlanMilestone
    title = "Tiến độ dự kiến"
    noun = "việc"
    icon = "timeline"
    columns = (
        Column("title", example="Lắp máy sấy"),
        Column("plan", sort="plan__title"),
        Column("due_on"),
        Column("done_on"),
    )
    ordering = ("due_on", "pk")
    natural_key = ("title", "plan")
    form_class = MilestoneDeskForm
    empty_text = "Chưa ghi tiến độ."

    def _open(self, user: Any, row: PlanMilestone) -> Verdict:
        return (
            self.may_keep(user, row.plan.unit_id)
            if row.plan.state == PlanState.APPROVED
            else super()._open(user, row)
        )


class SupportsRegister(OfPlanRegister):
    """Support that a plan asks for, by item of the policy."""

    key = "plan_supports"
    model = PlanSupport
    title = "Đề xuất hỗ trợ"
    noun = "nội dung"
    icon = "coins"
    columns = (
        Column("item", sort="item__name"),
        Column("plan", sort="plan__title"),
        Column("purpose", sort=""),
        Column("amount", kind=Kind.MONEY, total=True),
    )
    related = ("plan__unit", "item")
    natural_key = ("plan", "item")
    form_class = SupportDeskForm
    empty_text = "Không đề xuất hỗ trợ."


class ProgressRegister(OfPlanRegister):
    """Reports of quarters; they come by the press on the plan's page and are not changed afterwards."""

    key = "progress"
    model = PlanProgress
    title = "Tiến độ quý"
    noun = "báo cáo"
    icon = "progress-check"
    columns = (
        Column("label", "Quý", value=str, on="list detail excel api"),
        Column("plan", sort="plan__title", on="list detail excel api"),
        Column("done_percent", on="list detail excel api"),
        Column("revenue", kind=Kind.MONEY, total=True, on="list detail excel api"),
        Column("spent", kind=Kind.MONEY, total=True, on="list detail excel api"),
        Column("labour", on="list detail excel api"),
        Column("text", on="list detail excel", sort=""),
        Column("at", on="detail excel api"),
    )
    ordering = ("-year", "-quarter", "pk")
    natural_key = ("plan", "year", "quarter")
    empty_text = "Chưa có báo cáo quý nào."

    def may_create(self, user: Any) -> Verdict:
        return ONLY_BY_PRESS

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return ONLY_BY_PRESS


PLANS = PlansProcedure()
MILESTONES = MilestonesRegister()
SUPPORTS = SupportsRegister()
PROGRESS = ProgressRegister()
