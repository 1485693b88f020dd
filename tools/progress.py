"""Long steps, one line each: what runs, for how long, and on failure the end of its output."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
NETWORK_SIGNS = (
    "could not resolve",
    "name resolution",
    "getaddrinfo",
    "enotfound",
    "eai_again",
    "network is unreachable",
    "connection refused",
    "connection timed out",
    "etimedout",
    "error sending request",
    "failed to fetch",
    "could not fetch",
    "no route to host",
)


class StepFailed(SystemExit):
    """A step that did not work; the message has been printed."""


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def fail(text: str) -> None:
    """Stop with one clear message and exit code 1."""
    say("\nStopped: " + text)
    raise StepFailed(1)


def run_step(
    title: str, command: list, *, env: dict | None = None, cwd: Path = ROOT, echo: bool = False
) -> float:
    """Run a command as one step; answers its seconds, ends the program with the log's last lines if it fails.

    `echo` sends the command's output to the terminal as it comes, else it goes to `.tools/logs`.
    """
    logs = TOOLS / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / (title.split(" (")[0].replace(" ", "-").replace("/", "-") + ".log")
    begun = time.monotonic()
    command = [str(part) for part in command]
    if echo:
        say(f"── {title}")
        code = subprocess.run(command, cwd=cwd, env=env).returncode
    else:
        say(f"   {title} ...")
        with open(log, "wb") as out:
            process = subprocess.Popen(
                command, cwd=cwd, env=env, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
            _wait(process, title, begun)
        code = process.returncode
    seconds = time.monotonic() - begun
    mark = "ok" if code == 0 else "FAILED"
    say(f"   {title}: {mark}, {seconds:.1f} s")
    if code:
        if not echo:
            _explain(log)
        raise StepFailed(code if 0 < code < 126 else 1)
    return seconds


def _wait(process: subprocess.Popen, title: str, begun: float) -> None:
    """Wait for the process and show every now and then that it still runs."""
    said = begun
    while process.poll() is None:
        time.sleep(0.1)
        now = time.monotonic()
        if now - said >= 15:
            said = now
            say(f"   {title} ... {now - begun:.0f} s so far")


def _explain(log: Path) -> None:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines[-25:]:
        say("   | " + line)
    try:
        shown = log.relative_to(ROOT)
    except ValueError:
        shown = log
    say(f"   the whole output: {shown}")
    if any(sign in "\n".join(lines).lower() for sign in NETWORK_SIGNS):
        say(
            "   This looks like the network: packages come from the package indexes of Python and Node on first use."
        )
