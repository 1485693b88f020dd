"""Handing over what is open on the day when units and agencies cease, and placing the rows that wait for a choice."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from simple_history.utils import bulk_update_with_history

from ocop.kit import clock, registry
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.units.enums import UnitLevel
from ocop.units.models import Handover, HandoverDoubt, Unit
from ocop.units.permissions import may_hand_over
from ocop.units.queries.handover import Preview, candidates_of, preview, reorganisation_on


def hand_over(province: Unit, day: date, *, by: Any, at: datetime | None = None) -> Handover:
    """Hand over everything open of what ceased in the province on the eve of `day`; all or nothing.

    Every part of `kit.registry.handover_parts` writes its own records; rows without a single heir wait in the list
    "xác nhận xã mới". Raises `Forbidden` for others than the province's desk, `Refused` when it was done, or went along
    with a later day, when the day lies ahead, when nothing ceased and when nothing is open.
    """
    at = at or clock.now()
    require(may_hand_over(by, province))
    if day > clock.local_day(at):
        raise Refused("handover.ahead", f"Chỉ bàn giao từ ngày {day:%d/%m/%Y}, khi cơ quan mới đã hoạt động.")
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=province.pk)
        last = Handover.objects.filter(province=province, day__gte=day).order_by("day").last()
        if last is not None and Handover.objects.filter(province=province, day=day).exists():
            raise Refused("handover.done", f"Đã bàn giao cho ngày {day:%d/%m/%Y}, không làm hai lần.")
        if last is not None:
            raise Refused(
                "handover.order", f"Việc của ngày này đã đi cùng lần bàn giao cho ngày {last.day:%d/%m/%Y}."
            )
        change = reorganisation_on(province, day)
        if change.is_empty:
            raise Refused(
                "handover.none", f"Không có đơn vị, cơ quan nào kết thúc trước ngày {day:%d/%m/%Y}."
            )
        seen = preview(change)
        if seen.is_empty:
            raise Refused("handover.empty", "Không còn việc nào đang mở phải bàn giao.")
        row = _recorded(seen, by=by, at=at)
        _put_on_the_list(row, seen)
        for part in seen.parts:
            part.part.carry_out(change, by=by, at=at)
        announce(
            "units.handed_over", by=by, subject=row, day=day, moved=row.moved, waiting=row.waiting_at_first,
            digest=row.digest,
        )  # fmt: skip
    return row


def _recorded(seen: Preview, *, by: Any, at: datetime) -> Handover:
    """The row that says what was handed over, with its digest."""
    counts = [
        {
            "key": part.part.key,
            "label": part.part.label,
            "done": part.part.done,
            "moved": part.count,
            "waiting": len(part.undecided),
        }
        for part in seen.parts
        if part.count or part.undecided
    ]
    lines = [
        [part.part.key, line.source, line.target, line.count] for part in seen.parts for line in part.passing
    ]
    codes = [[part.part.key, row.code] for part in seen.parts for row in part.undecided]
    change = seen.change
    text = json.dumps(
        [change.province.code, str(change.day), lines, codes], ensure_ascii=False, sort_keys=True
    )
    try:
        with transaction.atomic():
            return Handover.objects.create(
                province=change.province,
                day=change.day,
                basis=change.basis,
                by=by,
                at=at,
                counts=counts,
                lines=lines,
                digest=hashlib.sha256(text.encode()).hexdigest(),
            )
    except IntegrityError:
        raise Refused(
            "handover.done", f"Đã bàn giao cho ngày {change.day:%d/%m/%Y}, không làm hai lần."
        ) from None


def _put_on_the_list(row: Handover, seen: Preview) -> None:
    """Rows without a single heir wait for the province's choice."""
    candidates = candidates_of(seen.change)
    HandoverDoubt.objects.bulk_create(
        (
            HandoverDoubt(
                handover=row,
                part=part.part.key,
                code=one.code,
                unit_id=one.unit_id,
                candidates=candidates.get(one.unit_id, []),
            )
            for part in seen.parts
            for one in part.undecided
        ),
        batch_size=1000,
    )


def confirm_new_unit(
    doubts: Iterable[HandoverDoubt], *, unit: Unit, by: Any, at: datetime | None = None
) -> int:
    """Choose the new commune of waiting rows; the app that knows each row writes it, with history. Answers how many.

    Rows for which this very commune was chosen already are passed over. Raises `Forbidden` for others than the
    province's desk; `Refused` for a unit that is no commune of the province today, for a row that somebody placed
    elsewhere meanwhile, and for no rows at all.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    wanted = [doubt.pk for doubt in doubts]
    if not wanted:
        raise Refused("doubt.none", "Hãy chọn ít nhất một dòng.")
    with transaction.atomic():
        rows = list(
            HandoverDoubt.objects.select_for_update(of=("self",))
            .filter(pk__in=wanted)
            .select_related("handover__province", "chosen")
            .order_by("pk")
        )
        for province in {row.handover.province for row in rows}:
            require(may_hand_over(by, province))
            _check_commune(unit, province, today)
        elsewhere = [row for row in rows if row.chosen is not None and row.chosen_id != unit.pk]
        if elsewhere:
            raise Refused(
                "doubt.placed",
                f"{len(elsewhere)} dòng vừa được người khác xác nhận về {elsewhere[0].chosen}. Hãy mở lại danh sách.",
            )
        waiting = [row for row in rows if row.chosen is None]
        for (key, day), codes in _grouped(waiting).items():
            confirm = registry.handover_parts[key].confirm
            if confirm is None:
                raise Refused("doubt.part", "Loại dòng này không xác nhận được.")
            confirm(codes, unit=unit, since=max(day, unit.valid_from), by=by, at=at)
        for row in waiting:
            row.chosen, row.by, row.at = unit, by, at
        HandoverDoubt.objects.bulk_update(waiting, ["chosen", "by", "at"], batch_size=500)
        for done in {row.handover_id: row.handover for row in waiting}.values():
            mine = [one for one in waiting if one.handover_id == done.pk]
            announce(
                "units.new_unit_confirmed", by=by, subject=done, unit=unit.code,
                rows=[[one.part, one.code] for one in mine],
            )  # fmt: skip
    return len(waiting)


def change_unit(
    model: type[Model], rows: Iterable[Any], *, unit: Unit, since: date, by: Any, at: datetime
) -> int:
    """Write the new unit into the `unit` column of register rows, with their field history; answers how many."""
    changed = list(rows)
    for row in changed:
        row.unit = unit
    if changed:
        bulk_update_with_history(
            changed, model, ["unit"], batch_size=500, default_user=by, default_date=at,
            default_change_reason=f"Xác nhận xã mới từ ngày {since:%d/%m/%Y}",
        )  # fmt: skip
    return len(changed)


def _check_commune(unit: Unit, province: Unit, today: date) -> None:
    """Raise `Refused` unless the unit is a commune of the province today."""
    inside = Unit.objects.covered_by(province).filter(pk=unit.pk).exists()
    if unit.level != UnitLevel.COMMUNE or not unit.in_force(today) or not inside:
        raise Refused("doubt.unit", f"{unit.title} không phải xã, phường hiện nay của {province.full_name}.")


def _grouped(rows: list[HandoverDoubt]) -> dict[tuple[str, date], list[str]]:
    """Codes by the part that knows them and the day of their handover."""
    groups: dict[tuple[str, date], list[str]] = {}
    for row in rows:
        groups.setdefault((row.part, row.handover.day), []).append(row.code)
    return groups
