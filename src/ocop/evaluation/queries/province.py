"""What the province's desk and the expert team see of a dossier."""

from typing import Any

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, ExpertReport
from ocop.evaluation.rules.workflow import EXPERT_LEAD
from ocop.kit import formats

EXPERTS = EXPERT_LEAD | {"expert_member"}


def expert_team(dossier: Dossier) -> list[User]:
    """The members of the expert team over the dossier's unit, by name."""
    return list(holders_of(*EXPERTS, unit=dossier.unit_id))


def assignment_of(dossier: Dossier) -> dict[str, Any]:
    """What the form of assignment starts from."""
    rows = list(dossier.expert_assignments.all())
    lead = next((row.expert_id for row in rows if row.is_lead), None)
    return {"experts": [str(row.expert_id) for row in rows], "lead": str(lead) if lead else ""}


def expert_report_of(dossier: Dossier) -> ExpertReport | None:
    """The expert team's report, None while nobody has started it."""
    return ExpertReport.objects.filter(dossier=dossier).select_related("by").first()


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
    return dossier.state == DossierState.EXPERT_REVIEW
