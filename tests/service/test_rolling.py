"""One web process restarted after the other, as on a server, while people work: nothing is lost, nothing doubled."""

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ocop.kit.jobs.models import JobProgress
from ocop.kit.meeting import meeting_place
from tests.service.load import said
from tests.service.processes import database_url, until
from tests.service.units import HOST, Place, Unit, environment, nginx

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.servers,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]
PEOPLE = 4


@contextmanager
def running(folder: Path) -> Iterator[tuple[Place, list[Unit]]]:
    """nginx and two web processes, up and answering."""
    place = Place(folder)
    units = [
        Unit(place, "ocop-web@.service", number, environment(place, database_url())) for number in (1, 2)
    ]
    try:
        with nginx(place, str(NGINX)):
            for unit in units:
                unit.start()
            yield place, units
    finally:
        for unit in units:
            unit.kill()


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


def test_a_process_that_is_about_to_stop_gets_no_new_requests(tmp_path: Path) -> None:
    with meeting_place(tmp_path), running(tmp_path) as (place, units):
        log, flag = place.folder / "log" / "ocop.log", place.folder / "run" / "drain.1"
        assert not flag.exists()
        for drained, asked in ((False, {place.web[1], place.web[2]}), (True, {place.web[2]})):
            if drained:
                flag.touch()
            before = len(log.read_text(encoding="utf-8").splitlines())
            assert {said(place.tls, HOST, "GET", "/tai-khoan/dang-nhap/") for _ in range(8)} == {200}
            lines = until(partial(_more, log, before, 8), "the lines of nginx")
            assert {int(line.split()[6].rpartition(":")[2]) for line in lines} == asked
        units[1].kill()
        assert said(place.tls, HOST, "GET", "/tai-khoan/dang-nhap/") == 502
        flag.unlink()
        assert {said(place.tls, HOST, "GET", "/tai-khoan/dang-nhap/") for _ in range(4)} == {200}


def _more(log: Path, before: int, number: int) -> list[str]:
    """The lines that were added, once there are so many."""
    added = log.read_text(encoding="utf-8").splitlines()[before:]
    return added if len(added) >= number else []


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
