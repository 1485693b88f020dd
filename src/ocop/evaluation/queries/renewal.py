"""Reads of a re-evaluation: what it starts from, what the new book changed, what has expired, who may press."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierKind, DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import COMMUNE_READERS
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.renewal import ExtensionFacts, Window, longest_extension, window_on
from ocop.kit import clock
from ocop.producers.models import ProducerAccess
from ocop.products.enums import PaperState
from ocop.products.models import Product
from ocop.recognition.models import Certificate
from ocop.recognition.presses import Press
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.queries import procedure_in_force, setting
from ocop.rulebook.rules.sheet import Criterion


def last_dossier(product: Product) -> Dossier | None:
    """The newest dossier of the product that led to a star and is stored here."""
    rows = Dossier.objects.filter(product=product, state=DossierState.RECOGNISED)
    return rows.select_related("criteria_set__book").order_by("-created_at", "-pk").first()


def set_to_renew_by(product: Product, old: Dossier | None, day: date) -> CriteriaSet | None:
    """The set of the book in force on `day`: the product's own, else the one with the number of the last dossier's.

    None when no procedure is in force or nothing says which set it is.
    """
    procedure = procedure_in_force(day)
    if procedure is None:
        return None
    known = [product.criteria_set, old.criteria_set if old else None]
    for one in known:
        if one is not None and one.book_id == procedure.book_id:
            return one
    for one in known:
        if one is not None:
            found = procedure.book.sets.filter(number=one.number, group=one.group).first()
            if found is not None:
                return found
    return None


def answers_kept(old: Dossier, new: Dossier) -> dict[str, int]:
    """The old answers to criteria that the new book states in the same words with the same levels.

    A criterion whose levels depend on a case counts only within the same set.
    """
    before, now = sheet_for(old).by_code, sheet_for(new).by_code
    same = old.criteria_set_id == new.criteria_set_id
    kept = {}
    for code, place in old.answers.items():
        was, stays = before.get(code), now.get(code)
        if was is not None and stays is not None and (same or not stays.has_cases) and _alike(was, stays):
            kept[code] = place
    return kept


def _alike(one: Criterion, other: Criterion) -> bool:
    """True when name, case, words and points of every level are the same."""
    return (one.name, one.has_cases, one.levels) == (other.name, other.has_cases, other.levels)


def renewal_window(certificate: Certificate, today: date) -> Window:
    """The days in which the re-evaluation of this star is to be handed in, seen from `today` (Art. 7.6)."""
    return window_on(
        certificate.valid_to,
        today,
        opens_before=int(setting("renewal_opens_days", settings.OCOP_PROVINCE, today)),
        closes_before=int(setting("renewal_closes_days", settings.OCOP_PROVINCE, today)),
    )


EXTENDERS = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)


def extension_facts(certificate: Certificate, day: date, *, basis: str) -> ExtensionFacts:
    """What decides whether this star may be extended on that day (Art. 12.3)."""
    filed = Dossier.objects.filter(renews=certificate, kind=DossierKind.RENEWAL, submitted_at__isnull=False)
    dossier = filed.open().order_by("-submitted_at").first()
    window = renewal_window(certificate, day)
    longest = int(setting("extension_longest_days", settings.OCOP_PROVINCE, day))
    return ExtensionFacts(
        last_day=certificate.valid_to,
        is_gone=bool(certificate.revoked_on or certificate.replaced_on),
        extended_to=certificate.extended_to,
        filed_on=clock.local_day(dossier.submitted_at) if dossier and dossier.submitted_at else None,
        closes=window.closes if certificate.valid_to else None,
        longest=longest_extension(certificate.valid_to, longest) if certificate.valid_to else None,
        needs_dossier=bool(setting("extension_needs_dossier", settings.OCOP_PROVINCE, day)),
        basis=basis,
    )


@dataclass(frozen=True)
class Review:
    """What somebody who re-evaluates must know before typing: the star, its window, what to renew and to mark anew."""

    certificate: Certificate
    window: Window | None
    source: Dossier | None
    is_other_book: bool
    to_mark: int
    expired: list[str] = field(default_factory=list)


def review_of(dossier: Dossier) -> Review | None:
    """For a re-evaluation or an upgrade; None for a first application."""
    if dossier.renews is None:
        return None
    today = clock.today()
    earlier = Dossier.objects.filter(product=dossier.product_id, state=DossierState.RECOGNISED)
    source = (
        earlier.exclude(pk=dossier.pk).select_related("criteria_set__book").order_by("-created_at").first()
    )
    pieces = dossier.evidence.filter(paper__isnull=False).select_related("paper")
    papers = {piece.paper_id: piece.paper for piece in pieces.prefetch_related("paper__versions")}
    expired = [
        str(paper) for paper in papers.values() if paper and paper.state_on(today) == PaperState.EXPIRED
    ]
    return Review(
        certificate=dossier.renews,
        window=renewal_window(dossier.renews, today) if dossier.kind == DossierKind.RENEWAL else None,
        source=source,
        is_other_book=source is not None and source.criteria_set.book_id != dossier.criteria_set.book_id,
        to_mark=sum(code not in dossier.answers for code in sheet_for(dossier).by_code),
        expired=sorted(expired),
    )


def renewal_presses(user: Any, rows: Sequence[Certificate]) -> dict[int, Press]:
    """For each star that the person may renew: the press that starts, or the way to the dossier under way.

    Three queries whatever the number of rows.
    """
    scope, today = scope_of(user), clock.today()
    access = ProducerAccess.objects.valid_on(today).filter(user=user.pk)
    mine = set(access.values_list("producer_id", flat=True))
    units = set(
        scope.unit_ids(*COMMUNE_READERS)
        .filter(covered_id__in={row.unit_id for row in rows})
        .values_list("covered_id", flat=True)
    )
    under_way = {
        dossier.product_id: dossier
        for dossier in Dossier.objects.filter(product__in=[row.product_id for row in rows]).open()
    }
    found = {}
    for row in rows:
        if row.revoked_on or row.replaced_on or not row.product.is_active:
            continue
        if row.product.producer_id not in mine and row.unit_id not in units:
            continue
        running = under_way.get(row.product_id)
        if running is not None:
            there = reverse("evaluation:dossier-open", args=[row.product.public_code])
            found[row.pk] = Press(f"Hồ sơ {running.get_kind_display().lower()} đang làm", there)
        else:
            there = reverse("evaluation:renew", args=[row.code])
            found[row.pk] = Press("Đánh giá lại", there, is_post=True)
    return found


def extension_presses(user: Any, rows: Sequence[Certificate]) -> dict[int, Press]:
    """For the advisory body and the standing agency: the way to extend the stars that may be; few queries.

    Only stars past their window with a re-evaluation under way are offered.
    """
    scope, today = scope_of(user), clock.today()
    if not scope.has_any(*EXTENDERS):
        return {}
    rows = [
        row for row in rows if row.valid_to and not (row.extended_to or row.revoked_on or row.replaced_on)
    ]
    covered = scope.unit_ids(*EXTENDERS).filter(covered_id__in={row.unit_id for row in rows})
    units = set(covered.values_list("covered_id", flat=True))
    filed = Dossier.objects.filter(renews__in=[row.pk for row in rows], kind=DossierKind.RENEWAL).open()
    late = {}
    for dossier in filed.filter(submitted_at__isnull=False):
        late[dossier.renews_id] = clock.local_day(dossier.submitted_at)  # type: ignore[arg-type]
    longest = int(setting("extension_longest_days", settings.OCOP_PROVINCE, today))
    closes_before = int(setting("renewal_closes_days", settings.OCOP_PROVINCE, today))
    return {
        row.pk: Press("Kéo dài hiệu lực", reverse("evaluation:extend", args=[row.code]))
        for row in rows
        if row.unit_id in units
        and row.pk in late
        and row.valid_to is not None
        and late[row.pk] > row.valid_to - timedelta(days=closes_before)
        and today <= longest_extension(row.valid_to, longest)
    }
