"""Invented producers with a product each, over the communes of the province: whom demo data of upper apps may blame."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.kit import clock
from ocop.kit.models import Searchable
from ocop.producers.enums import LegalForm
from ocop.producers.models import Producer, ProducerForm, ProducerSite
from ocop.products.enums import ProductStatus
from ocop.products.models import Product, ProductClassification, ProductHolding, ProductStanding
from ocop.rulebook.models import ProductGroup
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import home_province

Row = TypeVar("Row", bound=Searchable)
SOURCE = "Dữ liệu trình diễn"
HOW_MANY = 60
GOODS = (
    ("Bưởi", "I"), ("Cam", "I"), ("Mật ong", "I"), ("Nước mắm", "I"), ("Cu đơ", "I"), ("Gạo", "I"), ("Giò bê", "I"),
    ("Mực khô", "I"), ("Rau củ", "I"), ("Bánh đa", "I"), ("Chè xanh", "II"), ("Rượu nếp", "II"), ("Trà cà gai", "II"),
    ("Nhung hươu", "III"), ("Tinh dầu tràm", "III"), ("Đồ mộc", "IV"), ("Nón lá", "IV"), ("Hoa lan", "V"),
    ("Du lịch vườn", "VI"), ("Tôm nõn", "I"),
)  # fmt: skip
FORMS = (
    (LegalForm.COOPERATIVE, "Hợp tác xã"), (LegalForm.COOPERATIVE_GROUP, "Tổ hợp tác"),
    (LegalForm.ENTERPRISE, "Công ty TNHH"), (LegalForm.HOUSEHOLD, "Cơ sở"), (LegalForm.COOPERATIVE, "Hợp tác xã"),
)  # fmt: skip


def load_invented(log: Callable[[str], None]) -> None:
    """Make those that are missing, found again by their names, on the communes of the clock's day."""
    today = clock.today()
    communes = _communes(today)
    wanted = [_entry(number, communes) for number in range(HOW_MANY)] if communes else []
    known = set(Producer.objects.filter(is_demo=True).values_list("name", flat=True))
    missing = [entry for entry in wanted if entry[0] not in known]
    if missing:
        _write(missing, today)
    log(f"chủ thể trình diễn: thêm {len(missing)}, đã có {len(wanted) - len(missing)}")


def _communes(day: date) -> list[Unit]:
    """Communes of the home province in force, every third one, so that most of the province has some."""
    rows = Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE, covers__holder=home_province(day))
    return list(rows.order_by("code"))[::3]


def _entry(number: int, communes: list[Unit]) -> tuple[str, str, str, str, Unit]:
    """(name, form, product, group, commune) of one invented producer."""
    goods, group = GOODS[number % len(GOODS)]
    form, words = FORMS[number % len(FORMS)]
    commune = communes[number * 7 % len(communes)]
    return (
        f"{words} {goods} {commune.name} (trình diễn {number + 1})",
        form,
        f"{goods} {commune.name}",
        group,
        commune,
    )


@transaction.atomic
def _write(entries: list[tuple[str, str, str, str, Unit]], today: date) -> None:
    groups = {group.code: group for group in ProductGroup.objects.all()}
    producers = [
        _found(
            Producer(
                name=name, unit=unit, is_demo=True, source=SOURCE, founded_year=today.year - 6 + place % 5
            )
        )
        for place, (name, _, _, _, unit) in enumerate(entries)
    ]
    bulk_create_with_history(producers, Producer, batch_size=500)
    products = [
        _found(
            Product(
                name=product,
                producer=producer,
                unit=unit,
                group=groups.get(group),
                is_demo=True,
                source=SOURCE,
            )
        )
        for producer, (_, _, product, group, unit) in zip(producers, entries, strict=True)
    ]
    bulk_create_with_history(products, Product, batch_size=500)
    since = {unit.pk: max(unit.valid_from, today - timedelta(days=1200)) for _, _, _, _, unit in entries}
    ProducerForm.objects.bulk_create(
        ProducerForm(producer=producer, form=form, valid_from=since[producer.unit_id])
        for producer, (_, form, _, _, _) in zip(producers, entries, strict=True)
    )
    ProducerSite.objects.bulk_create(
        ProducerSite(producer=one, unit_id=one.unit_id, valid_from=since[one.unit_id]) for one in producers
    )
    _date(products, since)


def _date(products: list[Product], since: dict[int, date]) -> None:
    """The dated rows of products: whose, made, of which group."""
    ProductHolding.objects.bulk_create(
        ProductHolding(product=one, producer=one.producer, valid_from=since[one.unit_id]) for one in products
    )
    ProductStanding.objects.bulk_create(
        ProductStanding(product=one, status=ProductStatus.ACTIVE, valid_from=since[one.unit_id])
        for one in products
    )
    ProductClassification.objects.bulk_create(
        ProductClassification(product=one, group=one.group, valid_from=since[one.unit_id])
        for one in products
        if one.group is not None
    )


def _found(row: Row) -> Row:
    row.set_search()
    return row
