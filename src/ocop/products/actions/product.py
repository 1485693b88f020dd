"""Entering products and changing what is counted over time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refusal, Refused, require
from ocop.kit.registry import announce
from ocop.kit.text import fold
from ocop.producers.models import Producer
from ocop.producers.signing import signed
from ocop.products import permissions
from ocop.products.enums import ProductStatus
from ocop.products.models import Product, ProductClassification, ProductHolding, ProductStanding
from ocop.products.rules.classification import check_set
from ocop.rulebook.models import CriteriaSet, ProductGroup

FIELDS = frozenset(
    {
        "name", "description", "story", "spec", "packaging", "ingredients", "usage", "storage", "started_year", "note",
        "is_demo", "source",
    }
)  # fmt: skip


def open_product(
    producer: Producer,
    *,
    name: str,
    by: User,
    group: ProductGroup | None = None,
    criteria_set: CriteriaSet | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Product:
    """A new product of a producer; the product keeps the producer's unit of today for good.

    The group comes from the set when only a set is chosen. Raises `Forbidden`; `Refused` without a name, for a name
    that the producer's products already bear, and for a set of another group (Appendix I).
    """
    require(permissions.may_add(by, producer))
    at = at or clock.now()
    day = clock.local_day(at)
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"open_product() got unexpected fields {sorted(unknown)}")
    if not name.strip():
        raise Refused("product.name", "Cần ghi tên sản phẩm.")
    group = group or (criteria_set.group if criteria_set else None)
    _require_set(group, criteria_set)
    with transaction.atomic():
        producer = Producer.objects.select_for_update().get(pk=producer.pk)
        if fold(name) in {fold(other) for other in producer.products.values_list("name", flat=True)}:
            raise Refused("product.twice", f"Cơ sở đã có sản phẩm “{name.strip()}”.")
        product = Product(
            name=name.strip(),
            producer=producer,
            unit=producer.unit,
            group=group,
            criteria_set=criteria_set,
            created_at=at,
            **fields,
        )
        signed(product, by).save()
        ProductHolding.objects.create(product=product, producer=producer, valid_from=day)
        ProductStanding.objects.create(product=product, status=ProductStatus.ACTIVE, valid_from=day, by=by)
        if group is not None:
            ProductClassification.objects.create(
                product=product, group=group, criteria_set=criteria_set, valid_from=day
            )
        announce("products.opened", by=by, subject=product)
    return product


def update_product(product: Product, *, by: User, changes: Mapping[str, Any]) -> Product:
    """Correct plain facts; raises `Forbidden`, `Refused` for an empty name."""
    require(permissions.may_edit(by, product))
    unknown = set(changes) - FIELDS
    if unknown:
        raise TypeError(f"update_product() got unexpected fields {sorted(unknown)}")
    if not str(changes.get("name", product.name)).strip():
        raise Refused("product.name", "Cần ghi tên sản phẩm.")
    with transaction.atomic():
        row = _locked(product)
        for name, value in changes.items():
            setattr(row, name, value)
        signed(row, by).save()
        announce("products.changed", by=by, subject=row, fields=sorted(changes))
    return row


def choose_set(
    product: Product, criteria_set: CriteriaSet, *, by: User, since: date | None = None
) -> Product:
    """Choose the set that the product is assessed with, from a day on (default today).

    Raises `Forbidden`; `Refused` ("product.set_group") for a set of another group than the product's.
    """
    require(permissions.may_edit(by, product))
    with transaction.atomic():
        row = _locked(product)
        _require_set(row.group, criteria_set)
        return _classify(row, criteria_set.group, criteria_set, since or clock.today(), by)


def change_group(product: Product, group: ProductGroup, *, by: User, since: date | None = None) -> Product:
    """The product belongs to another group from a day on (default today); its set is chosen anew afterwards."""
    require(permissions.may_edit(by, product))
    with transaction.atomic():
        row = _locked(product)
        kept = row.criteria_set if row.criteria_set and row.criteria_set.group_id == group.pk else None
        return _classify(row, group, kept, since or clock.today(), by)


def transfer_product(
    product: Product, to: Producer, *, by: User, since: date | None = None, basis: str = ""
) -> Product:
    """Another producer holds the product from a day on (default today); the registrars write it down.

    Raises `Forbidden` for everybody else; `Refused` for the same producer and a day before the present holding.
    """
    require(permissions.may_transfer(by, product))
    since = since or clock.today()
    with transaction.atomic():
        row = _locked(product)
        if row.producer_id == to.pk:
            raise Refused("product.same_producer", "Sản phẩm đang thuộc cơ sở này.")
        _close(row.holdings.filter(valid_to__isnull=True).first(), since)
        ProductHolding.objects.create(product=row, producer=to, valid_from=since, basis=basis)
        row.producer = to
        signed(row, by).save()
        announce("products.transferred", by=by, subject=row, to=to.code)
    return row


def set_status(
    product: Product, status: str, *, by: User, reason: str = "", since: date | None = None
) -> Product:
    """Production stopped, or goes on, from a day on (default today). Stopping needs a reason.

    Raises `Forbidden`; `Refused` for an unknown state, without a reason, and when nothing would change.
    """
    require(permissions.may_edit(by, product))
    since = since or clock.today()
    if status not in ProductStatus.values:
        raise Refused("product.status", "Hãy chọn tình trạng của sản phẩm.")
    if status == ProductStatus.STOPPED and not reason.strip():
        raise Refused("product.reason", "Cần ghi lý do ngừng sản xuất.", "Điều 8 Quyết định 26/2026/QĐ-TTg")
    with transaction.atomic():
        row = _locked(product)
        if row.status == status:
            raise Refused("product.status", f"Sản phẩm đang ở tình trạng “{row.get_status_display()}”.")
        _close(row.standings.filter(valid_to__isnull=True).first(), since)
        ProductStanding.objects.create(
            product=row, status=status, reason=reason.strip(), valid_from=since, by=by
        )
        row.status = status
        signed(row, by).save()
        announce("products.status", by=by, subject=row, status=status)
    return row


def _classify(
    row: Product, group: ProductGroup, criteria_set: CriteriaSet | None, since: date, by: User
) -> Product:
    old = row.classifications.filter(valid_to__isnull=True).first()
    if old is not None and (old.group_id, old.criteria_set_id) == (
        group.pk,
        criteria_set.pk if criteria_set else None,
    ):
        return row
    _close(old, since)
    ProductClassification.objects.create(
        product=row, group=group, criteria_set=criteria_set, valid_from=since
    )
    row.group, row.criteria_set = group, criteria_set
    signed(row, by).save()
    announce(
        "products.classified",
        by=by,
        subject=row,
        group=group.code,
        set=criteria_set.number if criteria_set else None,
    )
    return row


def _require_set(group: ProductGroup | None, criteria_set: CriteriaSet | None) -> None:
    if criteria_set is None:
        return
    verdict = check_set(
        group.code if group else None,
        criteria_set.group.code,
        set_number=criteria_set.number,
        product_group_name=group.name if group else "",
        set_group_name=criteria_set.group.name,
    )
    if isinstance(verdict, Refusal):
        raise Refused.because([verdict])


def _locked(product: Product) -> Product:
    return (
        Product.objects.select_for_update(of=("self",))
        .select_related("group", "criteria_set__group", "unit")
        .get(pk=product.pk)
    )


def _close(old: ProductHolding | ProductClassification | ProductStanding | None, since: date) -> None:
    """End an open dated row on the eve; a row that began the same day was a slip and goes."""
    if since > clock.today():
        raise Refused("products.day", "Ngày thay đổi không được ở tương lai.")
    if old is None:
        return
    if since < old.valid_from:
        raise Refused("products.day", f"Ngày thay đổi phải từ {old.valid_from:%d/%m/%Y} trở đi.")
    if since == old.valid_from:
        old.delete()
        return
    old.valid_to = since - timedelta(days=1)
    old.save(update_fields=["valid_to"])
