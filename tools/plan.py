"""`make plan`: runs the journeys and prints the clauses of the plan that no passing one names, one a line."""

from __future__ import annotations

import json
import subprocess
import sys

import yaml

from tools.check import environment
from tools.progress import ROOT

REQUIREMENTS = ROOT / "plan" / "requirements.yaml"
RECORD = ROOT / ".tools" / "journeys.json"


def clauses() -> dict[str, str]:
    """Every clause or part of a clause (`id` or `id:part`), in the plan's order, with what it asks for."""
    found = {}
    for row in yaml.safe_load(REQUIREMENTS.read_text(encoding="utf-8")):
        for key in [f"{row['id']}:{part}" for part in row.get("parts", [])] or [row["id"]]:
            found[key] = row["need"]
    return found


def main() -> None:
    """Run the journeys (their output goes to standard error), then print what is open."""
    RECORD.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "tests/journeys", "-n", "2", "-m", "not browser"]
    subprocess.run(command, cwd=ROOT, env=environment(), stdout=sys.stderr, check=False)
    proved = set(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.exists() else set()
    for key, need in clauses().items():
        if key not in proved:
            print(f"{key}  {need}")


if __name__ == "__main__":
    main()
