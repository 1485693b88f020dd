"""Visits, and the questions that they ask."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import Refusal, Verdict, require
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.producers.casework import OfficeProcedure
from ocop.quality import papers, permissions, queries
from ocop.quality.actions import visits as actions
from ocop.quality.enums import VisitKind, VisitState
from ocop.quality.models import Question, Visit
from ocop.quality.registers.common import LOOKUPS, NO_IMPORT, SECTION, AgencyProcedure
from ocop.quality.registers.forms import AnnounceForm, ConcludeForm, SignForm, VisitForm
from ocop.quality.tiles import SOON, due_soon

AFTER_TEAM = (
    VisitState.ANNOUNCED,
    VisitState.UNDER_WAY,
    VisitState.SIGNED,
    VisitState.CONCLUDED,
    VisitState.CLOSED,
)
AFTER_SIGNING = (VisitState.SIGNED, VisitState.CONCLUDED, VisitState.CLOSED)


def _due_soon(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return due_soon(rows, clock.today())


class VisitsProcedure(AgencyProcedure):
    """Every visit to a producer, in the programme or not (clause IV.4.1)."""

    key = "quality-visits"
    model = Visit
    title = "Lượt kiểm tra cơ sở"
    noun = "lượt kiểm tra"
    section = SECTION
    icon = "checklist"
    order = 30
    desk = actions.VISIT_DESK
    keepers = permissions.OFFICERS
    story = ("producer",)
    lookups = {**OfficeProcedure.lookups, **LOOKUPS}
    presets = (
        *OfficeProcedure.presets,
        Preset(SOON, "Đến hạn trong 30 ngày", _due_soon, "Không lượt kiểm tra nào đến hạn trong 30 ngày."),
    )
    columns = (
        Column("title", "Cơ sở", value=lambda row: row.producer.public_name, on="list"),
        Column("producer", on="detail excel api", sort="producer__name"),
        Column("agency", on="list detail excel api", sort="agency__name"),
        Column("kind", on="list detail excel api"),
        Column("first_on", on="detail excel api"),
        Column("last_on", on="detail excel api"),
        Column("visit_on", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("areas_shown", "Nội dung kiểm tra", on="detail excel api", sort=""),
        Column("lead", on="list detail excel api", sort="lead__full_name"),
        Column("unit.title", "Địa bàn", on="detail excel api", sort=""),
        Column("ground", on="detail excel api"),
        Column("reason", on="detail excel", sort=""),
        Column("misuse", on="detail", sort=""),
        Column("decision_number", on="detail excel api"),
        Column("decision_on", on="detail excel api"),
        Column("signer_name", on="detail excel", sort=""),
        Column("signer_position", on="detail excel", sort=""),
        Column("unsigned_reason", on="detail excel", sort=""),
        Column("producer_opinion", on="detail excel", sort=""),
        Column("signed_at", on="detail excel api"),
        Column("state", on="list detail excel api"),
        Column("outcome", on="list detail excel api"),
        Column("conclusion", on="detail excel", sort=""),
        Column("conclusion_number", on="detail excel api"),
        Column("concluded_on", on="detail excel api"),
    )
    filters = {
        "state": ["exact"],
        "kind": ["exact"],
        "agency": ["exact"],
        "outcome": ["exact"],
        "visit_on": ["gte", "lte"],
    }
    form_class = VisitForm
    sections = (
        Section("Kiểm tra ai, khi nào", (
            "producer", "unit.title", "agency", "kind", "areas_shown", "first_on", "last_on", "visit_on", "lead",
            "decision_number", "decision_on",
        )),
        Section("Căn cứ kiểm tra đột xuất", ("ground", "reason", "misuse")),
        Section("Biên bản", ("signer_name", "signer_position", "unsigned_reason", "producer_opinion", "signed_at")),
        Section("Kết luận", ("outcome", "conclusion", "conclusion_number", "concluded_on")),
    )  # fmt: skip
    related = ("producer", "agency", "unit", "lead", "misuse")
    list_related = ("producer", "agency", "lead")
    ordering = ("due_on", "-first_on", "pk")
    verb_forms = {"announce": AnnounceForm, "sign": SignForm, "conclude": ConcludeForm}
    marks = {
        "planned": ("grey", "calendar"), "announced": ("water", "speakerphone"), "under_way": ("clay", "checklist"),
        "signed": ("water", "writing"), "concluded": ("clay", "tools"), "closed": ("leaf", "circle-check"),
        "dropped": ("grey", "ban"),
    }  # fmt: skip
    papers = (
        CasePaper("quyet-dinh", "Quyết định lập đoàn (Word)", write=papers.decision_docx,
                  shown=lambda user, row: row.lead_id),
        CasePaper("thong-bao", "Thông báo cho cơ sở (Word)", write=papers.notice_docx,
                  shown=lambda user, row: row.state in AFTER_TEAM),
        CasePaper("bien-ban", "Biên bản (Word)", write=papers.minutes_docx,
                  shown=lambda user, row: row.begun_at),
        CasePaper("bien-ban-pdf", "Biên bản (PDF)", write=papers.minutes_pdf, kind="pdf",
                  shown=lambda user, row: row.state in AFTER_SIGNING),
        CasePaper("ket-luan", "Kết luận (Word)", write=papers.conclusion_docx,
                  shown=lambda user, row: row.concluded_on),
    )  # fmt: skip
    detail_template = "quality/visit.html"
    empty_text = "Lượt kiểm tra mở ra từ chương trình năm, hoặc lập đột xuất khi có căn cứ."

    def holding(self, user: Any) -> dict[str, Q]:
        return {**super().holding(user), **permissions.visits_held(user)}

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        day = clock.today() + timedelta(days=120 * (number % 60))
        return {
            "kind": VisitKind.UNPLANNED, "ground": "request", "first_on": day, "last_on": day, "areas": "label",
            "state": VisitState.SIGNED, "lead": given.get(User),
        }  # fmt: skip

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_import(self, user: Any) -> Verdict:
        return NO_IMPORT

    def may_edit(self, user: Any, row: Visit) -> Verdict:
        if row.state != VisitState.PLANNED:
            return Refusal("visit.decided", "Đoàn đã lập; thay đổi ghi ở bước kế tiếp.")
        return permissions.acts_for(user, row.agency_id)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Visit:
        data = form.cleaned_data
        if not is_new:
            require(self.may_edit(by, form.instance))
            return form.save()
        return actions.open_unplanned(
            producer=data["producer"], agency=data["agency"], ground=data["ground"], reason=data["reason"],
            misuse=data["misuse"], first_on=data["first_on"], last_on=data["last_on"],
            areas=data["areas"].split(",") if data["areas"] else (), lead=data["lead"], by=by,
        )  # fmt: skip

    def verb_form(self, verb: str, user: Any, row: Visit, *args: Any) -> Any:
        if verb == "announce":
            return AnnounceForm(*args, visit=row)
        return super().verb_form(verb, user, row, *args)

    def act(
        self, row: Visit, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "begin":
            return actions.begin_visit(row, by=by, at=at)
        wanted: Any = {
            "announce": actions.announce_visit, "sign": actions.sign_minutes, "conclude": actions.conclude_visit,
        }.get(verb)  # fmt: skip
        if wanted is not None:
            return wanted(row, by=by, at=at, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def after(self, row: Visit) -> str:
        """A visit that has just begun leads to its checklist, another to its page."""
        if row.state == VisitState.UNDER_WAY:
            return queries.sheet_url(row)
        return super().after(row)

    def detail_context(self, user: Any, row: Visit) -> dict[str, Any]:
        """Team, how far the checklist is, other visits nearby, what may be pressed beside the flow."""
        lines = queries.sheet_of(row) if row.checklist_id else []
        is_office = bool(permissions.is_officer(user))
        roles = permissions.visit_roles(user, row)
        return {
            "members": list(row.members.select_related("user", "agency")),
            "joint": list(row.agencies.exclude(pk=row.agency_id).order_by("name")),
            "lines": lines,
            "answered": sum(bool(line.value) for line in lines),
            "failed": [line for line in lines if line.value == "no"],
            "sheet_url": queries.sheet_url(row) if row.checklist_id else "",
            "may_fill": bool(permissions.may_fill(user, row)),
            "findings_url": queries.findings_url(row) if bool(permissions.may_find(user, row)) else "",
            "may_propose": bool(roles & {"quality.agency", "quality.lead"}) and row.state in AFTER_SIGNING,
            "near": queries.others_near(row.producer_id, row.first_on, row.last_on, but=row.pk)
            if is_office and row.state in (VisitState.PLANNED, VisitState.ANNOUNCED) else [],
            "is_unplanned": row.kind == VisitKind.UNPLANNED,
        }  # fmt: skip


class QuestionsRegister(Register):
    """The questions of the checklists; they come from the reference data."""

    key = "quality-questions"
    model = Question
    title = "Danh mục câu hỏi kiểm tra"
    noun = "câu hỏi"
    section = SECTION
    icon = "list-details"
    order = 90
    columns = (
        Column("text", on="list detail excel api"),
        Column("area", on="list detail excel api"),
        Column("code", on="list detail excel api"),
        Column("help", on="detail excel", sort=""),
        Column("basis", on="detail excel", sort=""),
        Column("checklist", on="list detail excel api", sort="checklist__name"),
        Column("checklist.source", "Nguồn", on="detail", sort=""),
        Column("checklist.confirmed", "Đã đối chiếu", on="detail excel", sort="", kind=None,
               value=lambda row: row.checklist.confirmed),
    )  # fmt: skip
    filters = ("area", "checklist")
    related = ("checklist",)
    ordering = ("checklist", "order", "pk")
    empty_text = "Phiếu kiểm tra có ở đây sau khi nạp dữ liệu quy định."

    def may_see(self, user: Any) -> Verdict:
        return permissions.is_officer(user)


VISITS = VisitsProcedure()
QUESTIONS = QuestionsRegister()
