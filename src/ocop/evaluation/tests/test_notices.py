"""Who is told of what: every verb has its row, nobody is told twice, deadlines are reminded of."""

from datetime import UTC, datetime, timedelta

import pytest

from ocop.evaluation.actions import commune
from ocop.evaluation.actions.notices import remind_communes, tell_of_move, tell_of_moves
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.rules.notices import SILENT, TELLINGS, reminder_for
from ocop.evaluation.rules.workflow import FLOWS
from ocop.evaluation.tests.world import make_world
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.days import add_working_days
from ocop.kit.flow import TRANSFER

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def told(move_name: str) -> set[str]:
    move = DossierMove.objects.get(name=move_name)
    rows = Notice.objects.filter(dedupe_key__startswith=f"move:{move.pk}:")
    return set(rows.values_list("to__username", flat=True))


def test_every_verb_of_the_road_says_whom_it_tells():
    verbs = {transition.name for flow in FLOWS.values() for transition in flow.transitions}
    assert set(TELLINGS) | SILENT == verbs | {TRANSFER}


def test_texts_use_known_words_only():
    words = dict.fromkeys(("product", "code", "producer", "commune", "reason", "due", "round", "level"), "x")
    for tellings in TELLINGS.values():
        for telling in tellings:
            telling.title.format(**words)
            telling.text.format(**words)


@pytest.mark.parametrize(
    ("state", "verb", "people"),
    [
        ("submitted", "submit", {"w-commune_officer", "w-commune_leader"}),
        ("commune_review", "receive", {"w-owner"}),
        ("proposed", "propose", {"w-owner", "w-advisory"}),
        ("province_intake", "receive_at_province", {"w-owner", "w-commune_officer", "w-commune_leader"}),
        ("expert_review", "hand_to_experts", {"w-expert", "w-expert_lead"}),
        ("council_ready", "report_to_chair", {"w-chair", "w-secretary", "w-advisory"}),
    ],
)
def test_who_is_told_of_a_move(world, state, verb, people):
    world.walk_to(state)
    assert told(verb) == people


def test_a_return_carries_its_reason_ready_to_paste(world):
    row = world.walk_to("commune_review")
    commune.return_to_producer(row, by=world["commune_officer"], reason="Thiếu phiếu kiểm nghiệm.")
    notice = Notice.objects.get(to=world["owner"], title__startswith="Cần bổ sung")
    assert "Thiếu phiếu kiểm nghiệm." in notice.paste_text
    assert f"/ho-so/{row.code}/" in notice.paste_text


def test_a_worker_killed_in_the_middle_is_made_up_for_once(world):
    world.walk_to("submitted")
    DossierMove.objects.update(handled_at=None)
    Notice.objects.all().delete()
    assert (tell_of_moves(), tell_of_moves()) == (1, 0)
    move = DossierMove.objects.get(name="submit")
    DossierMove.objects.update(handled_at=None)
    tell_of_move(move)
    assert Notice.objects.filter(dedupe_key__startswith="move:").count() == 2


@pytest.mark.parametrize(
    ("left", "late", "step"),
    [(4, False, None), (3, False, 3), (2, False, None), (0, False, 0), (0, True, -1)],
)
def test_days_of_reminders(left, late, step):
    assert reminder_for(left, late=late) == step


@pytest.mark.parametrize(("offset", "start"), [(12, "Còn 3 ngày"), (15, "Hạn cuối hôm nay"), (16, "Quá hạn")])
def test_the_commune_is_reminded_once(world, offset, start):
    row = world.walk_to("commune_review")
    day = add_working_days(row.received_on, offset)
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    for hours in (0, 2):
        remind_communes(at=at + timedelta(hours=hours))
    rows = Notice.objects.filter(dedupe_key__startswith="due:")
    assert sorted(rows.values_list("to__username", flat=True)) == ["w-commune_leader", "w-commune_officer"]
    assert all(title.startswith(start) for title in rows.values_list("title", flat=True))


def test_nobody_is_reminded_of_a_dossier_that_lies_with_the_producer(world):
    row = world.walk_to("commune_review")
    commune.return_to_producer(row, by=world["commune_officer"], reason="Bổ sung.")
    assert remind_communes(at=clock.now() + timedelta(days=60)) == 0
    assert Dossier.objects.get(pk=row.pk).due_on is None
