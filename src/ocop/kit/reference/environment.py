"""Environment variables, read out of the settings' source: name, type, default."""

import ast
from pathlib import Path

WHAT = {
    "DEBUG": "development mode: errors in the browser, no manifest of static files",
    "OCOP_DEMO": "demo mode: one-click personas and invented data; refused on a real host unless DEBUG",
    "OCOP_TODAY": "moves today (ISO day), demo mode only",
    "OCOP_PROVINCE": "code of the province that runs this installation",
    "OCOP_DATA_DIR": "database (SQLite), uploads, generated files, mails of the file backend",
    "OCOP_STATIC_ROOT": "where collected static files go",
    "OCOP_SITE_URL": "the address people see; in mails and QR codes",
    "OCOP_CONTACT_PHONE": "phone number on the page about the site; empty: the page says that there is none",
    "OCOP_CONTACT_EMAIL": "mail address on the page about the site, likewise",
    "OCOP_HTTPS": "1 behind a TLS proxy: secure cookies, redirect, HSTS, trust X-Forwarded-Proto",
    "OCOP_DB_POOL": "most connections per process (PostgreSQL)",
    "OCOP_CLAMD": "virus scan of uploads: host:port or socket path of clamd; empty for none",
    "OCOP_UPLOAD_MAX_MB": "largest file that may be uploaded",
    "OCOP_SMS": "channel of text messages: `file` writes them to the data folder; empty for none",
    "OCOP_SESSION_HOURS": "a session ends after so many hours",
    "OCOP_TRUSTED_PROXIES": "how many proxies in front write X-Forwarded-For",
    "OCOP_MFA_KEYS": "keys that encrypt second factors, newest first, comma-separated; default from SECRET_KEY",
    "OCOP_METRICS_TOKEN": "who sends it as `Authorization: Bearer ...` may read /metrics; empty: nobody, 404",
    "OCOP_METRICS_NETWORKS": "networks from which /metrics is read with the token, comma-separated; empty: any",
    "OCOP_DRAIN_FILE": "while this file is there, /healthz answers 503: the process is about to stop",
    "OCOP_BACKUP_DIR": "folder of the backups, whose newest one the page of operations and /metrics tell of",
    "OCOP_RATE_API": "limit of the open API for one address, like `600/m` (s, m, h); empty: none, as in demo and debug",
    "OCOP_RATE_SEARCH": "limit of the public searches for one address, written like OCOP_RATE_API",
    "OCOP_RATE_REPORT": "limit of reports of misuse for one address, written like OCOP_RATE_API",
    "OCOP_OIDC_NAME": "OpenID Connect: the name on the button; empty for none",
    "OCOP_OIDC_URL": "OpenID Connect: address of the provider",
    "OCOP_OIDC_CLIENT_ID": "OpenID Connect: our client",
    "OCOP_OIDC_CLIENT_SECRET": "OpenID Connect: its secret",
    "ALLOWED_HOSTS": "host names served, comma-separated",
    "CSRF_TRUSTED_ORIGINS": "origins allowed to send forms, with scheme, comma-separated",
    "SECRET_KEY": "signing key; required outside demo and debug",
    "DATABASE_URL": "postgres://user:password@host:port/name; default SQLite in the data folder",
    "REDIS_URL": "cache in Redis instead of the database",
    "EMAIL_BACKEND": "Django mail backend; default writes files",
    "DEFAULT_FROM_EMAIL": "sender of mails",
    "EMAIL_HOST": "SMTP server",
    "EMAIL_PORT": "SMTP port",
    "EMAIL_HOST_USER": "SMTP user",
    "EMAIL_HOST_PASSWORD": "SMTP password",
    "EMAIL_TIMEOUT": "seconds until a mail server that does not answer is given up for this time",
    "EMAIL_USE_TLS": "1 for STARTTLS",
    "LOG_LEVEL": "level of the log on standard error",
    "OCOP_LOG_FORMAT": "`json`: a line of JSON per record; `text`: lines for people, as in demo and debug",
    "PORT": "port of `make run` and `manage.py serve`",
    "HOST": "address that `manage.py serve` binds",
    "WEB_PROCESSES": "web server processes of `manage.py serve`",
}
SERVED = {"PORT": ("int", "8000"), "HOST": ("str", "127.0.0.1"), "WEB_PROCESSES": ("int", "1")}


def variables(config: Path) -> dict[str, tuple[str, str]]:
    """(type, default as written) of every variable that the settings read."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(config.glob("settings*.py")):
        if path.name == "settings_test.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            owner, first = ast.unparse(node.func.value), node.args[0]
            if (
                owner in ("env", "os.environ")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                kind = "str" if owner == "os.environ" else node.func.attr
                default = ast.unparse(node.args[1]) if len(node.args) > 1 else "required"
                found[first.value] = (kind, default)
    return {**found, **SERVED}


def write(config: Path) -> str:
    """The table of environment variables."""
    lines = [
        "Read from the environment at start and checked; a problem is one clear sentence, and nothing starts.",
        "",
    ]
    lines += ["| variable | type | default | meaning |", "| --- | --- | --- | --- |"]
    for name, (kind, default) in sorted(variables(config).items()):
        lines.append(f"| `{name}` | {kind} | `{default}` | {WHAT.get(name, '')} |")
    return "\n".join(lines)


def unexplained(config: Path) -> list[str]:
    """Variables that the settings read and the reference cannot explain yet."""
    return [name for name in variables(config) if name not in WHAT]
