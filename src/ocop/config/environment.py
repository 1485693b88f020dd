"""Checks of the environment at start: each problem is one clear sentence, and nothing starts with one."""

import os
import secrets
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
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


def parse_networks(name: str, parts: list[str]) -> list[IPv4Network | IPv6Network]:
    """Networks like 10.0.0.0/8; raises ValueError that names the variable."""
    try:
        return [ip_network(part.strip()) for part in parts if part.strip()]
    except ValueError as error:
        raise ValueError(f"{name} must be networks like 10.20.0.0/16, comma-separated: {error}") from error


def writable(folder: Path) -> Path:
    """The data folder, made when it is not there; raises ValueError when nothing can be kept in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"OCOP_DATA_DIR cannot be made: {folder} ({error.strerror}).") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(f"OCOP_DATA_DIR cannot be written: {folder}.")
    return folder


def local_secret_key(data_dir: Path, *, allowed: bool) -> str:
    """A key kept in the data folder, so that sessions of a local run outlive a restart; '' if not allowed."""
    if not allowed:
        return ""
    path = data_dir / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def validated(
    *,
    debug: bool,
    demo: bool,
    today: date | None,
    hosts: list[str],
    secret_key: str,
    engine: str = "django.db.backends.sqlite3",
    site_url: str = "http://127.0.0.1:8000",
    upload_mb: int = 20,
    log_format: str = "json",
    metrics_token: str = "",
) -> list[str]:
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
    if engine.rsplit(".", 1)[-1] not in ("sqlite3", "postgresql"):
        problems.append("DATABASE_URL must begin with postgres:// or sqlite:///.")
    if not site_url.startswith(("http://", "https://")):
        problems.append(f"OCOP_SITE_URL must begin with http:// or https://, not {site_url!r}.")
    if upload_mb < 1:
        problems.append(f"OCOP_UPLOAD_MAX_MB must be 1 or more, not {upload_mb}.")
    if metrics_token and len(metrics_token) < 20:
        problems.append("OCOP_METRICS_TOKEN must be a random value of 20 characters or more.")
    if log_format not in ("json", "text"):
        problems.append(f"OCOP_LOG_FORMAT must be json or text, not {log_format!r}.")
    return problems
