"""Papers of quality before the offices that receive them (clause IV.4.3)."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.producers.casework import OfficeProcedure
from ocop.producers.casework.scoping import acts_for_producers
from ocop.products.models import Paper
from ocop.quality import permissions
from ocop.quality.actions import receptions as actions
from ocop.quality.models import Reception
from ocop.quality.registers.common import BY_PRESS, NO_IMPORT, SECTION, own_agencies
from ocop.quality.registers.forms import AcceptForm, ReceptionForm
from ocop.quality.rules.receptions import PAPER_KINDS
from ocop.rulebook.offices import OFFICER

NOT_RECEIVED = Refusal("reception.kind", "Loại giấy tờ này không phải nộp để tiếp nhận.")


class ReceptionsProcedure(OfficeProcedure):
    """Self-declarations, basic standards, certificates and test reports, handed in and checked."""

    key = "quality-receptions"
    model = Reception
    title = "Tiếp nhận giấy tờ chất lượng"
    noun = "lượt tiếp nhận"
    section = SECTION
    icon = "file-certificate"
    order = 50
    story = ("producer", "paper__product", "paper")
    desk = actions.RECEPTION_DESK
    keepers = permissions.OFFICERS
    columns = (
        Column("title", "Giấy tờ", value=str, on="list"),
        Column("paper", on="detail excel api", sort=""),
        Column("kind", on="detail excel api"),
        Column("producer", on="list detail excel api", sort="producer__name"),
        Column("paper.product", "Sản phẩm", on="detail excel api", sort=""),
        Column("agency_shown", "Nơi tiếp nhận", on="list detail excel api", sort="",
               value=lambda row: row.agency.name if row.agency else "Nơi phụ trách địa bàn"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("paper.number", "Số giấy", on="detail excel api", sort="paper__number"),
        Column("paper.issuer", "Nơi cấp", on="detail excel api", sort=""),
        Column("paper.issued_on", "Ngày cấp", kind=Kind.DATE, on="detail excel api", sort=""),
        Column("paper.expires_on", "Hết hạn sau ngày", kind=Kind.DATE, on="list detail excel api",
               sort="paper__expires_on"),
        Column("scope", on="detail excel api", sort=""),
        Column("unit.title", "Địa bàn", on="detail excel api", sort=""),
        Column("accepted_number", on="list detail excel api"),
        Column("accepted_on", on="detail excel api"),
    )  # fmt: skip
    filters = ("state", "kind", "agency")
    form_class = ReceptionForm
    related = ("paper__product", "producer", "agency", "unit")
    ordering = ("due_on", "-pk")
    verb_forms = {"accept": AcceptForm}
    marks = {
        "submitted": ("water", "send"), "received": ("water", "inbox"), "returned": ("clay", "arrow-back-up"),
        "accepted": ("leaf", "circle-check"),
    }  # fmt: skip
    detail_template = "quality/reception.html"
    empty_text = "Giấy tờ do chủ thể nộp từ kho giấy tờ của mình, hoặc cán bộ xã nộp giúp."

    def holding(self, user: Any) -> dict[str, Q]:
        held = super().holding(user)
        mine = own_agencies(user)
        if OFFICER in held:
            mine |= Q(agency__isnull=True) & held[OFFICER]
        return {**held, "quality.receiver": mine}

    def may_create(self, user: Any) -> Verdict:
        return ALLOWED if acts_for_producers(user) else permissions.is_officer(user)

    def may_add_to(self, user: Any, subject: Any) -> Verdict:
        """Only papers that some office receives are handed in from their page."""
        if isinstance(subject, Paper) and (subject.withdrawn_at or subject.kind not in PAPER_KINDS.values()):
            return NOT_RECEIVED
        return self.may_create(user)

    def may_edit(self, user: Any, row: Reception) -> Verdict:
        return BY_PRESS

    def may_import(self, user: Any) -> Verdict:
        return NO_IMPORT

    def save(self, form: Any, *, by: Any, is_new: bool) -> Reception:
        data = form.cleaned_data
        return actions.submit_paper(
            data["paper"], kind=data["kind"], agency=data["agency"], scope=data["scope"], by=by
        )

    def act(
        self, row: Reception, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "accept":
            return actions.accept_paper(row, by=by, at=at, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: Reception) -> dict[str, Any]:
        """The files of the paper, the newest first."""
        versions = row.paper.versions.select_related("file", "added_by").order_by("-no")
        return {"versions": list(versions), "paper": row.paper}


RECEPTIONS = ReceptionsProcedure()
