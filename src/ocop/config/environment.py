"""Checks of the environment at start: each problem is one clear sentence, and nothing starts with one."""

import secrets
from datetime import date
from pathlib import Path

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}


def parse_day(text: str) -> date | None:
    """The day of `OCOP_TODAY` (ISO), or None; raises ValueError with what was given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"OCOP_TODAY must be a day like 2024-03-01, not {text!r}") from error


WINDOWS = {"s": 1, "m": 60, "h": 3600}


def parse_rate(name: str, text: str) -> tuple[int, int] | None:
    """A limit like "600/m" as (times, seconds), or None for ''; raises ValueError that names the variable."""
    if not text:
        return None
    times, _slash, window = text.partition("/")
    if not (times.isascii() and times.isdecimal() and int(times) and window in WINDOWS):
        raise ValueError(f"{name} must be a limit like 600/m, 10/s or 5000/h, not {text!r}")
    return int(times), WINDOWS[window]


def local_secret_key(data_dir: Path, *, allowed: bool) -> str:
    """A key kept in the data folder, so that sessions of a local run outlive a restart; '' if not allowed."""
    if not allowed:
        return ""
    path = data_dir / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def validated(*, debug: bool, demo: bool, today: date | None, hosts: list[str], secret_key: str) -> list[str]:
    """Sentences that say what is wrong with the environment; an empty list when it may start."""
    problems = []
    real_hosts = [host for host in hosts if host not in LOCAL_HOSTS]
    if not secret_key:
        problems.append("SECRET_KEY is not set: give a long random value in the environment.")
    if demo and not debug and real_hosts:
        problems.append(
            f"OCOP_DEMO shows one-click personas and is refused on a real host ({', '.join(real_hosts)})."
        )
    if today and not demo:
        problems.append("OCOP_TODAY moves the clock and is allowed in demo mode only (OCOP_DEMO=1).")
    return problems
