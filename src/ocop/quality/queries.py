"""Reads of inspection and of the papers of quality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from ocop.kit import clock, formats
from ocop.products.models import Paper
from ocop.quality.enums import (
    OverlapState,
    PlanState,
    ProgrammeState,
    ReceptionKind,
    RemedyState,
    VisitState,
)
from ocop.quality.models import (
    Answer,
    AnswerPhoto,
    Overlap,
    Plan,
    PlanLine,
    Programme,
    Proposal,
    Question,
    Reception,
    ReceptionRule,
    Remedy,
    Visit,
)
from ocop.quality.permissions import visits_held
from ocop.quality.rules import checklist, workflow
from ocop.quality.rules.overlap import Planned, days_between
from ocop.recognition.models import Certificate
from ocop.rulebook.queries import setting
from ocop.units.models import Agency, Unit
from ocop.units.queries import province_of

LOCAL = "local"


def number_setting(key: str, day: date) -> int:
    """A whole number among the dated settings of the province served."""
    return int(setting(key, settings.OCOP_PROVINCE, day))


def province_over(unit: Unit) -> Unit:
    """The province of a unit, itself when it is one."""
    return province_of(unit) or unit


def programme_of(plan: Plan) -> Programme | None:
    """The programme of the plan's year and province, None before the first plan was taken."""
    return Programme.objects.filter(unit=province_over(plan.unit), year=plan.year).first()


def plan_facts(plan: Plan) -> workflow.PlanFacts:
    """What the guards of a plan look at."""
    programme = programme_of(plan)
    is_open = programme is None or programme.state == ProgrammeState.COLLECTING
    issued = programme is not None and programme.state == ProgrammeState.ISSUED
    return workflow.PlanFacts(plan.lines.count(), is_open, issued)


def programme_facts(programme: Programme) -> workflow.ProgrammeFacts:
    """What the guards of a programme look at."""
    return workflow.ProgrammeFacts(
        plans=programme.plans.filter(state=PlanState.TAKEN).count(),
        open_overlaps=programme.overlaps.filter(state=OverlapState.OPEN, voided_at__isnull=True).count(),
        number=programme.number,
        issued_on=programme.issued_on,
    )


def overlap_facts(overlap: Overlap) -> workflow.OverlapFacts:
    """Whether the two visits still stand in the programme and still come too near to each other."""
    one, other = as_planned((overlap.first, overlap.second))
    stands = all(
        line.merged_into_id is None and line.plan.programme_id == overlap.programme_id
        for line in (overlap.first, overlap.second)
    )
    return workflow.OverlapFacts(stands and days_between(one, other) < overlap.gap)


def lines_of(programme: Programme) -> QuerySet[PlanLine]:
    """The visits that the programme foresees: lines of its plans that were not merged into another."""
    rows = PlanLine.objects.standing().filter(plan__programme=programme)
    return rows.select_related("producer__unit", "plan__agency", "lead").order_by("first_on", "pk")


def as_planned(lines: Iterable[PlanLine]) -> list[Planned]:
    """Lines as the rule of overlaps sees them."""
    return [Planned(row.pk, row.producer_id, row.first_on, row.last_on) for row in lines]


def others_near(producer_id: int, first: date, last: date, *, but: int | None = None) -> list[Visit]:
    """Other visits to that producer, not dropped, that come nearer to these days than the setting asks.

    For whoever wants to make an unplanned visit: said before, so that a producer is not troubled twice.
    """
    gap = number_setting("inspection_gap_days", last)
    rows = Visit.objects.filter(producer=producer_id).exclude(state=VisitState.DROPPED).exclude(pk=but)
    asked = Planned(0, producer_id, first, last)
    return [
        row
        for row in rows.select_related("agency").order_by("first_on", "pk")
        if days_between(asked, Planned(row.pk, producer_id, row.first_on, row.last_on)) < gap
    ]


@dataclass(frozen=True)
class Line:
    """A question as the page of a visit shows it: what was answered, by whom, with which photographs."""

    question: Question
    answer: Answer | None
    photos: list[AnswerPhoto]

    @property
    def value(self) -> str:
        """The answer, "" for none."""
        return self.answer.value if self.answer else ""

    @property
    def version(self) -> int:
        """How often it was written; 0 before the first time."""
        return self.answer.version if self.answer else 0


def sheet_of(visit: Visit) -> list[Line]:
    """The questions of the visit's areas with their answers and photographs; three queries."""
    questions = visit.checklist.questions.all() if visit.checklist_id else Question.objects.none()
    keys = visit.area_keys
    answers = {row.question_id: row for row in visit.answers.select_related("by")}
    photos: dict[int, list[AnswerPhoto]] = {}
    for photo in visit.photos.select_related("file"):
        photos.setdefault(photo.question_id, []).append(photo)
    return [
        Line(one, answers.get(one.pk), photos.get(one.pk, []))
        for one in questions
        if not keys or one.area in keys
    ]


def found_by(visit: Visit) -> list[Line]:
    """What the visit found wrong: questions answered with "no"."""
    return [line for line in sheet_of(visit) if line.value == "no"]


def visit_facts(visit: Visit) -> workflow.VisitFacts:
    """What the guards of a visit look at."""
    lines = sheet_of(visit)
    asked = [line.question.asked for line in lines]
    missing = checklist.unanswered(asked, {line.question.code: line.value for line in lines})
    still_open = visit.remedies.exclude(state__in=(RemedyState.DONE, RemedyState.WAIVED))
    return workflow.VisitFacts(
        kind=visit.kind,
        ground=visit.ground,
        reason=visit.reason,
        visit_on=visit.visit_on,
        has_lead=visit.lead_id is not None,
        decision_number=visit.decision_number,
        decision_on=visit.decision_on,
        missing=len(missing),
        signer=visit.signer_name,
        unsigned_reason=visit.unsigned_reason,
        conclusion=visit.conclusion,
        outcome=visit.outcome,
        remedies=visit.remedies.count(),
        open_remedies=still_open.count(),
        violations=visit.violations.count(),
    )


def remedy_facts(remedy: Remedy) -> workflow.RemedyFacts:
    """What the guards of a remedy look at."""
    return workflow.RemedyFacts(remedy.report, remedy.files.count())


def proposal_facts(proposal: Proposal) -> workflow.ProposalFacts:
    """What the guards of a proposal look at."""
    star = proposal.certificate
    return workflow.ProposalFacts(is_running=not (star.revoked_on or star.replaced_on))


def reception_facts(reception: Reception) -> workflow.ReceptionFacts:
    """What the guards of a reception look at."""
    return workflow.ReceptionFacts(
        has_file=reception.paper.versions.exists(),
        number=reception.paper.number,
        accepted_number=reception.accepted_number,
    )


def running_stars(visit: Visit) -> list[Certificate]:
    """The stars of the visited producer's products that are neither replaced nor taken back."""
    rows = Certificate.objects.filter(product__producer=visit.producer_id)
    return list(rows.filter(revoked_on__isnull=True, replaced_on__isnull=True).order_by("product_name", "pk"))


@dataclass(frozen=True)
class Receiver:
    """Where a kind of paper is handed in: an agency, or the local office (`agency` None)."""

    agency: Agency | None
    goods: str
    is_confirmed: bool

    @property
    def name(self) -> str:
        """What the form shows."""
        where = self.agency.name if self.agency else "Cơ quan phụ trách OCOP tại địa bàn"
        return f"{where} ({self.goods})" if self.goods else where


def receivers_of(kind: str, day: date) -> list[Receiver]:
    """Where papers of that kind are handed in on that day, as the dated data say; two queries."""
    rules = list(ReceptionRule.objects.valid_on(day).filter(kind=kind))
    agencies = {
        row.slug: row
        for row in Agency.objects.valid_on(day).filter(slug__in={rule.receiver for rule in rules} - {LOCAL})
    }
    found = []
    for rule in rules:
        agency = agencies.get(rule.receiver)
        if agency is not None or rule.receiver == LOCAL:
            found.append(Receiver(agency, rule.goods, rule.confirmed))
    return found


@dataclass(frozen=True)
class Shelf:
    """A column of the board of expiry."""

    key: str
    label: str
    tone: str
    papers: list[Paper]
    count: int


SHELVES = (
    ("expired", "Đã hết hạn", "seal"),
    ("7", "Còn đến 7 ngày", "clay"),
    ("30", "Còn đến 30 ngày", "clay"),
    ("90", "Còn đến 90 ngày", "water"),
    ("later", "Còn lâu", "leaf"),
)
SHOWN = 25
"""Papers that one column of the board shows; the register has them all."""


def expiry_board(user: Any, *, kind: str = "") -> list[Shelf]:
    """The papers with an end that the user sees, by how soon it comes; two queries a column, however many papers."""
    today = clock.today()
    rows = Paper.objects.visible_to(user).filter(withdrawn_at__isnull=True, expires_on__isnull=False)
    if kind:
        rows = rows.filter(kind=kind)
    found, after = [], None
    for key, label, tone in SHELVES:
        until = today + timedelta(days=int(key) if key.isdigit() else -1) if key != "later" else None
        part = rows.filter(expires_on__gt=after) if after else rows
        part = part.filter(expires_on__lte=until) if until else part
        order = "-expires_on" if key == "expired" else "expires_on"  # what ran out last comes first
        shown = part.select_related("producer__unit", "product").order_by(order, "pk")[:SHOWN]
        found.append(Shelf(key, label, tone, list(shown), part.count()))
        after = until
    return found


def may_read_file(user: Any, file: Any) -> bool:
    """File reader: photographs of a checklist open for whoever sees the visit."""
    if not getattr(user, "is_authenticated", False):
        return False
    photos = AnswerPhoto.objects.filter(file=file).values("visit_id")
    return Visit.objects.all().visible_to(user).filter(pk__in=photos).exists()


def overlap_lines(overlap: Overlap) -> list[tuple[str, str]]:
    """The two visits of an overlap in words, for the page where one of them is chosen."""
    return [
        (
            side,
            f"{line.plan.agency.short_name or line.plan.agency.name}: {formats.day(line.first_on)} – "
            f"{formats.day(line.last_on)}, {line.areas_shown.lower()}",
        )
        for side, line in (("first", overlap.first), ("second", overlap.second))
    ]


def late_remedies(today: date) -> QuerySet[Remedy]:
    """Remedies past their day that nobody was told of yet."""
    rows = Remedy.objects.filter(state=RemedyState.OPEN, required_by__lt=today, escalated_at__isnull=True)
    return rows.select_related("visit__lead", "visit__agency", "producer", "unit").order_by(
        "required_by", "pk"
    )


def visits_to_write(user: Any) -> QuerySet[Visit]:
    """Visits in which the person may enter remedies and violations now."""
    held = visits_held(user)
    rows = Visit.objects.filter(held["quality.agency"] | held["quality.team"])
    states = (VisitState.UNDER_WAY, VisitState.SIGNED, VisitState.CONCLUDED)
    return rows.filter(state__in=states).select_related("producer").distinct()


def visits_to_propose(user: Any) -> QuerySet[Visit]:
    """Visits out of which the person may propose that a star be looked into."""
    held = visits_held(user)
    rows = Visit.objects.filter(held["quality.agency"] | held["quality.lead"])
    states = (VisitState.SIGNED, VisitState.CONCLUDED, VisitState.CLOSED)
    return rows.filter(state__in=states).select_related("producer").distinct()


def all_receivers(day: date) -> dict[str, list[Receiver]]:
    """Where each kind of paper is handed in on that day."""
    return {kind: receivers_of(kind, day) for kind in ReceptionKind.values}


def sheet_url(visit: Visit) -> str:
    """The address of the checklist of a visit."""
    return reverse("quality:sheet", args=[visit.pk])


def findings_url(visit: Visit) -> str:
    """The address where remedies are made out of what was found."""
    return reverse("quality:findings", args=[visit.pk])
