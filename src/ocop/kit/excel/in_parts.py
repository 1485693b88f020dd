"""A large preview is written by a job: part by part, so that progress is seen and a killed job goes on."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.excel.converting import from_json
from ocop.kit.excel.holding import hold
from ocop.kit.excel.importing import Importer, Values
from ocop.kit.models import ImportBatch

AT_ONCE = 500
"""Up to so many rows are written while the person waits."""
PART = 500
WRITTEN, KNOWN, REFUSED = "created", "known", "error"


def is_large(batch: ImportBatch) -> bool:
    """True when the rows of a preview are more than a person should wait for."""
    return batch.confirmed_at is None and len(batch.rows) > AT_ONCE


def write_in_parts(
    importer: Importer,
    key: str,
    *,
    by: Any,
    step: Callable[[float, str], None] = lambda percent, text: None,
) -> ImportBatch:
    """Write the rows of a preview, each part with its result in one transaction; run again it goes on where it stopped.

    A part that the database or an action refuses is written row by row, so that one bad row names itself. Two runs at
    once write each part once. Raises `ImportBatch.DoesNotExist` for a batch of somebody else.
    """
    while True:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(
                key=key, register=importer.register, user_id_text=str(by.pk)
            )
            if batch.confirmed_at:
                return batch
            hold(importer.register)
            start, total = batch.counts.get("done", 0), len(batch.rows)
            told = _write(importer, batch, start, by)
            kinds = [one["kind"] for one in told]
            done = min(start + PART, total)
            batch.problems += told
            batch.counts = {
                **batch.counts,
                "done": done,
                "created": batch.counts.get("created", 0) + kinds.count(WRITTEN),
                "known": batch.counts.get("known", 0) + kinds.count(KNOWN),
                "wrong": batch.counts.get("wrong", 0) + kinds.count(REFUSED),
            }
            if done == total:
                batch.rows, batch.confirmed_at = [], clock.now()
                batch.counts = {**batch.counts, "sample": [], "numbers": []}
                batch.problems.sort(key=lambda problem: problem["row"])
            batch.save()
        step(100 * done / max(total, 1), f"{done} trên {total} dòng")


def _write(importer: Importer, batch: ImportBatch, start: int, by: Any) -> list[dict[str, Any]]:
    """One part; answers what happened to each of its rows."""
    kinds = {column.key: column.kind for column in importer.columns}
    numbers = batch.counts["numbers"][start : start + PART]
    rows = [
        {name: from_json(kinds[name], value) for name, value in row.items()}
        for row in batch.rows[start : start + PART]
    ]
    keys = [importer.key_of(row) for row in rows]
    known = importer.known(keys) if importer.natural_key and rows else set()
    fresh = [(number, row) for number, row, key in zip(numbers, rows, keys, strict=True) if key not in known]
    told = [
        _told(number, KNOWN, "đã có trong sổ, bỏ qua")
        for number, key in zip(numbers, keys, strict=True)
        if key in known
    ]
    try:
        with transaction.atomic():
            if fresh:
                importer.create([row for _, row in fresh], by)
        return told + [_told(number, WRITTEN, "đã ghi") for number, _ in fresh]
    except (IntegrityError, Refused):
        return told + [_alone(importer, number, row, by) for number, row in fresh]


def _alone(importer: Importer, number: int, row: Values, by: Any) -> dict[str, Any]:
    try:
        with transaction.atomic():
            importer.create([row], by)
    except IntegrityError:
        return _told(number, REFUSED, "trùng với dữ liệu vừa được người khác ghi")
    except Refused as refused:
        return _told(number, REFUSED, refused.reason)
    return _told(number, WRITTEN, "đã ghi")


def _told(number: int, kind: str, text: str) -> dict[str, Any]:
    return {"row": number, "texts": [text], "shown": "", "kind": kind}
