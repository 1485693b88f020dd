"""`make bench`: runs what the apps' bench.py declare, prints one table, writes docs/performance.md.

ARGS names single measures by key: `make bench ARGS=validity`; then only their rows are written anew.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
import traceback
from typing import TYPE_CHECKING

from tools.check import environment
from tools.progress import ROOT, StepFailed, say

if TYPE_CHECKING:
    from ocop.kit.bench import Bench

PAGE = ROOT / "docs" / "performance.md"
COLUMNS = 5


def declared() -> list[Bench]:
    """Every bench of every app, in the order of the installed apps."""
    from django.apps import apps

    found = []
    for config in apps.get_app_configs():
        if (
            config.name.startswith("ocop.")
            and (ROOT / "src" / config.name.replace(".", "/") / "bench.py").exists()
        ):
            found += getattr(importlib.import_module(f"{config.name}.bench"), "BENCHES", [])
    return found


def measure(bench: Bench) -> tuple[float | None, float]:
    """The value (None when it failed) and how long measuring took; the database is as before afterwards."""
    from django.db import transaction

    begun, value = time.monotonic(), None
    try:
        with transaction.atomic():
            value = bench.run()
            transaction.set_rollback(True)
    except Exception:
        traceback.print_exc()
    return value, time.monotonic() - begun


def row(bench: Bench, value: float | None) -> str:
    """The row of the table."""
    sign = "at least" if bench.at_least else "at most"
    shown = "failed" if value is None else f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"
    kept = value is not None and bench.holds(value)
    verdict = "yes" if kept else "below, for scale" if bench.for_scale and value is not None else "NO"
    day = time.strftime("%d/%m/%Y")
    return f"| {bench.what} | {sign} {bench.bar:,g} {bench.unit} | {shown} | {verdict} | {day} |"


def written() -> dict[str, str]:
    """The rows of the page as it stands, by what they measure."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return {
        line.split(" | ")[0].removeprefix("| "): line for line in lines if line.count(" | ") == COLUMNS - 1
    }


def write(rows: list[str], benches: list[Bench]) -> None:
    """docs/performance.md with these rows, and those of earlier runs for what was not measured now."""
    fresh = {line.split(" | ")[0].removeprefix("| "): line for line in rows}
    known = {**written(), **fresh}
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite"
    text = [
        "# Performance",
        "",
        "<!-- Written by `make bench`. Do not edit. -->",
        "",
        f"What `make bench` measured ({where}), each row on its day. An *empty view* answers '' through the full",
        "middleware, signed in where the page is. Ratios are taken within one run; rows for scale depend on the",
        "machine.",
        "",
        "| what | bar | measured | kept | on |",
        "| --- | --- | --- | --- | --- |",
        *(known[bench.what] for bench in benches if bench.what in known),
    ]
    PAGE.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    """Set up a database of the tests' kind, load the reference data, run all benches."""
    for key, value in environment().items():
        os.environ[key] = value
    for key in list(os.environ):
        if key.startswith("OCOP_") or key == "DATABASE_URL":
            del os.environ[key]
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from ocop.kit import registry

    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    chosen, benches, rows, broken = sys.argv[1:], declared(), [], []
    try:
        for step in registry.reference_steps:
            step.run(lambda text: None)
        for bench in benches:
            if chosen and bench.key not in chosen:
                continue
            value, seconds = measure(bench)
            rows.append(row(bench, value))
            say(f"{rows[-1]}  ({seconds:.1f} s)")
            if value is None or not (bench.holds(value) or bench.for_scale):
                broken.append(bench.key)
    finally:
        teardown_databases(old, verbosity=0)
    if not rows:
        say("No bench is declared" + (f" under {chosen}." if chosen else " yet."))
        raise StepFailed(1)
    write(rows, benches)
    say(f"written: {PAGE.relative_to(ROOT)}")
    if broken:
        say("Bars not kept: " + ", ".join(broken))
        raise StepFailed(1)


if __name__ == "__main__":
    main()
