"""The registers as they stand, in memory, so that many rows are compared without a query each."""

from collections import defaultdict
from collections.abc import Iterable

from ocop.kit.text import fold
from ocop.producers.models import Producer
from ocop.producers.rules.likeness import LIKE, likeness, name_key
from ocop.products.models import Product
from ocop.recognition.models import Certificate
from ocop.recognition.past.places import Places
from ocop.recognition.rules.past import serial_of

Number = tuple[int, int, str]
Star = tuple[int, int, int]


class Book:
    """Producers by place and name, products by producer and name, certificates by number and by product."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.by_code: dict[str, int] = {}
        self.producers: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.near: dict[int, dict[str, int]] = defaultdict(dict)
        self.names: dict[int, str] = {}
        rows = Producer.objects.unmerged().known().filter(unit_id__in=places.units).order_by("pk")
        for pk, code, former, tax, name, brand, unit in rows.values_list(
            "pk", "code", "former_codes", "tax_code", "name", "brand", "unit_id"
        ):
            self.by_code.update({text: pk for text in (code, tax, *former.split()) if text})
            self.names[pk] = brand or name
            self.add_producer(pk, unit, (name, brand))
        self.products: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.product_codes: dict[str, tuple[int, int]] = {}
        for pk, producer, name, public, code, former in (
            Product.objects.unmerged()
            .order_by("pk")
            .values_list("pk", "producer_id", "name", "public_code", "code", "former_codes")
        ):
            self.products[producer, fold(name)].append(pk)
            self.product_codes.update(
                {text: (pk, producer) for text in (public, code, *former.split()) if text}
            )
        self.numbers: set[Number] = set()
        self.stars: dict[Star, int] = {}
        self.bare: dict[Star, int] = {}
        for pk, product, issuer, year, number, stars, issued_on in Certificate.objects.order_by(
            "pk"
        ).values_list("pk", "product_id", "issuer_id", "issued_year", "number", "stars", "issued_on"):
            if number and issuer and year:
                self.numbers.add((issuer, year, serial_of(number)))
            if year:
                (self.stars if issued_on or number else self.bare)[product, year, stars] = pk
        self._like: dict[tuple[int, str], tuple[int, float] | None] = {}

    def add_producer(self, pk: int, unit_id: int, names: Iterable[str]) -> None:
        """Make a producer findable under its names in every unit of today that stands in its unit's place."""
        for key in {name_key(name) for name in names if name}:
            for heir in self.places.heirs(unit_id):
                if pk not in self.producers[heir, key]:
                    self.producers[heir, key].append(pk)
                self.near[heir].setdefault(key, pk)

    def producers_named(self, name: str, unit_id: int) -> list[int]:
        """Producers of exactly that name (short words spelled out) in the place of the unit."""
        key = name_key(name)
        return sorted(
            {pk for heir in self.places.heirs(unit_id) for pk in self.producers.get((heir, key), ())}
        )

    def producer_like(self, name: str, unit_id: int) -> tuple[int, float] | None:
        """The producer in the place of the unit whose name is most like, and how like; None when none is."""
        key = name_key(name)
        if (unit_id, key) not in self._like:
            ranked = [
                (likeness(key, other), pk)
                for heir in self.places.heirs(unit_id)
                for other, pk in self.near.get(heir, {}).items()
                if abs(len(other) - len(key)) <= 8
            ]
            best = max(ranked, default=(0.0, 0))
            self._like[unit_id, key] = (best[1], best[0]) if best[0] >= LIKE else None
        return self._like[unit_id, key]
