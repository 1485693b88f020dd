"""Second step: write what a preview kept, part by part, so that progress is seen and a killed job goes on."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.models import ImportBatch
from ocop.kit.registry import announce
from ocop.kit.text import fold
from ocop.producers.enums import LegalForm
from ocop.producers.models import Producer, ProducerForm, ProducerSite
from ocop.products.enums import ProductStatus
from ocop.products.models import Product, ProductHolding, ProductStanding
from ocop.recognition.enums import ChangeKind, DecisionKind
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.past.book import Book
from ocop.recognition.past.places import Places
from ocop.recognition.past.reading import REGISTER
from ocop.recognition.permissions import may_import_past
from ocop.recognition.rules.past import serial_of, tidy_number

PART = 2_500
SAME, NEW, LATER = "same", "new", "later"
CHOICES = {SAME: "Là chủ thể đã có trong sổ", NEW: "Là chủ thể mới", LATER: "Để lại, chưa ghi"}
Row = dict[str, Any]


class PastWriter:
    """Writes rows that `PastReader` found good; what somebody else wrote meanwhile is left out as known."""

    def __init__(self, by: User, *, source: str, doubts: str, at: datetime) -> None:
        self.by, self.source, self.doubts, self.at = by, source, doubts, at
        self.today = clock.local_day(at)
        self.places = Places()
        self.book = Book(self.places)
        self.decisions = {
            (issuer, fold(tidy_number(number)), day.year): pk
            for pk, issuer, number, day in Decision.objects.order_by("pk").values_list(
                "pk", "issuer_id", "number", "issued_on"
            )
        }

    def write(self, rows: list[Row]) -> list[dict[str, Any]]:
        """Write one part inside the caller's transaction; answers what happened to each row."""
        told: list[dict[str, Any]] = []
        fresh = [row for row in rows if self._is_fresh(row, told)]
        self._producers(fresh)
        self._products(fresh)
        self._decisions(fresh)
        done: list[Row] = []
        for row in fresh:
            star = (row["product_id"], row["year"], row["stars"])
            if star in self.book.stars:
                told.append(_told(row, "known", "đã có trong sổ, bỏ qua"))
            elif star in self.book.bare and row["issued_on"]:
                self._complete(self.book.bare.pop(star), row)
                self.book.stars[star] = 0
                told.append(_told(row, "completed", "đã bổ sung số, ngày cho sao chỉ biết năm"))
            else:
                self.book.stars[star] = 0
                done.append(row)
                told.append(_told(row, "created", "đã ghi"))
        self._certificates(done)
        self._replace({row["product_id"] for row in fresh})
        return told

    def _is_fresh(self, row: Row, told: list[dict[str, Any]]) -> bool:
        number = (
            (row["issuer"], row["year"], serial_of(row["number"]))
            if row["number"] and row["issuer"]
            else None
        )
        if number and number in self.book.numbers:
            told.append(_told(row, "known", "đã có trong sổ, bỏ qua"))
            return False
        if row["like"] and self.doubts == LATER:
            told.append(_told(row, "doubt", "nghi trùng chủ thể, để lại theo lựa chọn"))
            return False
        if number:
            self.book.numbers.add(number)
        return True

    def _producers(self, rows: list[Row]) -> None:
        made: dict[tuple[int, str], Producer] = {}
        waiting: list[tuple[Row, Producer]] = []
        for row in rows:
            if row["producer_id"] is None and row["like"] and self.doubts == SAME:
                row["producer_id"] = row["like"]
            if row["producer_id"] is None:
                same = self.book.producers_named(row["producer"], row["unit"])
                row["producer_id"] = same[0] if same else None
            if row["producer_id"] is None:
                unit = self.places.present(row["unit"])
                key = (unit, fold(row["producer"]))
                if key not in made:
                    made[key] = Producer(
                        name=row["producer"], unit_id=unit, created_at=self.at, source=self.source
                    )
                    made[key].set_search()
                waiting.append((row, made[key]))
        new = bulk_create_with_history(
            list(made.values()), Producer, batch_size=500, default_user=self.by, default_date=self.at,
            default_change_reason="Nhập sao các năm trước",
        )  # fmt: skip
        for key, producer in zip(made, new, strict=True):
            made[key] = producer
            self.book.add_producer(producer.pk, producer.unit_id, (producer.name,))
        for row, _ in waiting:
            row["producer_id"] = made[self.places.present(row["unit"]), fold(row["producer"])].pk
        ProducerForm.objects.bulk_create(
            (ProducerForm(producer=one, form=LegalForm.UNKNOWN, valid_from=self.today) for one in new),
            batch_size=500,
        )
        ProducerSite.objects.bulk_create(
            (ProducerSite(producer=one, unit_id=one.unit_id, valid_from=self.today) for one in new),
            batch_size=500,
        )

    def _products(self, rows: list[Row]) -> None:
        made: dict[tuple[int, str], Product] = {}
        makers = Producer.objects.in_bulk({row["producer_id"] for row in rows if row["product_id"] is None})
        for row in rows:
            if row["product_id"] is None:
                key = (row["producer_id"], fold(row["product"]))
                held = self.book.products.get(key)
                if held:
                    row["product_id"] = held[0]
                elif key not in made:
                    maker = makers[row["producer_id"]]
                    made[key] = Product(
                        name=row["product"], producer=maker, unit_id=maker.unit_id, created_at=self.at,
                        source=self.source,
                    )  # fmt: skip
                    made[key].set_search()
        new = bulk_create_with_history(
            list(made.values()), Product, batch_size=500, default_user=self.by, default_date=self.at,
            default_change_reason="Nhập sao các năm trước",
        )  # fmt: skip
        for key, product in zip(made, new, strict=True):
            self.book.products[key].append(product.pk)
        for row in rows:
            if row["product_id"] is None:
                row["product_id"] = self.book.products[row["producer_id"], fold(row["product"])][0]
        ProductHolding.objects.bulk_create(
            (ProductHolding(product=one, producer_id=one.producer_id, valid_from=self.today) for one in new),
            batch_size=500,
        )
        ProductStanding.objects.bulk_create(
            (
                ProductStanding(product=one, status=ProductStatus.ACTIVE, valid_from=self.today, by=self.by)
                for one in new
            ),
            batch_size=500,
        )

    def _decisions(self, rows: list[Row]) -> None:
        for row in rows:
            row["decision_id"] = None
            if not row["decision"] or not row["issuer"]:
                continue
            day = date.fromisoformat(row["decided_on"])
            key = (row["issuer"], fold(row["decision"]), day.year)
            if key not in self.decisions:
                decision = Decision.objects.create(
                    kind=DecisionKind.RECOGNITION, number=row["decision"], issued_on=day, issuer_id=row["issuer"],
                    title=DecisionKind.RECOGNITION.label, source=self.source, recorded_by=self.by, recorded_at=self.at,
                )  # fmt: skip
                self.decisions[key] = decision.pk
            row["decision_id"] = self.decisions[key]

    def _certificates(self, rows: list[Row]) -> None:
        made = []
        for row in rows:
            certificate = Certificate(
                product_id=row["product_id"], stars=row["stars"], product_name=row["product"],
                producer_name=row["producer"], unit_id=row["unit"], published_at=self.at, source=self.source,
                **_facts(row),
            )  # fmt: skip
            certificate.set_search()
            made.append(certificate)
        made = Certificate.objects.bulk_create(made, batch_size=500)
        CertificateChange.objects.bulk_create(
            (
                CertificateChange(
                    certificate=one, kind=ChangeKind.ISSUED, on=one.issued_on, decision_id=one.decision_id,
                    text=self.source, by=self.by, at=self.at,
                )
                for one in made
            ),
            batch_size=500,
        )  # fmt: skip

    def _complete(self, pk: int, row: Row) -> None:
        """A star of which only the year was known gets its number, decision and term; what was printed stays."""
        certificate = Certificate.objects.select_for_update().get(pk=pk)
        for name, value in _facts(row).items():
            setattr(certificate, name, value)
        certificate.unit_id = row["unit"]
        certificate.save()
        CertificateChange.objects.create(
            certificate=certificate, kind=ChangeKind.CORRECTED, on=certificate.issued_on,
            decision_id=row["decision_id"], text=f"Bổ sung số, ngày. {self.source}", by=self.by, at=self.at,
        )  # fmt: skip

    def _replace(self, products: set[int]) -> None:
        """A star still running when the product's next one began was replaced on that day."""
        lines: dict[int, list[Certificate]] = defaultdict(list)
        ids = sorted(products)
        for start in range(0, len(ids), 900):
            rows = Certificate.objects.filter(product__in=ids[start : start + 900], issued_on__isnull=False)
            for one in rows.order_by("issued_on", "pk"):
                lines[one.product_id].append(one)
        for line in lines.values():
            for old, new in pairwise(line):
                runs = old.valid_to is None or new.issued_on <= old.valid_to  # type: ignore[operator]
                if runs and not old.revoked_on and not old.replaced_on and new.issued_on != old.issued_on:
                    old.replaced_on = new.issued_on
                    old.save(update_fields=["replaced_on"])
                    CertificateChange.objects.create(
                        certificate=old, kind=ChangeKind.REPLACED, on=new.issued_on, decision_id=new.decision_id,
                        by=self.by, at=self.at,
                    )  # fmt: skip


def _facts(row: Row) -> dict[str, Any]:
    day = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("issued_on", "valid_to")}
    return {
        "number": row["number"], "decision_id": row["decision_id"], "issuer_id": row["issuer"],
        "issued_year": row["year"], **day,
    }  # fmt: skip


def _told(row: Row, kind: str, text: str) -> dict[str, Any]:
    shown = " · ".join(part for part in (row["number"], row["product"], row["producer"]) if part)
    return {"row": row["row"], "texts": [text], "shown": shown[:120], "kind": kind}


def claim(batch: ImportBatch, *, by: User, doubts: str) -> bool:
    """Say once that the batch shall be written and what becomes of doubtful rows; False when that was said before.

    Raises `Forbidden`; `Refused` for an unknown choice.
    """
    require(may_import_past(by))
    if doubts not in CHOICES:
        raise Refused("past.doubts", "Hãy chọn cách ghi các dòng nghi trùng.")
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(
            pk=batch.pk, register=REGISTER, user_id_text=str(by.pk)
        )
        if row.confirmed_at or "doubts" in row.counts:
            return False
        row.counts = {**row.counts, "doubts": doubts}
        row.save(update_fields=["counts"])
    return True


def write(
    key: str,
    *,
    by: User,
    step: Callable[[float, str], None] = lambda percent, text: None,
    at: datetime | None = None,
) -> ImportBatch:
    """Write a claimed batch in parts, each with its result in one transaction; run again it goes on where it stopped.

    Raises `Forbidden` when the person has lost the right meanwhile.
    """
    require(may_import_past(by))
    at = at or clock.now()
    batch = ImportBatch.objects.get(key=key, register=REGISTER, user_id_text=str(by.pk))
    if batch.confirmed_at:
        return batch
    total = len(batch.rows)
    source = f"Nhập từ Excel: {batch.file_name}"[:300]
    writer = PastWriter(by, source=source, doubts=batch.counts["doubts"], at=at)
    batch.problems = [problem for problem in batch.problems if problem["kind"] != "doubt"]
    while batch.counts["done"] < total:
        start = batch.counts["done"]
        with transaction.atomic():
            told = writer.write(batch.rows[start : start + PART])
            kinds = [one["kind"] for one in told]
            batch.problems += told
            made = {
                kind: batch.counts.get(kind, 0) + kinds.count(kind)
                for kind in ("created", "completed", "known")
            }
            batch.counts = {**batch.counts, **made, "done": min(start + PART, total)}
            batch.save(update_fields=["problems", "counts"])
        step(100 * batch.counts["done"] / max(total, 1), f"{batch.counts['done']} trên {total} dòng")
    with transaction.atomic():
        batch.rows, batch.confirmed_at = [], at
        batch.problems.sort(key=lambda problem: problem["row"])
        batch.counts = {**batch.counts, "created": batch.counts.get("created", 0), "sample": []}
        batch.save()
        announce(
            "recognition.past_imported", by=by, file=batch.file_name,
            rows=batch.counts["created"], completed=batch.counts.get("completed", 0),
        )  # fmt: skip
    return batch
