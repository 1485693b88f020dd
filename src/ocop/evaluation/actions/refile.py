"""A dossier of replaced rules, taken back and drawn up anew from its data (Art. 12 of Decision 26/2026/QĐ-TTg)."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.dossier import open_dossier
from ocop.evaluation.actions.extension import end_with_result
from ocop.evaluation.actions.producer import copy_evidence
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.renewal import answers_kept, set_to_renew_by
from ocop.evaluation.rules.transition import ARTICLE
from ocop.evaluation.rules.workflow import REFILED
from ocop.kit import clock
from ocop.kit.errors import Refused


def carry_over(old: Dossier, new: Dossier, *, by: User, at: datetime) -> None:
    """Bring evidence, and the answers that the new book states in the same words, from one dossier into another."""
    kept = answers_kept(old, new)
    new.answers = kept
    new.answer_notes = {code: note for code, note in old.answer_notes.items() if code in kept}
    new.case = old.case if new.criteria_set_id == old.criteria_set_id else None
    new.save()
    copy_evidence(old, new, by=by, at=at, criteria=set(kept))


def refile(dossier: Dossier, *, by: User, at: datetime | None = None) -> Dossier:
    """Close the old dossier and open one of the same kind under the procedure in force, with forms and evidence.

    A second press answers the dossier that the first one opened. Raises Refused while the old rules still let it be
    finished, and where the book in force has no set for it ("refile.set").
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        if row.state == DossierState.WITHDRAWN:
            again = Dossier.objects.filter(product=row.product_id).exclude(pk=row.pk).open().first()
            last = row.moves.order_by("-pk").first()
            if again is not None and last is not None and last.name == REFILED:
                return again
        criteria_set = set_to_renew_by(row.product, row, clock.local_day(at))
        if criteria_set is None:
            raise Refused(
                "refile.set", "Bộ tiêu chí mới không có bộ tương ứng; hãy rút hồ sơ rồi chọn bộ.", ARTICLE
            )
        advance(dossier, REFILED, by=by, at=at, reason="Lập lại theo quy định mới.")
        end_with_result(dossier, by=by, reason="Hồ sơ đánh giá lại lập lại theo quy định mới.", at=at)
        new = open_dossier(
            row.product, criteria_set=criteria_set, by=by, kind=row.kind, at=at, is_demo=row.is_demo
        )
        new.form01, new.form02 = row.form01, row.form02
        carry_over(row, new, by=by, at=at)
    return new
