"""Numbers of any form are typed as people write them."""

from decimal import Decimal

import pytest
from django import forms

from ocop.kit.typed import NO_SUM, numbers_as_typed


class Loan(forms.Form):
    value = forms.IntegerField(label="giá trị (đồng)", required=False, max_value=10**12)
    people = forms.IntegerField(label="số người", required=False)
    share = forms.DecimalField(label="tỷ lệ", required=False)
    year = forms.IntegerField(label="năm", required=False)


def typed(name: str, text: str) -> tuple[object, list[str]]:
    form = Loan({name: text})
    numbers_as_typed(form)
    form.is_valid()
    return form.cleaned_data.get(name), list(form.errors.get(name, []))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("value", "24.000.000", 24_000_000),
        ("value", "24 triệu", 24_000_000),
        ("value", "1,2 tỷ đồng", 1_200_000_000),
        ("value", "24000000", 24_000_000),
        ("value", "", None),
        ("value", "  ", None),
        ("people", "1.200 người", 1200),
        ("people", "-3", -3),
        ("share", "4,5", Decimal("4.5")),
        ("share", "1.234,5", Decimal("1234.5")),
        ("year", "2026", 2026),
    ],
)
def test_what_people_write_is_the_number(name: str, text: str, value: object) -> None:
    assert typed(name, text) == (value, [])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("value", "nhiều", NO_SUM),
        ("value", "24 triệu rưỡi", NO_SUM),
        ("value", "2.000 tỷ", "Chỉ đến 1000000000000."),
        ("people", "4,5", "Hãy ghi một số nguyên, ví dụ 1.200."),
        ("share", "4 phần", "Hãy ghi một số, ví dụ 12,5."),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(name: str, text: str, said: str) -> None:
    assert typed(name, text) == (None, [said])
