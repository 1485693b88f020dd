"""What the province does before the council meets: intake, samples, expert team (Art. 7.3 of Decision 26/2026)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.models import Dossier, DossierMove, ExpertAssignment, ExpertReport, SampleNote
from ocop.evaluation.permissions import may_work_at_province, may_write_expert_report
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.workflow import ADVISORY, DISTRICT_DESK
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale, require

RECEIVE = {False: "receive_at_province", True: "receive_at_district"}


def receive_at_province(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """The advisory body, or under Decision 148 the district's desk, takes the dossier onto its desk."""
    return advance(dossier, RECEIVE[dossier.at_district], by=by, at=at)


def note_samples(
    dossier: Dossier,
    *,
    units: int,
    by: User,
    on: date | None = None,
    condition: str = "",
    at: datetime | None = None,
) -> SampleNote:
    """Note samples received. Raises Refused for a number below 1 or a day ahead."""
    at = at or clock.now()
    day = on or clock.local_day(at)
    if units < 1:
        raise Refused("samples.units", "Số đơn vị mẫu phải từ 1 trở lên.", dossier.law.ranking)
    if day > clock.local_day(at):
        raise Refused("samples.ahead", "Ngày nhận mẫu không thể ở tương lai.", dossier.law.ranking)
    with transaction.atomic():
        row = locked(dossier)
        require(may_work_at_province(roles_for(by, row), row))
        if not row.samples_needed:
            raise Refused(
                "samples.none", f"Bộ {row.criteria_set.number} không phải nộp mẫu sản phẩm.", row.law.ranking
            )
        return SampleNote.objects.create(
            dossier=row, received_on=day, units=units, condition=condition.strip(), by=by
        )


def return_samples(note: SampleNote, *, units: int, by: User, on: date | None = None) -> SampleNote:
    """Note samples given back: at any step after receipt, not more than were received."""
    day = on or clock.today()
    with transaction.atomic():
        row = locked(note.dossier)
        if not roles_for(by, row) & (ADVISORY | DISTRICT_DESK):
            raise Refused("province.role", "Chỉ cơ quan đã nhận mẫu ghi trả mẫu.", row.law.ranking)
        fresh = SampleNote.objects.select_for_update().get(pk=note.pk)
        if fresh.returned_on is not None:
            if (fresh.returned_on, fresh.returned_units) == (day, units):
                return fresh
            raise Refused("samples.done", "Lần nhận mẫu này đã ghi trả rồi.", row.law.ranking)
        if day > clock.today():
            raise Refused("samples.return_ahead", "Ngày trả mẫu không thể ở tương lai.", row.law.ranking)
        if not 1 <= units <= fresh.units:
            raise Refused(
                "samples.returned", f"Chỉ trả được từ 1 đến {fresh.units} đơn vị mẫu.", row.law.ranking
            )
        if day < fresh.received_on:
            raise Refused("samples.before", "Ngày trả mẫu không thể trước ngày nhận.", row.law.ranking)
        fresh.returned_on, fresh.returned_units = day, units
        fresh.save()
    return fresh


def assign_experts(
    dossier: Dossier, *, experts: Sequence[User], lead: User, by: User, at: datetime | None = None
) -> list[ExpertAssignment]:
    """Give the dossier to members of the expert team, one of them leading.

    Raises Refused when somebody is not of the team over this dossier's unit or the lead is not among them.
    """
    at = at or clock.now()
    if lead not in experts:
        raise Refused(
            "experts.lead", "Người chủ trì phải nằm trong danh sách được phân công.", dossier.law.ranking
        )
    with transaction.atomic():
        row = locked(dossier)
        require(may_work_at_province(roles_for(by, row), row))
        for expert in experts:
            teams = {holding.unit_id for holding in scope_of(expert).of(Role.EXPERT_MEMBER, Role.EXPERT_LEAD)}
            if row.ranked_by_id not in teams:
                raise Refused(
                    "experts.team", f"{expert.full_name} không thuộc Tổ tư vấn của Hội đồng.", row.law.ranking
                )
        here = row.expert_assignments.filter(at_district=row.at_district)
        here.exclude(expert__in=experts).delete()
        for expert in experts:
            ExpertAssignment.objects.update_or_create(
                dossier=row,
                expert=expert,
                at_district=row.at_district,
                defaults={"is_lead": expert == lead, "assigned_by": by, "assigned_at": at},
            )
        return list(here.all())


def hand_to_experts(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """Hand the dossier from the advisory body to the council's expert team; samples are noted, experts named."""
    return advance(dossier, "hand_to_experts", by=by, at=at)


def ask_supplement(dossier: Dossier, *, by: User, reason: str, at: datetime | None = None) -> DossierMove:
    """Ask commune and producer for more, with a reason; the province's work waits until it comes."""
    return advance(dossier, "ask_supplement", by=by, reason=reason, at=at)


def save_expert_report(
    dossier: Dossier,
    *,
    values: Mapping[str, Any],
    by: User,
    version: int | None = None,
    at: datetime | None = None,
) -> ExpertReport:
    """Keep the expert team's report, finished or not; raises Stale when a colleague saved since `version`.

    The report goes to the chair only once findings are written (Art. 7.3).
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        here = row.at_district
        assigned = row.expert_assignments.filter(expert=by, at_district=here).exists()
        require(may_write_expert_report(roles_for(by, row), row, assigned=assigned))
        report = ExpertReport.objects.select_for_update().filter(dossier=row, at_district=here).first()
        if report and version is not None and report.version != version:
            raise Stale(
                "experts.stale", "Đồng nghiệp vừa sửa báo cáo này. Nội dung bạn nhập vẫn còn trên màn hình."
            )
        report = report or ExpertReport(dossier=row, at_district=here, version=0)
        for field in ("findings", "visited_on", "visit_notes", "tests", "criterion_notes", "recommendation"):
            if field in values:
                setattr(report, field, values[field])
        if report.visited_on and report.visited_on > clock.local_day(at):
            raise Refused(
                "experts.visit_ahead", "Ngày kiểm tra thực tế không thể ở tương lai.", row.law.ranking
            )
        known = sheet_for(row).by_code
        if strangers := sorted(set(report.criterion_notes) - set(known)):
            raise Refused(
                "experts.criterion", f"Bộ tiêu chí không có tiêu chí {', '.join(strangers)}.", row.law.ranking
            )
        report.by, report.at, report.version = by, at, report.version + 1
        report.save()
    return report


def report_to_chair(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """The lead of the expert team reports to the chair of the council; the dossier waits for a session."""
    return advance(dossier, "report_to_chair", by=by, at=at)
