"""A process killed at every write of a decision: the database is as before or as after, and pressing again ends it.

The press is the clerk's own: the form with its hidden key, through the whole server, in a process of its own that gets
SIGKILL before and after each write and on both sides of the commit.
"""

import hashlib
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import decision
from ocop.evaluation.models import DecisionDraft, Dossier, DossierMove
from ocop.evaluation.tests.world import World, make_world
from ocop.inbox.models import Notice
from ocop.kit import clock, once
from ocop.kit.meeting import meeting_place
from ocop.kit.models import OnceKey
from ocop.products.actions.product import open_product
from ocop.recognition.models import Certificate, CertificateChange, Decision
from tests.service.processes import locked, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ANNEX = 5  # dossiers in the decision: enough writes for a hundred kills
KILLS = 100
WRITES = ("INSERT", "UPDATE", "DELETE")
# A session is written when a page is asked for, whatever becomes of the press.
APART = ("django_session",)


def approved_draft(world: World) -> DecisionDraft:
    """The leader has approved a decision that names five products."""
    rows = [world.walk_to("awaiting_decision")]
    for number in range(1, ANNEX):
        world.product = open_product(
            world.producer, name=f"Mắm số {number}", by=world["owner"], criteria_set=world.criteria_set
        )
        rows.append(world.walk_to("awaiting_decision"))
    draft = decision.draft_decision(
        province=world.province, issuer=world.committee, dossiers=rows, title="Công nhận", by=world["advisory"]
    )  # fmt: skip
    return decision.approve_draft(draft, by=world["leader"])


def everything() -> dict[str, str]:
    """A digest of the rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and not model._meta.proxy and table not in APART:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - a name of ours
                found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def kill_at(point: int) -> None:
    """Count the moments around writes and commits in this process, and end it by SIGKILL at the given one."""
    passed = 0

    def moment() -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = sql.lstrip().startswith(WRITES)
        if is_write:
            moment()
        answer = execute(sql, params, many, context)
        if is_write:
            moment()
        return answer

    commit = connection._commit

    def committing() -> Any:
        moment()
        answer = commit()
        moment()
        return answer

    connection.execute_wrappers.append(watched)
    connection._commit = committing


def press(client: Client, path: str, sent: dict[str, str], point: int) -> bool:
    """Send the form in a process that dies at that moment; True when it lived to see the answer."""
    connection.close()  # a child must not speak on its parent's line
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            connection.settings_dict["OPTIONS"].pop("pool", None)
            kill_at(point)
            code = 0 if client.post(path, sent).status_code == 302 else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def test_killed_at_each_write_of_a_decision(tmp_path: Path) -> None:
    world = make_world()
    draft = approved_draft(world)
    lines = list(draft.lines.order_by("pk"))
    numbers = [f"{place:02d}/2026" for place in range(1, ANNEX + 1)]
    path, client = reverse("evaluation:draft-issue", args=[draft.pk]), Client()
    client.force_login(world["clerk"])
    sent = {
        "number": "1234/QĐ-UBND", "issued_on": clock.today().isoformat(), "signer": "Người ký", once.FIELD: "k1",
        **{f"so_{line.pk}": number for line, number in zip(lines, numbers, strict=True)},
    }  # fmt: skip
    with meeting_place(tmp_path):
        before, killed, lived = everything(), 0, False
        told = Notice.objects.count()
        while not lived:
            lived = press(client, path, sent, killed + 1)
            killed += not lived
            until(lambda: not locked(), "the database to drop the transaction of the dead")
            if Decision.objects.exists():
                break
            assert everything() == before, f"after kill {killed} something was left"
        after = everything()
        assert (lived, killed > KILLS) == (False, True)  # the last was killed when all was written

        assert client.post(path, sent).url == reverse("evaluation:draft-detail", args=[draft.pk])
        assert {name for name, digest in everything().items() if digest != after[name]} == set()
        rows = Dossier.objects.filter(pk__in=[line.dossier_id for line in lines])
        assert {row.state for row in rows} == {"recognised"}
        assert sorted(Certificate.objects.values_list("number", flat=True)) == numbers
        made = [Decision, Certificate, CertificateChange, OnceKey]
        assert [model.objects.count() for model in made] == [1, ANNEX, ANNEX, 1]
        moves = DossierMove.objects.filter(subject__in=rows, name="recognise")
        assert moves.count() == ANNEX
        told = Notice.objects.filter(to=world["owner"], title__startswith="Đã công nhận").values_list(
            "subject_key"
        )
        assert sorted(told) == sorted((f"dossier:{row.code}",) for row in rows)
