"""What waits for a person at the council: declarations, sheets, sessions of the day, dossiers ready for a session."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState, ItemState, SeatRole, SessionState, SheetState
from ocop.evaluation.models import ConflictDeclaration, CouncilSession, Dossier, ScoreSheet, Seat, SessionItem
from ocop.kit import formats
from ocop.kit.registry import Todo

DESK = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)
SHOWN = 100


def council_todos(user: User, today: date) -> Iterator[Todo]:
    """To-dos of seat holders; at most six queries, one for everybody else."""
    seats = list(Seat.objects.valid_on(today).filter(user=user).select_related("council"))
    if not seats:
        return
    councils = [seat.council_id for seat in seats]
    desk = [seat.council for seat in seats if seat.role in DESK]
    yield from _sessions(councils, [council.pk for council in desk], today)
    yield from _items(user, [seat.council_id for seat in seats if seat.marks])
    for council in desk[:1]:
        provinces = [one.province_id for one in desk if one.district_id is None]
        districts = [one.district_id for one in desk if one.district_id is not None]
        waiting = Dossier.objects.filter(
            Q(province__in=provinces, state=DossierState.COUNCIL_READY)
            | Q(district__in=districts, state=DossierState.DISTRICT_COUNCIL_READY)
        ).count()
        if waiting:
            yield Todo(
                key=f"council-ready-{council.pk}",
                title=f"{waiting} hồ sơ chờ họp Hội đồng",
                subject=council.name,
                url=reverse("evaluation:session-list"),
                action="Lên lịch phiên họp",
            )


def _sessions(councils: list[int], desk: list[int], today: date) -> Iterator[Todo]:
    rows = CouncilSession.objects.filter(council__in=councils).exclude(state=SessionState.CLOSED)
    for row in rows.select_related("council").order_by("held_on")[:SHOWN]:
        if row.is_written:
            if row.council_id in desk:
                yield _written(row, today)
            continue
        runs = row.state == SessionState.OPEN
        is_late = row.held_on < today and not runs
        if is_late and row.council_id not in desk:
            continue
        yield Todo(
            key=f"session-{row.pk}",
            title=str(row),
            subject=f"{row.council.name}{' · ' + row.place if row.place else ''}",
            url=reverse("evaluation:session-detail", args=[row.pk]),
            action="Vào phiên họp" if runs or row.held_on == today else "Xem chương trình",
            kind="waiting" if runs or row.held_on == today else "late" if is_late else "info",
            due=row.held_on,
            due_text="đang họp" if runs else "hôm nay" if row.held_on == today else "",
        )


def _written(row: CouncilSession, today: date) -> Todo:
    """A round of written opinions, for the desk: it is closed when all have answered or its last day has passed."""
    late = row.answer_by is not None and row.answer_by < today
    words = formats.distance(row.answer_by, today)[0]
    return Todo(
        f"session-{row.pk}", "Lấy ý kiến bằng văn bản", reverse("evaluation:session-detail", args=[row.pk]),
        "Xem ai đã trả lời", row.council.name, kind="late" if late else "waiting", due=row.answer_by, due_text=words,
    )  # fmt: skip


def _items(user: User, councils: list[int]) -> Iterator[Todo]:
    items = list(
        SessionItem.objects.filter(
            session__council__in=councils,
            session__state=SessionState.OPEN,
            session__attendance__seat__user=user,
            session__attendance__present=True,
            removed_at__isnull=True,
            state__in=(ItemState.WAITING, ItemState.DECLARING, ItemState.MARKING),
        )
        .select_related("dossier__product", "dossier__producer", "session")
        .defer("dossier__form01", "dossier__form02", "dossier__answers", "dossier__answer_notes")
        .distinct()[:SHOWN]
    )
    told = dict(
        ConflictDeclaration.objects.filter(item__in=items, seat__user=user).values_list(
            "item_id", "has_conflict"
        )
    )
    handed = set(
        ScoreSheet.objects.filter(
            round__item__in=items, round__closed_at__isnull=True, seat__user=user, state=SheetState.SUBMITTED
        ).values_list("round__item_id", flat=True)
    )
    for item in items:
        subject = f"{item.dossier.code} · {item.dossier.producer.public_name} · {item.session}"
        if item.pk not in told and (item.state != ItemState.MARKING or item.session.is_written):
            yield Todo(f"declare-{item.pk}", item.dossier.product.name, reverse("evaluation:declare", args=[item.pk]),
                       "Khai báo", subject)  # fmt: skip
        elif item.state == ItemState.MARKING and told.get(item.pk) is False and item.pk not in handed:
            yield Todo(f"mark-{item.pk}", item.dossier.product.name, reverse("evaluation:sheet", args=[item.pk]),
                       "Chấm điểm", subject)  # fmt: skip
