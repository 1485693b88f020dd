"""What plans, visits, remedies and receptions ask."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.kit import clock, formats
from ocop.kit.fields import DoneOnField
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.producers.casework.scoping import acts_for_producers
from ocop.products.models import Paper
from ocop.quality import permissions, queries
from ocop.quality.enums import Area, Outcome, ReceptionKind
from ocop.quality.models import Plan, PlanLine, Programme, Proposal, Reception, Remedy, Violation, Visit
from ocop.quality.models.plan import split_areas
from ocop.quality.rules.receptions import PAPER_KINDS
from ocop.recognition.models import Certificate
from ocop.units.models import Agency

ROWS = forms.Textarea(attrs={"rows": 3})


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AreasField(forms.MultipleChoiceField):
    """What a visit looks at, as boxes to tick; kept as one text, "" for everything."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="Nội dung kiểm tra", choices=Area.choices, required=False,
            help_text="Không chọn mục nào: kiểm tra toàn bộ.", **options,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return split_areas(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return ",".join(super().clean(value))


def agencies_of(user: Any) -> QuerySet[Agency]:
    """The agencies of today for which the person plans and inspects."""
    rows = Agency.objects.valid_on(clock.today()).filter(pk__in=permissions.kept_agency_ids(user))
    return rows.filter(unit__isnull=False).order_by("name")


def people_of_agencies(agencies: QuerySet[Agency] | list[Agency]) -> QuerySet[User]:
    """Who may go for these agencies today."""
    found: set[int] = set()
    for agency in agencies:
        found |= set(holders_of(*permissions.OFFICERS, agency=agency).values_list("pk", flat=True))
    return User.objects.filter(pk__in=found).order_by("full_name", "pk")


class PlanForm(OfficeForm):
    """Whose plan, of which year."""

    class Meta:
        model = Plan
        fields = ["agency", "year", "number", "note"]

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        own = agencies_of(user)
        self.fields["agency"].queryset = own
        if self.instance.pk:
            del self.fields["agency"], self.fields["year"]
        elif (first := own.first()) is not None and "agency" not in self.initial:
            self.initial["agency"] = first.pk


class LineForm(OfficeForm):
    """One visit of a plan."""

    areas = AreasField()

    class Meta:
        model = PlanLine
        fields = ["plan", "producer", "first_on", "last_on", "areas", "lead", "note"]
        widgets = {"first_on": DayInput(), "last_on": DayInput()}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        kept = permissions.kept_agency_ids(user)
        self.fields["plan"].queryset = Plan.objects.filter(
            agency_id__in=kept, state__in=("draft", "returned")
        )
        self.fields["lead"].queryset = people_of_agencies(agencies_of(user))


class ProgrammeForm(OfficeForm):
    """A note beside the programme; the rest comes from the plans and the decision."""

    class Meta:
        model = Programme
        fields = ["note"]


class IssueForm(forms.Form):
    """Number and day of what was signed."""

    number = forms.CharField(label="Số văn bản", max_length=60)
    issued_on = DoneOnField(label="Ngày ban hành")


class MergeForm(forms.Form):
    """Which of two visits stands."""

    keep = forms.ChoiceField(label="Giữ lượt nào", widget=forms.RadioSelect)

    def __init__(self, *args: Any, overlap: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep"].choices = queries.overlap_lines(overlap)


class VisitForm(OfficeForm):
    """A visit outside of the programme; of one in the programme the days, areas and head may change."""

    areas = AreasField()
    near_ok = forms.BooleanField(
        label="Vẫn kiểm tra, dù cơ sở này còn lượt kiểm tra khác gần đó", required=False
    )

    class Meta:
        model = Visit
        fields = [
            "producer", "agency", "ground", "reason", "misuse", "first_on", "last_on", "areas", "lead",
        ]  # fmt: skip
        widgets = {"first_on": DayInput(), "last_on": DayInput(), "reason": ROWS}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        own = agencies_of(user)
        self.fields["agency"].queryset = own
        self.fields["lead"].queryset = people_of_agencies(
            list(self.instance.agencies.all()) if self.instance.pk else own
        )
        if self.instance.pk:
            for name in ("producer", "agency", "ground", "reason", "misuse", "near_ok"):
                del self.fields[name]
            return
        self.fields["ground"].required = self.fields["reason"].required = True
        if not self.is_bound:
            del self.fields["near_ok"]
            self.initial.setdefault("first_on", clock.today())
            self.initial.setdefault("last_on", clock.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        producer, first, last = data.get("producer"), data.get("first_on"), data.get("last_on")
        if producer and first and last and "near_ok" in self.fields:
            near = queries.others_near(producer.pk, first, last) if last >= first else []
            if near and not data.get("near_ok"):
                found = "; ".join(
                    f"{row.agency.short_name or row.agency.name}, {formats.day(row.visit_on or row.first_on)} "
                    f"({row.get_state_display().lower()})"
                    for row in near
                )
                self.add_error("near_ok", f"Tránh chồng chéo: cơ sở này còn {found}.")
            elif not near:
                del self.fields["near_ok"]
        return data


class AnnounceForm(forms.Form):
    """The team by decision, the day of the visit."""

    visit_on = forms.DateField(label="Ngày kiểm tra", widget=DayInput())
    decision_number = forms.CharField(label="Số quyết định lập đoàn", max_length=60)
    decision_on = DoneOnField(label="Ngày quyết định")
    lead = forms.ModelChoiceField(label="Trưởng đoàn", queryset=User.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="Thành viên", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        people = people_of_agencies(list(visit.agencies.all()) or [visit.agency])
        for name in ("lead", "members"):
            self.fields[name].queryset = people
        self.initial = {
            "visit_on": visit.visit_on or visit.first_on, "decision_number": visit.decision_number,
            "decision_on": visit.decision_on or clock.today(), "lead": visit.lead_id,
            "members": list(visit.members.values_list("user_id", flat=True)),
        }  # fmt: skip


class SignForm(forms.Form):
    """Who signs for the producer, or why nobody does."""

    signer_name = forms.CharField(label="Họ tên người đại diện cơ sở ký", max_length=120, required=False)
    signer_position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    producer_opinion = forms.CharField(label="Ý kiến của cơ sở", widget=ROWS, required=False)
    unsigned_reason = forms.CharField(
        label="Nếu cơ sở không ký: lý do", max_length=300, required=False,
        help_text="Đoàn lập biên bản, ghi rõ lý do; biên bản vẫn có giá trị.",
    )  # fmt: skip


class ConcludeForm(forms.Form):
    """What the visit comes to."""

    outcome = forms.ChoiceField(label="Kết quả", choices=Outcome.choices, widget=forms.RadioSelect)
    conclusion = forms.CharField(label="Kết luận", widget=forms.Textarea(attrs={"rows": 5}))
    conclusion_number = forms.CharField(label="Số văn bản kết luận", max_length=60, required=False)
    concluded_on = DoneOnField(label="Ngày kết luận", required=False, initial=None)


class RemedyForm(OfficeForm):
    """What is to be put right until when."""

    class Meta:
        model = Remedy
        fields = ["visit", "finding", "requirement", "required_by"]
        widgets = {"required_by": DayInput()}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        self.fields["visit"].queryset = queries.visits_to_write(user)
        if self.instance.pk:
            del self.fields["visit"]


class ReportForm(FilesForm, forms.Form):
    """What the producer did, with photographs."""

    report = forms.CharField(label="Đã khắc phục thế nào", widget=ROWS)


class ViolationForm(OfficeForm):
    """A violation and its sanction."""

    class Meta:
        model = Violation
        fields = [
            "visit", "product", "act", "legal_basis", "sanction", "amount", "decision_number", "decided_on",
            "paid_on", "note",
        ]  # fmt: skip
        widgets = {"decided_on": DayInput(), "paid_on": DayInput()}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        self.fields["visit"].queryset = queries.visits_to_write(user)
        if self.instance.pk:
            del self.fields["visit"]


class ProposalForm(OfficeForm):
    """Which star is to be looked into, on which ground."""

    class Meta:
        model = Proposal
        fields = ["visit", "certificate", "ground", "account"]
        widgets = {"account": ROWS}

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        visits = queries.visits_to_propose(user)
        self.fields["visit"].queryset = visits
        self.fields["visit"].help_text = (
            "Lượt do cơ quan của bạn chủ trì hoặc bạn làm trưởng đoàn, đã ký biên bản."
            if visits.exists()
            else "Chưa có lượt nào do cơ quan của bạn chủ trì hoặc bạn làm trưởng đoàn mà đã ký biên bản."
        )
        makers = visits.values("producer_id")
        stars = Certificate.objects.visible_to(user).filter(revoked_on__isnull=True, replaced_on__isnull=True)
        self.fields["certificate"].queryset = stars.filter(product__producer__in=makers)


class ReceptionForm(OfficeForm):
    """Which paper of the vault, to whom; the office's group says as what."""

    receiver = forms.ChoiceField(
        label="Nộp cho ai",
        help_text="Chọn trong nhóm của loại giấy tờ. Danh sách theo quy định của ngày hôm nay.",
    )

    class Meta:
        model = Reception
        fields = ["paper", "receiver", "scope"]

    def narrow(self, user: Any) -> None:
        super().narrow(user)
        if self.instance.pk:
            del self.fields["paper"], self.fields["receiver"]
            return
        kinds = set(PAPER_KINDS.values())
        rows = Paper.objects.visible_to(user).filter(withdrawn_at__isnull=True, kind__in=kinds)
        paper: Any = self.fields["paper"]
        paper.queryset = rows.select_related("producer", "product").order_by("producer__name", "kind", "pk")
        paper.label_from_instance = named
        paper.help_text = format_html(
            'Lấy từ kho giấy tờ của cơ sở. Chưa có ở đây? <a href="{}">Mở cơ sở, thẻ “Giấy tờ”</a> để thêm.',
            reverse("producers:mine" if acts_for_producers(user) else "producers:producers_list"),
        )
        self.receivers, groups = {}, []
        for kind, found in queries.all_receivers(clock.today()).items():
            keys = [f"{kind}:{one.agency.pk if one.agency else queries.LOCAL}" for one in found]
            self.receivers |= {key: (kind, one.agency) for key, one in zip(keys, found, strict=True)}
            groups.append(
                (ReceptionKind(kind).label, [(key, one.name) for key, one in zip(keys, found, strict=True)])
            )
        self.fields["receiver"].choices = [("", "Chọn…"), *groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("receiver"):
            data["kind"], data["agency"] = self.receivers[data["receiver"]]
            paper = data.get("paper")
            if paper is not None and PAPER_KINDS[data["kind"]] != paper.kind:
                fitting = " hoặc ".join(
                    f"“{ReceptionKind(kind).label}”" for kind, of in PAPER_KINDS.items() if of == paper.kind
                )
                said = f"Giấy đã chọn là “{paper.get_kind_display()}”; hãy chọn trong nhóm {fitting}."
                self.add_error("receiver", said)
        return data


def named(paper: Paper) -> str:
    """A paper among others: its name, number, product and producer."""
    number = f"số {paper.number}" if paper.number else ""
    product = paper.product.name if paper.product else ""
    return " – ".join(part for part in (str(paper), number, product, paper.producer.public_name) if part)


class AcceptForm(forms.Form):
    """Under which number the office accepts."""

    accepted_number = forms.CharField(label="Số tiếp nhận", max_length=60)
    accepted_on = DoneOnField(label="Ngày chấp nhận", required=False, initial=None)
