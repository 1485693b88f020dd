"""Forms of supply and demand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.partners.guards import written_elsewhere
from ocop.partners.registers.forms import NOT_YET
from ocop.partners.rules.twins import Deal
from ocop.producers.casework import FilesForm, OfficeForm
from ocop.promotion.enums import AgreementKind
from ocop.promotion.models import Agreement, MeetingTalk, PurchaseRequest, SupplyOffer
from ocop.promotion.queries.matching import AGREEMENTS_BOOK, Suggestion, introduced_by
from ocop.rulebook.models import ProductGroup

MONTHS = [(number, f"tháng {number}") for number in range(1, 13)]


class OwnProduct(OfficeForm):
    """A form in which the product must be the producer's."""

    def clean(self) -> dict[str, Any]:
        """The product belongs to the producer."""
        data = super().clean() or self.cleaned_data
        product, producer = data.get("product"), data.get("producer")
        if product is not None and producer is not None and product.producer_id != producer.pk:
            self.add_error("product", f"Sản phẩm này của {product.producer.public_name}.")
        return data


class OfferForm(OwnProduct):
    """What a producer can deliver."""

    month_from = forms.TypedChoiceField(label="Có hàng từ", choices=MONTHS, coerce=int)
    month_to = forms.TypedChoiceField(label="Đến hết", choices=MONTHS, coerce=int, initial=12)

    class Meta:
        model = SupplyOffer
        fields = [
            "producer", "product", "volume", "measure", "month_from", "month_to", "price_from", "price_to", "note",
            "state",
        ]  # fmt: skip


class RequestForm(OfficeForm):
    """What a buyer wants; the products offered are those of the register, whoever makes them."""

    class Meta:
        model = PurchaseRequest
        fields = [
            "partner", "buyer_name", "buyer_contact", "unit", "wanted", "group", "product", "volume", "measure",
            "price_most", "needed_from", "needed_to", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ProductGroup.objects.all()  # type: ignore[attr-defined]


class IntroduceForm(forms.Form):
    """Which of the ranked offers are brought to the buyer."""

    offers = forms.TypedMultipleChoiceField(
        label="Chào hàng phù hợp, tốt nhất trước", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một chào hàng."},
    )  # fmt: skip

    def __init__(self, suggestions: Iterable[Suggestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = [one for one in suggestions if one.made is None]
        self.fields["offers"].choices = [(one.offer.pk, self._words(one)) for one in open_ones]  # type: ignore[attr-defined]
        if not open_ones:
            self.fields["offers"].help_text = "Chưa có chào hàng nào khớp mà chưa giới thiệu."

    @staticmethod
    def _words(one: Suggestion) -> str:
        doubts = f"; {'; '.join(one.fit.doubts)}" if one.fit.doubts else ""
        return f"{one.fit.points} điểm – {one.offer} ({'; '.join(one.fit.reasons)}{doubts})"


class AnswerForm(OnceMixin, forms.Form):
    """The producer's answer to an introduction."""

    accepted = forms.TypedChoiceField(
        label="Trả lời", choices=[("yes", "Nhận lời, sẽ liên hệ bên mua"), ("no", "Từ chối")],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label="Lý do (cần ghi khi từ chối)", max_length=300, required=False)


class TalkForm(OwnProduct):
    """Who met whom."""

    class Meta:
        model = MeetingTalk
        fields = ["conference", "producer", "partner", "buyer_name", "product", "request", "agreed", "note"]


class AgreementForm(FilesForm, OwnProduct):
    """What was signed."""

    class Meta:
        model = Agreement
        fields = [
            "kind", "number", "producer", "partner", "buyer_name", "product", "request", "conference", "signed_on",
            "value", "starts_on", "ends_on", "delivered", "delivered_on", "note",
        ]  # fmt: skip
        help_texts = {"buyer_name": "Để trống thì lấy tên đối tác, hoặc bên mua của nhu cầu đã chọn."}

    def narrow(self, user: Any) -> None:
        """Also producers of elsewhere and their products, which the officer introduced to a buyer."""
        super().narrow(user)
        offers = introduced_by(user)
        for name, column in (("producer", "producer_id"), ("product", "product_id")):
            field = self.fields[name]
            seen = Q(pk__in=field.queryset.values("pk")) | Q(pk__in=offers.values(column))  # type: ignore[attr-defined]
            field.queryset = field.queryset.model.objects.filter(seen)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nothing is signed tomorrow. The buyer is that of the request when nobody else is named.

        A contract that stands in another book is refused.
        """
        data = super().clean()
        if data.get("signed_on") and data["signed_on"] > clock.today():
            self.add_error("signed_on", NOT_YET)
        request = data.get("request")
        if request is not None and not data.get("partner") and not data.get("buyer_name"):
            data["partner"], data["buyer_name"] = request.partner, request.buyer_name
        producer, partner = data.get("producer"), data.get("partner")
        if data.get("kind") == AgreementKind.CONTRACT and producer is not None:
            buyer = data.get("buyer_name") or (partner.name if partner else "")
            deal = Deal(
                producer.pk, partner and partner.pk, buyer, data.get("number", ""), data.get("signed_on")
            )
            if found := written_elsewhere(deal, AGREEMENTS_BOOK.key):
                self.add_error(None, found)
        return data
