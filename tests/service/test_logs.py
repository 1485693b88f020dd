"""What the service writes to its log: lines of JSON that belong together, and nothing of a person in them."""

import io
import json
import logging
import logging.config
from contextlib import contextmanager

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from ocop.accounts.tests.factories import UserFactory
from ocop.config.settings import LOGGING
from ocop.kit import logs
from ocop.kit.jobs import retrying_task
from ocop.kit.jobs.models import TaskOrigin
from ocop.kit.jobs.reaper import sweep
from ocop.kit.jobs.worker import Worker

PERSON = "".join(("Bà Lan ", "0912 345 678"))
LOGGERS = ("", "pikepdf", "django.request", "_granian", "ocop")


@contextmanager
def written(form="json"):
    """The lines that the real configuration writes."""
    held = io.StringIO()
    config = logs.configuration(form=form, level="INFO")
    config["handlers"]["stderr"]["stream"] = held
    known = [(logger, logger.handlers[:], logger.level, logger.propagate)
             for logger in map(logging.getLogger, LOGGERS)]  # fmt: skip
    lines = []
    try:
        logging.config.dictConfig(config)
        yield lines
    finally:
        for logger, handlers, level, propagate in known:
            logger.handlers[:], logger.propagate = handlers, propagate
            logger.setLevel(level)
        lines += held.getvalue().splitlines()


def of(lines, **wanted):
    """The records among the lines that hold these values."""
    return [line for line in map(json.loads, lines) if wanted.items() <= line.items()]


def test_the_service_writes_json_and_the_demo_lines_for_people():
    assert LOGGING["handlers"]["stderr"]["formatter"] == "json"
    assert logs.configuration(form="json", level="INFO") == LOGGING
    with written("text") as lines:
        logging.getLogger("ocop.trial").warning("text to %s failed", "0912 345 678")
    assert lines[0].endswith("WARNING ocop.trial [-] text to […] failed")


@pytest.mark.django_db
def test_a_request_is_one_line_without_address_query_or_name(settings):
    user = UserFactory(full_name=PERSON)
    client = Client()
    client.force_login(user)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with written() as lines:
        answer = client.get("/thong-bao/?q=0912345678", headers={"X-Request-Id": "0a1b2c3d-4e5f"})
    (line,) = of(lines, logger="ocop.request")
    assert isinstance(line.pop("ms"), int)
    line.pop("time")
    assert line == {
        "level": "INFO", "logger": "ocop.request", "message": "GET inbox:list 200", "request_id": "0a1b2c3d-4e5f",
        "user": str(user.pk), "method": "GET", "route": "inbox:list", "status": 200,
    }  # fmt: skip
    assert answer["X-Request-Id"] == "0a1b2c3d-4e5f"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "sent"), [(0, "0a1b2c3d-4e5f"), (1, "short"), (1, "x" * 41), (1, "with space 12"), (1, "")]
)
def test_an_id_from_a_stranger_or_of_another_form_is_not_taken(settings, proxies, sent):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    given = Client().get("/healthz", headers={"X-Request-Id": sent})["X-Request-Id"]
    assert (len(given), given == sent) == (16, False)


@pytest.mark.django_db
def test_an_address_that_holds_a_code_is_written_as_its_route():
    with written() as lines:
        Client().get("/kiem-tra/MA-BI-MAT-77/")
        Client().get("/khong-co/MA-BI-MAT-77/?so=0912345678")
        Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/?next=/x/MA-BI-MAT-77", {"login": PERSON})
    said = "\n".join(lines)
    assert ("MA-BI-MAT-77" in said, "0912" in said, "Lan" in said) == (False, False, False)
    assert [line["message"] for line in of(lines, logger="ocop.request")] == [
        "GET public:validity 404",
        "GET - 404",
        "POST account_login 403",
    ]


@pytest.mark.django_db
def test_a_health_check_is_not_worth_a_line():
    with written() as lines:
        Client().get("/healthz")
    assert of(lines, logger="ocop.request") == []


@retrying_task(tries=2)
def asks_for_another(number: int) -> None:
    """Says something, and queues a task of its own."""
    logging.getLogger("ocop.trial").info("at work %s", number)
    if number:
        asks_for_another.enqueue(number - 1)


@retrying_task(tries=1)
def fails_on_a_person() -> None:
    """Fails with what somebody typed."""
    raise ValueError(PERSON.replace("Bà Lan ", ""))


@pytest.fixture
def queue(settings, transactional_db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def work():
    Worker("w", batch=True, interval=0).run()


def test_a_job_and_its_jobs_carry_the_request_that_asked_for_it(queue):
    token = logs.request_id.set("r42")
    task = asks_for_another.enqueue(1)
    logs.request_id.reset(token)
    with written() as lines:
        work()
    said = of(lines, logger="ocop.trial")
    assert [(line["message"], line["request_id"]) for line in said] == [
        ("at work 1", "r42"),
        ("at work 0", "r42"),
    ]
    assert (said[0]["job"], len({line["job"] for line in said})) == (str(task.id), 2)
    done = of(lines, logger="ocop.kit.jobs.worker")
    assert [("ms" in line, line["request_id"]) for line in done] == [(True, "r42")] * 2


def test_a_job_of_nobody_carries_its_own_id_and_no_person(queue):
    task = fails_on_a_person.enqueue()
    with written() as lines:
        work()
    assert {line.get("job") for line in of(lines, logger="ocop.kit.jobs.worker")} == {str(task.id)}
    (fault,) = [line for line in map(json.loads, lines) if "error" in line]
    assert fault["error"].endswith("ValueError: […]")
    assert ("request_id" in fault, "0912" in "\n".join(lines)) == (False, False)


def test_an_origin_is_forgotten_with_its_task(queue):
    token = logs.request_id.set("r42")
    kept, gone = asks_for_another.enqueue(0), asks_for_another.enqueue(0)
    logs.request_id.reset(token)
    DBTaskResult.objects.filter(pk=gone.id).delete()
    sweep()
    assert [str(row.task_id) for row in TaskOrigin.objects.all()] == [str(kept.id)]
