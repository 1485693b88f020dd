"""Background work of evaluation."""

from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.actions.notices import tell_of_move
from ocop.evaluation.actions.whole import make_whole_dossier
from ocop.evaluation.models import Dossier, DossierMove
from ocop.kit.errors import Refused
from ocop.kit.jobs import progress, retrying_task
from ocop.kit.registry import announce


@retrying_task(tries=3, backoff=20, limit=1500, queue_name="reports")
def build_whole_dossier(dossier_id: int, user_id: int, key: str) -> None:
    """Make the whole dossier for a person who may see it; safe to run again after a crash (a new paper is made)."""
    user = User.objects.get(pk=user_id)
    dossier = Dossier.objects.visible_to(user).filter(pk=dossier_id).first()
    if dossier is None:
        progress.fail(key, "Bạn không còn được xem hồ sơ này.")
        return

    def step(done: int, total: int) -> None:
        progress.step(key, 100 * done / max(total, 1), f"Đã ghép {done}/{total} tệp")

    try:
        paper = make_whole_dossier(dossier, by=user, progress=step)
    except Refused as refused:
        progress.fail(key, refused.reason)
        return
    announce("dossier.exported", by=user, subject=dossier)
    url = reverse("files:download", args=[paper.file.key])
    progress.finish(key, f"Xong: {paper.file.pages} trang.", result_key=str(paper.file.key), result_url=url)


@retrying_task(tries=5, backoff=30, limit=300)
def tell_of_move_now(move_id: int) -> None:
    """Tell of one move as soon as it is committed; the job of every minute makes up for what was lost."""
    move = DossierMove.objects.filter(pk=move_id).first()
    if move is not None:
        tell_of_move(move)


def on_announcement(verb: str, *, by: Any, subject: Any = None, request: Any = None, **facts: Any) -> None:
    """Listener of announcements: tell of a dossier's move by a task of the same transaction, run only if it is kept."""
    move = facts.get("move")
    if verb == "flow.moved" and isinstance(move, DossierMove):
        tell_of_move_now.enqueue(move.pk)
