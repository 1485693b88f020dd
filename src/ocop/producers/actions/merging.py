"""Two rows of one business become one; everything that hung on the double hangs on the row that stays."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.models import (
    Producer,
    ProducerAccess,
    ProducerClaim,
    ProducerForm,
    ProducerSite,
    Representative,
)
from ocop.producers.repointing import point_at
from ocop.producers.signing import signed

STAYS = (Producer, ProducerForm, ProducerSite, Representative)
"""What stays with the double as its history: legal forms, addresses, the personal data with their own retention."""


def merge_producers(double: Producer, into: Producer, *, by: User, at: datetime | None = None) -> Producer:
    """Merge a double into the row that stays: products, papers, dossiers in whatever state and people move to it.

    The double is kept, leads to the other, and its codes find the other. Raises `Forbidden` unless `by` registers
    producers over both; `Refused` for one and the same row, a row that was merged before, and two different tax codes.
    """
    require(permissions.may_merge(by, double))
    require(permissions.may_merge(by, into))
    at = at or clock.now()
    if double.pk == into.pk:
        raise Refused("producers.merge_same", "Hãy chọn hai dòng khác nhau để gộp.")
    with transaction.atomic():
        rows = Producer.objects.select_for_update().filter(pk__in=(double.pk, into.pk)).order_by("pk")
        found = {row.pk: row for row in rows}
        old, kept = found[double.pk], found[into.pk]
        if old.merged_into_id or kept.merged_into_id:
            raise Refused(
                "producers.merge_again", "Một trong hai dòng đã được gộp trước đó; hãy tải lại trang."
            )
        if old.tax_code and kept.tax_code and old.tax_code != kept.tax_code:
            raise Refused("producers.merge_tax", "Hai chủ thể có mã số thuế khác nhau nên không gộp được.")
        moved = _move(old, kept, by=by, at=at)
        tax, old.tax_code = old.tax_code, ""
        old.merged_into = kept
        signed(old, by).save()
        kept.tax_code = kept.tax_code or tax
        kept.former_codes = " ".join(filter(None, (kept.former_codes, old.code, old.former_codes)))
        signed(kept, by).save()
        Producer.objects.filter(merged_into=old).update(merged_into=kept)
        announce("producers.merged", by=by, subject=kept, double=old.code, moved=moved)
    return kept


def _move(old: Producer, kept: Producer, *, by: User, at: datetime) -> dict[str, int]:
    """Point every row of the apps above at the row that stays; answers how many of each kind."""
    _end_doubled_access(old, kept, at)
    moved = {}
    for relation in Producer._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model in STAYS:
            continue
        rows = model._base_manager.filter(**{name: old})
        if model is ProducerClaim:
            rows = rows.exclude(user__in=ProducerClaim.objects.filter(producer=kept).values("user_id"))
        if model is ProducerAccess:
            rows = rows.exclude(valid_to__lt=clock.local_day(at))
        if number := point_at(rows, name, kept, by=by):
            moved[model._meta.label] = number
    return moved


def _end_doubled_access(old: Producer, kept: Producer, at: datetime) -> None:
    """Access that a person has to the row that stays already ends at the double the day before."""
    eve = clock.local_day(at) - timedelta(days=1)
    held = set(
        ProducerAccess.objects.filter(producer=kept, valid_to__isnull=True).values_list("user_id", "kind")
    )
    for row in ProducerAccess.objects.filter(Q(valid_to__isnull=True), producer=old).order_by("pk"):
        if (row.user_id, row.kind) in held:
            row.valid_to = max(eve, row.valid_from)
            row.save(update_fields=["valid_to"])
