"""`make locks`: resolves the dependencies anew; hashes and versions only, no address in any lock file."""

from __future__ import annotations

import subprocess

from tools.progress import ROOT
from tools.setup import BOOT

UV = BOOT / "bin" / "uv"
COMPILE = [
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header",
    "--quiet", "--upgrade",
]  # fmt: skip


def resolve(source: str, target: str, *more: str) -> None:
    """Write one lock file; fails when it holds an address."""
    subprocess.run([str(UV), *COMPILE, source, *more, "-o", target], cwd=ROOT, check=True)
    if "://" in (ROOT / target).read_text(encoding="utf-8"):
        raise SystemExit(f"{target} holds an address")
    print(f"{target} written")


def main() -> None:
    """Both Python locks; the front end's is written by `npm run lock` in ui/."""
    resolve("pyproject.toml", "requirements.lock")
    resolve("pyproject.toml", "requirements-dev.lock", "--group", "dev")


if __name__ == "__main__":
    main()
