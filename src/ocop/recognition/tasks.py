"""Jobs of recognition."""

from datetime import timedelta

from django.urls import reverse

from ocop.accounts.models import User
from ocop.kit import clock, formats
from ocop.kit.errors import Refused
from ocop.kit.jobs import progress, retrying_task
from ocop.recognition.actions.copies import check_copy
from ocop.recognition.enums import CopyStanding
from ocop.recognition.models import PaperCopy
from ocop.recognition.past import writing


@retrying_task(tries=3, limit=3600)
def write_past(batch_key: str, user_id: int, job_key: str) -> None:
    """Write a confirmed list of old certificates and say how far it is; a refusal is said to the person."""
    by = User.objects.get(pk=user_id)
    try:
        batch = writing.write(
            batch_key, by=by, step=lambda percent, text: progress.step(job_key, percent, text)
        )
    except Refused as refused:
        progress.fail(job_key, refused.reason)
        raise
    done = f"Đã ghi {formats.number(batch.counts['created'])} giấy chứng nhận."
    progress.finish(job_key, done, result_url=reverse("recognition:past_batch", args=[batch_key]))


@retrying_task(tries=3, limit=3600)
def check_copies(ids: list[int]) -> None:
    """Check the signatures of papers that came in; each in a process of its own, so one bad file holds up none."""
    for copy in PaperCopy.objects.kept().filter(pk__in=ids).select_related("file").order_by("pk"):
        check_copy(copy)


@retrying_task(tries=3, limit=3600)
def check_signed_again() -> None:
    """Roots were loaded or withdrawn: every signed paper is checked anew, as of the moment at which it came in."""
    settled = (CopyStanding.SCAN, CopyStanding.WAITING)
    for copy in PaperCopy.objects.kept().exclude(standing__in=settled).select_related("file").order_by("pk"):
        check_copy(copy)


def check_forgotten() -> None:
    """Papers whose check never came through, an hour after they came in, are asked for again."""
    hour_ago = clock.now() - timedelta(hours=1)
    rows = PaperCopy.objects.kept().filter(standing=CopyStanding.WAITING, at__lt=hour_ago)
    if ids := list(rows.order_by("pk").values_list("pk", flat=True)[:500]):
        check_copies.enqueue(ids)
