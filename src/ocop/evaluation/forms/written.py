"""What the pages of a re-evaluation ask: the site check, written opinions."""

from typing import Any

from django import forms

from ocop.evaluation.enums import SeatRole
from ocop.evaluation.forms.council import DayInput
from ocop.evaluation.models import Council, Dossier, Seat, SiteCheck
from ocop.evaluation.queries.written import askable_dossiers, default_last_day
from ocop.kit import clock
from ocop.kit.once import OnceMixin

CHOICES = (
    ("no", "Không cần kiểm tra thực tế"),
    ("yes", "Cần kiểm tra thực tế: có thay đổi lớn hoặc minh chứng chưa rõ"),
)


class SiteCheckForm(OnceMixin, forms.Form):
    """Whether the re-evaluation is checked on site, why, and what the check left."""

    is_needed = forms.TypedChoiceField(
        label="Hồ sơ đánh giá lại này", choices=CHOICES, coerce=lambda value: value == "yes",
        widget=forms.RadioSelect, empty_value=None, error_messages={"required": "Hãy chọn một trong hai."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Vì", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="Chủ thể đọc được. Ví dụ: nơi sản xuất, quy trình, nguyên liệu không đổi; hoặc đã đổi nơi sản xuất.",
    )  # fmt: skip
    visited_on = forms.DateField(
        label="Ngày kiểm tra thực tế", widget=DayInput(), required=False,
        help_text="Ghi sau khi đã kiểm tra; chưa kiểm tra thì để trống.",
    )  # fmt: skip
    minutes = forms.FileField(label="Biên bản kiểm tra (PDF hoặc ảnh)", required=False)

    @classmethod
    def start(cls, row: SiteCheck | None) -> dict[str, Any]:
        """What the form shows of a choice that was recorded."""
        if row is None:
            return {}
        choice = "yes" if row.is_needed else "no"
        return {"is_needed": choice, "reason": row.reason, "visited_on": row.visited_on}


def councils_run_by(user: Any) -> Any:
    """Councils in force whose desk the person runs."""
    today = clock.today()
    desk = Seat.objects.valid_on(today).filter(
        user=user, role__in=(SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)
    )
    return Council.objects.valid_on(today).filter(pk__in=desk.values("council")).select_related("province")


class AskForm(OnceMixin, forms.Form):
    """Which re-evaluations are put to written opinions, and until when."""

    dossiers = forms.MultipleChoiceField(
        label="Hồ sơ đánh giá lại", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
    )  # fmt: skip
    answer_by = forms.DateField(label="Trả lời đến hết ngày", widget=DayInput())

    def __init__(self, *args: Any, council: Council, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ready: dict[str, Dossier] = {str(row.pk): row for row in askable_dossiers(council)}
        self.fields["dossiers"].choices = [(key, row.product.name) for key, row in self.ready.items()]
        self.initial.setdefault("answer_by", default_last_day(council))

    def chosen(self) -> list[Dossier]:
        """The dossiers that were ticked, in the order of the list."""
        wanted = set(self.cleaned_data["dossiers"])
        return [row for key, row in self.ready.items() if key in wanted]


class LastDayForm(OnceMixin, forms.Form):
    """A later last day."""

    answer_by = forms.DateField(label="Hạn trả lời mới", widget=DayInput())
