"""One web process restarted after the other, as on a server, while people work: nothing is lost, nothing doubled."""

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from ocop.kit.jobs.models import JobProgress
from ocop.kit.meeting import meeting_place
from tests.service.load import said
from tests.service.processes import ROOT, database_url
from tests.service.units import DEPLOY, HOST, Place, Unit, nginx

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.rolling,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]
PEOPLE = 4


def environment(place: Place) -> dict[str, str]:
    """The sample of deploy/ with its blanks filled in."""
    given = {}
    for line in (DEPLOY / "ocop.env.sample").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            given[name] = place.put(value).replace(f"<{HOST}>", HOST)
    return {
        **given, "PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY, "OCOP_MFA_KEYS": "", "REDIS_URL": "", "EMAIL_PORT": "25",
        "OCOP_METRICS_TOKEN": "a-token-of-the-tests-0123456789", "DJANGO_SETTINGS_MODULE": "tests.service.settings",
        "LANG": "C.UTF-8",
    }  # fmt: skip


@contextmanager
def running(folder: Path) -> Iterator[tuple[Place, list[Unit]]]:
    """nginx and two web processes, up and answering."""
    place = Place(folder)
    units = [Unit(place, "ocop-web@.service", number, environment(place)) for number in (1, 2)]
    try:
        with nginx(place, str(NGINX)):
            for unit in units:
                unit.start()
            yield place, units
    finally:
        for unit in units:
            if unit.process is not None and unit.process.poll() is None:
                unit.process.kill()
                unit.process.wait(timeout=10)


@contextmanager
def people(place: Place) -> Iterator[list]:
    """People at work meanwhile; what they were answered is in the list afterwards."""
    command = [sys.executable, str(Path(__file__).with_name("load.py")), str(place.tls), HOST, str(PEOPLE)]
    load = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    answered: list = []
    try:
        time.sleep(2)
        yield answered
        time.sleep(1)
    finally:
        told, _ = load.communicate("", timeout=60)
        answered += json.loads(told)


def test_a_rolling_restart_loses_no_request_and_doubles_none(tmp_path: Path) -> None:
    with meeting_place(tmp_path), running(tmp_path) as (place, units):
        assert said(place.tls, HOST, "GET", "/tai-khoan/dang-nhap/") == 200
        assert said(place.tls, HOST, "GET", "/metrics") == 404
        with people(place) as answered:
            ended = []
            for unit in units:
                ended.append(unit.stop())
                unit.start()
        assert ended == [0, 0]
        assert (
            Counter((what, status) for what, _, status in answered if status not in (200, 302)) == Counter()
        )
        sent = {name for what, name, _ in answered if what == "form"}
        assert len(sent) > PEOPLE * 5
        written = Counter(JobProgress.objects.values_list("title", flat=True))
        assert written == Counter(dict.fromkeys(sent, 1))
