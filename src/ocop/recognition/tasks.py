"""Jobs of recognition."""

from django.urls import reverse

from ocop.accounts.models import User
from ocop.kit import formats
from ocop.kit.errors import Refused
from ocop.kit.jobs import progress, retrying_task
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
