"""An office's checklist: kept while one ticks, whole lines only, and no colleague's line wiped out."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ticking(client: Client, address: str, sent: dict[str, str]):
    return client.post(address, sent, headers={"X-Requested-With": "autosave"})


@pytest.mark.parametrize(
    ("state", "person", "name", "line", "at_province"),
    [
        ("submitted", "commune_officer", "commune-checks", "form01", False),
        ("province_intake", "advisory", "province-checks", "letter", True),
    ],
)
def test_ticking_keeps_the_line_and_writes_the_text_of_a_return(
    world, state, person, name, line, at_province
):
    row = world.walk_to(state)
    address = reverse(f"evaluation:{name}", args=[row.code])
    client = client_of(world[person])
    sent = {f"verdict_{line}": "missing", f"note_{line}": "chưa ký", "seen": "{}"}
    answer = ticking(client, address, sent)
    assert (answer.status_code, verdicts_of(row, at_province=at_province)) == (
        200,
        {line: ("missing", "chưa ký")},
    )
    said = answer.json()
    assert json.loads(said["fields"]["seen"]) == {line: ["missing", "chưa ký"]}
    assert said["fills"]["id_reason"].endswith(": chưa ký")


def test_a_fault_without_words_waits_and_the_whole_lines_are_kept(world):
    row = world.walk_to("submitted")
    address = reverse("evaluation:commune-checks", args=[row.code])
    sent = {"verdict_form01": "ok", "verdict_form02": "missing", "note_form02": "", "seen": "{}"}
    answer = ticking(client_of(world["commune_officer"]), address, sent)
    assert (answer.status_code, verdicts_of(row)) == (422, {"form01": ("ok", "")})
    assert answer.json()["message"] == "Còn mục phải ghi rõ thiếu gì, sai gì; các mục khác đã lưu."


def test_two_officers_keep_each_others_lines(world):
    row = world.walk_to("submitted")
    address = reverse("evaluation:commune-checks", args=[row.code])
    first, second = client_of(world["commune_officer"]), client_of(world["commune_leader"])
    first.post(address, {"verdict_form01": "ok", "seen": "{}"})
    second.post(address, {"verdict_form02": "ok", "seen": "{}"})
    assert verdicts_of(row) == {"form01": ("ok", ""), "form02": ("ok", "")}


def test_a_line_that_a_colleague_changed_is_shown_before_it_is_overwritten(world):
    row = world.walk_to("submitted")
    address = reverse("evaluation:commune-checks", args=[row.code])
    first, second = client_of(world["commune_officer"]), client_of(world["commune_leader"])
    first.post(address, {"verdict_form01": "wrong", "note_form01": "sai mã số thuế", "seen": "{}"})
    mine = {"verdict_form01": "missing", "note_form01": "thiếu chữ ký", "seen": "{}"}
    answer = second.post(address, mine)
    page = answer.content.decode()
    assert (answer.status_code, verdicts_of(row)) == (409, {"form01": ("wrong", "sai mã số thuế")})
    assert ("sai mã số thuế" in page, 'value="thiếu chữ ký"' in page) == (True, True)
    again = answer.context["checks"]["seen"].value()
    assert second.post(address, {**mine, "seen": again}).status_code == 302
    assert verdicts_of(row) == {"form01": ("missing", "thiếu chữ ký")}


def test_the_round_stands_where_the_commune_receives(world):
    row = world.walk_to("submitted")
    page = client_of(world["commune_officer"]).get(reverse("evaluation:commune-intake", args=[row.code]))
    assert page.context["round"] == world.round
    assert f"{world.round.propose_by:%d/%m/%Y}" in page.content.decode()
