"""What the homes of the province and its units show of targets and reports."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile, Trend
from ocop.producers.models import VIEWING_ROLES
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Measured, Report
from ocop.reporting.queries.board import Board, board

REACHED = ("reached", "on_pace")
ROUNDS = 4
WAITING = Q(state__in=(ReportState.DRAFT, ReportState.RETURNED))


def _last_measured(unit: Any, day: date) -> date:
    """The day whose figures are ready: today, else the last one that was measured."""
    rows = Measured.objects.filter(unit=unit, day__lte=day).order_by("-day").values_list("day", flat=True)
    return rows.first() or day


def targets(user: Any, unit: Any, day: date) -> Reading | None:
    """How many targets are reached or on their way, each as a share of its target, with the trend of the first."""
    found = board(unit, _last_measured(unit, day), today=day)
    address = f"{reverse('reporting:board')}?don-vi={unit.code}&ngay={found.day.isoformat()}"
    if not any(line.figure for line in found.lines):
        return Reading(
            "–", address, sentence="Số liệu được tính mỗi đêm; mở bảng số liệu để tính ngay.", tone="grey"
        )
    aimed = [line for line in found.lines if line.goal is not None]
    on_the_way = sum(line.outlook.state in REACHED for line in aimed)
    if not aimed:
        return _without_targets(found, address)
    return Reading(
        value=f"{on_the_way}/{len(aimed)}", measure="chỉ tiêu đạt hoặc đúng tiến độ", url=address,
        tone="leaf" if on_the_way == len(aimed) else "clay",
        sentence=f"{found.programme}, số liệu đến hết ngày {formats.day(found.day)}.",
        bars=Bars(
            "Đã đạt bao nhiêu phần trăm mức cần đạt",
            [
                (line.indicator.name, line.reached_percent, f"{address}&chi-tieu={line.indicator.key}#chi-tiet")
                for line in aimed
            ],
            "%", 100,
        ),
        trend=_trend(found),
    )  # fmt: skip


def _without_targets(found: Board, address: str) -> Reading:
    """A unit that was given no targets reads its first figure, and its shares."""
    first = found.lines[0]
    shares = [line for line in found.lines if line.indicator.is_share and line.value is not None]
    return Reading(
        value=formats.number(first.value, 0), measure=first.indicator.measure, url=address, tone="water",
        sentence=f"{first.indicator.name}, số liệu đến hết ngày {formats.day(found.day)}; chưa giao chỉ tiêu.",
        bars=Bars(
            "Các tỷ lệ",
            [
                (line.indicator.name, line.value, f"{address}&chi-tieu={line.indicator.key}#chi-tiet")
                for line in shares
            ],
            "%",
        ),
        trend=_trend(found),
    )  # fmt: skip


def _trend(found: Board) -> Trend | None:
    first = found.lines[0]
    if len(first.trend) < 2:
        return None
    return Trend(first.indicator.name, first.trend, first.indicator.measure, first.goal)


def reports(user: Any, unit: Any, day: date) -> Reading:
    """Reports that are late, and how much of the last rounds was sent in; one query."""
    rows = Report.objects.visible_to(user).exclude(state=ReportState.CANCELLED).order_by("-round__due_on")
    rounds = list(
        rows.values("round", "round__kind", "round__title", "round__due_on").annotate(
            every=Count("pk"), waiting=Count("pk", filter=WAITING)
        )
    )
    late = sum(one["waiting"] for one in rounds if one["round__due_on"] < day)
    ahead = [one for one in rounds if one["round__due_on"] >= day and one["waiting"]]
    nearest = min(ahead, key=lambda one: one["round__due_on"], default=None)
    address = reverse("reporting:reports_list")
    return Reading(
        value=formats.number(late), measure="báo cáo trễ hạn", url=f"{address}?xem={'tre' if late else 'dang-mo'}",
        tone="seal" if late else "leaf",
        sentence=f"{nearest['round__title']}: còn {nearest['waiting']} báo cáo chưa gửi, hạn "
        f"{formats.day(nearest['round__due_on'])}." if nearest else "Không báo cáo nào đang đến hạn.",
        bars=Bars(
            "Đã gửi theo kỳ",
            [
                (one["round__title"], 100 * (one["every"] - one["waiting"]) / one["every"],
                 reverse("reporting:round", args=[one["round"]]))
                for one in rounds[:ROUNDS]
            ],
            "%",
        ),
    )  # fmt: skip


def _officer(user: Any) -> bool:
    return scope_of(user).has_any(*VIEWING_ROLES)


TARGETS_TILE = Tile(
    "reporting.targets", "Chỉ tiêu của Chương trình", targets, _officer, icon="target", size="wide", order=10
)
REPORTS_TILE = Tile("reporting.reports", "Báo cáo định kỳ", reports, _officer, icon="report", order=40)
