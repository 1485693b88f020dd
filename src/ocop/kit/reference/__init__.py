"""The generated reference (docs/reference): flows, addresses, permissions, settings, whatever apps add."""

from pathlib import Path

from django.conf import settings

from ocop.kit import registry
from ocop.kit.reference import environment, flows, urls

NOTICE = "<!-- Written by `make docs` from the code; `make ci` compares. Do not edit. -->"
PERSONA_TABLE = Path("tests/architecture/url_table.yaml")


def folder() -> Path:
    """Where the reference lives."""
    return settings.BASE_DIR / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    built = [
        ("flows", "Flows", flows.write()),
        ("urls", "Addresses", urls.write()),
        ("permissions", "Permissions", urls.write_permissions(settings.BASE_DIR / PERSONA_TABLE)),
        ("settings", "Settings", environment.write(settings.BASE_DIR / "src" / "ocop" / "config")),
        ("jobs", "Jobs", _jobs()),
        *[(page.key, page.title, page.write()) for page in registry.reference_pages],
    ]
    index = "\n".join(f"- [{title}]({key}.md)" for key, title, _ in built)
    built.append(("README", "Reference", index))
    return {f"{key}.md": f"{NOTICE}\n\n# {title}\n\n{text.strip()}\n" for key, title, text in built}


def differences() -> list[str]:
    """What the committed pages lack or have too much of; empty when they agree with the code."""
    wanted = pages()
    found = []
    for name, text in wanted.items():
        path = folder() / name
        if not path.exists():
            found.append(f"docs/reference/{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"docs/reference/{name} differs from the code")
    extra = {path.name for path in folder().glob("*.md")} - set(wanted)
    return found + [f"docs/reference/{name} is written by nobody" for name in sorted(extra)]


def build() -> list[str]:
    """Write all pages; answers the names of those that changed."""
    folder().mkdir(parents=True, exist_ok=True)
    wanted, changed = pages(), []
    for path in folder().glob("*.md"):
        if path.name not in wanted:
            path.unlink()
            changed.append(path.name)
    for name, text in wanted.items():
        path = folder() / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


def _jobs() -> str:
    """The cron jobs and the data steps."""
    lines = ["Cron lines are in Vietnamese time; a moment missed while nothing ran is made up for once.", ""]
    lines += ["| job | when | what |", "| --- | --- | --- |"]
    lines += [f"| `{job.key}` | `{job.line}` | {job.what} |" for job in registry.cron_jobs]
    lines += ["", "## Data that `make run` loads, in order", "", "| step | kind |", "| --- | --- |"]
    lines += [f"| `{step.key}` | reference |" for step in registry.reference_steps]
    lines += [f"| `{step.key}` | demo |" for step in registry.demo_steps]
    return "\n".join(lines)
