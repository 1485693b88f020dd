"""Marks of a jury."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.training.models import Course, Entry, JuryScore
from ocop.training.permissions import may_change


def mark(
    course: Course, *, juror: str, points: dict[int, int], by: Any, at: datetime | None = None
) -> list[JuryScore]:
    """Keep what one juror gave, by entry (0 to 100); sent again it corrects.

    Raises `Refused` for a juror without a name, points out of range, or entries of another activity.
    """
    require(may_change(by, course))
    name = " ".join(juror.split())
    if not name:
        raise Refused("jury.name", "Hãy ghi tên giám khảo.")
    if any(not 0 <= one <= 100 for one in points.values()):
        raise Refused("jury.points", "Điểm từ 0 đến 100.")
    with transaction.atomic():
        entries = {
            row.pk: row
            for row in Entry.objects.select_for_update(of=("self",)).filter(course=course, pk__in=points)
        }
        if set(entries) != set(points):
            raise Refused("jury.entry", "Có bài dự thi không thuộc hội thi này.")
        found = []
        for pk, value in points.items():
            row = JuryScore.objects.filter(entry=pk, juror=name).first() or JuryScore(
                entry=entries[pk], juror=name
            )
            row.points, row.by, row.at = value, by, at or clock.now()
            row.save()
            found.append(row)
    return found


def award(course: Course, *, prizes: dict[int, tuple[str, int]], by: Any) -> int:
    """Give prizes: (prize, money in đồng) by entry; an empty prize takes one back. Answers how many hold a prize."""
    require(may_change(by, course))
    with transaction.atomic():
        for row in Entry.objects.select_for_update(of=("self",)).filter(course=course, pk__in=prizes):
            row.prize, row.prize_money = prizes[row.pk]
            if row.prize and not row.scores.exists():
                raise Refused("jury.unmarked", f"“{row.title}” chưa có điểm nên chưa trao giải được.")
            row.save()
    return course.entries.exclude(prize="").count()
