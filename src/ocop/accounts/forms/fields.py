"""Fields that the forms about people share."""

from typing import Any

from django import forms

from ocop.accounts.models import User
from ocop.accounts.rules import phones
from ocop.kit import clock
from ocop.units.models import Agency, Unit
from ocop.units.queries import home_province


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class KnownPersonField(forms.CharField):
    """A person who has an account, by phone, e-mail address or user name; cleans to the user."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Số điện thoại, email hoặc tên đăng nhập của người đã có tài khoản.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value)
        if not typed:
            return None
        user = User.objects.known_as(typed)
        if user is None or not user.is_active:
            raise forms.ValidationError("Không tìm thấy tài khoản đang hoạt động nào như vậy.")
        return user


class PhoneField(forms.CharField):
    """A telephone number of the country; cleans to E.164."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": kwargs.pop("autocomplete", "tel")}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        number = phones.normalise(typed)
        if number is None:
            raise forms.ValidationError("Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")
        return number


def communes_today() -> Any:
    """Communes and wards of this province in force today, by name."""
    day = clock.today()
    return (
        Unit.objects.valid_on(day)
        .filter(level="commune", covers__holder=home_province(day))
        .order_by("search_text")
    )


class UnitChoice(forms.ModelChoiceField):
    """A unit by its name with type."""

    def label_from_instance(self, unit: Unit) -> str:
        return unit.title


class AgencyChoice(forms.ModelChoiceField):
    """An agency that the officer looks after."""

    def label_from_instance(self, agency: Agency) -> str:
        return agency.name
