"""After a closed round: discussion, grounds for dropping, the agreed sheet, the council's result (Art. 7.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.council.locks import locked_item, require_meeting, require_quorum
from ocop.evaluation.actions.road import advance
from ocop.evaluation.enums import ItemState, Outcome, SheetState
from ocop.evaluation.models import (
    AgreedSheet,
    CouncilSession,
    DisqualifierFinding,
    Dossier,
    Result,
    SessionItem,
)
from ocop.evaluation.queries.council import (
    barred_seats,
    last_round,
    settings_of,
)
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules import discussion
from ocop.evaluation.rules.transition import district_outcome, falls_back
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.rulebook.queries import setting
from ocop.rulebook.rules.result import CouncilResult, MemberSheet, council_result, needs_discussion
from ocop.rulebook.rules.scoring import UnknownAnswer, evaluate

_VERB_OF = {
    Outcome.FORWARD: "conclude_forward",
    Outcome.FALL_BACK: "conclude_fall_back",
    Outcome.RECOGNISE: "conclude_recognise",
    Outcome.POTENTIAL_FIVE: "conclude_five",
    Outcome.NOT_RANKED: "conclude_not_ranked",
    Outcome.DISQUALIFIED: "conclude_not_ranked",
}


def save_discussion(item: SessionItem, *, text: str, by: User) -> SessionItem:
    """Record what was said after the last round; each round keeps its own words, which go into the minutes."""
    with transaction.atomic():
        row = locked_item(item, by, ItemState.BOARD)
        current = last_round(row)
        row.discussion = discussion.put(row.discussion, current.number if current else 1, text)
        row.save()
    return row


def settle_finding(
    finding: DisqualifierFinding, *, confirmed: bool, by: User, at: datetime | None = None
) -> None:
    """The council confirms or rejects a ground for dropping the dossier; recorded by the chair."""
    at = at or clock.now()
    with transaction.atomic():
        locked_item(finding.item, by, ItemState.BOARD, chair=True)
        row = DisqualifierFinding.objects.select_for_update().get(pk=finding.pk)
        row.confirmed, row.confirmed_by, row.confirmed_at = confirmed, by, at
        row.save()


def save_agreed_sheet(
    item: SessionItem, *, answers: Mapping[str, int], by: User, at: datetime | None = None
) -> AgreedSheet:
    """Record the sheet that the session agreed on; every criterion needs its level. Raises Refused otherwise."""
    at = at or clock.now()
    with transaction.atomic():
        row = locked_item(item, by, ItemState.BOARD)
        dossier = row.dossier
        try:
            outcome = evaluate(sheet_for(dossier), answers, dossier.case)
        except UnknownAnswer as error:
            raise Refused(
                "agreed.level", f"Mức không có trong bộ tiêu chí: {error.field}.", row.dossier.law.ranking
            ) from error
        if outcome.unscored:
            raise Refused(
                "agreed.missing",
                "Phiếu thống nhất còn thiếu: " + ", ".join(outcome.unscored) + ".",
                row.dossier.law.ranking,
            )
        agreed, _ = AgreedSheet.objects.update_or_create(
            item=row, defaults={"answers": dict(answers), "by": by, "at": at}
        )
    return agreed


def computed_result(item: SessionItem) -> CouncilResult:
    """What the last closed round comes to under the session's settings (nothing is written).

    Raises Refused when the policy of minimums needs the agreed sheet and there is none.
    """
    settings = settings_of(item.session)
    agreed = AgreedSheet.objects.filter(item=item).first()
    if settings.minimums_policy == "agreed" and agreed is None:
        raise Refused(
            "result.agreed",
            "Quy chế xét mức tối thiểu theo phiếu thống nhất: chưa ghi phiếu này.",
            item.dossier.law.ranking,
        )
    current = item.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    barred = barred_seats(item)
    sheets = [
        MemberSheet(sheet.seat_id, sheet.answers, submitted=True, barred=sheet.seat_id in barred)
        for sheet in (current.sheets.filter(state=SheetState.SUBMITTED) if current else ())
    ]
    return council_result(
        sheet_for(item.dossier),
        sheets,
        item.dossier.case,
        settings=settings,
        agreed=agreed.answers if agreed else None,
        disqualified=item.disqualifier_findings.filter(confirmed=True).exists(),
    )


def close_item(
    item: SessionItem, *, by: User, at: datetime | None = None, in_writing: bool = False
) -> Result:
    """Close the dossier's result and move it on: recognition, the centre, no rank, or dropped.

    Raises Refused when the spread asks for another round, a ground for dropping is not settled, or the quorum fails.
    A second press answers the first one's result.
    """
    at = at or clock.now()
    with transaction.atomic():
        CouncilSession.objects.select_for_update().get(pk=item.session_id)
        done = Result.objects.filter(item=item).first()
        if done:
            return done
        row = locked_item(item, by, ItemState.BOARD, chair=True)
        if not in_writing:
            require_meeting(row.session)
        current = last_round(row)
        if current is None:
            raise Refused("item.state", "Hồ sơ chưa có vòng chấm nào.", row.dossier.law.ranking)
        handed_in = set(current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True))
        require_quorum(row, present=handed_in)
        if row.disqualifier_findings.filter(confirmed__isnull=True).exists():
            raise Refused(
                "result.findings",
                "Còn lý do loại hồ sơ chưa được Hội đồng xác nhận hay bác bỏ.",
                row.dossier.law.ranking,
            )
        settings = settings_of(row.session)
        result = computed_result(row)
        counting = current.sheets.filter(state=SheetState.SUBMITTED).exclude(seat_id__in=barred_seats(row))
        totals = [total for total in counting.values_list("total", flat=True) if total is not None]
        if result.ruling != "disqualified" and needs_discussion(totals, settings.spread_limit):
            raise Refused(
                "result.spread",
                f"Chênh lệch {result.spread} điểm, vượt {settings.spread_limit}: thảo luận rồi chấm lại một vòng.",
                row.dossier.law.ranking,
            )
        outcome = _outcome(result, row.dossier, clock.local_day(at))
        Result.objects.filter(dossier=row.dossier, superseded_at__isnull=True).update(superseded_at=at)
        record = Result.objects.create(
            item=row,
            dossier=row.dossier,
            outcome=outcome,
            points=result.total,
            band=result.band,
            stars=result.stars,
            counted=result.sheets,
            spread=int(result.spread),
            closed_by=by,
            closed_at=at,
            missed=[{"criterion": v.criterion, "star": v.star, "needed": v.needed} for v in result.unmet],
            settings=row.session.settings,
        )
        row.state = ItemState.CLOSED
        row.save()
        advance(row.dossier, _VERB_OF[outcome], by=by, at=at)
    return record


def _outcome(result: CouncilResult, dossier: Dossier, day: date) -> Outcome:
    if result.ruling == "disqualified":
        return Outcome.DISQUALIFIED
    if dossier.at_district:
        return Outcome(district_outcome(result.total or Decimal(0), result.stars))
    if result.ruling == "potential_five":
        return Outcome.POTENTIAL_FIVE
    if dossier.flow.find("conclude_fall_back", dossier.state) and falls_back(
        result.total or Decimal(0),
        policy=str(setting("forwarded_below_70", dossier.province.code, day)),
        district_stands=dossier.district is not None and dossier.district.in_force(day),
    ):
        return Outcome.FALL_BACK
    return Outcome.RECOGNISE if (result.stars or 0) >= 3 else Outcome.NOT_RANKED
