"""What a load of reference data does to dossiers under way, said before it is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model

from ocop.evaluation.models import Dossier
from ocop.kit import formats
from ocop.rulebook.models import CriteriaBook, CriteriaSet, DatedSetting, DeadlineRule, Procedure

MOST_NAMED = 10


@dataclass(frozen=True)
class Seen:
    """Open dossiers: their last days by code, and how many there are under each procedure and set."""

    due: dict[str, date]
    of_procedure: dict[int, int]
    of_set: dict[int, int]


def look() -> Seen:
    """What stands now."""
    rows = Dossier.objects.open().order_by()
    return Seen(
        due={code: due for code, due in rows.values_list("code", "due_on") if due is not None},
        of_procedure=dict(rows.values_list("procedure").annotate(Count("pk"))),
        of_set=dict(rows.values_list("criteria_set").annotate(Count("pk"))),
    )


def words(before: Seen, after: Seen, rows: Sequence[Model]) -> list[str]:
    """Sentences about the dossiers that a change of those rows reaches."""
    return [*_under(after, rows), *_marked_by(after, rows), *_statute(after, rows), *_moved(before, after)]


def _under(seen: Seen, rows: Sequence[Model]) -> list[str]:
    touched = {row.pk: row for row in rows if isinstance(row, Procedure)}
    for row in rows:
        if isinstance(row, DeadlineRule):
            touched.setdefault(row.procedure_id, row.procedure)
    return [
        f"{seen.of_procedure.get(row.pk, 0)} hồ sơ đang mở theo {row.name}; hồ sơ đã mở giữ quy trình của mình"
        for row in touched.values()
    ]


def _marked_by(seen: Seen, rows: Sequence[Model]) -> list[str]:
    sets = [row for row in rows if isinstance(row, CriteriaSet)]
    books = {row.book_id: row.book for row in sets} | {
        row.pk: row for row in rows if isinstance(row, CriteriaBook)
    }
    found = []
    for pk, book in books.items():
        number = sum(seen.of_set.get(row.pk, 0) for row in sets if row.book_id == pk)
        found.append(
            f"{number} hồ sơ đang mở chấm theo các bộ được sửa của {book}; phiếu đã nộp giữ câu chữ lúc nộp"
        )
    return found


def _statute(seen: Seen, rows: Sequence[Model]) -> list[str]:
    if not any(isinstance(row, DatedSetting) for row in rows):
        return []
    number = sum(seen.of_procedure.values())
    return [
        f"{number} hồ sơ đang mở theo thiết lập của ngày làm từng bước; kết quả phiên họp đã chốt không đổi"
    ]


def _moved(before: Seen, after: Seen) -> list[str]:
    moved = [code for code, due in after.due.items() if code in before.due and before.due[code] != due]
    if not moved:
        return []
    named = [
        f"{code}: {formats.day(before.due[code])} → {formats.day(after.due[code])}" for code in sorted(moved)
    ]
    rest = f"; và {len(moved) - MOST_NAMED} hồ sơ khác" if len(moved) > MOST_NAMED else ""
    return [f"{len(moved)} hồ sơ đổi hạn ({'; '.join(named[:MOST_NAMED])}{rest})"]
