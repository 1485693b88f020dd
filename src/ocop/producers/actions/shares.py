"""The commune stands behind figures of local labour and material (clause IV.10; form 03)."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.models import LocalShare
from ocop.producers.signing import signed


def confirm_share(share: LocalShare, *, by: User, at: datetime | None = None) -> LocalShare:
    """Confirm the figures of a year in the commune's name.

    Raises `Forbidden` unless `by` works for the producer's commune and not for the producer; `Refused` for figures
    without workers and material, and for such as were confirmed before.
    """
    require(permissions.may_confirm_shares(by, share.producer))
    with transaction.atomic():
        row = LocalShare.objects.select_for_update().select_related("producer").get(pk=share.pk)
        if row.confirmed_at is not None:
            raise Refused("shares.again", "Số liệu này đã được xác nhận.")
        if not row.workers and not row.material:
            raise Refused("shares.empty", "Chưa có số lao động và nguyên liệu nào để xác nhận.")
        holdings = scope_of(by).of(*permissions.COMMUNE)
        row.confirmed_at, row.confirmed_by = at or clock.now(), by
        row.confirmed_unit_id = next((one.unit_id for one in holdings), None)
        signed(row, by).save()
        announce("producers.share_confirmed", by=by, subject=row, year=row.year)
    return row
