"""Offers, requests of buyers, meetings, agreements."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Verdict
from ocop.kit.excel import Importer, Kind
from ocop.kit.registers import Column, Preset, Register, Section, where
from ocop.partners.guards import WrittenElsewhere
from ocop.partners.registers.forms import NOT_YET
from ocop.partners.rules.twins import Deal
from ocop.producers.casework import OfficeProcedure, roles_on
from ocop.promotion import actions
from ocop.promotion.enums import REQUEST_MARKS, AgreementKind, Answer, OfferState, RequestState
from ocop.promotion.models import Agreement, Introduction, MeetingTalk, PurchaseRequest, SupplyOffer
from ocop.promotion.permissions import PROMOTERS
from ocop.promotion.queries.matching import AGREEMENTS_BOOK, suggestions_for
from ocop.promotion.registers.base import SECTION, ProducerRegister, PromotionRegister, filters_for, year_of
from ocop.promotion.registers.fairs import producers_of
from ocop.promotion.registers.match_forms import (
    AgreementForm,
    AnswerForm,
    IntroduceForm,
    OfferForm,
    RequestForm,
    TalkForm,
)
from ocop.promotion.rules.workflow import ORGANISERS
from ocop.rulebook.models import ProductGroup

SHOWN = 12


def _to_answer(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(register.waiting_for(user) | register.asking(user))


def _late(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(closed_at__isnull=True, due_on__lt=clock.today())


class OffersRegister(ProducerRegister):
    """What producers can deliver, in which months, at what price."""

    key = "offers"
    model = SupplyOffer
    title = "Chào hàng của chủ thể"
    noun = "chào hàng"
    icon = "truck"
    order = 30
    presets = (Preset("dang-chao", "Đang chào bán", where(state=OfferState.OPEN), "Chưa có chào hàng nào."),)
    columns = (
        Column("offered", "Chào hàng", value=lambda row: row.product.name, sort="product__name", on="list"),
        Column("product", on="detail excel import api"),
        Column("producer", sort="producer__name"),
        Column("volume"),
        Column("measure"),
        Column("month_from", on="list detail excel import api"),
        Column("month_to", on="list detail excel import api"),
        Column("price_from", kind=Kind.MONEY),
        Column("price_to", kind=Kind.MONEY, on="detail excel import api"),
        Column("note", on="detail excel import"),
        Column("state", on="list detail excel import api"),
    )
    filterset_class = filters_for(
        SupplyOffer, "state", unit="producer__unit_id",
        nhom=django_filters.ModelChoiceFilter(
            field_name="product__group", label="Nhóm sản phẩm", queryset=ProductGroup.objects.all()
        ),
    )  # fmt: skip
    form_class = OfferForm
    related = ("product__group", "producer__unit")
    ordering = ("product__name", "pk")
    natural_key = ("producer", "product", "month_from")
    story = ("producer", "product")
    empty_text = "Chủ thể ghi sản phẩm có thể cung ứng: bao nhiêu, tháng nào, giá bao nhiêu."


class RequestsRegister(OfficeProcedure):
    """What buyers want, and which offers answer."""

    key = "requests"
    model = PurchaseRequest
    title = "Nhu cầu của bên mua"
    noun = "nhu cầu"
    section = SECTION
    icon = "search"
    order = 31
    keepers = PROMOTERS
    producer_path = ""
    desk = actions.REQUEST_DESK
    marks = REQUEST_MARKS
    verb_forms = {"introduce": IntroduceForm}
    presets = (
        Preset("cho-toi", "Chờ tôi", _to_answer, "Không có nhu cầu nào đang chờ bạn."),
        Preset("dang-mo", "Đang mở", where(closed_at__isnull=True), "Không có nhu cầu nào đang mở."),
        Preset("tre", "Trễ hạn", _late, "Không có nhu cầu nào trễ hạn."),
    )
    columns = (
        Column("wanted"),
        Column("buyer_name", required=True),
        Column("partner", on="detail excel import"),
        Column("state", template="promotion/_state_cell.html", on="list excel api", label="Trạng thái"),
        Column("buyer_contact", on="detail excel import"),
        Column("unit", on="detail excel import"),
        Column("group", on="detail excel import api"),
        Column("product", on="detail excel import api"),
        Column("volume"),
        Column("measure"),
        Column("price_most", kind=Kind.MONEY, on="detail excel import api"),
        Column("needed_from", on="detail excel import api"),
        Column("needed_to", on="list detail excel import api"),
        Column("note", on="detail excel import"),
    )
    filterset_class = filters_for(PurchaseRequest, "state", "group")
    form_class = RequestForm
    sections = (
        Section("Bên mua cần", ("wanted", "group", "product", "volume", "measure", "price_most", "needed_from",
                                "needed_to", "note")),
        Section("Bên mua", ("buyer_name", "partner", "buyer_contact", "unit")),
    )  # fmt: skip
    related = ("unit", "group", "product", "partner")
    ordering = ("needed_to", "pk")
    natural_key = ("buyer_name", "wanted", "needed_from")
    story = ("product", "unit", "partner")
    detail_template = "promotion/request_detail.html"
    empty_text = "Nhu cầu của siêu thị, nhà hàng, nhà phân phối có ở đây khi cán bộ ghi lại."

    def write(self, form: Any, row: PurchaseRequest, *, by: Any, is_new: bool) -> None:
        if is_new:
            actions.open_request(row, by=by)
        else:
            row.due_on = actions.REQUEST_DESK.last_day(row, clock.now())
            row.save()

    def verb_form(self, verb: str, user: Any, row: PurchaseRequest, *args: Any) -> Any:
        if verb != "introduce":
            return super().verb_form(verb, user, row, *args)
        return IntroduceForm(suggestions_for(row, clock.today()), *args)

    def act(
        self, row: PurchaseRequest, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None
    ) -> Any:
        if verb == "introduce":
            return actions.introduce(row, offers=data["offers"], by=by, reason=reason, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def asking(self, user: Any) -> Q:
        """Requests on which a producer of this person has still to answer."""
        asked = Introduction.objects.filter(offer__producer__in=producers_of(user), answer=Answer.ASKED)
        return Q(pk__in=asked.values("request_id"), state__in=(RequestState.INTRODUCED, RequestState.SIGNED))

    def detail_context(self, user: Any, row: PurchaseRequest) -> dict[str, Any]:
        """For officers the ranked offers; introductions with the answer form of whoever has to answer."""
        is_officer = bool(roles_on(user, row) & ORGANISERS)
        mine = set(producers_of(user).values_list("pk", flat=True))
        made = row.introductions.select_related("offer__product", "offer__producer__unit", "answered_by")
        if not is_officer:
            made = made.filter(offer__producer__in=mine)
        return {
            "is_officer": is_officer,
            "agreements": Agreement.objects.visible_to(user).filter(request=row).select_related("producer"),
            "suggestions": suggestions_for(row, clock.today(), SHOWN)
            if is_officer and not row.closed_at
            else [],
            "introductions": [
                (one, AnswerForm() if one.offer.producer_id in mine and one.answer == Answer.ASKED else None)
                for one in made
            ],
        }


class TalksRegister(ProducerRegister):
    """Who met whom at a conference of partners; kept on the page of the conference."""

    key = "talks"
    model = MeetingTalk
    title = "Các cuộc gặp"
    noun = "cuộc gặp"
    icon = "message"
    order = 33
    under = "conference"
    columns = (
        Column("met", "Cuộc gặp", value=str, on="list"),
        Column("producer", on="detail excel import api"),
        Column("conference", sort="conference__name"),
        Column("partner", on="detail excel import"),
        Column("buyer_name", on="detail excel import api"),
        Column("product", on="list detail excel import"),
        Column("agreed"),
        Column("note", on="list detail excel import"),
    )
    filterset_class = filters_for(MeetingTalk, "agreed", unit="producer__unit_id")
    form_class = TalkForm
    related = ("conference", "producer__unit", "product", "partner")
    ordering = ("conference", "producer__name", "pk")
    natural_key = ("conference", "producer", "buyer_name")
    story = ("producer",)
    empty_text = "Chưa ghi cuộc gặp nào."

    def may_create(self, user: Any) -> Verdict:
        return PromotionRegister.may_create(self, user)


class AgreementsRegister(ProducerRegister):
    """Memoranda and contracts, with their value and what was delivered."""

    key = "supply_agreements"
    model = Agreement
    title = "Hợp đồng tiêu thụ"
    noun = "hợp đồng, biên bản"
    icon = "writing"
    order = 34
    columns = (
        Column("label", "Hợp đồng", value=str, on="list"),
        Column("kind", on="detail excel import api"),
        Column("number", on="detail excel import api"),
        Column("producer", sort="producer__name"),
        Column("partner", on="detail excel import"),
        Column("buyer_name", on="detail excel import api"),
        Column("product", on="list detail excel import api", sort="product__name"),
        Column("signed_on"),
        Column("value", kind=Kind.MONEY, total=True),
        Column("starts_on", on="detail excel import"),
        Column("ends_on", on="list detail excel import"),
        Column("delivered", kind=Kind.MONEY, total=True),
        Column("delivered_on", on="detail excel import"),
        Column("request", on="detail"),
        Column("conference", on="detail"),
        Column("note", on="detail excel import"),
    )
    filterset_class = filters_for(Agreement, "kind", unit="producer__unit_id", nam=year_of("signed_on"))
    form_class = AgreementForm
    related = ("producer__unit", "product", "request", "conference", "partner")
    ordering = ("-signed_on", "pk")
    natural_key = ("producer", "buyer_name", "signed_on")
    story = ("producer", "product", "partner")
    empty_text = "Hợp đồng, biên bản ghi nhớ của chủ thể có ở đây."

    def may_edit(self, user: Any, row: Agreement) -> Verdict:
        return super().may_edit(user, row) or self.may_keep_row(user, row)

    def may_keep_row(self, user: Any, row: Agreement) -> Verdict:
        """Also whoever introduced the producer, wherever it is, to the buyer of the request."""
        verdict = super().may_keep_row(user, row)
        if verdict or row.request is None or not self.may_keep(user, row.request.unit_id):
            return verdict
        introduced = row.request.introductions.filter(offer__producer=row.producer_id)
        return ALLOWED if introduced.exists() else verdict

    def importer(self, user: Any) -> Importer:
        """A contract that stands in another book is refused."""
        made, elsewhere = super().importer(user), WrittenElsewhere(AGREEMENTS_BOOK.key)

        def check(values: dict[str, Any]) -> Iterable[str]:
            yield from made.check(values)
            if values.get("signed_on") and values["signed_on"] > clock.today():
                yield NOT_YET
            if values.get("kind", AgreementKind.CONTRACT) == AgreementKind.CONTRACT:
                yield from elsewhere(
                    Deal(values.get("producer_id"), values.get("partner_id"), values.get("buyer_name") or "",
                         values.get("number") or "", values.get("signed_on"))
                )  # fmt: skip

        return replace(made, check=check)


OFFERS = OffersRegister()
REQUESTS = RequestsRegister()
TALKS = TalksRegister()
AGREEMENTS = AgreementsRegister()
