"""A moved clock is told on every page, also on those that stand without a request."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory

from ocop.kit import busy

FRAMES = sorted(path.name for path in (settings.BASE_DIR / "src/ocop/kit/templates/kit").glob("base_*.html"))
WORDS = "Ngày giả định <strong>01/03/2024</strong>"


@pytest.fixture(autouse=True)
def _moved(settings) -> None:
    settings.OCOP_DEMO = True
    settings.OCOP_TODAY = date(2024, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("frame", FRAMES)
def test_every_frame_tells_of_a_moved_clock_once(frame: str) -> None:
    body = render_to_string(f"kit/{frame}", request=RequestFactory().get("/"))
    assert body.count(WORDS) == 1


def test_every_page_stands_in_a_frame() -> None:
    folder = settings.BASE_DIR / "src/ocop"
    bare = re.compile(r"""{%\s*extends\s+["']kit/base\.html["']""")
    found = [
        path.name for path in folder.glob("*/templates/**/*.html") if bare.search(path.read_text("utf-8"))
    ]
    heirs = {"base_bench.html", "base_field.html"}  # these stand in the workspace's frame
    assert sorted(found) == [name for name in FRAMES if name not in heirs]


def test_a_server_error_and_a_busy_database_tell_it_too() -> None:
    request = RequestFactory().get("/")
    fault, queue = busy.failed(request), busy.busy(request, OperationalError("database is locked"))
    assert (fault.status_code, queue.status_code) == (500, 503)
    assert [answer.content.decode().count(WORDS) for answer in (fault, queue)] == [1, 1]
