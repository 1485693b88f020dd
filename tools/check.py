"""The checks, one by one or all: `python -m tools.check lint|types|arrows|test|... [pytest options]`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time

from tools.debian import install
from tools.postgres import running
from tools.progress import ROOT, StepFailed, run_step, say

PYTHON = sys.executable
PATHS = ["src", "tests", "tools"]
LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-boot.lock",
    "requirements-node.lock",
    "ui/package-lock.json",
]
# A file's tests stay on one worker: worlds and reference data that a module shares are then made once, not twice.
# Files begin in the order of the collection: the slowest tests stand in files of one test, which would come last.
SHARED_OUT = ["-n", "2", "--maxprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
HERE = "not browser and not servers"  # what needs nothing but Python and a database
PRODUCTION = {
    "DEBUG": "0",
    "OCOP_DEMO": "0",
    "OCOP_HTTPS": "1",
    "ALLOWED_HOSTS": "ocop.example.vn",
    "SECRET_KEY": "a-key-for-the-check-only-" + "x7Qw9" * 12,
    "OCOP_SITE_URL": "https://ocop.example.vn",
}


def environment(**more: str) -> dict:
    """The environment of a check: ours, free of what `make run` would set."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("OCOP_")}
    for key in ("DATABASE_URL", "REDIS_URL", "DEBUG", "PORT", "ALLOWED_HOSTS"):
        env.pop(key, None)
    return {
        **env,
        "DJANGO_SETTINGS_MODULE": "ocop.config.settings_test",
        "PYTHONPATH": str(ROOT / "src"),
        **more,
    }


def lint() -> None:
    """Rules and format of Python, templates."""
    run_step("ruff rules", [PYTHON, "-m", "ruff", "check", *PATHS], echo=True)
    run_step("ruff format", [PYTHON, "-m", "ruff", "format", "--check", *PATHS], echo=True)
    run_step("djlint", [PYTHON, "-m", "djlint", "src", "--lint", "--quiet"], echo=True)


def types() -> None:
    """mypy over the whole source."""
    run_step("mypy", [PYTHON, "-m", "mypy"], env=environment(), echo=True)


def arrows() -> None:
    """Import contracts, then what imports cannot show."""
    lint_imports = os.path.join(os.path.dirname(PYTHON), "lint-imports")
    run_step("import contracts", [lint_imports], env=environment(), echo=True)


def architecture() -> None:
    """The tests of the structure, without what asks everything as everybody."""
    command = [PYTHON, "-m", "pytest", "tests/architecture", "-m", "not thorough"]
    run_step("architecture tests", command, env=environment(), echo=True)


def locks() -> None:
    """Lock files carry hashes and no addresses."""
    for name in LOCKS:
        path = ROOT / name
        if not path.exists():
            say(f"   {name} is missing")
            raise StepFailed(1)
        text = path.read_text(encoding="utf-8")
        wrong = re.search(
            r'"resolved"\s*:\s*"|--(extra-)?index-url|--find-links| @ |https?://\S+\.(whl|tgz|tar)', text
        )
        if wrong or (name.endswith(".lock") and ("http://" in text or "https://" in text)):
            say(f"   {name} records an address")
            raise StepFailed(1)
        unhashed = name.endswith(".lock") and re.search(r"(?m)^[a-z0-9][^\n]*[^\\\n]$", text)
        if unhashed:
            say(f"   {name}: without hash: {unhashed.group(0)}")
            raise StepFailed(1)
    say("   lock files: ok")


def migrations() -> None:
    """Models and migrations agree."""
    run_step(
        "migrations",
        [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        env=environment(),
        echo=True,
    )


def deploy() -> None:
    """Django's deployment check, warnings included, with an environment as on a server."""
    env = environment(**PRODUCTION)
    env["DJANGO_SETTINGS_MODULE"] = "ocop.config.settings"
    env["OCOP_DATA_DIR"] = str(ROOT / ".tools" / "deploy-check")
    command = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run_step("deployment check", command, env=env, echo=True)


def docs() -> None:
    """The generated reference is the one of this code."""
    command = [PYTHON, "manage.py", "build_reference", "--check"]
    run_step("documents", command, env=environment(), echo=True)


def reference() -> None:
    """Write the generated reference anew."""
    run_step("reference", [PYTHON, "manage.py", "build_reference"], env=environment(), echo=True)


def test(*options: str) -> None:
    """Everything but the browser and what takes a minute and more, on SQLite."""
    command = [PYTHON, "-m", "pytest", *SHARED_OUT, "-m", f"{HERE} and not slow and not thorough", *options]
    run_step("tests on SQLite", command, env=environment(), echo=True)


def sqlite(*options: str) -> None:
    """The tests of `make test`, the thorough ones, and the slow ones whose answer depends on the engine."""
    command = [PYTHON, "-m", "pytest", *SHARED_OUT, "-m", f"{HERE} and (not slow or engine)", *options]
    run_step("tests on SQLite", command, env=environment(), echo=True)


def postgres(*options: str) -> None:
    """Everything but the browser and the thorough tests, on a real PostgreSQL."""
    with running() as url:
        command = [
            PYTHON,
            "-m",
            "pytest",
            *SHARED_OUT,
            "-m",
            f"{HERE} and not thorough",
            "--ignore=tests/architecture",
            *options,
        ]
        run_step("tests on PostgreSQL", command, env=environment(DATABASE_URL=url), echo=True)


def browser(*options: str) -> None:
    """The browser tests in a real Chromium."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        install("chromium", "for the browser tests")
    if not any((ROOT / "tests" / "browser").glob("test_*.py")):
        say("   browser tests: there are none yet")
        raise StepFailed(1)
    command = [PYTHON, "-m", "pytest", "-n", "2", "-m", "browser", "tests/browser", *options]
    run_step("browser tests", command, env=environment(), echo=True)


def servers(*options: str) -> None:
    """Web processes restarted behind nginx, and a PostgreSQL restarted, under load."""
    if not shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        install("nginx", "to restart web processes behind it")
    command = [PYTHON, "-m", "pytest", "-n", "0", "-m", "servers", "tests/service", *options]
    run_step("tests with servers", command, env=environment(), echo=True)


def ci() -> None:
    """All checks, cheap ones first; every one runs, and the failed ones are named at the end."""
    failed, table = [], []
    begun = time.monotonic()
    for check in (locks, lint, types, arrows, migrations, deploy, docs, browser, postgres, sqlite):
        start = time.monotonic()
        try:
            check()
        except StepFailed:
            failed.append(check.__name__)
        table.append((check.__name__, time.monotonic() - start))
    say("")
    for name, seconds in table:
        say(f"   {name:12} {seconds:7.1f} s  {'FAILED' if name in failed else 'ok'}")
    say(f"   all          {time.monotonic() - begun:7.1f} s  on {os.cpu_count()} cores")
    if failed:
        say("Failed: " + ", ".join(failed))
        raise StepFailed(1)
    say("All checks passed.")


def main() -> None:
    """Run the named check; further arguments go to pytest."""
    checks = {
        check.__name__: check
        for check in (
            lint,
            types,
            arrows,
            locks,
            migrations,
            deploy,
            docs,
            reference,
            test,
            postgres,
            browser,
            servers,
            sqlite,
            ci,
        )
    }
    name, options = (sys.argv[1:2] or ["ci"])[0], sys.argv[2:]
    if name not in checks:
        say("usage: python -m tools.check " + "|".join(checks))
        raise StepFailed(2)
    try:
        checks[name](*options)
        if name == "arrows":
            architecture()
    except subprocess.CalledProcessError as error:
        say(f"Stopped: {error}")
        raise StepFailed(1) from error


if __name__ == "__main__":
    main()
