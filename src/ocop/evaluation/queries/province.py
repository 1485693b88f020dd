"""What the province's desk and the expert team see of a dossier."""

from typing import Any

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, in_force
from ocop.evaluation.models import Dossier, ExpertAssignment, ExpertReport
from ocop.evaluation.rules.workflow import EXPERT_LEAD, EXPERTS_AT_WORK
from ocop.kit import clock, formats

EXPERTS = EXPERT_LEAD | {"expert_member"}


def expert_team(dossier: Dossier) -> list[User]:
    """The members of the expert team of the level that has the dossier, by name."""
    today = clock.today()
    team = in_force(today).filter(role__in=EXPERTS, agency__unit=dossier.ranked_by_id).values("user")
    return list(holders_of(*EXPERTS, unit=dossier.unit_id).filter(pk__in=team))


def assignments_here(dossier: Dossier) -> QuerySet[ExpertAssignment]:
    """The members of the team of the level that has the dossier, who were given it."""
    return dossier.expert_assignments.filter(at_district=dossier.at_district)


def is_assigned(dossier: Dossier, user: User) -> bool:
    """True for who was given the dossier at the level where it is."""
    return assignments_here(dossier).filter(expert=user).exists()


def assignment_of(dossier: Dossier) -> dict[str, Any]:
    """What the form of assignment starts from."""
    rows = list(assignments_here(dossier))
    lead = next((row.expert_id for row in rows if row.is_lead), None)
    return {"experts": [str(row.expert_id) for row in rows], "lead": str(lead) if lead else ""}


def expert_report_of(dossier: Dossier) -> ExpertReport | None:
    """The report of the expert team of the level that has the dossier, None while nobody has started it.

    After the end of the road that of the province, else the district's, which then decided alone.
    """
    rows = ExpertReport.objects.filter(dossier=dossier).select_related("by")
    if dossier.state in dossier.flow.final:
        return rows.order_by("at_district").first()
    return rows.filter(at_district=dossier.at_district).first()


def district_report_of(dossier: Dossier) -> ExpertReport | None:
    """What the district's team had written, for the province to read once the dossier is there."""
    if dossier.at_district or dossier.district_id is None:
        return None
    return ExpertReport.objects.filter(dossier=dossier, at_district=True).select_related("by").first()


def report_initial(report: ExpertReport | None) -> dict[str, Any]:
    """What the page of the report starts from."""
    if report is None:
        return {"version": 0}
    names = ("version", "findings", "visited_on", "visit_notes", "tests", "recommendation")
    return {name: getattr(report, name) for name in names}


def report_lines(report: ExpertReport | None) -> list[tuple[str, str]]:
    """The report read: (label, text)."""
    if report is None:
        return []
    return [
        ("Nhận xét chung", report.findings),
        ("Ngày kiểm tra thực tế", formats.day(report.visited_on)),
        ("Kết quả kiểm tra thực tế", report.visit_notes),
        ("Kiểm nghiệm bổ sung", report.tests),
        ("Kiến nghị với Chủ tịch Hội đồng", report.recommendation),
    ]


def report_differences(report: ExpertReport | None, typed: dict[str, Any]) -> list[tuple[str, str]]:
    """What a colleague saved otherwise than what stands on this page: (label, the colleague's text)."""
    if report is None:
        return []
    found = []
    for name, value in typed.items():
        saved = getattr(report, name)
        if name == "criterion_notes":
            codes = sorted({*saved, *value})
            found += [
                (f"Tiêu chí {code}", saved.get(code, ""))
                for code in codes
                if saved.get(code) != value.get(code)
            ]
        elif (saved or "") != (value or ""):
            text = formats.day(saved) if hasattr(saved, "year") else str(saved or "")
            found.append((str(getattr(ExpertReport._meta.get_field(name), "verbose_name", name)), text))
    return found


def assigned_to(user: User) -> QuerySet[Dossier]:
    """Dossiers that the expert was given, those still to be assessed first."""
    return (
        Dossier.objects.visible_to(user)
        .filter(expert_assignments__expert=user)
        .select_related("product", "producer", "unit", "round")
        .order_by("due_on", "-created_at")
    )


def still_to_assess(dossier: Dossier) -> bool:
    """True while the dossier lies with the expert team."""
    return dossier.state in EXPERTS_AT_WORK
