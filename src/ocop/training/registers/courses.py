"""Activities with their sessions, people, visits and entries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet

from ocop.accounts.rules import phones
from ocop.kit.cases import CasePaper
from ocop.kit.errors import Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.models import count_of
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.registers import UnitFilter
from ocop.training import papers
from ocop.training.actions import courses as actions
from ocop.training.actions.desks import COURSE_DESK
from ocop.training.enums import COURSE_MARKS, TAKING, Answer, CourseState
from ocop.training.models import Attendance, Course, Entry, Participant, Session, Topic, Visit
from ocop.training.permissions import KEEPERS, may_change, may_organise, narrowed
from ocop.training.queries.mine import opinion_of
from ocop.training.queries.organisers import agency_of
from ocop.training.registers.plans import SECTION
from ocop.training.registers.row_forms import CourseForm, EntryForm, ParticipantForm, SessionForm, VisitForm
from ocop.training.registers.verb_forms import CloseForm


class CourseFilters(django_filters.FilterSet):
    """Kind, topic, state, days, unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    starts_on = django_filters.DateFilter(lookup_expr="gte", label="Từ ngày")
    ends_on = django_filters.DateFilter(lookup_expr="lte", label="Đến ngày")

    topic = django_filters.ModelChoiceFilter(queryset=Topic.objects.all(), label="Chủ đề", method="by_topic")

    class Meta:
        model = Course
        fields = ["kind", "topic", "state", "starts_on", "ends_on", "unit"]

    def by_topic(self, rows: QuerySet, name: str, value: Topic) -> QuerySet:
        """Activities with that topic among theirs."""
        return rows.filter(topics=value)


class CoursesRegister(OfficeProcedure):
    """Courses, forums, study tours, contests, seminars: from the first line to certificates and results."""

    key = "courses"
    model = Course
    desk = COURSE_DESK
    title = "Lớp tập huấn, tham quan, hội thi"
    noun = "hoạt động"
    section = SECTION
    icon = "school"
    order = 20
    keepers = KEEPERS
    with_producers = False
    producer_path = ""
    story = ("unit", "line", "partner")
    marks = {str(state): mark for state, mark in COURSE_MARKS.items()}
    verb_forms = {"close": CloseForm}
    papers = (
        CasePaper("danh-sach", "Danh sách, điểm danh (Excel)", papers.list_xlsx, kind="xlsx",
                  shown=lambda user, row: may_organise(user, row)),
        CasePaper("bao-cao", "Báo cáo kết quả (Word)", papers.report_docx,
                  shown=lambda user, row: row.state in (CourseState.ENDED, CourseState.CLOSED)),
        CasePaper("giay-chung-nhan", "Giấy chứng nhận, mọi người (PDF)", papers.certificates_pdf, kind="pdf",
                  shown=lambda user, row: may_organise(user, row) and row.participants.exclude(serial="").exists()),
    )  # fmt: skip
    detail_template = "training/course.html"
    columns = (
        Column("title", example="Tập huấn kỹ năng số cho chủ thể OCOP"),
        Column("kind"),
        Column("starts_on"),
        Column("ends_on", on="detail excel import api"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Xã Phúc Trạch"),
        Column("state", template="training/_state.html", on="list detail excel api"),
        Column("due_on", on="list detail"),
        Column("code", on="detail excel api"),
        Column("agency", "Cơ quan tổ chức", on="detail excel api", sort=""),
        Column("line", "Theo kế hoạch", on="detail", sort=""),
        Column("topic_names", "Chủ đề", on="detail excel"),
        Column("place", on="detail excel import api"),
        Column("trainer", on="detail excel import api"),
        Column("partner", on="detail excel import api"),
        Column("audience", on="detail excel import"),
        Column("seats", on="detail excel import"),
        Column("summary", on="detail import"),
        Column("attended", "Số người dự", Kind.INTEGER, on="list detail excel api", sort="", total=True),
        Column("officials", on="detail excel api", total=True),
        Column("producers", on="detail excel api", total=True),
        Column("others", on="detail excel api", total=True),
        Column("women", on="detail excel api", total=True),
        Column("communes", on="detail excel api"),
        Column("unlisted", on="detail excel api", total=True),
        Column("planned_cost", kind=Kind.MONEY, on="detail excel import api", total=True),
        Column("cost", kind=Kind.MONEY, on="detail excel api", total=True),
        Column("agreements", on="detail excel api", total=True),
        Column("agreements_value", kind=Kind.MONEY, on="detail excel api", total=True),
        Column("ideas_onward", on="detail excel api", total=True),
        Column("result", on="detail excel"),
    )  # fmt: skip
    sections = (
        Section("Hoạt động", ("kind", "topic_names", "starts_on", "ends_on", "place", "trainer", "partner", "audience",
                              "seats", "summary")),
        Section("Tổ chức", ("unit.title", "agency", "line", "planned_cost", "code")),
        Section("Kết quả", ("attended", "officials", "producers", "others", "women", "communes", "unlisted", "cost",
                            "agreements", "agreements_value", "ideas_onward", "result")),
    )  # fmt: skip
    filterset_class = CourseFilters
    form_class = CourseForm
    related = ("unit", "agency", "line__topic", "partner")
    prefetch = ("topics",)
    ordering = ("-starts_on", "-pk")
    natural_key = ("title", "unit", "starts_on")
    empty_text = "Lớp tập huấn, diễn đàn, tham quan, hội thi, tọa đàm của địa bàn có ở đây."

    def holding(self, user: Any) -> dict[str, Q]:
        return narrowed(super().holding(user))

    def may_edit(self, user: Any, row: Course) -> Verdict:
        return may_change(user, row)

    def write(self, form: Any, row: Course, *, by: Any, is_new: bool) -> None:
        if is_new:
            self.prepare(row, by=by)
            actions.open_course(row, by=by)
        else:
            row.save()

    def prepare(self, row: Course, *, by: Any) -> None:
        """The agency in whose name the person works."""
        row.agency = row.agency or agency_of(by, row.unit_id)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Rows of others, days the wrong way round."""
        yield from super().check_row(values, user)
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"

    def verb_form(self, verb: str, user: Any, row: Course, *args: Any) -> forms.Form | None:
        return CloseForm(*args, course=row) if verb == "close" else None

    def act(
        self,
        row: Course,
        verb: str,
        *,
        by: Any,
        reason: str,
        data: dict[str, Any],
        at: datetime | None = None,
    ) -> Any:
        return actions.press_course(row, verb, by=by, reason=reason, values=data, at=at)

    def detail_context(self, user: Any, row: Course) -> dict[str, Any]:
        """What the organiser does here: inviting, taking attendance, marks; and what participants thought."""
        may = bool(may_organise(user, row))
        people = row.participants.values_list("answer").annotate(n=Count("pk"))
        counts = dict(people)
        return {
            "may_organise": may,
            "may_invite": may and row.state in TAKING,
            "may_take": may and row.state in TAKING,
            "may_judge": may and row.is_judged and row.state != CourseState.PLANNED and row.closed_at is None,
            "answers": [(Answer(key).label, counts[key]) for key in Answer.values if key in counts],
            "sessions": row.sessions.annotate(present=Count("attendances")),
            "opinion": opinion_of(row),
            "shown_blocks": {
                SESSIONS.key,
                PEOPLE.key,
                *([VISITS.key] if row.is_tour else []),
                *([ENTRIES.key] if row.is_judged else []),
            },
        }


def open_courses_seen(user: Any) -> list[tuple[str, int]]:
    """(title, id) and (code, id) of activities not summed up that the officer sees; for imports."""
    rows = list(Course.objects.visible_to(user).filter(closed_at__isnull=True).only("title", "code"))
    return [(row.code, row.pk) for row in rows] + [(row.title, row.pk) for row in rows]


class UnderCourse(OfficeRegister):
    """Rows kept on the page of an activity, as long as it is not summed up."""

    section = SECTION
    keepers = KEEPERS
    unit_path = "course__unit_id"
    producer_path = ""
    under = "course"

    def _unit_id(self, row: Any) -> int | None:
        return row.course.unit_id

    def may_add_under(self, user: Any, parent: Course) -> Verdict:
        return may_change(user, parent)

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return may_change(user, row.course)

    def write(self, form: Any, row: Any, *, by: Any, is_new: bool) -> None:
        require(may_change(by, row.course))
        row.save()

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Activities are those not summed up that the officer sees."""
        return ()


class SessionsRegister(UnderCourse):
    """The sessions of activities."""

    key = "course_sessions"
    model = Session
    title = "Các buổi"
    noun = "buổi"
    icon = "calendar"
    order = 21
    columns = (
        Column("title", example="Khai mạc, chuyên đề 1"),
        Column("course", "Hoạt động", lookup=open_courses_seen, sort="course__title"),
        Column("held_on"),
        Column("begins", value=lambda row: f"{row.begins:%H:%M}", label="Từ", on="list detail excel api"),
        Column("ends", value=lambda row: f"{row.ends:%H:%M}", label="Đến", on="list detail excel api"),
        Column("trainer"),
        Column("place", on="detail excel import"),
        Column("present", "Đã điểm danh", Kind.INTEGER, sort="present", on="list detail excel api"),
    )
    filters = {"held_on": ["gte", "lte"]}
    form_class = SessionForm
    related = ("course__unit",)
    ordering = ("held_on", "begins", "pk")
    natural_key = ("course", "held_on", "title")
    empty_text = "Thêm từng buổi với ngày, giờ, giảng viên."

    def rows(self, user: Any) -> QuerySet:
        """With how many came."""
        return super().rows(user).annotate(present=count_of(Attendance.objects.all(), "session"))


class PersonFilters(django_filters.FilterSet):
    """Answer and audience."""

    class Meta:
        model = Participant
        fields = ["answer", "audience"]


class PeopleRegister(UnderCourse):
    """The lists of activities; phones are hidden outside the organiser's own page."""

    key = "course_people"
    model = Participant
    title = "Người dự"
    noun = "người"
    icon = "users"
    order = 22
    story = ("producer",)
    columns = (
        Column("full_name", example="Trần Thị Lan"),
        Column("course", "Hoạt động", lookup=open_courses_seen, sort="course__title"),
        Column("audience"),
        Column("organisation"),
        Column("producer", on="detail excel import api", sort=""),
        Column("unit.title", "Xã, phường", on="list detail excel", sort="unit__name"),
        Column("unit", "Xã, phường", on="import", example="Xã Phúc Trạch"),
        Column("gender", on="detail excel import"),
        Column("phone", on="import", example="0912 345 678"),
        Column("phone_shown", "Điện thoại", on="detail excel", sort=""),
        Column("answer", on="list detail excel api"),
        Column("present", "Số buổi dự", Kind.INTEGER, sort="present", on="list detail excel api"),
        Column("serial", on="list detail excel"),
        Column("certified_on", on="detail excel"),
        Column("declined_why", on="detail excel"),
    )
    filterset_class = PersonFilters
    form_class = ParticipantForm
    related = ("course__unit", "producer", "unit")
    ordering = ("course", "full_name", "pk")
    natural_key = ("course", "full_name", "organisation")
    empty_text = "Mời cán bộ, chủ thể hoặc ghi tên người dự."

    def rows(self, user: Any) -> QuerySet:
        """With how many sessions each attended."""
        return super().rows(user).annotate(present=count_of(Attendance.objects.all(), "participant"))

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A phone that is none."""
        if values.get("phone") and not phones.normalise(values["phone"]):
            yield "Số điện thoại không đúng"

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"user": None}

    def prepare(self, row: Participant, *, by: Any) -> None:
        row.phone = phones.normalise(row.phone) or ""

    def write(self, form: Any, row: Participant, *, by: Any, is_new: bool) -> None:
        row.phone = phones.normalise(row.phone) or row.phone
        super().write(form, row, by=by, is_new=is_new)


def _unadopted(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.exclude(adoption="adopted")


class VisitsRegister(UnderCourse):
    """Models that study tours visited, with the lessons and what became of them."""

    key = "tour_visits"
    model = Visit
    title = "Mô hình đã tham quan"
    noun = "mô hình"
    icon = "map-pin"
    order = 23
    presets = (Preset("chua-ap-dung", "Chưa áp dụng", _unadopted, "Mọi bài học đã được áp dụng."),)
    columns = (
        Column("model_name", example="HTX dược liệu làm du lịch cộng đồng"),
        Column("course", "Chuyến tham quan", lookup=open_courses_seen, sort="course__title"),
        Column("place", example="tỉnh Quảng Ninh"),
        Column("host", on="detail excel import"),
        Column("visited_on"),
        Column("lesson", on="detail excel import"),
        Column("adoption"),
        Column("adopted_on", on="detail excel import"),
        Column("adopted_by", on="detail excel import"),
        Column("adopted_places", total=True),
    )
    filters = {"adoption": ["exact"], "visited_on": ["gte", "lte"]}
    form_class = VisitForm
    related = ("course__unit",)
    ordering = ("-visited_on", "pk")
    natural_key = ("course", "model_name")
    empty_text = "Ghi từng mô hình: học được gì, áp dụng ở đâu."

    def may_edit(self, user: Any, row: Visit) -> Verdict:
        """What is adopted is written down also after the tour was summed up."""
        return may_organise(user, row.course)

    def write(self, form: Any, row: Visit, *, by: Any, is_new: bool) -> None:
        require(may_change(by, row.course) if is_new else may_organise(by, row.course))
        row.save()


class EntriesRegister(UnderCourse):
    """Entries of contests and forums, with marks, prizes and what went on into the cycle."""

    key = "contest_entries"
    model = Entry
    title = "Bài dự thi, ý tưởng"
    noun = "bài"
    icon = "trophy"
    order = 24
    story = ("producer", "idea")
    columns = (
        Column("title", example="Trà lá sen sấy lạnh"),
        Column("course", "Hội thi, diễn đàn", lookup=open_courses_seen, sort="course__title"),
        Column("author"),
        Column("producer", on="detail excel import", sort=""),
        Column("from_unit.title", "Xã, phường", on="detail excel", sort=""),
        Column("from_unit", "Xã, phường", on="import"),
        Column("mean", "Điểm trung bình", Kind.DECIMAL, sort="", places=2, on="list detail excel api"),
        Column("prize", on="list detail excel api"),
        Column("prize_money", kind=Kind.MONEY, on="list detail excel api", total=True),
        Column("summary", on="detail excel import"),
        Column("idea", on="detail", sort=""),
        Column("went_on"),
        Column("went_on_on", on="detail excel import"),
    )
    filters = {"prize": ["exact"], "went_on": ["exact"]}
    form_class = EntryForm
    related = ("course__unit", "producer", "from_unit", "idea")
    prefetch = ("scores",)
    ordering = ("course", "title", "pk")
    natural_key = ("course", "title", "author")
    empty_text = "Ghi từng bài dự thi, rồi chấm điểm và trao giải."

    def may_edit(self, user: Any, row: Entry) -> Verdict:
        """Whether an idea went on is written down also afterwards."""
        return may_organise(user, row.course)

    def write(self, form: Any, row: Entry, *, by: Any, is_new: bool) -> None:
        require(may_change(by, row.course) if is_new else may_organise(by, row.course))
        row.follow_idea()
        row.save()


COURSES = CoursesRegister()
SESSIONS = SessionsRegister()
PEOPLE = PeopleRegister()
VISITS = VisitsRegister()
ENTRIES = EntriesRegister()
