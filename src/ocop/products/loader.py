"""Loads the project's own registers: products and marks. Writes what is missing, changes nothing."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.kit import clock
from ocop.producers.loader import BASIS, FIRST_DAY, BadRegister, read, units_of
from ocop.producers.models import Producer
from ocop.products.enums import ProductStatus
from ocop.products.models import Mark, Product, ProductClassification, ProductHolding, ProductStanding
from ocop.products.rules.keys import data_key
from ocop.rulebook.models import ProductGroup

Log = Callable[[str], None]


@transaction.atomic
def load_products(log: Log) -> None:
    """Products of the real register that are not there yet (by data key), with holder, group and standing.

    Raises `BadRegister` for a row whose key does not belong to its name and district, or whose producer is missing.
    """
    rows = read("products", "products.csv")
    known = set(Product.objects.filter(data_key__isnull=False).values_list("data_key", flat=True))
    rows = [row for row in rows if row["key"] not in known]
    units = units_of(rows, "products.csv")
    producers = {
        row.data_key: row for row in Producer.objects.filter(data_key__in={row["producer"] for row in rows})
    }
    groups = {group.code: group for group in ProductGroup.objects.all()}
    made = []
    for row in rows:
        if row["key"] != data_key(row["name"], row["district"]) or row["producer"] not in producers:
            raise BadRegister(f"products.csv: dòng {row['key']} không khớp")
        product = Product(
            data_key=row["key"],
            name=row["name"],
            producer=producers[row["producer"]],
            group=groups[row["group"]],
            unit=units[row["unit_code"], row["unit_day"]],
            note=row["note"],
            source=row["source"],
            created_at=clock.now(),
        )
        product.set_search()
        made.append(product)
    made = bulk_create_with_history(made, Product)
    since = {row["key"]: date.fromisoformat(row["since"]) if row["since"] else FIRST_DAY for row in rows}
    ProductHolding.objects.bulk_create(
        ProductHolding(product=row, producer=row.producer, valid_from=since[row.data_key], basis=BASIS)
        for row in made
    )
    ProductClassification.objects.bulk_create(
        ProductClassification(
            product=row, group=row.group, valid_from=since[row.data_key], basis="suy từ tên sản phẩm"
        )
        for row in made
    )
    ProductStanding.objects.bulk_create(
        ProductStanding(
            product=row, status=ProductStatus.ACTIVE, valid_from=since[row.data_key], reason=BASIS
        )
        for row in made
    )
    log(f"sản phẩm: thêm {len(made)}, đã có {len(known)}")


@transaction.atomic
def load_marks(log: Log) -> None:
    """Marks of the real register that are not there yet."""
    rows = read("products", "marks.csv")
    known = set(Mark.objects.filter(data_key__isnull=False).values_list("data_key", flat=True))
    rows = [row for row in rows if row["key"] not in known]
    units = units_of(rows, "marks.csv")
    made = []
    for row in rows:
        mark = Mark(
            data_key=row["key"],
            name=row["name"],
            kind=row["kind"],
            goods=row["goods"],
            owner=row["owner"],
            unit=units[row["unit_code"], row["unit_day"]],
            scope=row["scope"],
            status=row["status"],
            registration_number=row["registration"],
            note=row["note"],
            source=row["source"],
            registered_on=date.fromisoformat(row["registered_on"]) if row["registered_on"] else None,
        )
        mark.set_search()
        made.append(mark)
    bulk_create_with_history(made, Mark)
    log(f"nhãn hiệu: thêm {len(made)}, đã có {len(known)}")


def load_reference(log: Log) -> None:
    """Step of the reference data."""
    load_products(log)
    load_marks(log)
