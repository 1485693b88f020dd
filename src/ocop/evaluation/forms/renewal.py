"""What extending a star asks."""

from django import forms

from ocop.kit.once import OnceMixin


class ExtendForm(OnceMixin, forms.Form):
    """The basis on which a star is extended."""

    basis = forms.CharField(
        label="Căn cứ kéo dài",
        max_length=300,
        help_text="Số, ngày văn bản; vì sao hồ sơ không nộp được trong kỳ.",
        error_messages={"required": "Hãy ghi căn cứ."},
    )
