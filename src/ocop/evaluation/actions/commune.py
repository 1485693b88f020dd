"""What the commune does: receive, check, return, assess the four things, propose (Art. 7.2 of Decision 26/2026)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import CheckVerdict, DossierState
from ocop.evaluation.models import CommuneReport, Dossier, DossierMove, IntakeCheck
from ocop.evaluation.permissions import may_check, may_write_report
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.queries.rounds import proposal_round
from ocop.evaluation.rules.checklists import items_for
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale, require
from ocop.products.actions.codes import allot_code

REPORT_FIELDS = (
    "material",
    "material_share",
    "labour",
    "labour_total",
    "labour_local",
    "idea",
    "identity",
    "meeting_held",
    "meeting_on",
    "meeting_place",
    "meeting_people",
    "meeting_opinions",
    "proposal",
    "letter_number",
    "letter_on",
)


def receive(dossier: Dossier, *, by: User, on: date | None = None, at: datetime | None = None) -> DossierMove:
    """Receive a submitted dossier; the commune's 15 working days start (day 1 is the day after) and the product gets
    its code (Art. 7.2; code as printed on form 01).

    Where it is not known which of today's communes the product belongs to the dossier is received without a code.
    `on` enters an earlier day of receipt (a paper dossier handed over before); raises Refused when it lies ahead or
    before the submission.
    """
    at = at or clock.now()
    day = on or clock.local_day(at)
    with transaction.atomic():
        row = locked(dossier)
        if row.state == DossierState.SUBMITTED:
            if day > clock.local_day(at):
                raise Refused("receive.ahead", "Ngày tiếp nhận không thể ở tương lai.", row.law.commune)
            if row.submitted_at and day < clock.local_day(row.submitted_at):
                raise Refused(
                    "receive.before", "Ngày tiếp nhận không thể trước ngày nộp hồ sơ.", row.law.commune
                )
            row.received_on = day
            row.save()
        move = advance(dossier, "receive", by=by, at=at, day=day)
        _allot_code(dossier, by=by, at=at)
    return move


def _allot_code(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Give the product its code unless it has one or its commune of today is not known."""
    try:
        with transaction.atomic():
            dossier.product = allot_code(dossier.product, by=by, at=at)
    except Refused:
        return


def record_checks(
    dossier: Dossier,
    *,
    verdicts: Mapping[str, tuple[str, str]],
    by: User,
    at_province: bool = False,
    seen: Mapping[str, tuple[str, str]] | None = None,
    at: datetime | None = None,
) -> list[IntakeCheck]:
    """Keep the intake checklist: item key -> (verdict, note). A fault needs a note that the producer can act on.

    `seen` is what the page showed when it was opened: lines left as they were are not written, and Stale is raised
    when a colleague has changed a line that this person changes too.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        require(may_check(roles_for(by, row), row, at_province=at_province))
        items = {
            item.key: item for item in items_for(at_province=at_province, samples_needed=row.samples_needed)
        }
        held = verdicts_of(row, at_province=at_province)
        here = at_province and row.at_district
        for key, (verdict, note) in verdicts.items():
            line = (verdict, note.strip()[:300])
            if seen is not None and key in items and line in (held.get(key), seen.get(key)):
                continue
            if seen is not None and key in held and held[key] != seen.get(key):
                raise Stale(
                    "check.stale",
                    f"Đồng nghiệp vừa ghi mục “{items[key].label}”: {CheckVerdict(held[key][0]).label.lower()}"
                    + (f" – {held[key][1]}" if held[key][1] else "")
                    + ". Lưu lần nữa để ghi theo nội dung của bạn.",
                    row.law.commune,
                )
            if key not in items:
                raise Refused("check.item", "Mục kiểm tra không có trong danh sách.", row.law.commune)
            if verdict in (CheckVerdict.MISSING, CheckVerdict.WRONG) and not note.strip():
                raise Refused(
                    "check.note",
                    f"“{items[key].label}”: ghi rõ thiếu gì, sai gì để chủ thể biết cách bổ sung.",
                    row.law.commune,
                )
            IntakeCheck.objects.update_or_create(
                dossier=row,
                at_province=at_province,
                at_district=here,
                item=key,
                defaults={"verdict": verdict, "note": line[1], "by": by, "at": at},
            )
        return list(row.intake_checks.filter(at_province=at_province, at_district=here))


def return_to_producer(dossier: Dossier, *, by: User, reason: str, at: datetime | None = None) -> DossierMove:
    """Give the dossier back for a supplement, with a reason; the commune's clock stops until it comes back."""
    return advance(dossier, "return_to_producer", by=by, reason=reason, at=at)


def save_report(
    dossier: Dossier,
    *,
    values: Mapping[str, Any],
    by: User,
    version: int | None = None,
    at: datetime | None = None,
) -> CommuneReport:
    """Keep form 03. Raises Stale when a colleague saved since `version`; Refused when the figures contradict."""
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        require(may_write_report(roles_for(by, row), row))
        report = CommuneReport.objects.select_for_update().filter(dossier=row).first()
        if report and version is not None and report.version != version:
            raise Stale(
                "report.stale", "Đồng nghiệp vừa sửa báo cáo này. Nội dung bạn nhập vẫn còn trên màn hình."
            )
        report = report or CommuneReport(dossier=row, prepared_by=by, prepared_at=at, version=0)
        for field in REPORT_FIELDS:
            if field in values:
                setattr(report, field, values[field])
        if report.labour_total is not None and (report.labour_local or 0) > report.labour_total:
            raise Refused("report.labour", "Lao động địa phương nhiều hơn tổng số lao động.", row.law.commune)
        if report.meeting_on and report.meeting_on > clock.local_day(at):
            raise Refused(
                "report.meeting_ahead", "Ngày họp ở tương lai; chỉ ghi cuộc họp đã diễn ra.", row.law.commune
            )
        report.version += 1
        report.save()
    return report


def propose(
    dossier: Dossier,
    *,
    by: User,
    letter_number: str = "",
    letter_on: date | None = None,
    at: datetime | None = None,
) -> DossierMove:
    """Sign the report and the proposal letter and send the dossier to the province; it joins the round of that day.

    Raises Refused while one of the four assessments, a recorded meeting or the proposal is missing.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = locked(dossier)
        if row.state == DossierState.COMMUNE_REVIEW:
            report = CommuneReport.objects.select_for_update().filter(dossier=row).first()
            if report:
                report.letter_number = letter_number.strip() or report.letter_number
                report.letter_on = letter_on or report.letter_on
                report.signed_by, report.signed_at = by, at
                report.save()
            if row.round_id is None:
                row.round = proposal_round(row, day)
                row.save()
        return advance(dossier, "propose", by=by, at=at)
