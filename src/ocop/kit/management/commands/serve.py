"""manage.py serve: web server, worker and scheduler as children of one command."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit import metrics
from ocop.kit.jobs.worker import beat

FAST_DEATHS = 5  # a child that dies this often within FAST_WINDOW ends the whole
FAST_WINDOW = 60.0
DRAIN = 30  # seconds that requests under way get to finish when the web server is told to stop
STOP_AFTER = DRAIN + 5.0  # seconds a child may take to stop before it is killed


@dataclass
class Child:
    """One process of the whole, started again when it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process, in a group of its own so that Ctrl+C reaches it through us only."""
        self.process = subprocess.Popen(self.command, start_new_session=True)

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        """Send a signal to the process and to the processes that it started."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)


def web_server(host: str, port: int) -> list[str]:
    """The command of the web server, after putting into the environment what it needs there.

    Told to stop it takes no new connection, answers what it has taken, and then ends. Several processes behind one
    port count their requests in a folder of their own, emptied here.
    """
    processes = os.environ.get("WEB_PROCESSES", "1")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(settings.BASE_DIR / "src"), os.environ.get("PYTHONPATH", "")]
    )
    if processes != "1":
        counted = settings.OCOP_DATA_DIR / "metrics" / str(port)
        shutil.rmtree(counted, ignore_errors=True)
        counted.mkdir(parents=True)
        os.environ[metrics.SHARED] = str(counted)
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        processes,
        "--blocking-threads",
        str(2 * (os.cpu_count() or 1)),
        "--no-ws",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        str(DRAIN),
        "--process-name",
        "ocop-web",
        "ocop.config.wsgi:application",
    ]


class Command(BaseCommand):
    help = "Serve with the job worker and the scheduler; PORT (8000), HOST (127.0.0.1), WEB_PROCESSES (1)."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="migrate and load what is missing first")
        parser.add_argument(
            "--web-only",
            action="store_true",
            help="become the web server; worker and scheduler run elsewhere",
        )
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))

    def handle(self, *args: Any, prepare: bool, web_only: bool, port: int, host: str, **options: Any) -> None:
        self._check_port(host, port)
        if web_only:
            command = web_server(host, port)
            os.execv(command[0], command)  # noqa: S606 - whoever started us now watches the web server itself
        if prepare:
            self.check()
            call_command("prepare", stdout=self.stdout)
        worker_id = uuid.uuid4().hex
        beat(worker_id)  # the health check waits for the worker's own beats from now on
        manage = [sys.executable, sys.argv[0]]
        self.children = [
            Child("web server", web_server(host, port)),
            Child("worker", [*manage, "worker", "--worker-id", worker_id]),
            Child("scheduler", [*manage, "scheduler"]),
        ]
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        self._run(host, port)

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8001 make run"
                ) from error

    def _run(self, host: str, port: int) -> None:
        """Start the web server, the rest once it answers, then watch until told to stop."""
        web, *others = self.children
        web.start()
        self._wait_until_up(host, port, web)
        for child in others:
            if not self.stopping:
                child.start()
        failed = ""
        while not self.stopping and not failed:
            time.sleep(0.5)
            for child in self.children:
                if child.is_dead() and not self.stopping:
                    failed = failed or self._revive(child)
        self._end_all()
        if failed:
            raise CommandError(failed)
        self.stdout.write("Stopped.")

    def _wait_until_up(self, host: str, port: int, web: Child) -> None:
        begun = float(os.environ.get("OCOP_SETUP_BEGUN", time.time()))
        for _ in range(600):
            if self.stopping or web.is_dead():
                return
            try:
                with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=5):
                    break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        seconds = time.time() - begun
        self.stdout.write(f"\nServing on http://{host}:{port}  (after {seconds:.0f} s; Ctrl+C stops it)")
        if settings.OCOP_DEMO:
            self.stdout.write("Demo mode: sign in with one press on the sign-in page.")
        self.stdout.flush()

    def _revive(self, child: Child) -> str:
        """Start a dead child again; answers why not when it keeps dying."""
        now = time.monotonic()
        child.deaths = [moment for moment in child.deaths if now - moment < FAST_WINDOW] + [now]
        code = child.process.returncode if child.process else "?"
        if len(child.deaths) >= FAST_DEATHS:
            return f"The {child.name} ended {FAST_DEATHS} times within a minute (last exit code {code}); stopping."
        self.stderr.write(f"The {child.name} ended (exit code {code}); starting it again.")
        if child.name == "worker":
            child.command[-1] = uuid.uuid4().hex
        time.sleep(0.5 * len(child.deaths))
        child.start()
        return ""

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        """Ask every child to stop, wait, kill what does not."""
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        until = time.monotonic() + STOP_AFTER
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal_group(signal.SIGKILL)
                child.process.wait(5)
