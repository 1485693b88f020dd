"""Reads of projects: guards' facts, and the money that the ledger holds under a project's code."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from ocop.direction.models import Project
from ocop.direction.rules.projects import ProjectFacts
from ocop.funding.enums import FundSource
from ocop.funding.models import FundEntry
from ocop.funding.queries.ledger import ledger_lines
from ocop.funding.rules.totals import Sums, grouped


def facts_of(project: Project) -> ProjectFacts:
    """What the guards of the flow look at."""
    milestones = list(project.milestones.all())
    return ProjectFacts(
        first_on=project.first_on, last_on=project.last_on, number=project.decision_number,
        decided_on=project.decided_on, milestones=len(milestones),
        unreached=tuple(one.title for one in milestones if one.reached_on is None), outcome=project.outcome,
    )  # fmt: skip


@dataclass(frozen=True)
class Capital:
    """The money of a project by source, in đồng, and where its entries are."""

    sources: list[tuple[str, Sums]]
    total: Sums
    url: str
    add_url: str


def capital_of(project: Project) -> Capital:
    """What the ledger holds under the code or the name of the project; entered there alone."""
    named = Q(project__iexact=project.code) | Q(project__iexact=project.name)
    lines = ledger_lines(FundEntry.objects.filter(named))
    sums = grouped(lines, lambda line: line.source)
    rows = [(str(one.label), sums[one.value]) for one in FundSource if one.value in sums]
    total = Sums()
    for _, found in rows:
        total = total + found
    ledger = reverse("funding:fund_entries_list")
    asked = urlencode({"xem": "tat-ca", "q": project.code})
    filled = urlencode({"project": project.code, "unit": project.unit_id})
    return Capital(rows, total, f"{ledger}?{asked}", f"{reverse('funding:fund_entries_create')}?{filled}")
