"""Work plans and their lines."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.queries import scope_of
from ocop.direction import papers
from ocop.direction.actions import plans as actions
from ocop.direction.enums import WorkPlanState
from ocop.direction.models import WorkLine, WorkPlan
from ocop.direction.models.task import this_year
from ocop.direction.permissions import tasks as permissions
from ocop.direction.registers.common import LOOKUPS, SECTION, of_own_agencies
from ocop.direction.registers.forms import ApproveForm, WorkLineForm, WorkPlanForm
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.units.models import Agency


def plans_kept(user: Any) -> list[tuple[str, int]]:
    """(title, id) of the plans that the person may write in; for imports."""
    rows = WorkPlan.objects.filter(of_own_agencies(user), state__in=("draft", "returned"))
    return [(str(row), row.pk) for row in rows.select_related("agency")]


class WorkPlansProcedure(OfficeProcedure):
    """The yearly work plan of each agency."""

    key = "work_plans"
    model = WorkPlan
    title = "Kế hoạch công tác năm"
    noun = "kế hoạch"
    section = SECTION
    icon = "calendar-stats"
    order = 44
    desk = actions.WORK_PLAN_DESK
    keepers = OFFICERS
    with_producers = False
    producer_path = ""
    lookups = {**OfficeRegister.lookups, **LOOKUPS}
    columns = (
        Column("agency", sort="agency__name", on="list detail excel import api"),
        Column("year", kind=Kind.CODE, on="list detail excel import api"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("number", on="list detail excel api"),
        Column("approved_on", on="list detail excel api"),
        Column("signer", on="detail excel api"),
        Column("note", on="detail excel import", sort=""),
        Column("unit", on="detail excel api", sort=""),
    )
    filters = ("year", "state")
    form_class = WorkPlanForm
    related = ("agency", "unit")
    ordering = ("-year", "agency__name", "pk")
    natural_key = ("agency", "year")
    verb_forms = {"approve": ApproveForm}
    marks = {
        "draft": ("grey", "pencil"), "sent": ("water", "send"), "returned": ("ink", "arrow-back-up"),
        "approved": ("leaf", "circle-check"),
    }  # fmt: skip
    papers = (
        CasePaper("ke-hoach", "Kế hoạch (Word)", papers.work_plan_docx),
        CasePaper("bang", "Bảng công việc (Excel)", papers.work_plan_xlsx, kind="xlsx"),
    )
    empty_text = "Mỗi cơ quan một kế hoạch cho mỗi năm; nhiệm vụ được giao tự vào kế hoạch."

    def may_see(self, user: Any) -> Verdict:
        return permissions.official(user)

    def may_create(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*OFFICERS) else permissions.NOT_YOURS

    def may_edit(self, user: Any, row: WorkPlan) -> Verdict:
        return permissions.may_write_plan(user, row)

    def holding(self, user: Any) -> dict[str, Q]:
        return permissions.plans_held(user)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"state": WorkPlanState.DRAFT, "year": this_year() + number % 70}
        return found | ({"agency": given[Agency]} if Agency in given and number < 70 else {})

    def save(self, form: Any, *, by: Any, is_new: bool) -> WorkPlan:
        data = form.cleaned_data
        if is_new:
            return actions.open_work_plan(data["agency"], data["year"], note=data["note"], by=by)
        require(permissions.may_write_plan(by, form.instance))
        return form.save()  # type: ignore[no-any-return]

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each plan as the page begins it, with the lines of its tasks."""
        agencies = {
            agency.pk: agency for agency in permissions.agencies_by_id(row["agency_id"] for row in rows)
        }
        for row in rows:
            actions.open_work_plan(agencies[row["agency_id"]], row["year"], note=row.get("note") or "", by=by)
        return len(rows)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        return ()

    def act(self, row: WorkPlan, verb: str, *, by: Any, reason: str, data: Any, at: Any = None) -> Any:
        if verb == "approve":
            return actions.approve_work_plan(row, by=by, at=at, reason=reason, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)


class WorkLinesRegister(OfficeRegister):
    """The lines of a work plan."""

    key = "work_lines"
    model = WorkLine
    title = "Dòng kế hoạch công tác"
    noun = "dòng"
    section = SECTION
    icon = "list"
    order = 45
    under = "plan"
    keepers = OFFICERS
    unit_path = "plan__unit_id"
    producer_path = ""
    lookups = {**OfficeRegister.lookups, WorkPlan: plans_kept}
    columns = (
        Column("content"),
        Column("months", "Thời gian", value=lambda row: row.months, sort="month_from", on="list"),
        Column("month_from", on="detail excel import api"),
        Column("month_to", on="detail excel import api"),
        Column("person"),
        Column("expected", on="list detail excel import api", sort=""),
        Column("task", on="detail excel api", sort=""),
        Column("plan", on="detail excel import api", sort=""),
    )
    filters = ("month_from",)  # the lines of one plan stand on its page
    form_class = WorkLineForm
    related = ("plan__agency", "task__agency")
    ordering = ("month_from", "month_to", "pk")
    natural_key = ("plan", "content", "month_from")
    empty_text = "Thêm công việc của cơ quan; nhiệm vụ được giao đã có sẵn."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        month = 1 + number % 12
        return {"task": None, "month_from": month, "month_to": month}

    def may_create(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*OFFICERS) else permissions.NOT_YOURS

    def may_add_under(self, user: Any, parent: WorkPlan) -> Verdict:
        return permissions.may_write_plan(user, parent)

    def may_edit(self, user: Any, row: WorkLine) -> Verdict:
        return permissions.may_write_plan(user, row.plan)

    def save(self, form: Any, *, by: Any, is_new: bool) -> WorkLine:
        require(permissions.may_write_plan(by, form.instance.plan))
        return form.save()  # type: ignore[no-any-return]

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        first, last = values.get("month_from"), values.get("month_to")
        if first and last and last < first:
            yield "Tháng cuối phải từ tháng đầu trở đi"


WORK_PLANS = WorkPlansProcedure()
WORK_LINES = WorkLinesRegister()
