"""Messages that visitors of the public site send to a partner; the office passes them on."""

from typing import Any, Self

from django.db import models

from ocop.accounts.models import User
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.partners.enums import MessageState, message_states
from ocop.partners.models.partner import Partner, province_units
from ocop.producers.codes import new_code


class MessageQuerySet(SearchableQuerySet):
    """Messages."""

    def visible_to(self, user: Any) -> Self:
        """Those to the partners of the officer's province, and those to the partner whose account it is."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(
            models.Q(partner__unit_id__in=province_units(user)) | models.Q(partner__account=user.pk)
        )


class PartnerMessage(CaseBase, Searchable):
    """Somebody asks a partner something. `sender`, `contact` are personal data, kept with `consent_text`."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="messages", verbose_name="đối tác")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn theo dõi"
    )
    state = models.CharField(
        "trạng thái", max_length=24, choices=message_states, default=MessageState.RECEIVED, db_index=True
    )
    sender = models.CharField("người gửi", max_length=120)
    place = models.CharField("cơ sở, đơn vị", max_length=200, blank=True)
    contact = models.CharField("điện thoại hoặc thư điện tử", max_length=120)
    consent_text = models.CharField("lời đồng ý", max_length=400, editable=False)
    text = models.TextField("nội dung")
    forwarded_on = models.DateField("ngày chuyển", null=True, blank=True)
    answered_on = models.DateField("ngày đối tác trả lời", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "lời nhắn tới đối tác"
        verbose_name_plural = "lời nhắn tới đối tác"
        indexes = [models.Index(fields=["unit", "-opened_at", "-id"], name="partners_partnermessage_list")]

    def __str__(self) -> str:
        return f"{self.code}, {self.partner.name}"

    def search_words(self) -> list[str]:
        return [self.code, self.partner.name, self.place]

    def get_absolute_url(self) -> str:
        return reverse("partners:messages_detail", args=[self.pk])


class MessageMove(MoveBase):
    """One step of a message."""

    subject = models.ForeignKey(PartnerMessage, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước xử lý lời nhắn"
