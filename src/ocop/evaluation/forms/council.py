"""Forms of councils, seats, sessions and the desk of a dossier before the council."""

from typing import Any

from django import forms

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.seats import APPOINTING
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import Council, CouncilSession, RankingRound, Seat
from ocop.kit import clock
from ocop.kit.once import FIELD, OnceMixin
from ocop.units.enums import UnitLevel
from ocop.units.models import Agency, Unit
from ocop.units.queries import province_of

FOCUS_HELP = "Mỗi dòng một mã tiêu chí (1.2), một phần (A) hoặc từ khóa (an toàn thực phẩm). Chỉ là gợi ý."


class DayInput(forms.DateInput):
    """A day in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _focus(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()][:30]


class CouncilForm(OnceMixin, forms.Form):
    """A council out of its decision."""

    home = forms.ModelChoiceField(
        label="Hội đồng của", queryset=Unit.objects.none(), empty_label="Chọn tỉnh hoặc huyện"
    )
    name = forms.CharField(label="Tên hội đồng", max_length=300)
    decision_number = forms.CharField(label="Số quyết định thành lập", max_length=60)
    decision_on = forms.DateField(label="Ngày quyết định", widget=DayInput())
    valid_from = forms.DateField(label="Nhiệm kỳ từ ngày", widget=DayInput())
    valid_to = forms.DateField(
        label="Đến hết ngày",
        widget=DayInput(),
        required=False,
        help_text="Để trống khi quyết định không ghi.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = [holding.unit_id for holding in scope_of(user).of(*APPOINTING)]
        homes = Unit.objects.filter(pk__in=[pk for pk in holders if pk])
        field = self.fields["home"]
        field.queryset = homes
        if homes.count() == 1:
            field.initial = homes.get().pk
            field.widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        """What the action takes: the unit as province, with the district where it is one."""
        values = {key: value for key, value in self.cleaned_data.items() if key not in ("home", FIELD)}
        home = self.cleaned_data["home"]
        is_district = home.level == UnitLevel.DISTRICT
        return {
            **values,
            "province": province_of(home) if is_district else home,
            "district": home if is_district else None,
        }


class SeatFields(forms.Form):
    """What may change while a seat runs."""

    may_chair = forms.BooleanField(label="Phó Chủ tịch được ủy quyền chủ trì phiên họp", required=False)
    may_chair_basis = forms.CharField(
        label="Căn cứ ủy quyền", max_length=200, required=False, help_text="Số, ngày văn bản ủy quyền."
    )
    focus = forms.CharField(
        label="Tiêu chí theo dõi",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=FOCUS_HELP,
    )

    def clean_focus(self) -> list[str]:
        """One entry a line."""
        return _focus(self.cleaned_data["focus"])


class SeatForm(OnceMixin, SeatFields):
    """A seat: who, from which agency, in which role."""

    user = forms.ModelChoiceField(
        label="Người tham gia",
        queryset=User.objects.none(),
        empty_label="Chọn người",
        help_text="Người có tài khoản tại một cơ quan của tỉnh. Chưa có tài khoản thì đề nghị quản trị mời trước.",
    )
    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    role = forms.ChoiceField(label="Vai trò", choices=SeatRole.choices, initial=SeatRole.MEMBER)
    valid_from = forms.DateField(label="Tham gia từ ngày", widget=DayInput())
    field_order = ("user", "agency", "role", "valid_from", "may_chair", "may_chair_basis", "focus")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        agencies = Agency.objects.valid_on(today).filter(unit=council.province)
        self.fields["agency"].queryset = agencies
        self.fields["user"].queryset = (
            User.objects.filter(is_active=True, memberships__agency__in=agencies)
            .distinct()
            .order_by("full_name")
        )
        self.fields["user"].label_from_instance = lambda user: user.full_name or user.username
        self.fields["valid_from"].initial = max(council.valid_from, today)


class SeatChangeForm(SeatFields):
    """Advice and authority of a running seat."""

    @classmethod
    def of(cls, seat: Seat, data: Any = None) -> "SeatChangeForm":
        """The form with what the seat holds."""
        initial = {
            "may_chair": seat.may_chair,
            "may_chair_basis": seat.may_chair_basis,
            "focus": "\n".join(seat.focus),
        }
        return cls(data, initial=initial)


class SeatEndForm(forms.Form):
    """The last day of a seat."""

    last_day = forms.DateField(label="Ngày cuối tham gia", widget=DayInput())


class SessionForm(OnceMixin, forms.Form):
    """A meeting: council, day, place, yearly round."""

    council = forms.ModelChoiceField(label="Hội đồng", queryset=Council.objects.none())
    held_on = forms.DateField(label="Ngày họp", widget=DayInput())
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    round = forms.ModelChoiceField(
        label="Đợt đánh giá",
        queryset=RankingRound.objects.none(),
        required=False,
        empty_label="Không gắn với đợt",
    )

    def __init__(self, *args: Any, user: User, session: CouncilSession | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = Seat.objects.valid_on(clock.today()).filter(
            user=user, role__in=(SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)
        )
        councils = Council.objects.filter(pk__in=desk.values("council"))
        self.fields["council"].queryset = councils
        provinces = councils.values("province")
        self.fields["round"].queryset = RankingRound.objects.filter(province__in=provinces).order_by(
            "-propose_by"
        )
        first = councils.first()
        if session is not None:
            del self.fields["council"]
            self.initial = {"held_on": session.held_on, "place": session.place, "round": session.round_id}
        elif first is not None and councils.count() == 1:
            self.fields["council"].initial = first.pk
            self.fields["council"].widget = forms.HiddenInput()


class AgendaForm(OnceMixin, forms.Form):
    """Dossiers chosen for the agenda."""

    dossiers = forms.ModelMultipleChoiceField(
        label="Hồ sơ chờ họp",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
    )

    def __init__(self, *args: Any, ready: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].queryset = ready


class AttendanceForm(forms.Form):
    """Who is present, who presides."""

    present = forms.MultipleChoiceField(label="Có mặt", required=False, widget=forms.CheckboxSelectMultiple)
    presiding = forms.ChoiceField(label="Chủ trì", required=False)

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(seat.pk), f"{seat.user.full_name}, {seat.get_role_display()}") for seat in seats]
        leads = {str(seat.pk) for seat in seats if seat.leads}
        self.fields["present"].choices = names
        self.fields["presiding"].choices = [("", "Chưa ghi"), *(row for row in names if row[0] in leads)]


class WordsForm(forms.Form):
    """A long text of the desk: notes of the session, discussion."""

    text = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 6}), required=False)


class ReasonForm(OnceMixin, forms.Form):
    """A press with its reason."""

    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))


class PressForm(OnceMixin, forms.Form):
    """A press of the desk on one dossier."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("start", "open", "close", "conclude")])


class DeclareForm(OnceMixin, forms.Form):
    """The declaration on conflict of interest."""

    has_conflict = forms.TypedChoiceField(
        label="Tôi cam đoan",
        choices=(
            ("no", "Tôi không có xung đột lợi ích với chủ thể và sản phẩm này"),
            ("yes", "Tôi có xung đột lợi ích, xin không chấm hồ sơ này"),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    statement = forms.CharField(
        label="Xung đột lợi ích là gì",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi khi có xung đột: họ hàng, góp vốn, đã tư vấn hồ sơ, quan hệ cấp trên trực tiếp…",
    )
