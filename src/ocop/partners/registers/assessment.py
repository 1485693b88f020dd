"""The procedure of the yearly assessment."""

from typing import Any

from django import forms

from ocop.kit.errors import Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.partners import permissions
from ocop.partners.actions import assessment
from ocop.partners.models import (
    Criterion,
    PartnerAssessment,
)
from ocop.partners.registers.forms import (
    AssessmentForm,
    ConcludeForm,
    MarkForm,
)
from ocop.producers.casework import OfficeProcedure


class AssessmentsProcedure(OfficeProcedure):
    """The yearly assessment of the capacity of partners."""

    key = "assessments"
    model = PartnerAssessment
    title = "Đánh giá năng lực đối tác"
    noun = "bản đánh giá"
    section = "Xúc tiến"
    icon = "checklist"
    order = 66
    desk = assessment.ASSESSMENT_DESK
    with_producers = False
    producer_path = ""
    keepers = permissions.KEEPERS
    marks = {
        "draft": ("grey", "pencil"), "proposed": ("water", "hourglass"), "concluded": ("leaf", "check"),
        "published": ("leaf", "world"), "dropped": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"mark": forms.Form, "conclude": ConcludeForm}
    columns = (
        Column("label", "Bản đánh giá", value=str, on="list"),
        Column("partner", on="list detail excel", sort="partner__name"),
        Column("year", kind=Kind.CODE, on="detail excel import api"),
        Column("state", on="list detail excel"),
        Column("points", on="list detail excel"),
        Column("most", on="detail excel"),
        Column("grade", on="list detail excel"),
        Column("areas", on="detail excel"),
        Column("volume", on="detail excel"),
        Column("volume_unit", on="detail excel"),
        Column("staff", on="detail excel"),
        Column("certificates", on="detail excel"),
        Column("contracts", on="list detail excel", total=True),
        Column("contract_value", kind=Kind.MONEY, on="list detail excel", total=True),
        Column("conclusion", on="detail excel"),
        Column("concluded_on", on="detail excel"),
        Column("published_on", on="detail excel"),
        Column("due_on", on="list excel"),
    )
    filters = ("year", "state", "grade")
    form_class = AssessmentForm
    related = ("partner", "unit")
    ordering = ("-year", "partner__name", "pk")
    story = ("partner",)
    list_template = "partners/assessment_list.html"
    detail_template = "partners/assessment_detail.html"
    empty_text = "Mở đợt đánh giá của năm để lập bản đánh giá cho từng đối tác."

    def may_import(self, user: Any) -> Verdict:
        return Refusal("assessments.flow", "Bản đánh giá được mở ở sổ này, không nhập từ Excel.")

    def may_edit(self, user: Any, row: PartnerAssessment) -> Verdict:
        return Refusal("assessments.flow", "Bản đánh giá thay đổi qua từng bước chấm, trình, kết luận.")

    def save(self, form: Any, *, by: Any, is_new: bool) -> PartnerAssessment:
        data = form.cleaned_data
        return assessment.open_assessment(data["partner"], year=data["year"], by=by)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "mark":
            return assessment.mark(row, by=by, reason=reason, at=at, **data)
        return assessment.press_assessment(row, verb, by=by, reason=reason, at=at, **data)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        return MarkForm(row, *args) if verb == "mark" else super().verb_form(verb, user, row, *args)

    def detail_context(self, user: Any, row: PartnerAssessment) -> dict[str, Any]:
        criteria = Criterion.objects.valid_on(row.criteria_day)
        return {"lines": row.marked(), "criteria_confirmed": not criteria.filter(confirmed=False).exists()}
