"""The database is restarted while people work: plain answers meanwhile, and nobody has to restart anything."""

import http.client
import threading
import urllib.parse
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from tools.postgres import Server, own

from ocop.kit.busy import SENTENCE
from tests.service.processes import child, until
from tests.service.units import HOST, Place, Unit, environment

pytestmark = pytest.mark.servers
BEAT = "SELECT worker_id FROM kit_workerbeat WHERE seen_at > now() - interval '15 seconds'"


class Visitor:
    """Asks a web process directly, as nginx does."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, body: str = "", **heads: str) -> tuple[int, str]:
        """Status and text; (0, "") for a line that broke."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        known = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request("POST" if body else "GET", path, body or None, {**known, **heads})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            line.close()

    def work(self, person: int, done: threading.Event, answered: dict[str, tuple[int, str]]) -> None:
        """Send forms until told to stop."""
        number = 0
        while not done.wait(0.05):
            number += 1
            name = f"{person}-{number}"
            answered[name] = self.ask("/dem/", urllib.parse.urlencode({"name": name}))


def rows(server: Server, query: str) -> list[tuple]:
    """What the database holds, asked directly."""
    with psycopg.connect(server.url) as link:
        return link.execute(query).fetchall()


def test_a_database_that_was_restarted_is_found_again(tmp_path: Path) -> None:
    with own() as server:
        place = Place(tmp_path)
        env = environment(place, server.url)
        for app in ("kit", "django_tasks_database"):
            with child(
                tmp_path / "lib", "manage.py", "migrate", app, "--verbosity", "0", DATABASE_URL=server.url
            ) as done:
                assert done.wait(timeout=120) == 0
        units = [Unit(place, "ocop-web@.service", 1, env), Unit(place, "ocop-worker.service", 0, env)]
        web, worker = units
        try:
            for unit in units:
                unit.start()
            visitor = Visitor(place.web[1])
            until(lambda: visitor.ask("/healthz")[0] == 200, "web and worker")
            ((before,),) = rows(server, BEAT)
            done_working, answered = threading.Event(), {}
            crowd = [
                threading.Thread(target=visitor.work, args=(person, done_working, answered))
                for person in (1, 2)
            ]
            for person in crowd:
                person.start()
            until(lambda: len(answered) > 10, "people at work")
            server.stop("fast")
            assert visitor.ask("/healthz") == (
                503, '{"status": "unavailable", "database": false, "queue": false}',
            )  # fmt: skip
            status, text = visitor.ask("/dem/")
            assert (status, SENTENCE.split(",")[0] in text) == (503, True)
            token = {"Authorization": f"Bearer {env['OCOP_METRICS_TOKEN']}"}
            status, text = visitor.ask("/metrics", **token)
            assert (status, "ocop_database_up 0.0" in text, "ocop_tasks" in text) == (200, True, False)
            server.start()
            until(lambda: visitor.ask("/dem/")[0] == 200, "the web process to find the database")
            count = len(answered)
            until(lambda: len(answered) > count + 10, "people at work again")
            until(lambda: rows(server, BEAT) not in ([], [(before,)]), "the worker to find the database")
            done_working.set()
            for person in crowd:
                person.join(timeout=60)
            assert [unit.process.poll() for unit in units] == [None, None]
            statuses = Counter(status for status, _ in answered.values())
            assert set(statuses) == {302, 503}
            kept = {name for name, (status, _) in answered.items() if status == 302}
            written = [name for (name,) in rows(server, "SELECT title FROM kit_jobprogress")]
            assert Counter(written) == Counter(kept)
            assert list(answered.values())[-1][0] == 302
            assert [web.stop(), worker.stop()] == [0, 0]
        finally:
            for unit in units:
                unit.kill()
