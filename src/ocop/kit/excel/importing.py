"""Import in two steps: upload gives a preview with row errors, confirming writes what passed, once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from ocop.kit import clock, formats
from ocop.kit.errors import Refused
from ocop.kit.excel.columns import Column
from ocop.kit.excel.converting import convert, from_json, text_of, to_json
from ocop.kit.excel.holding import hold
from ocop.kit.excel.reading import MAX_BYTES, BadSheet, Row, Sheet, read
from ocop.kit.models import ImportBatch
from ocop.kit.once import new_key

KEPT = timedelta(days=2)
SAMPLE = 10
Values = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Importer:
    """What an import needs to know of the rows it makes.

    `natural_key` names the columns by which two rows are the same thing; `known(keys)` answers which of these keys
    stand in the database already; `check(values)` answers Vietnamese sentences against a row; `create(rows, by)`
    writes rows and answers how many. Without a natural key the same file is refused the second time.
    """

    register: str
    columns: Sequence[Column]
    create: Callable[[list[Values], Any], int]
    natural_key: tuple[str, ...] = ()
    known: Callable[[list[Key]], set[Key]] = lambda keys: set()
    check: Callable[[Values], Iterable[str]] = lambda values: ()

    def key_of(self, values: Values) -> Key:
        """The natural key of a row."""
        return tuple(values.get(name) for name in self.natural_key)


def _problem(number: int, texts: Iterable[str], shown: str, kind: str = "error") -> dict[str, Any]:
    return {"row": number, "texts": list(texts), "shown": shown[:120], "kind": kind}


def _convert_row(importer: Importer, row: Row) -> tuple[Values, list[str]]:
    values: Values = {}
    faults = []
    for column in importer.columns:
        if column.key in row.formulas:
            faults.append(
                f"{column.label}: ô là công thức chưa có kết quả; hãy mở bằng Excel, lưu lại, hoặc dán giá trị"
            )
            continue
        try:
            values[column.key] = convert(column, row.cells.get(column.key))
        except ValueError as error:
            faults.append(f"{column.label}: {error}")
    if not faults:
        faults += importer.check(values)
    return values, faults


def _shown(row: Row) -> str:
    return " · ".join(text for text in (text_of(cell) for cell in row.cells.values()) if text)


def _sort(importer: Importer, sheet: Sheet) -> tuple[list[tuple[Row, Values]], list[dict[str, Any]]]:
    """Rows that may be written, and problems: faults, rows twice in the file, rows known to the database."""
    good: list[tuple[Row, Values]] = []
    problems = []
    first_at: dict[Key, int] = {}
    for row in sheet.rows:
        values, faults = _convert_row(importer, row)
        if faults:
            problems.append(_problem(row.number, faults, _shown(row)))
            continue
        key = importer.key_of(values)
        if importer.natural_key and key in first_at:
            problems.append(
                _problem(row.number, [f"trùng với dòng {first_at[key]} của tệp"], _shown(row), "twice")
            )
            continue
        first_at[key] = row.number
        good.append((row, values))
    if importer.natural_key and good:
        known = importer.known([importer.key_of(values) for _, values in good])
        problems += [
            _problem(row.number, ["đã có trong sổ, sẽ bỏ qua"], _shown(row), "known")
            for row, values in good
            if importer.key_of(values) in known
        ]
        good = [(row, values) for row, values in good if importer.key_of(values) not in known]
    return good, sorted(problems, key=lambda problem: problem["row"])


def preview(importer: Importer, upload: UploadedFile, *, by: Any) -> ImportBatch:
    """Read the file and keep what it would do; nothing is written to the register yet.

    Raises `BadSheet` when the file as a whole cannot be used, or was imported before and has no natural key.
    """
    data = upload.read(MAX_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    if not importer.natural_key:
        before = ImportBatch.objects.filter(
            register=importer.register, sha256=digest, confirmed_at__isnull=False
        ).first()
        if before and before.confirmed_at:
            raise BadSheet("excel.again", f"Tệp này đã được nhập lúc {formats.moment(before.confirmed_at)}.")
    sheet = read(BytesIO(data), importer.columns)
    good, problems = _sort(importer, sheet)
    kinds = [problem["kind"] for problem in problems]
    return ImportBatch.objects.create(
        key=new_key(),
        register=importer.register,
        user_id_text=str(by.pk),
        file_name=(upload.name or "")[-200:],
        sha256=digest,
        rows=[{key: to_json(value) for key, value in values.items()} for _, values in good],
        problems=problems,
        counts={
            "numbers": [row.number for row, _ in good], "read": len(sheet.rows), "ready": len(good),
            "wrong": kinds.count("error"), "twice": kinds.count("twice"), "known": kinds.count("known"),
            "unknown_columns": sheet.unknown, "absent_columns": sheet.absent,
            "sample": [
                [text_of(row.cells.get(column.key)) for column in importer.columns] for row, _ in good[:SAMPLE]
            ],
        },
        at=clock.now(),
    )  # fmt: skip


def confirm(importer: Importer, key: str, *, by: Any) -> ImportBatch:
    """Write the rows of a preview, all or none; a second confirmation answers the same result and writes nothing.

    Rows that somebody else entered since the preview are left out and counted as known. Raises
    `ImportBatch.DoesNotExist` for a batch of somebody else, `Refused` when the database refuses a row.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(
            key=key, register=importer.register, user_id_text=str(by.pk)
        )
        if batch.confirmed_at:
            return batch
        hold(importer.register)
        kinds = {column.key: column.kind for column in importer.columns}
        rows = [{name: from_json(kinds[name], value) for name, value in row.items()} for row in batch.rows]
        if importer.natural_key and rows:
            known = importer.known([importer.key_of(row) for row in rows])
            fresh = [row for row in rows if importer.key_of(row) not in known]
        else:
            fresh = rows
        try:
            with transaction.atomic():
                created = importer.create(fresh, by) if fresh else 0
        except IntegrityError:
            raise Refused(
                "excel.conflict",
                "Có dòng trùng với dữ liệu vừa được người khác ghi. Chưa ghi gì; hãy tải tệp lên lại.",
            ) from None
        late = len(rows) - len(fresh)
        batch.counts = {
            **batch.counts,
            "created": created,
            "known": batch.counts.get("known", 0) + late,
            "sample": [],
            "numbers": [],
        }
        batch.rows = []
        batch.confirmed_at = clock.now()
        batch.save()
    return batch


def sweep() -> int:
    """Drop previews that nobody confirmed and empty the error rows of old imports; answers how many were dropped."""
    limit = clock.now() - KEPT
    ImportBatch.objects.filter(confirmed_at__lt=limit).exclude(problems=[]).update(problems=[])
    return ImportBatch.objects.filter(confirmed_at__isnull=True, at__lt=limit).delete()[0]
