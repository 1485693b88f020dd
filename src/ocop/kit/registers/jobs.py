"""The import of a large sheet as a job: started once, seen on its page, with a workbook of what became of each row."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from django.contrib.auth import get_user_model
from django.db import transaction

from ocop.kit import clock, excel, formats, registry
from ocop.kit.errors import Refused, require
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.jobs import progress, retrying_task
from ocop.kit.jobs.models import JobProgress
from ocop.kit.models import ImportBatch
from ocop.kit.registers.known import REGISTERS

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

SILENT = timedelta(minutes=15)
"""A job that has said nothing for so long may be started again; it goes on where it stopped."""
OUTCOMES = {
    "created": "Đã ghi", "known": "Đã có, bỏ qua", "twice": "Trùng trong tệp", "error": "Từ chối",
}  # fmt: skip
RESULT = (
    Column("row", "Dòng", Kind.INTEGER, width=8),
    Column("outcome", "Kết quả", width=20),
    Column("why", "Lý do", width=60),
    Column("shown", "Nội dung", width=60),
)


def running_job(batch: ImportBatch) -> JobProgress | None:
    """The job that writes this batch now; None when there is none, it failed, or it has fallen silent."""
    if batch.confirmed_at or not batch.counts.get("job"):
        return None
    job = JobProgress.objects.filter(key=batch.counts["job"]).first()
    if job is None or job.state == JobProgress.State.FAILED or job.updated_at < clock.now() - SILENT:
        return None
    return job


def start(register: "Register", batch: ImportBatch, *, by: Any) -> JobProgress:
    """Start the job that writes a large preview; pressed twice it answers the one that runs. Raises `Forbidden`."""
    require(register.may_import(by))
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if (job := running_job(row)) is not None:
            return job
        job = progress.start(f"Nhập {row.file_name}"[:200], by=by)
        row.counts = {**row.counts, "job": str(job.key)}
        row.save(update_fields=["counts"])
        write_import.enqueue(register.key, row.key, by.pk, str(job.key))
    return job


@retrying_task(tries=3, limit=3600)
def write_import(register_key: str, batch_key: str, user_id: int, job_key: str) -> None:
    """Write a confirmed sheet and say how far it is; whoever lost the right meanwhile is refused, and told so."""
    by, register = get_user_model().objects.get(pk=user_id), REGISTERS[register_key]
    try:
        require(register.may_import(by))
        batch = excel.write_in_parts(
            register.importer(by), batch_key, by=by,
            step=lambda percent, text: progress.step(job_key, percent, text),
        )  # fmt: skip
    except Refused as refused:
        progress.fail(job_key, refused.reason)
        raise
    registry.announce("register.imported", by=by, register=register.key, rows=batch.counts["created"])
    done = f"Đã ghi {formats.number(batch.counts['created'])} dòng."
    progress.finish(job_key, done, result_url=register.url("batch", batch_key))


def result(batch: ImportBatch, target: BinaryIO) -> int:
    """Write what became of each row as a workbook; answers how many rows."""
    rows = (
        [one["row"], OUTCOMES[one["kind"]], "; ".join(one["texts"]), one["shown"]] for one in batch.problems
    )
    return excel.write(target, RESULT, rows, Heading(f"Kết quả nhập {batch.file_name}"))
