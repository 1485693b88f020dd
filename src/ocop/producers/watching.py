"""What of areas, associations and local shares waits for somebody: to-dos, search, whom a reminder reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.kit.registry import Todo
from ocop.producers.models import (
    AreaCertificate,
    Association,
    LocalShare,
    MaterialArea,
    Producer,
    ProducerAccess,
)
from ocop.producers.permissions import COMMUNE, OFFICES
from ocop.producers.rules.areas import REMIND_AT
from ocop.producers.rules.shares import Change, trend

SHOWN = 50


def ending_certificates(day: date) -> Any:
    """Certificates that end within ninety days or have ended, without a later one of the same standard; soonest first.

    Only of areas that are still in use.
    """
    last = day + timedelta(days=REMIND_AT[0])
    rows = AreaCertificate.objects.filter(
        expires_on__lte=last, area__in=MaterialArea.objects.valid_on(day).values("pk")
    )
    return rows.select_related("area__unit").order_by("expires_on", "pk")


def renewed(rows: Iterable[AreaCertificate]) -> set[int]:
    """Keys of those whose area holds a later certificate of the same standard; one query."""
    rows = list(rows)
    later: dict[tuple[int, str], date] = {}
    held = AreaCertificate.objects.filter(area__in={row.area_id for row in rows})
    for area, standard, ends in held.values_list("area_id", "standard", "expires_on"):
        key = (area, standard)
        later[key] = max(later.get(key, date.min), ends or date.max)
    return {row.pk for row in rows if later[row.area_id, row.standard] > (row.expires_on or date.max)}


def certificate_todos(user: Any, today: date) -> Iterable[Todo]:
    """For the offices: certificates of areas in their reach that run out; two queries beside the scope."""
    scope = scope_of(user)
    if not scope.has_any(*OFFICES):
        return []
    rows = list(ending_certificates(today).filter(area__unit_id__in=scope.unit_ids(*OFFICES))[:SHOWN])
    gone = renewed(rows) if rows else set()
    return [
        Todo(
            key=f"producers.area_certificate:{row.pk}",
            title=f"Gia hạn: {row}",
            subject=row.area.name,
            url=row.area.get_absolute_url(),
            action="Mở vùng nguyên liệu",
            due=row.expires_on,
            kind="late" if row.expires_on and row.expires_on < today else "info",
        )
        for row in rows
        if row.pk not in gone
    ]


def share_todos(user: Any, today: date) -> Iterable[Todo]:
    """For the commune: figures of local labour and material that wait for it; one query beside the scope."""
    scope = scope_of(user)
    if not scope.has_any(*COMMUNE):
        return []
    waiting = LocalShare.objects.filter(
        confirmed_at__isnull=True, producer__unit_id__in=scope.unit_ids(*COMMUNE)
    ).count()
    if not waiting:
        return []
    return [
        Todo(
            key="producers.shares",
            title="Xác nhận lao động, nguyên liệu địa phương",
            subject=f"{waiting} bảng số liệu năm của chủ thể",
            url=reverse("producers:local_shares_list"),
            action="Xem và xác nhận",
        )
    ]


def association_todos(user: Any, today: date) -> Iterable[Todo]:
    """For whoever keeps them: associations that still hang on a unit that has ended; one query beside the scope."""
    scope = scope_of(user)
    if not scope.has_any(*OFFICES):
        return []
    rows = Association.objects.valid_on(today).filter(
        unit__valid_to__lt=today, unit_id__in=scope.unit_ids(*OFFICES)
    )
    return [
        Todo(
            key=f"producers.association:{row.pk}",
            title="Tổ chức lại Hội OCOP",
            subject=f"{row.name} ({row.open_members} hội viên)",
            url=row.get_absolute_url(),
            action="Mở hội",
            since=row.unit.valid_to,
        )
        for row in rows.select_related("unit").annotate(
            open_members=Count("members", filter=Q(members__valid_to__isnull=True))
        )[:SHOWN]
    ]


@dataclass(frozen=True)
class ShareLine:
    """The figures of a year beside those of the year before."""

    share: LocalShare
    labour: Change
    material: Change


def share_lines(producer: Producer) -> list[ShareLine]:
    """The yearly figures of a producer with the change of both shares, latest first; one query.

    Percents by value and by volume are not compared with each other.
    """
    rows = list(LocalShare.objects.filter(producer=producer).order_by("year"))
    labour = {one.year: one for one in trend((row.year, row.labour_share) for row in rows)}
    material: dict[int, Change] = {}
    for measure in {row.measure for row in rows}:
        same = ((row.year, row.material_share) for row in rows if row.measure == measure)
        material |= {one.year: one for one in trend(same)}
    return [ShareLine(row, labour[row.year], material[row.year]) for row in reversed(rows)]


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: material areas and associations that the person may see."""
    areas = MaterialArea.objects.visible_to(user).found_by(raw).select_related("unit")[:limit]
    found = [(row.name, f"Vùng nguyên liệu · {row.unit.title}", row.get_absolute_url()) for row in areas]
    hoi = Association.objects.visible_to(user).found_by(raw).select_related("unit")[: limit - len(found)]
    return found + [(row.name, f"Hội OCOP · {row.unit.title}", row.get_absolute_url()) for row in hoi]


def people_to_tell(area: MaterialArea, day: date) -> list[User]:
    """Who hears of a certificate that runs out: officers over the area's unit, and the producers that it supplies."""
    officers = list(holders_of(*OFFICES, unit=area.unit, day=day))
    makers = area.supplies.valid_on(day).values("producer_id")
    access = ProducerAccess.objects.valid_on(day).filter(producer_id__in=makers).values("user_id")
    return officers + list(User.objects.filter(pk__in=access, is_active=True))
