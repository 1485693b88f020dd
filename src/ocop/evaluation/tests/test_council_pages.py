"""The council's pages in the browser's order: one dossier from the agenda to the closed result and its papers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council
from ocop.evaluation.models import CouncilSession, GeneratedPaper, ScoreSheet
from ocop.evaluation.queries.council import last_round
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_thread_of_a_session_by_its_pages(world):
    row = world.walk_to("council_ready")
    desk, chair = client_of(world["secretary"]), client_of(world["chair"])
    answer = desk.post(
        url("session-new"),
        {
            "council": world.council.pk,
            "held_on": clock.today().isoformat(),
            "place": "Phòng họp 1",
            "once": "a",
        },
    )
    session = CouncilSession.objects.get()
    assert answer.url == url("session-agenda", session.pk)
    assert row.product.name in desk.get(answer.url).content.decode()
    assert desk.post(answer.url, {"dossiers": [row.pk], "once": "b"}).status_code == 302
    seats = list(world.council.seats.all())
    data = {"present": [seat.pk for seat in seats], "presiding": seats[0].pk}
    assert desk.post(url("session-attendance", session.pk), data).status_code == 302
    assert desk.post(url("session-open", session.pk)).status_code == 302
    page = desk.get(url("session-detail", session.pk)).content.decode()
    assert "Tỷ lệ thành viên có mặt để họp (%)" in page
    assert "chưa xác nhận" in page
    item = session.items.get()
    press = url("item-press", item.pk)
    desk.post(press, {"verb": "start", "once": "c"})
    members = [client_of(member) for member in world.members]
    for member in members:
        assert member.get(url("sheet", item.pk)).status_code == 403
        assert member.post(url("declare", item.pk), {"has_conflict": "no", "once": "d"}).status_code == 302
    desk.post(press, {"verb": "open", "once": "e"})
    answers = answers_worth(world.criteria_set, 78)
    for member in members:
        assert member.get(url("sheet", item.pk)).status_code == 302
        for code, place in answers.items():
            page = url("sheet-criterion", item.pk, code)
            assert member.post(page, {"level": place, "note": "", "go": "after"}).status_code == 302
        assert member.get(url("sheet-review", item.pk)).status_code == 200
        assert member.get(page).status_code == 200
        assert member.post(url("sheet-submit", item.pk)).status_code == 302
    assert desk.post(press, {"verb": "close", "once": "f"}).status_code == 403
    assert chair.post(press, {"verb": "close", "once": "g"}).url == url("item-board", item.pk)
    board = chair.get(url("item-board", item.pk))
    assert "78" in board.content.decode()
    assert chair.post(press, {"verb": "conclude", "once": "h"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "awaiting_decision"
    assert desk.post(url("item-sheets", item.pk), {"once": "i"}).status_code == 302
    assert desk.post(url("session-minutes", session.pk), {"once": "j"}).status_code == 302
    assert GeneratedPaper.objects.filter(kind="score_sheet").count() == len(world.members)
    assert GeneratedPaper.objects.filter(kind="minutes").count() == 1
    assert desk.post(url("session-close", session.pk), {"once": "k"}).status_code == 302
    for name, args in (("session-list", ()), ("session-detail", (session.pk,)), ("item-detail", (item.pk,)),
                       ("council-list", ()), ("council-detail", (world.council.pk,)), ("dossier-council", (row.code,)),
                       ("dossier-detail", (row.code,))):  # fmt: skip
        assert chair.get(url(name, *args)).status_code == 200, name
    assert ScoreSheet.objects.filter(state="submitted").count() == len(world.members)
    assert last_round(item).number == 1


def test_the_agreed_sheet_opens_with_what_all_sheets_chose(world):
    item = world.put_on_agenda(world.walk_to("council_ready"))
    world.mark(item, [78, 78, 78, 70])
    base, low = answers_worth(world.criteria_set, 78), answers_worth(world.criteria_set, 70)
    differing = {code for code in base if base[code] != low[code]}
    desk = client_of(world["secretary"])
    form = desk.get(url("item-agreed", item.pk)).context["form"]
    open_ones = {form.codes[name] for name in form.fields if form[name].initial is None}
    assert open_ones == differing != set()
    name = next(name for name, code in form.codes.items() if code in differing)
    assert "3 phiếu" in form.fields[name].help_text
    assert "1 phiếu" in form.fields[name].help_text
    data = {name: base[code] for name, code in form.codes.items()}
    assert desk.post(url("item-agreed", item.pk), data).url == url("item-board", item.pk)
    again = desk.get(url("item-agreed", item.pk)).context["form"]
    assert {again.codes[name]: again[name].initial for name in again.fields} == base


def test_sessions_stand_newest_first(world):
    today = clock.today()
    days = [today - timedelta(days=back) for back in (3, 9, 0, 6)]
    for day in days:
        council.plan_session(world.council, held_on=day, by=world["secretary"])
    lines = client_of(world["chair"]).get(url("session-list")).context["lines"]
    assert [line["row"].held_on for line in lines] == sorted(days, reverse=True)
