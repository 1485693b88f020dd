"""What visitors of the open site ask and write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.kit.once import OnceMixin

CONSENT_TEXT = (
    "Tôi đồng ý cho cơ quan quản lý OCOP lưu tên và cách liên hệ này để chuyển lời nhắn tới đối tác."
)


class MessageForm(OnceMixin, forms.Form):
    """What a visitor of the public site writes to a partner; `website` is a trap for machines."""

    sender = forms.CharField(label=_("Họ tên của bạn"), max_length=120)
    place = forms.CharField(label=_("Cơ sở, đơn vị của bạn"), max_length=200, required=False)
    contact = forms.CharField(label=_("Điện thoại hoặc thư điện tử để đối tác trả lời"), max_length=120)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    consent = forms.BooleanField(
        label=_(
            "Tôi đồng ý cho cơ quan quản lý OCOP lưu tên và cách liên hệ này để chuyển lời nhắn tới đối tác."
        ),
        error_messages={
            "required": _("Hãy đánh dấu đồng ý, nếu không chúng tôi không chuyển được lời nhắn.")
        },
    )
    website = forms.CharField(
        label="website", required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def clean_website(self) -> str:
        """Only machines fill it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Lời nhắn này không được nhận."))
        return ""

    @property
    def asked(self) -> dict[str, str]:
        """The answers as `actions.messages.send_message` takes them."""
        return {name: self.cleaned_data[name] for name in ("sender", "place", "contact", "text")} | {
            "consent_text": CONSENT_TEXT
        }


class PublicFilter(forms.Form):
    """The filters of the public list; a wrong value narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Tìm"))
    nhom = forms.ChoiceField(required=False, label=_("Nhóm đối tác"))
    linh_vuc = forms.ChoiceField(required=False, label=_("Lĩnh vực cung cấp"))
