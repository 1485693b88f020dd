"""Loads the steps of reference and demo data, each when it is not in this database yet or its source changed."""

import hashlib
import inspect
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.kit import registry
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import DataLoad
from ocop.kit.jobs.preview import tell, watch

Log = Callable[[str], None]
BACKGROUND_ORDER = 1000  # demo steps from this order on run in the worker, after serving began


def _digest(step: Any, folders: Iterable[Path]) -> str:
    """The bytes a step depends on: its data folder and the source file of its function."""
    total = hashlib.sha256()
    source = inspect.getsourcefile(inspect.unwrap(step.run))
    files = [Path(source)] if source else []
    for folder in folders:
        files += sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _load(kind: str, step: Any, digest: str, log: Log) -> None:
    begun = time.monotonic()
    step.run(log)
    seconds = time.monotonic() - begun
    DataLoad.objects.update_or_create(
        key=f"{kind}.{step.key}",
        defaults={"digest": digest, "loaded_at": machine.now(), "seconds": seconds},
    )
    log(f"{kind} {step.key}: {seconds:.1f} s")


def load_reference(log: Log, *, force: bool = False) -> int:
    """Run the reference steps whose data file or loader changed since this database last took them.

    Answers how many ran. Steps are idempotent, so `force` is always safe.
    """
    known = dict(DataLoad.objects.values_list("key", "digest"))
    data = [settings.OCOP_REFERENCE_DIR] if settings.OCOP_REFERENCE_DIR.exists() else []
    ran = 0
    for step in registry.reference_steps:
        digest = _digest(step, data)
        if force or known.get(f"reference.{step.key}") != digest:
            _load("reference", step, digest, log)
            ran += 1
    return ran


def preview_reference(log: Log, *, force: bool = False) -> int:
    """Run the steps that `load_reference` would run, tell what each changes, and leave everything as it was.

    Answers how many steps would run. Later steps see what earlier ones wrote, as in the real load.
    """
    known = dict(DataLoad.objects.values_list("key", "digest"))
    ran = 0
    with transaction.atomic():
        for step in registry.reference_steps:
            if force or known.get(f"reference.{step.key}") != _digest(step, [settings.OCOP_REFERENCE_DIR]):
                log(f"[{step.key}]")
                tell(watch(partial(step.run, lambda text: None), step.kinds), log, dry_run=True)
                ran += 1
        transaction.set_rollback(True)
    return ran


def load_demo(log: Log, *, background: bool = False) -> int:
    """Run the demo steps that this database has not got yet: those before serving, or those of the worker.

    A step that was loaded is never run again here, so that a second start loses nothing that people did.
    """
    known = set(DataLoad.objects.values_list("key", flat=True))
    ran = 0
    for step in registry.demo_steps:
        if (step.order >= BACKGROUND_ORDER) == background and f"demo.{step.key}" not in known:
            _load("demo", step, "", log)
            ran += 1
    return ran


def demo_waits_for_worker() -> bool:
    """True when demo steps of the worker are still to be loaded."""
    known = set(DataLoad.objects.values_list("key", flat=True))
    return any(
        step.order >= BACKGROUND_ORDER and f"demo.{step.key}" not in known for step in registry.demo_steps
    )
