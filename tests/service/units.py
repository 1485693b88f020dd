"""The files of deploy/ at work without systemd: units start and stop by their own lines, nginx by its own file.

Only places and ports are put elsewhere; everything else is what stands on a server.
"""

import datetime
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tests.service.processes import ROOT, answers, free_port, until

DEPLOY = ROOT / "deploy"
HOST = "ocop.example.vn"


class Place:
    """A server in a folder: where things lie, and at which ports they answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web = {1: free_port(), 2: free_port()}
        self.tls, self.plain = free_port(), free_port()
        for name in ("etc/tls", "run", "lib/data", "lib/static", "log", "nginx"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def put(self, text: str, instance: int = 0) -> str:
        """The text of a file of deploy/ with our places and ports in it."""
        moved = {
            "/opt/ocop/app/.venv/bin/python": sys.executable, "/opt/ocop/app": str(ROOT),
            "/etc/ocop": f"{self.folder}/etc", "/run/ocop": f"{self.folder}/run",
            "/var/lib/ocop": f"{self.folder}/lib", "/var/log/nginx": f"{self.folder}/log",
            "800%i": str(self.web.get(instance, "")), "%i": str(instance),
            "127.0.0.1:8001": f"127.0.0.1:{self.web[1]}", "127.0.0.1:8002": f"127.0.0.1:{self.web[2]}",
            "listen 443 ": f"listen 127.0.0.1:{self.tls} ", "listen 80": f"listen 127.0.0.1:{self.plain}",
        }  # fmt: skip
        for known, ours in moved.items():
            text = text.replace(known, ours)
        return text


def lines_of(text: str) -> dict[str, list[str]]:
    """The settings of a unit, each with all its values."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting and not line.startswith(("#", "[")):
            found.setdefault(name, []).append(value)
    return found


def environment(place: Place, database: str) -> dict[str, str]:
    """The sample of deploy/ with its blanks filled in."""
    given = {}
    for line in (DEPLOY / "ocop.env.sample").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            given[name] = place.put(value).replace(f"<{HOST}>", HOST)
    return {
        **given, "PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DATABASE_URL": database,
        "SECRET_KEY": settings.SECRET_KEY, "OCOP_MFA_KEYS": "", "REDIS_URL": "", "EMAIL_PORT": "25",
        "OCOP_METRICS_TOKEN": "a-token-of-the-tests-0123456789", "DJANGO_SETTINGS_MODULE": "tests.service.settings",
        "LANG": "C.UTF-8",
    }  # fmt: skip


class Unit:
    """A service with the lines of its file."""

    def __init__(self, place: Place, name: str, instance: int, env: dict[str, str]) -> None:
        text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        self.lines = lines_of(place.put(text, instance))
        self.env = {**env, **dict(line.split("=", 1) for line in self.lines.get("Environment", []))}
        self.log = place.folder / "log" / f"{name}-{instance}"
        self.process: subprocess.Popen | None = None

    def _run(self, setting: str, within: str) -> None:
        for line in self.lines.get(setting, []):
            subprocess.run(shlex.split(line), env=self.env, check=True, timeout=float(self.lines[within][0]))

    def start(self) -> None:
        """As systemd does: before, the process, after."""
        self._run("ExecStartPre", "TimeoutStartSec")
        self.process = subprocess.Popen(
            shlex.split(self.lines["ExecStart"][0]),
            env=self.env,
            cwd=self.lines["WorkingDirectory"][0],
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._run("ExecStartPost", "TimeoutStartSec")

    def stop(self) -> int:
        """ExecStop, SIGTERM to the main process, and after TimeoutStopSec the end of the group; its exit code."""
        if self.process is None:
            return 0
        self._run("ExecStop", "TimeoutStopSec")
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=float(self.lines["TimeoutStopSec"][0]))
        finally:
            self.kill()
        return self.process.returncode

    def kill(self) -> None:
        """SIGKILL to whatever of the unit still lives."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def certify(folder: Path, name: str = HOST) -> None:
    """A key and a certificate that names the host, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


@contextmanager
def nginx(place: Place, program: str) -> Iterator[None]:
    """nginx with the site of deploy/, stopped at the end."""
    certify(place.folder / "etc" / "tls")
    site = place.put((DEPLOY / "nginx" / "ocop.conf").read_text(encoding="utf-8"))
    own = place.folder / "nginx"
    (own / "ocop.conf").write_text(site, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {own}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (own / "nginx.conf").write_text(
        f"{user} pid {own}/pid; error_log {own}/error.log; worker_processes 1; events {{ worker_connections 256; }}\n"
        f"http {{ {temporary} include {own}/ocop.conf; }}\n",
        encoding="utf-8",
    )
    command = [
        program,
        "-e",
        f"{own}/error.log",
        "-c",
        f"{own}/nginx.conf",
        "-p",
        str(own),
        "-g",
        "daemon off;",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(own / "said").open("wb"))
    try:
        until(lambda: answers(place.tls) or process.poll() is not None, "nginx")
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
