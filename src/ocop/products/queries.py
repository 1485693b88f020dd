"""Reads about products across tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock, yamltext
from ocop.kit.errors import Refusal
from ocop.kit.registry import Todo
from ocop.producers.models import Producer, ProducerAccess
from ocop.products.enums import PaperKind
from ocop.products.guards import merge_guards
from ocop.products.models import (
    Mark,
    MarkUse,
    Media,
    Paper,
    Product,
    ProductClassification,
    ProductHolding,
    ProductStanding,
)
from ocop.products.permissions import COMMUNE, MARK_KEEPERS, REGISTRARS
from ocop.products.rules.keys import data_key
from ocop.products.rules.likeness import likeness
from ocop.products.rules.papers import EXPIRING_DAYS
from ocop.rulebook.queries import setting


def register_product(name: str, district: str) -> Product | None:
    """The product of the real register with that name in that district, as the sources write both, or None."""
    return (
        Product.objects.filter(data_key=data_key(name, district))
        .select_related("producer", "unit", "group")
        .first()
    )


def register_products() -> dict[str, Product]:
    """Every product of the real register by its data key; for loaders that join many rows."""
    rows = Product.objects.filter(data_key__isnull=False).select_related("producer", "unit", "group")
    return {row.data_key: row for row in rows}


def products_of(producers: Iterable[Producer]) -> QuerySet[Product]:
    """The products that these producers hold now, with group, set and first photograph's file."""
    rows = Product.objects.unmerged().filter(producer__in=[producer.pk for producer in producers])
    return rows.select_related("producer", "unit", "group", "criteria_set").prefetch_related("media__file")


def papers_of(producer: Producer, product: Product | None = None) -> QuerySet[Paper]:
    """The papers that count for a producer, or for one of its products (its own and those of the producer)."""
    rows = Paper.objects.filter(producer=producer, withdrawn_at__isnull=True)
    if product is not None:
        rows = rows.filter(Q(product__isnull=True) | Q(product=product))
    return rows.select_related("product", "producer").prefetch_related("versions__file")


def paper_counts(producers: Iterable[Producer]) -> dict[int, int]:
    """How many papers each producer keeps, by producer id; one query."""
    rows = Paper.objects.filter(
        producer__in=[row.pk for row in producers], withdrawn_at__isnull=True
    ).order_by()
    return dict(rows.values("producer_id").annotate(n=Count("pk")).values_list("producer_id", "n"))


@cache
def paper_guide() -> dict[str, dict[str, Any]]:
    """Why each kind of paper is asked for, where it comes from, what it looks like; by kind, in the decree's order."""
    path = Path(settings.OCOP_REFERENCE_DIR) / "products" / "paper-kinds.yaml"
    guide = yamltext.parse(path.read_text(encoding="utf-8"))["kinds"]
    missing = set(PaperKind.values) ^ {entry["kind"] for entry in guide}
    if missing:
        raise ValueError(f"{path}: kinds do not match: {sorted(missing)}")
    return {entry["kind"]: entry for entry in guide}


def may_read_file(user: Any, file: Any) -> bool:
    """File reader: papers and photographs of producers and products that the person may see."""
    if not getattr(user, "is_authenticated", False):
        return False
    papers = Paper.objects.visible_to(user).filter(versions__file=file)
    return (
        papers.exists()
        or Media.objects.filter(file=file, product__in=Product.objects.visible_to(user)).exists()
    )


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: products the person may see."""
    rows = Product.objects.visible_to(user).found_by(raw).select_related("producer", "unit")[:limit]
    return [
        (row.name, f"{row.producer.public_name} · {row.unit.title}", row.get_absolute_url()) for row in rows
    ]


def expiring_papers(producers: Iterable[Producer]) -> list[Paper]:
    """Papers of these producers that end within ninety days or have ended, soonest first."""
    today = clock.today()
    rows = Paper.objects.filter(
        producer__in=[row.pk for row in producers], withdrawn_at__isnull=True, expires_on__isnull=False
    )
    return [row for row in rows.order_by("expires_on") if row.state_on(today) in ("expiring", "expired")]


def count_products(user: Any, producer: Producer) -> int:
    """How many products a producer holds; for the tab."""
    return Product.objects.unmerged().filter(producer=producer).count()


def count_papers(user: Any, producer: Producer) -> int:
    """How many papers a producer keeps; for the tab."""
    return Paper.objects.filter(producer=producer, withdrawn_at__isnull=True).count()


def paper_todos(user: Any, today: date) -> Iterable[Todo]:
    """For a producer's people: papers that end within ninety days or have ended; one query."""
    rows = Paper.objects.filter(
        producer__in=ProducerAccess.objects.producer_ids(user),
        withdrawn_at__isnull=True,
        expires_on__lte=today + timedelta(days=EXPIRING_DAYS),
    )
    return [
        Todo(
            key=f"products.paper:{row.pk}",
            title=f"Gia hạn: {row}",
            subject=row.producer.public_name,
            url=row.get_absolute_url(),
            action="Mở giấy tờ",
            due=row.expires_on,
            kind="late" if row.expires_on and row.expires_on < today else "info",
        )
        for row in rows.select_related("producer").order_by("expires_on")[:50]
    ]


def mark_todos(user: Any, today: date) -> Iterable[Todo]:
    """For those who keep marks: registrations that end within the days of the setting, or have ended; few queries."""
    scope = scope_of(user)
    if not scope.has_any(*MARK_KEEPERS):
        return []
    rows = Mark.objects.ending(today, int(setting("mark_renewal_days", settings.OCOP_PROVINCE, today)))
    return [
        Todo(
            key=f"products.mark:{row.pk}",
            title="Gia hạn văn bằng bảo hộ",
            subject=str(row),
            url=row.get_absolute_url(),
            action="Mở nhãn hiệu",
            due=row.valid_to,
            kind="late" if row.valid_to and row.valid_to < today else "info",
        )
        for row in rows.filter(unit_id__in=scope.unit_ids(*MARK_KEEPERS))[:50]
    ]


def code_todos(user: Any, today: date) -> Iterable[Todo]:
    """For the commune: products entered since the decision in force that have no code yet; one query."""
    scope = scope_of(user)
    if not scope.has_any(*COMMUNE):
        return []
    rows = Product.objects.active().filter(
        code="", data_key__isnull=True, unit_id__in=scope.unit_ids(*COMMUNE), producer__is_unknown=False
    )
    return [
        Todo(
            key=f"products.code:{row.pk}",
            title="Cấp mã sản phẩm",
            subject=row.name,
            url=row.get_absolute_url(),
            action="Mở sản phẩm",
            since=row.created_at,
            kind="info",
        )
        for row in rows.order_by("created_at")[:50]
    ]


def _ended(day: date) -> QuerySet[Paper]:
    """Papers that have ended and that no other paper of the same kind has taken the place of."""
    rows = Paper.objects.filter(withdrawn_at__isnull=True)
    newer = rows.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day)).filter(
        producer=OuterRef("producer"), kind=OuterRef("kind")
    )
    same = Q(product=OuterRef("product")) | Q(product__isnull=True)
    return rows.filter(expires_on__lt=day).exclude(Exists(newer.filter(same)))


def papers_ended(day: date) -> QuerySet:
    """Ids of the products that a paper of theirs, or of their producer, no longer covers; for the cycle's board."""
    ended = _ended(day)
    of_producer = ended.filter(product__isnull=True).values("producer_id")
    own = Q(pk__in=ended.filter(product__isnull=False).values("product_id"))
    return Product.objects.filter(own | Q(producer_id__in=of_producer)).values("pk")


def ended_paper_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """Which paper ended first, for each of these products, with its page; two queries."""
    producers = dict(Product.objects.filter(pk__in=ids).values_list("pk", "producer_id"))
    rows = (
        _ended(day)
        .order_by("-expires_on", "-pk")
        .filter(Q(product_id__in=ids) | Q(product__isnull=True, producer_id__in=set(producers.values())))
    )
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        words = (f"Hết hạn {row.expires_on:%d/%m/%Y}: {row.get_kind_display()}", row.get_absolute_url())
        holders = (
            [row.product_id]
            if row.product_id
            else [pk for pk, of in producers.items() if of == row.producer_id]
        )
        found |= dict.fromkeys(holders, words)
    return found


STAYS = (Product, ProductHolding, ProductClassification, ProductStanding)
"""What stays with a merged double as its history: who held it, its groups, made or stopped."""
DOUBLES = 100


@dataclass(frozen=True)
class Double:
    """Two rows that may be one product: how like (0 to 1) and why they are thought so."""

    first: Product
    second: Product
    score: float
    reason: str


def doubles_of(user: Any) -> list[Double]:
    """Pairs of products of one producer in a registrar's reach, alike by name and of one group, the likeliest first.

    A product without a group is compared with all. One query, whatever the number of products.
    """
    rows = Product.objects.visible_to(user).filter(unit_id__in=scope_of(user).unit_ids(*REGISTRARS))
    by_producer: dict[int, list[Product]] = {}
    for row in rows.select_related("producer", "group", "unit").order_by("pk"):
        by_producer.setdefault(row.producer_id, []).append(row)
    found = []
    for here in by_producer.values():
        for first, second in combinations(here, 2):
            if first.group_id and second.group_id and first.group_id != second.group_id:
                continue
            if score := likeness(first.name, second.name):
                words = "cùng tên" if score == 1 else f"tên giống nhau {score:.0%}"
                group = "cùng nhóm" if first.group_id == second.group_id else "một dòng chưa rõ nhóm"
                found.append(Double(first, second, score, f"{words}, {group}"))
    return sorted(found, key=lambda pair: (-pair.score, pair.first.name, pair.first.pk))[:DOUBLES]


def moving_rows(double: Product, kept: Product) -> Iterator[tuple[type[Model], str, QuerySet]]:
    """What moves from a double to the row that stays: model, name of its reference, the rows.

    A photograph that both show and a mark that both bear stay with the double.
    """
    for relation in Product._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        if model in STAYS:
            continue
        rows = model._base_manager.filter(**{name: double})
        if model is Media:
            rows = rows.exclude(file__in=Media.objects.filter(product=kept).values("file_id"))
        if model is MarkUse:
            held = MarkUse.objects.filter(product=kept, valid_to__isnull=True)
            rows = rows.exclude(mark__in=held.values("mark_id"))
        yield model, name, rows


def merge_counts(double: Product, kept: Product) -> list[tuple[str, int]]:
    """What a merge would move, in words, with its number: ("hồ sơ", 2); kinds without rows are left out."""
    counts = [(model._meta.verbose_name, rows.count()) for model, _, rows in moving_rows(double, kept)]
    return [(str(words), number) for words, number in counts if number]


def merge_refusals(double: Product, kept: Product) -> list[Refusal]:
    """Every reason why the double may not be merged into the row that stays; what apps above say comes last."""
    if double.pk == kept.pk:
        return [Refusal("products.merge_same", "Hãy chọn hai dòng khác nhau để gộp.")]
    if double.merged_into_id or kept.merged_into_id:
        return [
            Refusal("products.merge_again", "Một trong hai dòng đã được gộp trước đó; hãy tải lại trang.")
        ]
    found = []
    if double.producer_id != kept.producer_id:
        found.append(
            Refusal(
                "products.merge_producer",
                f"Hai sản phẩm của hai chủ thể: {double.producer} và {kept.producer}. Nếu là một chủ thể, hãy gộp chủ "
                "thể trước; nếu sản phẩm đã đổi chủ, hãy chuyển sản phẩm trước.",
            )
        )
    if double.group_id and kept.group_id and double.group_id != kept.group_id:
        found.append(
            Refusal(
                "products.merge_group",
                f"Hai sản phẩm thuộc hai nhóm: {double.group} và {kept.group}. Nếu một dòng ghi sai nhóm, hãy sửa nhóm "
                "trước.",
            )
        )
    for guard in merge_guards:
        found += guard.refusals(double, kept)
    return found
