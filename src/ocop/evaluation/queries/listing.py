"""The list of dossiers; the same number of queries with 20 rows as with 20,000."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import DossierQuerySet
from ocop.evaluation.queries.todo import by_urgency, waits_for
from ocop.kit import clock, excel
from ocop.units.models import UnitCover
from ocop.units.queries import find_units, province_of

COLUMNS = (
    excel.Column("code", "Mã hồ sơ", excel.Kind.CODE),
    excel.Column("product", "Sản phẩm"),
    excel.Column("producer", "Chủ thể"),
    excel.Column("unit", "Địa bàn"),
    excel.Column("set", "Bộ tiêu chí", excel.Kind.INTEGER),
    excel.Column("state", "Trạng thái"),
    excel.Column("submitted", "Ngày nộp", excel.Kind.DATE),
    excel.Column("round", "Đợt"),
    excel.Column("due", "Hạn", excel.Kind.DATE),
)

SHOWN = (
    "code", "state", "due_on", "due_rule", "is_demo", "product__name", "producer__name", "producer__brand",
    "unit__name", "unit__type",
)  # fmt: skip
"""What a line of the list shows; a dossier carries two forms and all its answers besides."""

FINAL = (DossierState.RECOGNISED, DossierState.NOT_RANKED, DossierState.WITHDRAWN)


def listed(
    user: User, filters: Mapping[str, Any], today: date, visible: DossierQuerySet | None = None
) -> QuerySet[Dossier]:
    """Dossiers visible to the user (asked here unless handed in), narrowed.

    By `xem` (mine, open, late, all), state, group, unit, round, year, words.
    A unit is typed by its name of today or of old; the year is the round's, before there is one that of the opening.
    """
    view = filters.get("xem") or "open"
    rows = Dossier.objects.visible_to(user) if visible is None else visible
    if view == "mine":
        rows = rows.filter(waits_for(user))
    if view == "open" and not filters.get("trang_thai"):
        rows = rows.open()
    if view == "late":
        rows = rows.open().filter(due_on__lt=today)
    if filters.get("trang_thai"):
        rows = rows.filter(state=filters["trang_thai"])
    if filters.get("nam"):
        year = filters["nam"]
        rows = rows.filter(Q(round__year=year) | Q(round__isnull=True, created_at__year=year))
    if filters.get("dot"):
        rows = rows.filter(round__number=filters["dot"])
    if filters.get("nhom"):
        rows = rows.filter(criteria_set__group=filters["nhom"])
    if filters.get("don_vi"):
        rows = rows.filter(unit_id__in=units_named(filters["don_vi"], user, today))
    if filters.get("q"):
        return rows.found_by(filters["q"])
    if view == "mine":
        return by_urgency(rows)
    return rows.order_by(F("due_on").asc(nulls_last=True), "-created_at", "-pk")


def rows_of(page: Page) -> list[Dossier]:
    """The dossiers of a page of ids with what the list shows; sorting 20,000 narrow rows is cheap, wide ones not."""
    ids = list(page.object_list)
    rows = Dossier.objects.order_by().select_related("product", "producer", "unit").only(*SHOWN)
    known = rows.in_bulk(ids)
    return [known[one] for one in ids if one in known]


def units_named(typed: str, user: User, today: date) -> set[int]:
    """Units meant by a typed name or code, of today or of old, with what they cover; a fixed number of queries.

    Looked for in the province of the person's own office, else in the one that this installation serves.
    """
    home = next((one.agency.unit for one in scope_of(user).holdings if one.agency.unit_id), None)
    within = province_of(home) if home else None
    found = find_units(typed, today, within=within, limit=10)
    wanted = {unit.pk for one in found for unit in (one.unit, *one.now)}
    covered = UnitCover.objects.filter(holder__in=wanted).values_list("covered_id", flat=True)
    return wanted | set(covered)


def view_counts(user: User, today: date, visible: DossierQuerySet) -> dict[str, int]:
    """How many dossiers each view of the list holds; all in one pass, however many dossiers there are."""
    counts = dict.fromkeys(("all", "open", "late", "mine"), 0)
    by_state = visible.order_by().values_list("state")
    for state, every, late, mine in by_state.annotate(
        every=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        mine=Count("pk", filter=waits_for(user)),
    ):
        counts["all"] += every
        counts["mine"] += mine
        if state not in FINAL:
            counts["open"] += every
            counts["late"] += late
    return counts


def page_of(rows: QuerySet[Dossier], size: int, number: str | None, count: int | None) -> Page:
    """One page of ids; `count` is how many rows there are where a view's count has told it already."""
    paginator = Paginator(rows.values_list("pk", flat=True), size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(number)


def export_list(target: BinaryIO, user: User, filters: Mapping[str, Any], words: str, today: date) -> int:
    """Write the filtered list as a workbook; answers how many rows. Names are those that anybody may read."""
    rows = listed(user, filters, today).select_related("product", "producer", "unit", "round", "criteria_set")
    lines = (
        (
            row.code, row.product.name, row.producer.public_name, row.unit.title, row.criteria_set.number,
            DossierState(row.state).label, clock.local_day(row.submitted_at) if row.submitted_at else None,
            str(row.round) if row.round else "", row.due_on,
        )
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    heading = excel.Heading("Danh sách hồ sơ đánh giá, phân hạng OCOP", filters=words)
    return excel.write(target, COLUMNS, lines, heading)
