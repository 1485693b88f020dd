"""Restructuring OCOP associations (clause IV.8), above all when districts ended on 30/6/2025."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.models import Association, AssociationMember, AssociationOfficer
from ocop.producers.rules.associations import Heir, assign
from ocop.producers.signing import signed
from ocop.units.queries import covered_ids

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Restructured:
    """What a restructuring did: members taken over, and those whom no association took (their producers)."""

    association: Association
    moved: int
    left: tuple[AssociationMember, ...]


def restructure_association(
    association: Association, *, into: Sequence[Association], on: date, basis: str, by: User
) -> Restructured:
    """End an association on the eve of `on` and let others take over its members; without any it is dissolved.

    Each member goes to the narrowest of `into` whose unit covers the producer's; one that no unit covers is left for a
    person to place. Seats of the committee end with the association. Raises `Forbidden` for others' associations,
    `Refused` without a basis, for one that has ended, for a day before it began, and for heirs not in force that day.
    """
    require(permissions.may_restructure(by, association))
    if not basis.strip():
        raise Refused("associations.basis", "Hãy ghi văn bản làm căn cứ tổ chức lại.")
    with transaction.atomic():
        old = Association.objects.select_for_update().get(pk=association.pk)
        _check(old, into, on)
        members = list(old.members.overlapping(on, None).select_related("producer").order_by("pk"))
        heirs = [Heir(one.pk, one.unit.level, frozenset(covered_ids(one.unit))) for one in into]
        taken = assign({row.pk: row.producer.unit_id for row in members}, heirs)
        moved = _take_over(members, taken, on=on, basis=basis, by=by)
        for seat in AssociationOfficer.objects.filter(association=old).overlapping(on, None).order_by("pk"):
            seat.valid_to = max(on - DAY, seat.valid_from)
            signed(seat, by).save()
        old.valid_to, old.end_basis = on - DAY, basis.strip()
        signed(old, by).save()
        old.succeeded_by.add(*into)
        announce("producers.association_restructured", by=by, subject=old, into=[one.code for one in into])
    return Restructured(old, moved, tuple(row for row in members if taken[row.pk] is None))


def _check(old: Association, into: Sequence[Association], on: date) -> None:
    if not old.in_force(on):
        raise Refused("associations.ended", "Hội đã kết thúc trước ngày này, hoặc chưa thành lập.")
    if on <= old.valid_from:
        raise Refused("associations.day", "Ngày tổ chức lại phải sau ngày thành lập hội.")
    for one in into:
        if one.pk == old.pk:
            raise Refused("associations.itself", "Hội không kế tục chính mình.")
        if not one.in_force(on):
            raise Refused("associations.heir", f"{one.name} không hoạt động vào ngày này.")


def _take_over(
    members: Sequence[AssociationMember], taken: dict[int, int | None], *, on: date, basis: str, by: User
) -> int:
    """End each membership on the eve and begin it in the association that takes over; answers how many began."""
    moved = 0
    open_ones = set(
        AssociationMember.objects.filter(association__in=set(taken.values()) - {None}, valid_to__isnull=True)
        .order_by()
        .values_list("association_id", "producer_id")
    )
    for row in members:
        row.valid_to = max(on - DAY, row.valid_from)
        signed(row, by).save()
        heir = taken[row.pk]
        if heir is None or (heir, row.producer_id) in open_ones:
            continue
        new = AssociationMember(
            association_id=heir, producer_id=row.producer_id, valid_from=on, document=basis.strip()[:160]
        )
        signed(new, by).save()
        open_ones.add((heir, row.producer_id))
        moved += 1
    return moved
