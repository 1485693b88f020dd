"""Remedies, violations and proposals that follow a visit."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, where
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.casework.files import keep_files
from ocop.producers.signing import signed
from ocop.quality import permissions, queries
from ocop.quality.actions import outcomes as actions
from ocop.quality.enums import Sanction
from ocop.quality.models import Proposal, Remedy, Violation, Visit
from ocop.quality.registers.common import BY_PRESS, NO_IMPORT, SECTION, AgencyProcedure
from ocop.quality.registers.forms import ProposalForm, RemedyForm, ReportForm, ViolationForm


def visits_written(user: Any) -> list[tuple[str, int]]:
    """(title, id) of the visits in which the person may write; for imports."""
    return [(str(row), row.pk) for row in queries.visits_to_write(user)]


CLOSED = Refusal("visit.closed", "Lượt kiểm tra này không ghi thêm được nữa.")


def open_to(rows: QuerySet[Visit], visit: Visit) -> Verdict:
    """Whether a visit is among those in which the person writes now."""
    return ALLOWED if rows.filter(pk=visit.pk).exists() else CLOSED


class RemediesProcedure(AgencyProcedure):
    """What producers have to put right, until when."""

    key = "quality-remedies"
    model = Remedy
    title = "Khắc phục sau kiểm tra"
    noun = "điểm phải khắc phục"
    section = SECTION
    icon = "tools"
    order = 40
    under = "visit"
    story = ("producer",)
    desk = actions.REMEDY_DESK
    keepers = permissions.OFFICERS
    lookups = {Visit: visits_written}
    columns = (
        Column("requirement", on="list detail excel import api"),
        Column("finding", on="detail excel import api"),
        Column("visit", on="detail excel import api", sort=""),
        Column("producer", on="list detail excel api", sort="producer__name"),
        Column("required_by", on="list detail excel import api"),
        Column("state", on="list detail excel api"),
        Column("report", on="detail excel", sort=""),
        Column("escalated_at", on="detail excel", sort=""),
    )
    filters = {"state": ["exact"], "required_by": ["gte", "lte"]}
    form_class = RemedyForm
    related = ("producer", "visit__producer", "visit__agency", "unit")
    ordering = ("required_by", "pk")
    natural_key = ("visit", "requirement", "required_by")
    verb_forms = {"report": ReportForm}
    marks = {
        "open": ("clay", "tools"), "reported": ("water", "send"), "done": ("leaf", "circle-check"),
        "waived": ("grey", "ban"),
    }  # fmt: skip
    empty_text = "Chưa có điểm nào phải khắc phục."

    def may_add_under(self, user: Any, parent: Visit) -> Verdict:
        return open_to(queries.visits_to_write(user), parent)

    def holding(self, user: Any) -> dict[str, Q]:
        return {**super().holding(user), **permissions.visits_held(user, "visit__")}

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"required_by": clock.today() + timedelta(days=30 + number % 300)}

    def agency_of(self, row: Remedy) -> Any:
        return row.visit.agency

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_edit(self, user: Any, row: Remedy) -> Verdict:
        return permissions.may_find(user, row.visit) if row.state == "open" else BY_PRESS

    def save(self, form: Any, *, by: Any, is_new: bool) -> Remedy:
        data = form.cleaned_data
        if is_new:
            return actions.require_remedy(
                data["visit"], finding=data["finding"], requirement=data["requirement"],
                required_by=data["required_by"], by=by,
            )  # fmt: skip
        require(self.may_edit(by, form.instance))
        return actions.change_remedy(form.save(commit=False), by=by)

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each remedy as the page enters it."""
        visits = Visit.objects.select_related("producer", "unit").in_bulk({row["visit_id"] for row in rows})
        for row in rows:
            facts = {key: value for key, value in row.items() if key != "visit_id"}
            actions.require_remedy(visits[row["visit_id"]], by=by, **facts)
        return len(rows)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        return ()

    def act(
        self, row: Remedy, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "report":
            files = keep_files(row, data.get("attached"), by=by)
            return actions.report_remedy(row, report=data["report"], files=files, by=by, at=at)
        return actions.settle_remedy(row, verb, by=by, reason=reason, at=at)


class ViolationsRegister(OfficeRegister):
    """Violations found by visits, with their sanctions."""

    key = "quality-violations"
    model = Violation
    title = "Vi phạm và xử lý"
    noun = "vi phạm"
    section = SECTION
    icon = "gavel"
    order = 45
    under = "visit"
    story = ("producer", "product")
    keepers = permissions.OFFICERS
    with_producers = True
    lookups = {Visit: visits_written}
    columns = (
        Column("act", on="list detail excel import api"),
        Column("producer", on="list detail excel api", sort="producer__name"),
        Column("product", on="detail excel api", sort=""),
        Column("legal_basis", on="detail excel import api"),
        Column("sanction", on="list detail excel import api"),
        Column("amount", kind=Kind.MONEY, on="list detail excel import api", total=True),
        Column("decision_number", on="list detail excel import api"),
        Column("decided_on", on="list detail excel import api"),
        Column("paid_on", on="detail excel import api"),
        Column("visit", on="detail excel import api", sort=""),
        Column("note", on="detail excel import", sort=""),
    )
    presets = (
        Preset(
            "chua-nop",
            "Chưa nộp phạt",
            where(sanction=Sanction.FINE, paid_on__isnull=True),
            "Không còn khoản phạt nào chưa nộp.",
        ),
    )
    filters = {"sanction": ["exact"], "decided_on": ["gte", "lte"]}
    form_class = ViolationForm
    related = ("producer", "product", "visit__producer", "visit__agency", "unit")
    ordering = ("-decided_on", "pk")
    natural_key = ("visit", "decision_number", "act")
    empty_text = "Chưa có vi phạm nào."

    def may_add_under(self, user: Any, parent: Visit) -> Verdict:
        return open_to(queries.visits_to_write(user), parent)

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_edit(self, user: Any, row: Violation) -> Verdict:
        return permissions.may_find(user, row.visit)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Violation:
        data = form.cleaned_data
        if is_new:
            facts = {name: value for name, value in data.items() if name in ViolationForm.Meta.fields}
            return actions.record_violation(facts.pop("visit"), facts=facts, by=by)
        require(self.may_edit(by, form.instance))
        row = form.save(commit=False)
        actions.check_violation(row)
        signed(row, by).save()
        return row

    def prepare(self, row: Violation, *, by: Any) -> None:
        visit = row.visit
        require(permissions.may_find(by, visit))
        row.producer_id, row.unit_id, row.is_demo = visit.producer_id, visit.unit_id, visit.is_demo

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        if values.get("sanction") == Sanction.FINE and not values.get("amount"):
            yield "Phạt tiền cần ghi số tiền"
        if (values.get("amount") or 0) < 0:
            yield "Số tiền phạt không được âm"


class ProposalsProcedure(OfficeProcedure):
    """Stars that the advisory body is asked to look into."""

    key = "quality-proposals"
    model = Proposal
    title = "Đề nghị xác minh sao sau kiểm tra"
    noun = "đề nghị"
    section = SECTION
    icon = "shield-check"
    order = 47
    under = "visit"
    story = ("certificate__product",)
    desk = actions.PROPOSAL_DESK
    keepers = permissions.OFFICERS
    with_producers = False
    producer_path = ""
    columns = (
        Column("label", "Đề nghị", value=str, on="list"),
        Column("certificate.product_name", "Sản phẩm", on="detail excel api", sort="", names=True),
        Column("certificate.producer_name", "Chủ thể", on="list detail excel api", sort=""),
        Column("certificate.stars", "Số sao", kind=Kind.INTEGER, on="list detail excel api", sort=""),
        Column("ground", on="list detail excel api"),
        Column("account", on="detail excel", sort=""),
        Column("visit", on="detail excel api", sort=""),
        Column("state", on="list detail excel api"),
        Column("verification", on="detail api", sort=""),
        Column("at", on="detail excel api"),
    )
    filters = ("state", "ground")
    form_class = ProposalForm
    related = ("certificate", "visit__producer", "visit__agency", "verification__certificate", "unit")
    ordering = ("-at", "pk")
    marks = {"proposed": ("clay", "send"), "opened": ("water", "shield-check"), "declined": ("grey", "x")}
    empty_text = "Chưa đề nghị xác minh sao nào."

    def may_add_under(self, user: Any, parent: Visit) -> Verdict:
        return open_to(queries.visits_to_propose(user), parent)

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_edit(self, user: Any, row: Proposal) -> Verdict:
        return BY_PRESS

    def may_import(self, user: Any) -> Verdict:
        return NO_IMPORT

    def save(self, form: Any, *, by: Any, is_new: bool) -> Proposal:
        data = form.cleaned_data
        return actions.propose_verification(
            data["visit"],
            certificate=data["certificate"],
            ground=data["ground"],
            account=data["account"],
            by=by,
        )

    def act(
        self, row: Proposal, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "open":
            return actions.accept_proposal(row, by=by, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def after(self, row: Proposal) -> str:
        """Opened, it goes on with the verification; otherwise back at the visit."""
        found = Proposal.objects.select_related("verification").get(pk=row.pk).verification
        return found.get_absolute_url() if found is not None else super().after(row)


REMEDIES = RemediesProcedure()
VIOLATIONS = ViolationsRegister()
PROPOSALS = ProposalsProcedure()
