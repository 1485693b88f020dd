"""Form fields without domain words."""

from typing import Any

from django import forms

from ocop.kit import clock, formats
from ocop.kit.numbers import parse_whole
from ocop.kit.text import looks_like_tcvn3

MONEY_HELP = "Ghi 2.400.000.000 hoặc 2,4 tỷ đều được."


class WholeField(forms.Field):
    """A whole number typed as people type it: 2.400.000.000, "2,4 tỷ", "80 %"."""

    def __init__(self, *, highest: int | None = None, **more: Any) -> None:
        self.highest = highest
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        typed = str(value if value is not None else "").strip()
        if not typed:
            return None
        try:
            number = parse_whole(typed[:60])
        except ValueError as error:
            example = "2.400.000.000 hoặc 2,4 tỷ" if self.help_text == MONEY_HELP else "12 hoặc 1.200"
            raise forms.ValidationError(
                f"Chưa đọc được số này. Hãy ghi bằng chữ số, ví dụ {example}."
            ) from error
        if self.highest is not None and number > self.highest:
            raise forms.ValidationError(f"Số này không được quá {formats.number(self.highest)}.")
        return number

    def prepare_value(self, value: Any) -> Any:
        return formats.number(value) if isinstance(value, int) else value


class DoneOnField(forms.DateField):
    """A day on which something was done: today, which it starts with, or before."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        more.setdefault("initial", clock.today)
        super().__init__(**more)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > clock.today():
            raise forms.ValidationError("Ngày này chưa tới. Hãy ghi ngày đã làm việc này.")


OLD_CODING = (
    "Chữ này giống chữ gõ bằng bảng mã cũ (TCVN3, font .VnTime), người khác sẽ không đọc được. "
    "Hãy chuyển sang Unicode rồi dán lại, hoặc gõ lại."
)


class KeepTextMixin(forms.BaseForm):
    """Text in the old TCVN3 coding is warned about once; the box `keep_text` says that it is right as it stands."""

    def texts(self) -> list[str]:
        """Names of the fields that hold prose."""
        return [name for name, field in self.fields.items() if type(field) is forms.CharField]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        old = [name for name in self.texts() if looks_like_tcvn3(str(data.get(name) or ""))]
        if old:
            self.fields["keep_text"] = forms.BooleanField(
                label="Chữ đọc được, cứ lưu như vậy", required=False
            )
            if not self.data.get("keep_text"):
                for name in old:
                    self.add_error(name, OLD_CODING)
        return data
