"""What the producer's pages do beyond the single answers: a step of a form at once, the pledge, a new start."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.actions.road import locked
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, Evidence
from ocop.evaluation.permissions import may_edit_dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.rules.forms import COMMITMENT, Step, mark_of_values, step_values
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale, require
from ocop.products.models import Product

STALE = "Người khác vừa sửa phần này trong lúc bạn đang nhập. Cả hai bản đều còn ở dưới, hãy chọn bản đúng."


def save_step(
    dossier: Dossier, step: Step, *, answers: Mapping[str, Any], by: User, seen: str | None = None
) -> Dossier:
    """Keep the answers of one screen of form 01 or 02 (Art. 7.1); other screens are not touched.

    `seen` is the mark of the answers that the page was opened with. Raises Stale when somebody saved something else in
    the meantime, Forbidden when the dossier is not, or no longer, this person's to change.
    """
    wanted = {question.key: answers.get(question.key) for question in step.questions}
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        kept = getattr(row, step.form)
        held = mark_of_values(step_values(step, kept))
        if seen and held not in (seen, mark_of_values(wanted)):
            raise Stale("dossier.stale", STALE)
        if wanted != {key: kept.get(key) for key in wanted} or any(key not in kept for key in wanted):
            setattr(row, step.form, {**kept, **wanted})
            row.version += 1
            row.save()
    return row


def pledge(dossier: Dossier, *, given: bool, by: User) -> Dossier:
    """Note that the producer vouches for the dossier (form 01, Appendix III), or take it back."""
    with transaction.atomic():
        row = locked(dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        value = "yes" if given else ""
        if row.form01.get(COMMITMENT.key, "") != value:
            row.form01 = {**row.form01, COMMITMENT.key: value}
            row.version += 1
            row.save()
    return row


def reopen_withdrawn(dossier: Dossier, *, by: User, at: datetime | None = None) -> Dossier:
    """A new dossier of the same product with what the withdrawn one held: forms, answers, evidence; the pledge is new.

    Answers are carried over only where the set is the same. Pressing twice answers the dossier opened first. Raises
    Refused when the old one was not withdrawn or the product has another dossier under way with content of its own.
    """
    if dossier.state != DossierState.WITHDRAWN:
        raise Refused("dossier.not_withdrawn", "Chỉ soạn lại được từ hồ sơ đã rút.", dossier.law.submit)
    at = at or clock.now()
    with transaction.atomic():
        Product.objects.select_for_update().get(
            pk=dossier.product_id
        )  # a second press waits, and finds the first's
        running = Dossier.objects.filter(product_id=dossier.product_id).open().first()
        if running is not None:
            return running
        new = open_dossier(
            dossier.product,
            criteria_set=dossier.criteria_set,
            by=by,
            kind=dossier.kind,
            at=at,
            is_demo=dossier.is_demo,
        )
        new.form01 = {key: value for key, value in dossier.form01.items() if key != COMMITMENT.key}
        new.form02 = dict(dossier.form02)
        new.answers, new.answer_notes, new.case = (
            dict(dossier.answers),
            dict(dossier.answer_notes),
            dossier.case,
        )
        new.save()
        copy_evidence(dossier, new, by=by, at=at)
    return new


def copy_evidence(
    old: Dossier, new: Dossier, *, by: User, at: datetime, criteria: Collection[str] | None = None
) -> None:
    """Attach to `new` what was attached to `old`: papers by reference, so that a new version of one is found at once.

    With `criteria` only the pieces of those criteria keep their place; the others become general papers, once each.
    Papers that the producer withdrew stay behind.
    """
    made: dict[tuple[str, int | None, int | None], Evidence] = {}
    for piece in old.evidence.exclude(paper__withdrawn_at__isnull=False).order_by(
        "criterion", "position", "pk"
    ):
        criterion = piece.criterion if criteria is None or piece.criterion in criteria else ""
        made.setdefault(
            (criterion, piece.paper_id, piece.file_id),
            Evidence(
                dossier=new,
                criterion=criterion,
                paper_id=piece.paper_id,
                file_id=piece.file_id,
                caption=piece.caption,
                position=piece.position,
                added_by=by,
                added_at=at,
            ),
        )
    Evidence.objects.bulk_create(made.values())
