"""Forms of the offices that keep partners."""

from typing import Any

from django import forms

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.partners import guards
from ocop.partners.enums import AgreedField, ContractKind
from ocop.partners.models import (
    ConferenceAgreement,
    ConferenceAttendance,
    Partner,
    PartnerAssessment,
    PartnerConference,
    PartnerContract,
)
from ocop.partners.rules.capacity import NUMBERS, PERSONAL
from ocop.partners.rules.twins import Deal
from ocop.producers.casework import FilesForm, OfficeForm

NOT_YET = "Ngày ký ở tương lai."


class PartnerForm(OfficeForm):
    """A partner; what is published is agreed elsewhere."""

    class Meta:
        model = Partner
        fields = [
            "name", "kind", "part", "services", "unit", "introduction", "tax_code", "address", "contact_person",
            "phone", "email", "website", "areas", "volume", "volume_unit", "staff", "certificates", "certificate_note",
            "joined_on", "state", "source", "note",
        ]  # fmt: skip
        widgets = {
            "services": forms.CheckboxSelectMultiple,
            "introduction": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "part": "Chỉ ghi cho doanh nghiệp, hợp tác xã trong chuỗi.",
            "unit": "Địa bàn của cơ quan theo dõi; đối tác của cả tỉnh ghi tên tỉnh.",
            "volume": "Số lượng cung ứng, chế biến, tiêu thụ hoặc cho vay trong một năm.",
            "volume_unit": "Ví dụ: tấn, triệu đồng, khóa học.",
            "phone": "Chỉ công khai khi đối tác đồng ý.",
            "contact_person": "Chỉ công khai khi đối tác đồng ý.",
        }

    def clean(self) -> dict[str, Any]:
        """A number of the capacity needs its unit."""
        data = super().clean() or {}
        if data.get("volume") and not data.get("volume_unit"):
            self.add_error("volume_unit", "Ghi đơn vị của năng lực, ví dụ: tấn.")
        return data


class ConsentForm(OnceMixin, forms.Form):
    """What a partner agreed to have published, who said so, when and how."""

    fields_agreed = forms.MultipleChoiceField(
        label="Mục đồng ý công khai",
        choices=AgreedField.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tên, nhóm và lĩnh vực cung cấp luôn được công khai khi có bản đồng ý.",
    )
    given_by = forms.CharField(label="Người đồng ý (họ tên, chức vụ)", max_length=120)
    given_on = forms.DateField(
        label="Ngày đồng ý", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label="Văn bản, hình thức đồng ý", max_length=200, help_text="Ví dụ: Phiếu đồng ý ký ngày 12/3/2026."
    )

    @property
    def warns(self) -> bool:
        """True when something personal is among what was chosen."""
        return bool(PERSONAL & set(self.data.getlist("fields_agreed") if self.is_bound else ()))


class WithdrawForm(OnceMixin, forms.Form):
    """Why the partner no longer agrees."""

    reason = forms.CharField(label="Lý do rút", max_length=300)


class YearForm(OnceMixin, forms.Form):
    """The year whose assessments begin."""

    year = forms.IntegerField(label="Năm đánh giá", min_value=2023, max_value=2100)


class AssessmentForm(OfficeForm):
    """The assessment of one partner in a year, when it was not opened with the others."""

    class Meta:
        model = PartnerAssessment
        fields = ["partner", "year"]


class MarkForm(forms.Form):
    """Points by criterion, the numbers of the capacity, a remark; nothing is needed, so that it can wait."""

    def __init__(self, row: PartnerAssessment, *args: Any) -> None:
        super().__init__(*args)
        self.lines = row.marked()
        for line in self.lines:
            self.fields[f"diem_{line.key}"] = forms.IntegerField(
                label=f"{line.name} (0 đến {line.most})", min_value=0, max_value=line.most, required=False,
                initial=line.points, help_text=line.hint,
            )  # fmt: skip
        for name, words in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=words.capitalize(), min_value=0, max_value=2_000_000_000, required=False,
                initial=getattr(row, name),
            )  # fmt: skip
        self.fields["volume_unit"] = forms.CharField(
            label="Đơn vị của năng lực", max_length=40, required=False, initial=row.volume_unit
        )
        self.fields["conclusion"] = forms.CharField(
            label="Nhận xét", required=False, initial=row.conclusion, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        """The answers as `actions.assessment.mark` takes them."""
        data = super().clean() or {}
        return {
            "points": {line.key: data.get(f"diem_{line.key}") for line in self.lines},
            "numbers": {name: data.get(name) for name in NUMBERS}
            | {"volume_unit": data.get("volume_unit", "")},
            "conclusion": data.get("conclusion", ""),
            "reason": data.get("reason", ""),
        }


class ConcludeForm(forms.Form):
    """The conclusion of the standing agency."""

    conclusion = forms.CharField(label="Kết luận", widget=forms.Textarea(attrs={"rows": 4}))


class ContractForm(FilesForm, OfficeForm):
    """A contract of a partner with a producer."""

    class Meta:
        model = PartnerContract
        fields = [
            "producer", "partner", "kind", "number", "subject", "signed_on", "starts_on", "ends_on", "value",
            "done_value", "state", "result", "conference",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Nothing is signed tomorrow; a sale that stands in another book of contracts is not written here again."""
        data = super().clean() or self.cleaned_data
        if data.get("signed_on") and data["signed_on"] > clock.today():
            self.add_error("signed_on", NOT_YET)
        partner, producer = data.get("partner"), data.get("producer")
        if data.get("kind") == ContractKind.SALE and partner is not None and producer is not None:
            deal = Deal(producer.pk, partner.pk, partner.name, data.get("number", ""), data.get("signed_on"))
            if found := guards.written_elsewhere(deal, guards.OWN.key):
                self.add_error(None, found)
        return data


class ConferenceForm(FilesForm, OfficeForm):
    """A conference that connects partners."""

    class Meta:
        model = PartnerConference
        fields = [
            "name", "unit", "organiser", "held_on", "ends_on", "place", "topic", "visitors", "meetings", "cost",
            "result",
        ]  # fmt: skip
        widgets = {"result": forms.Textarea(attrs={"rows": 3})}


class AttendanceForm(OfficeForm):
    """Who came to a conference."""

    class Meta:
        model = ConferenceAttendance
        fields = ["conference", "partner", "producer", "people", "meetings", "note"]


class AgreementForm(OfficeForm):
    """What was signed at a conference."""

    class Meta:
        model = ConferenceAgreement
        fields = ["conference", "partner", "producer", "kind", "number", "signed_on", "subject", "value"]
