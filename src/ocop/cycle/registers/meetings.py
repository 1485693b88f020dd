"""Selection meetings as a procedure: called, scored, laid before the leader, approved (IV.3.2.a)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.cycle import actions, permissions
from ocop.cycle.enums import MeetingState
from ocop.cycle.models import MeetingLine, MeetingMember, SelectionMeeting
from ocop.cycle.papers import selection
from ocop.cycle.queries.ideas import waiting_for
from ocop.cycle.registers.forms import DecisionForm, MeetingForm, MemberForm
from ocop.kit.cases import CasePaper, open_case
from ocop.kit.errors import Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.models import count_of
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeProcedure, OfficeRegister


class MeetingsProcedure(OfficeProcedure):
    """Meetings that choose ideas; offices only."""

    key = "meetings"
    model = SelectionMeeting
    title = "Phiên xét chọn ý tưởng"
    noun = "phiên"
    section = "Chu trình"
    icon = "users-group"
    order = 3
    desk = actions.MEETING_DESK
    keepers = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
    with_producers = False
    producer_path = ""
    story = ("unit",)
    marks = {
        MeetingState.PLANNED: ("water", "calendar-event"), MeetingState.SUBMITTED: ("clay", "writing"),
        MeetingState.APPROVED: ("leaf", "circle-check"), MeetingState.CANCELLED: ("grey", "x"),
    }  # fmt: skip
    verb_forms = {"approve": DecisionForm}
    papers = (CasePaper("danh-sach", "Danh sách ý tưởng được chọn (Word)", selection.write),)
    columns = (
        Column("title", example="Phiên xét chọn ý tưởng năm 2026"),
        Column("unit", sort="unit__name"),
        Column("year", kind=Kind.CODE),
        Column("held_on"),
        Column("place", on="detail excel import", sort=""),
        Column("chaired_by", on="detail excel import", sort=""),
        Column("conclusion", on="detail excel", sort=""),
        Column("number_of_ideas", "Số ý tưởng", on="list detail excel", sort="number_of_ideas"),
        Column("state", on="list detail excel api"),
        Column("document_number", on="list detail excel api"),
        Column("approved_on", on="detail excel api"),
    )
    sections = (
        Section("Phiên họp", ("unit", "year", "held_on", "place", "chaired_by", "conclusion")),
        Section("Phê duyệt", ("document_number", "approved_on")),
    )
    filters = ("state", "year")
    related = ("unit",)
    ordering = ("-held_on", "-pk")
    natural_key = ("title", "unit", "held_on")
    form_class = MeetingForm
    detail_template = "cycle/meeting_detail.html"
    empty_text = "Lập phiên xét chọn khi đã có ý tưởng đăng ký."

    def rows(self, user: Any) -> QuerySet:
        return super().rows(user).annotate(number_of_ideas=count_of(MeetingLine.objects.all(), "meeting"))

    def may_edit(self, user: Any, row: SelectionMeeting) -> Verdict:
        return permissions.may_run(user, row)

    def write(self, form: Any, row: SelectionMeeting, *, by: Any, is_new: bool) -> None:
        require(permissions.may_run(by, row))
        if is_new:
            open_case(self.desk, row, by=by)
        else:
            row.save()

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "approve":
            return actions.approve_list(row, by=by, number=data["number"], on=data["on"], at=at)
        if verb == "cancel":
            return actions.cancel_meeting(row, by=by, reason=reason, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: SelectionMeeting) -> dict[str, Any]:
        """The list with its points, and how many ideas wait outside of it."""
        runs = bool(permissions.may_run(user, row))
        lines = list(row.lines.select_related("idea__producer", "idea__unit").order_by("-points", "pk"))
        return {
            "lines": lines,
            "count": f"{len(lines)} ý tưởng",
            "runs": runs,
            "add_url": reverse("cycle:meeting_ideas", args=[row.pk]) if runs else "",
            "waiting": waiting_for(row).count() if runs else 0,
        }


class MembersRegister(OfficeRegister):
    """Who was invited to a meeting and who came."""

    key = "meeting_members"
    app = "cycle"
    model = MeetingMember
    title = "Thành phần dự họp"
    noun = "người"
    section = "Chu trình"
    icon = "users"
    under = "meeting"
    unit_path = "meeting__unit_id"
    producer_path = ""
    keepers = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
    columns = (
        Column("name", example="Nguyễn Văn An"),
        Column("meeting", sort="meeting__title"),
        Column("position", example="Chủ tịch Hội Nông dân"),
        Column("was_present"),
    )
    filters = ("was_present",)
    related = ("meeting__unit",)
    natural_key = ("name", "meeting")
    form_class = MemberForm
    empty_text = "Chưa ghi ai dự họp."

    def may_add_under(self, user: Any, parent: SelectionMeeting) -> Verdict:
        return permissions.may_run(user, parent)

    def may_edit(self, user: Any, row: MeetingMember) -> Verdict:
        return permissions.may_run(user, row.meeting)

    def write(self, form: Any, row: MeetingMember, *, by: Any, is_new: bool) -> None:
        require(permissions.may_run(by, row.meeting))
        row.save()

    def prepare(self, row: MeetingMember, *, by: Any) -> None:
        require(permissions.may_run(by, row.meeting))


MEETINGS = MeetingsProcedure()
MEMBERS = MembersRegister()
