"""What a load of reference data changes, row by row, in words for whoever is about to load it.

The load is really run, in a transaction; a dry run is rolled back. So the preview can promise nothing that the load
would not do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

from ocop.kit import registry

Log = Callable[[str], None]
MOST_LINES = 40  # changed rows that are written out for one kind of row
MOST_LETTERS = 70
# Kept by the machine for itself.
OF_THE_MACHINE = {"checksum", "loaded_at", "loaded_digest", "search_text", "search_exact"}
BIG = (models.JSONField,)


@dataclass(frozen=True)
class Change:
    """One row: new, changed (with label, old and new value of each field) or gone.

    A new row is named by its model's `words_when_new()` where its name alone says too little.
    """

    kind: str
    row: models.Model
    fields: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        told = "; ".join(f"{label}: {old} → {new}" for label, old, new in self.fields)
        words = getattr(self.row, "words_when_new", None) if self.kind == "mới" else None
        return f"{self.kind}: {words() if words else self.row}" + (f" ({told})" if told else "")


@dataclass
class Preview:
    """Everything that a load did or would do; `unchanged` counts rows, `effects` are sentences of the apps above."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    effects: list[str] = field(default_factory=list)

    def rows(self, model: type[models.Model]) -> list[models.Model]:
        """The rows of that kind that are new, changed or gone."""
        return [change.row for change in self.changes if isinstance(change.row, model)]

    def lines(self) -> Iterable[str]:
        """The preview as it is printed, kind by kind."""
        kinds: dict[str, list[Change]] = {}
        for change in self.changes:
            kinds.setdefault(str(change.row._meta.verbose_name), []).append(change)
        for kind, found in kinds.items():
            yield f"{kind[:1].upper()}{kind[1:]}: {_counts(found)}"
            yield from (f"  {change}" for change in found[:MOST_LINES])
            if len(found) > MOST_LINES:
                yield f"  và {len(found) - MOST_LINES} dòng khác"
        yield f"Giữ nguyên: {self.unchanged} dòng"
        yield from (f"Ảnh hưởng: {sentence}" for sentence in self.effects)


def _counts(found: list[Change]) -> str:
    parts = [(kind, sum(change.kind == kind for change in found)) for kind in ("mới", "sửa", "bỏ")]
    return ", ".join(f"{number} {kind}" for kind, number in parts if number)


def _value(row: models.Model, place: models.Field) -> str:
    value = getattr(row, place.attname)
    if value in (None, ""):
        return "(trống)"
    if place.is_relation:
        return str(getattr(row, place.name))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(dict(place.flatchoices).get(value, value) if place.flatchoices else value)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def _differences(old: models.Model, new: models.Model) -> tuple[tuple[str, str, str], ...]:
    found = []
    for place in new._meta.concrete_fields:
        if place.name in OF_THE_MACHINE or getattr(old, place.attname) == getattr(new, place.attname):
            continue
        words = (_value(old, place), _value(new, place))
        if isinstance(place, BIG) and max(map(len, words)) >= MOST_LETTERS:
            words = ("nội dung cũ", "nội dung mới")
        found.append((str(place.verbose_name), *words))
    return tuple(found)


def _rows(kinds: Iterable[type[models.Model]]) -> dict[tuple[str, Any], models.Model]:
    return {(kind._meta.label, row.pk): row for kind in kinds for row in kind._base_manager.order_by("pk")}


def watch(work: Callable[[], Any], kinds: Iterable[type[models.Model]], *, dry_run: bool = False) -> Preview:
    """Run `work` in one transaction and tell what became of the rows of those kinds; a dry run leaves none of it."""
    kinds, preview = tuple(kinds), Preview()
    with transaction.atomic():
        effects = [(effect, effect.look()) for effect in registry.load_effects]
        before = _rows(kinds)
        work()
        after = _rows(kinds)
        for key, row in after.items():
            if key not in before:
                preview.changes.append(Change("mới", row))
            elif fields := _differences(before[key], row):
                preview.changes.append(Change("sửa", row, fields))
            else:
                preview.unchanged += 1
        preview.changes += [Change("bỏ", row) for key, row in before.items() if key not in after]
        for effect, seen in effects:
            preview.effects += effect.words(seen, effect.look(), [change.row for change in preview.changes])
        if dry_run:
            transaction.set_rollback(True)
    return preview


def tell(preview: Preview, log: Log, *, dry_run: bool) -> None:
    """Print a preview and, last, whether anything was written."""
    for line in preview.lines():
        log(line)
    if not preview.changes:
        log("Không có gì thay đổi.")
    elif dry_run:
        log("Chạy thử: chưa ghi gì. Bỏ --dry-run để ghi.")
    else:
        log("Đã ghi.")
