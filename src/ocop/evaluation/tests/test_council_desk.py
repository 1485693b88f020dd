"""The council's desk: quorum before the meeting opens, the nearest last day, a sheet handed in with what was typed."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from ocop.evaluation.actions import council, marking
from ocop.evaluation.actions.council_papers import make_minutes
from ocop.evaluation.queries.council import session_quorum
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.kit import clock
from ocop.kit.testing import content_of

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


def test_quorum_is_told_before_the_meeting_opens(world):
    desk = client_of(world["secretary"])
    session = council.plan_session(world.council, held_on=clock.today(), by=world["secretary"])
    seats = {seat.user.username: seat.pk for seat in world.council.seats.all()}
    asked = session_quorum(session)
    assert (asked.present, asked.base, asked.needed, asked.met) == (0, 4, 3, False)
    page = desk.get(url("session-attendance", session.pk)).content.decode()
    assert "có mặt ít nhất 3/4 thành viên chấm điểm" in page
    present = [seats[world[name].username] for name in ("member1", "member2", "member3")]
    council.record_attendance(session, present=present, presiding=None, by=world["secretary"])
    page = desk.get(url("session-detail", session.pk)).content.decode()
    assert ("Có mặt 3/4 thành viên chấm điểm, cần 3" in page, "chưa có Chủ tịch" in page) == (True, True)
    present.append(seats[world["chair"].username])
    chair = seats[world["chair"].username]
    council.record_attendance(session, present=present, presiding=chair, by=world["secretary"])
    assert "Đủ điều kiện họp" in desk.get(url("session-detail", session.pk)).content.decode()


def test_an_empty_planned_meeting_asks_for_dossiers_first(world):
    session = council.plan_session(world.council, held_on=clock.today(), by=world["secretary"])
    page = client_of(world["secretary"]).get(url("session-detail", session.pk)).content.decode()
    agenda, attendance = url("session-agenda", session.pk), url("session-attendance", session.pk)
    assert f'class="btn btn-primary btn-wide" href="{agenda}"' in page
    assert f'class="btn btn-wide" href="{attendance}"' in page


def test_the_nearest_last_day_of_the_agenda_stands_on_the_meeting(world):
    row = world.walk_to("in_session")
    session = world.extra["item"].session
    page = client_of(world["secretary"]).get(url("session-detail", session.pk))
    assert page.context["due"][0] == row.due_on == row.round.rank_by
    assert f"{row.due_on:%d/%m/%Y}" in page.content.decode()


def test_minutes_are_offered_once_a_result_is_closed(world):
    world.walk_to("in_session")
    item = world.extra["item"]
    address = url("session-detail", item.session.pk)
    minutes = url("session-minutes", item.session.pk)
    desk = client_of(world["secretary"])
    assert minutes not in desk.get(address).content.decode()
    world.mark(item, [78] * 4)
    council.close_item(item, by=world["chair"])
    assert minutes in desk.get(address).content.decode()


class TestHandingIn:
    """What stands on the review page is handed in with the sheet."""

    @pytest.fixture
    def at_review(self, world):
        item = world.put_on_agenda(world.walk_to("council_ready"))
        current = council.open_marking(item, by=world["secretary"])
        answers = answers_worth(world.criteria_set, 75)
        sheet = marking.save_sheet(current, by=world["member1"], answers=answers)
        return item, sheet

    def test_an_opinion_not_yet_saved_goes_with_the_sheet(self, world, at_review):
        item, sheet = at_review
        sent = {"version": sheet.version, "opinion": "Nên cải tiến bao bì."}
        client = client_of(world["member1"])
        assert client.post(url("sheet-submit", item.pk), sent).status_code == 302
        sheet.refresh_from_db()
        assert (sheet.state, sheet.opinion) == ("submitted", "Nên cải tiến bao bì.")
        assert client.post(url("sheet-submit", item.pk), sent).status_code == 302

    def test_a_ground_without_evidence_is_not_handed_in_and_stays_on_the_page(self, world, at_review):
        item, sheet = at_review
        number = (
            client_of(world["member1"]).get(url("sheet-review", item.pk)).context["form"].ticks[0]["number"]
        )
        sent = {"version": sheet.version, f"tick{number}": "on", f"reason{number}": "Nhãn giả"}
        answer = client_of(world["member1"]).post(url("sheet-submit", item.pk), sent)
        sheet.refresh_from_db()
        assert (answer.status_code, sheet.state) == (422, "draft")
        assert (
            "Nhãn giả" in answer.content.decode(),
            "Nêu lý do và minh chứng" in answer.content.decode(),
        ) == (
            True,
            True,
        )


def test_every_press_says_what_it_did(world):
    item = world.put_on_agenda(world.walk_to("council_ready"))
    desk, chair = client_of(world["secretary"]), client_of(world["chair"])
    said = []
    for client, verb in ((desk, "open"), (chair, "close"), (chair, "conclude")):
        if verb == "close":
            current = item.rounds.get()
            for seat in world.council.seats.marking():
                marking.save_sheet(current, by=seat.user, answers=answers_worth(world.criteria_set, 78))
                marking.submit_sheet(current, by=seat.user)
        page = client.post(url("item-press", item.pk), {"verb": verb}, follow=True)
        said += [str(one) for one in page.context["messages"]]
    assert said == [
        "Đã mở vòng chấm; thành viên chấm kín.",
        "Đã khóa vòng chấm; bảng điểm mở cho mọi người cùng lúc.",
        "Đã chốt kết quả.",
    ]


def test_a_meeting_that_cannot_close_names_the_dossiers(world):
    row = world.walk_to("in_session")
    answer = client_of(world["secretary"]).post(url("session-close", world.extra["item"].session.pk))
    assert answer.status_code == 422
    assert f"Còn 1 hồ sơ đã gọi mà chưa chốt: {row.product.name}." in answer.content.decode()


def test_the_minutes_tell_every_round(world):
    world.walk_to("in_session")
    item = world.extra["item"]
    world.mark(item, [85, 70, 70, 70])
    desk = client_of(world["secretary"])
    desk.post(url("item-discussion", item.pk), {"text": "Xem lại tiêu chí 4.1."})
    world.mark(item, [78] * 4)
    item.refresh_from_db()
    council.close_item(item, by=world["chair"])
    paper = make_minutes(item.session, by=world["secretary"])
    file = content_of(desk.get(paper.file.get_absolute_url()))
    words = "\n".join(line.text for line in Document(io.BytesIO(file)).paragraphs)
    told = [line for line in words.splitlines() if line.startswith(("Vòng", "Thảo luận"))]
    assert told == [
        "Vòng 1: 4 phiếu, điểm trung bình 73,75, cao nhất 85, thấp nhất 70, chênh lệch 15 điểm.",
        "Thảo luận sau vòng 1: Xem lại tiêu chí 4.1.",
        "Vòng 2: 4 phiếu, điểm trung bình 78, cao nhất 78, thấp nhất 78, chênh lệch 0 điểm.",
    ]


def test_closing_the_meeting_comes_first_only_when_every_dossier_is_done(world):
    world.walk_to("in_session")
    item = world.extra["item"]
    desk = client_of(world["secretary"])
    address = url("session-detail", item.session.pk)
    first = 'class="btn btn-primary btn-wide">Bế mạc phiên họp'
    page = desk.get(address).content.decode()
    assert (first in page, "Kết thúc phiên họp" in page) == (False, True)
    world.mark(item, [78] * 4)
    council.close_item(item, by=world["chair"])
    page = desk.get(address).content.decode()
    assert (first in page, "Kết thúc phiên họp" in page) == (True, False)


def test_a_ground_raised_stands_first_on_the_board_until_the_council_settles_it(world):
    item = world.put_on_agenda(world.walk_to("council_ready"))
    current = council.open_marking(item, by=world["secretary"])
    tick = {"text": world.criteria_set.sheet.disqualifiers[0], "reason": "Nhãn giả", "evidence": "Ảnh bao bì"}
    for seat in world.council.seats.marking().select_related("user"):
        ticks = [tick] if seat.user == world["member1"] else []
        answers = answers_worth(world.criteria_set, 78)
        marking.save_sheet(current, by=seat.user, answers=answers, disqualifiers=ticks)
        marking.submit_sheet(current, by=seat.user)
    council.close_marking(current, by=world["chair"])
    chair = client_of(world["chair"])
    page = chair.get(url("item-board", item.pk))
    words = page.content.decode()
    assert page.context["unsettled"] == 1
    assert ('href="#ly-do-loai"' in words, 'value="conclude"' in words) == (True, False)
    chair.post(url("finding-settle", item.disqualifier_findings.get().pk), {"confirmed": "no"})
    words = chair.get(url("item-board", item.pk)).content.decode()
    assert ('href="#ly-do-loai"' in words, 'value="conclude"' in words) == (False, True)
