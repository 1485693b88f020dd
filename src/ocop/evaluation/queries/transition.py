"""Where dossiers stand towards rules that were replaced."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from ocop.evaluation.models import CouncilSession, Dossier
from ocop.evaluation.rules.transition import OldRules, under_old_rules
from ocop.evaluation.rules.workflow import ARTICLES, ARTICLES_26, REFILED, Articles
from ocop.kit import clock
from ocop.rulebook.models import Procedure
from ocop.rulebook.queries import procedure_in_force, setting
from ocop.units.models import Unit
from ocop.units.queries import district_of

TRANSITION_RULE = "transition"


def procedure_for(unit: Unit, day: date) -> tuple[Procedure | None, Unit | None]:
    """The procedure that takes a dossier of that commune on that day, and the district that ranks it, if one does.

    Where the procedure in force asks for a district and none stands any more (1 to 5/7/2025), the dated setting
    `interim_decider` lets the province decide by the procedure that followed.
    """
    procedure = procedure_in_force(day)
    if procedure is None or "district" not in procedure.levels:
        return procedure, None
    district = district_of(unit, day)
    if district is not None:
        return procedure, district
    if setting("interim_decider", settings.OCOP_PROVINCE, day) != "province":
        return None, None
    later = Procedure.objects.filter(valid_from__gt=procedure.valid_from, book=procedure.book_id)
    return later.select_related("book").order_by("valid_from").first(), None


def law_on(day: date) -> Articles:
    """The articles of the procedure in force on that day, for what concerns no single dossier."""
    procedure = procedure_in_force(day)
    return ARTICLES.get(procedure.flow_key, ARTICLES_26) if procedure else ARTICLES_26


def law_of(session: CouncilSession) -> Articles:
    """The articles of a session: those of the dossiers on its agenda, else of its day."""
    item = session.items.select_related("dossier").first()
    return item.dossier.law if item else law_on(session.held_on)


def old_rules_of(dossier: Dossier, today: date) -> OldRules | None:
    """How a dossier of a replaced criteria book stands; None where its book is the one in force (Art. 12)."""
    now = procedure_in_force(today)
    if (
        now is None
        or now.book_id == dossier.procedure.book_id
        or now.valid_from < dossier.procedure.valid_from
    ):
        return None
    return under_old_rules(
        replaced_by=now.instrument.number if now.instrument else now.name,
        replaced_on=now.valid_from,
        submitted_on=clock.local_day(dossier.submitted_at) if dossier.submitted_at else None,
        is_renewal=dossier.kind == "renewal",
        today=today,
        first_days=int(setting("transition_days_first", settings.OCOP_PROVINCE, today)),
        renewal_days=int(setting("transition_days_renewal", settings.OCOP_PROVINCE, today)),
    )


def may_refile(dossier: Dossier, old: OldRules | None, roles: frozenset[str]) -> bool:
    """True when the person may take the dossier back and draw it up anew now."""
    transition = dossier.flow.find(REFILED, dossier.state)
    return (
        old is not None and old.not_yet is None and transition is not None and bool(transition.roles & roles)
    )


def dossiers_of_old_books(today: date) -> QuerySet[Dossier]:
    """Open dossiers that were handed in under a book that another has replaced."""
    now = procedure_in_force(today)
    if now is None:
        return Dossier.objects.none()
    old = Procedure.objects.filter(valid_from__lt=now.valid_from).exclude(book=now.book_id)
    return Dossier.objects.open().filter(procedure__in=old, submitted_at__isnull=False)
