"""Reviews of a year and of the whole period, and nominations for commendation."""

from typing import Any

from django import forms
from django.db.models import Q

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.queries import scope_of
from ocop.direction import papers
from ocop.direction.actions import commendation, reviews
from ocop.direction.enums import NominationState, NomineeKind, ReviewState
from ocop.direction.models import Nomination, Review
from ocop.direction.models.task import this_year
from ocop.direction.permissions import programme as permissions
from ocop.direction.permissions.tasks import official
from ocop.direction.queries.nominations import checks_for
from ocop.direction.queries.reviews import lines_of
from ocop.direction.registers.common import SECTION, agencies_kept
from ocop.direction.registers.forms import DayInput, agencies_in_reach, own_agencies
from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.producers.casework import FilesForm, OfficeForm, OfficeProcedure, OfficeRegister, keep_files
from ocop.reporting.models import Programme
from ocop.units.models import Agency

LONG = forms.Textarea(attrs={"rows": 6})
REVIEWERS = tuple(role for roles in permissions.WRITERS_AT.values() for role in roles)


class ReviewForm(OfficeForm):
    """Of which unit and which time; once it stands, its words."""

    class Meta:
        model = Review
        fields = ["unit", "programme", "year", "work", "shortcomings", "solutions"]
        widgets = {"work": LONG, "shortcomings": LONG, "solutions": LONG}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        if self.instance.pk:
            for name in ("unit", "programme", "year"):
                del self.fields[name]
            return
        for name in ("work", "shortcomings", "solutions"):
            del self.fields[name]
        home = next((one.agency.unit for one in scope_of(user).of(*REVIEWERS) if one.agency.unit), None)
        self.initial.setdefault("unit", home)
        self.fields["programme"].queryset = Programme.objects.order_by("-valid_from")
        self.fields["programme"].initial = Programme.objects.filter(valid_from__lte=clock.today()).first()
        self.fields["year"].initial = this_year()


class SignForm(forms.Form):
    """What was signed."""

    number = forms.CharField(label="Số báo cáo", max_length=60)
    signed_on = forms.DateField(label="Ngày ký", widget=DayInput(), initial=clock.today)
    signer = forms.CharField(label="Người ký", max_length=120)


class ReviewsProcedure(OfficeProcedure):
    """Yearly and whole-period reviews (clause IV.14)."""

    key = "reviews"
    model = Review
    title = "Sơ kết, tổng kết"
    noun = "báo cáo"
    section = SECTION
    icon = "report"
    order = 50
    desk = reviews.REVIEW_DESK
    keepers = REVIEWERS
    with_producers = False
    producer_path = ""
    columns = (
        Column("kind", "Báo cáo", value=lambda row: row.kind, sort="year", on="list detail excel"),
        Column("unit", sort="unit__name", on="list detail excel api"),
        Column("programme", on="detail excel api", sort=""),
        Column("year", kind=Kind.CODE, on="excel api"),
        Column("state", on="list detail excel api"),
        Column("number", on="list detail excel api"),
        Column("signed_on", on="list detail excel api"),
        Column("signer", on="detail excel", sort=""),
        Column("work", on="detail excel", sort=""),
        Column("shortcomings", on="detail excel", sort=""),
        Column("solutions", on="detail excel", sort=""),
        Column("drawn_at", on="detail excel api"),
    )
    filters = ("state", "year", "programme")
    form_class = ReviewForm
    related = ("unit", "programme")
    ordering = ("-year", "unit__name", "pk")
    natural_key = ("unit", "programme", "year")
    sections = (
        Section("Báo cáo", ("kind", "unit", "number", "signed_on", "signer", "drawn_at")),
        Section("Nội dung", ("work", "shortcomings", "solutions")),
    )
    verb_forms = {"sign": SignForm}
    marks = {
        "draft": ("grey", "pencil"), "submitted": ("water", "send"), "signed": ("leaf", "circle-check"),
    }  # fmt: skip
    papers = (CasePaper("bao-cao", "Báo cáo sơ kết, tổng kết (Word)", papers.review_docx),)
    detail_template = "direction/review.html"
    empty_text = (
        "Lập sơ kết năm hoặc tổng kết giai đoạn: số liệu, chỉ tiêu, báo cáo đã chấp nhận được lấy sẵn."
    )

    def may_see(self, user: Any) -> Verdict:
        return official(user)

    def may_import(self, user: Any) -> Verdict:
        return permissions.BY_HAND

    def may_edit(self, user: Any, row: Review) -> Verdict:
        return permissions.may_write_review(user, row)

    def holding(self, user: Any) -> dict[str, Q]:
        return permissions.reviews_held(user)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {
            "state": ReviewState.DRAFT,
            "figures": [],
            "tasks": {},
            "consolidation": None,
            "year": this_year() + number % 60,
        }

    def save(self, form: Any, *, by: Any, is_new: bool) -> Review:
        data = form.cleaned_data
        if is_new:
            return reviews.open_review(data["programme"], data["unit"], data["year"], by=by)
        require(permissions.may_write_review(by, form.instance))
        return form.save()  # type: ignore[no-any-return]

    def act(self, row: Review, verb: str, *, by: Any, reason: str, data: Any, at: Any = None) -> Any:
        if verb == "sign":
            return reviews.sign_review(row, by=by, at=at, reason=reason, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: Review) -> dict[str, Any]:
        """The table of results, the reports behind it, and for the writer the press that draws it anew."""
        sources = row.sources.select_related("round", "agency").order_by("round__last", "agency__name")
        return {
            "lines": lines_of(row), "sources": list(sources[:200]), "may_draw": bool(self.may_edit(user, row)),
        }  # fmt: skip


class NominationForm(FilesForm, OfficeForm):
    """Who, for what, shown by which papers."""

    class Meta:
        model = Nomination
        fields = [
            "nominator", "kind", "producer", "agency", "person_name", "person_title", "year", "whole_period", "award",
            "merits",
        ]  # fmt: skip
        widgets = {"merits": LONG}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        own = own_agencies(user)
        self.fields["nominator"].queryset = own
        if (first := own.first()) is not None and not self.instance.pk:
            self.initial.setdefault("nominator", first.pk)
        self.fields["agency"].queryset = agencies_in_reach(user)

    def clean(self) -> dict[str, Any]:
        """Keep the one nominee that the kind asks for, so that a second one typed by mistake does not stay."""
        data = super().clean() or {}
        fields = {
            "collective": ("agency",),
            "producer": ("producer",),
            "person": ("person_name", "person_title"),
        }
        for kind, names in fields.items():
            for name in names:
                if kind != data.get("kind"):
                    data[name] = "" if name.startswith("person") else None
        return data


class ExamineForm(forms.Form):
    """The council's opinion."""

    council_on = forms.DateField(label="Ngày họp Hội đồng", widget=DayInput(), initial=clock.today)
    yes = forms.IntegerField(label="Đồng ý", min_value=0, max_value=200)
    no = forms.IntegerField(label="Không đồng ý", min_value=0, max_value=200, initial=0)
    abstained = forms.IntegerField(label="Không có ý kiến", min_value=0, max_value=200, initial=0)


class DecideForm(forms.Form):
    """The decision; several of one number make its list."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = forms.DateField(label="Ngày quyết định", widget=DayInput(), initial=clock.today)


class NominationsProcedure(OfficeProcedure):
    """Commendation (clause IV.14)."""

    key = "nominations"
    model = Nomination
    title = "Khen thưởng"
    noun = "đề nghị"
    section = SECTION
    icon = "award"
    order = 51
    desk = commendation.NOMINATION_DESK
    keepers = OFFICERS
    with_producers = False
    producer_path = ""
    lookups = {**OfficeRegister.lookups, Agency: agencies_kept}
    columns = (
        Column("name", "Đề nghị khen", value=lambda row: row.name, on="list detail excel"),
        Column("kind", on="list detail excel import api"),
        Column("producer", on="import api", sort=""),
        Column("agency", on="import api", sort=""),
        Column("person_name", on="import api", sort=""),
        Column("person_title", on="detail excel import api", sort=""),
        Column("year", kind=Kind.CODE, on="list detail excel import api"),
        Column("whole_period", on="detail excel import api", sort=""),
        Column("award", on="list detail excel import api"),
        Column("nominator", on="detail excel import api", sort="nominator__name"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("state", on="list detail excel api"),
        Column("merits", on="detail excel import", sort=""),
        Column("council_on", on="detail excel api", sort=""),
        Column("yes", on="detail excel api", sort=""),
        Column("no", on="detail excel api", sort=""),
        Column("abstained", on="detail excel api", sort=""),
        Column("decision_number", on="list detail excel api"),
        Column("decided_on", on="list detail excel api"),
    )
    filters = ("state", "year", "kind", "award")
    form_class = NominationForm
    related = ("agency", "producer", "nominator", "unit")
    ordering = ("-year", "pk")
    natural_key = ("kind", "producer", "agency", "person_name", "year")
    story = ("producer",)
    sections = (
        Section(
            "Đề nghị",
            ("name", "kind", "person_title", "unit.title", "year", "whole_period", "award", "nominator"),
        ),
        Section("Thành tích", ("merits",)),
        Section(
            "Hội đồng, quyết định", ("council_on", "yes", "no", "abstained", "decision_number", "decided_on")
        ),
    )
    verb_forms = {"examine": ExamineForm, "decide": DecideForm}
    marks = {
        "draft": ("grey", "pencil"), "nominated": ("water", "send"), "examined": ("clay", "users-group"),
        "decided": ("leaf", "award"), "refused": ("seal", "circle-x"), "withdrawn": ("grey", "arrow-back-up"),
    }  # fmt: skip
    papers = (
        CasePaper("to-trinh", "Đề nghị khen thưởng (Word)", papers.nomination_docx),
        CasePaper("quyet-dinh", "Quyết định, danh sách (Word)", papers.award_docx,
                  shown=lambda user, row: row.state in (NominationState.EXAMINED, NominationState.DECIDED)),
        CasePaper("danh-sach", "Danh sách khen thưởng (Excel)", papers.award_xlsx, kind="xlsx",
                  shown=lambda user, row: row.state == NominationState.DECIDED),
    )  # fmt: skip
    detail_template = "direction/nomination.html"
    empty_text = (
        "Đề nghị khen tập thể, chủ thể, cá nhân; hệ thống tự đối chiếu vi phạm, sao bị thu hồi, kết quả."
    )

    def may_see(self, user: Any) -> Verdict:
        return official(user)

    def may_create(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*OFFICERS) else super().may_create(user)

    def may_edit(self, user: Any, row: Nomination) -> Verdict:
        return permissions.may_write_nomination(user, row)

    def holding(self, user: Any) -> dict[str, Q]:
        return permissions.nominations_held(user)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        found: dict[str, Any] = {
            "state": NominationState.DRAFT, "kind": NomineeKind.PERSON, "person_name": f"Người mẫu {number}",
            "agency": None, "producer": None, "checks": [],
        }  # fmt: skip
        return found | ({"nominator": given[Agency]} if Agency in given else {})

    def save(self, form: Any, *, by: Any, is_new: bool) -> Nomination:
        row = form.save(commit=False)
        if is_new:
            commendation.begin_nomination(row, by=by)
        else:
            require(permissions.may_write_nomination(by, row))
            row.save()
        keep_files(row, form.cleaned_data.get("attached"), by=by)
        return row  # type: ignore[no-any-return]

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each nomination as the page begins it."""
        for values in rows:
            facts = {name: value for name, value in values.items() if value is not None}
            commendation.begin_nomination(Nomination(**facts), by=by)
        return len(rows)

    def act(self, row: Nomination, verb: str, *, by: Any, reason: str, data: Any, at: Any = None) -> Any:
        if verb == "examine":
            return commendation.examine_nomination(row, by=by, at=at, reason=reason, **data)
        if verb == "decide":
            return commendation.decide_nomination(row, by=by, at=at, reason=reason, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: Nomination) -> dict[str, Any]:
        """What the data say of the nominee."""
        return {"checks": checks_for(row)}


REVIEWS = ReviewsProcedure()
NOMINATIONS = NominationsProcedure()
