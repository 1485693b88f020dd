"""From a producer's file to a star that anyone can check: the whole road, over the roles, with its branches.

Decision 26/2026/QĐ-TTg, Art. 2 to 7. Steps that a page takes are pressed on the page; the rest by the actions behind.
"""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import commune, council, decision, dossier, marking, province
from ocop.evaluation.actions.letters import make_result_letters
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.models import Attendance, ScoreSheet, Seat
from ocop.evaluation.tests.world import REPORT, World, make_world
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.actions.register import change_form
from ocop.products.actions.media import use_mark
from ocop.products.models import Mark
from ocop.recognition.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def page(user, url: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.journey("IV.3.2.d:decision-26", "VI.12:scoring", "VI.12:certificates", "IV.7.1", "III.2.b")
def test_from_an_empty_form_to_a_four_star_page_that_anyone_can_read(world: World):
    row = world.walk_to("awaiting_decision", points=78)
    (certificate,) = world.recognise(row)
    open_page = Client().get(reverse("public:validity", args=[certificate.code])).content.decode()
    assert "4 sao" in open_page
    assert world.product.name in open_page
    assert f"{certificate.valid_to:%d/%m/%Y}" in open_page
    listed = Client().get("/api/v1/recognitions", {"q": "nuoc mam ky thu"}).json()
    assert [(one["stars"], one["state"]) for one in listed["results"]] == [(4, "valid")]


@pytest.mark.journey("VI.13:report")
def test_commune_returns_then_reports_after_a_recorded_meeting(world: World):
    row = world.walk_to("commune_review")
    officer, leader, owner = world["commune_officer"], world["commune_leader"], world["owner"]
    commune.return_to_producer(row, by=officer, reason="Thiếu phiếu kiểm nghiệm còn hạn.")
    assert "Thiếu phiếu kiểm nghiệm còn hạn." in page(
        owner, reverse("evaluation:dossier-detail", args=[row.code])
    )
    dossier.submit(row, by=owner)
    commune.save_report(row, values={**REPORT, "meeting_held": True}, by=officer)
    with pytest.raises(Refused) as refused:
        commune.propose(row, by=leader)
    assert refused.value.code == "report.meeting"
    meeting = {
        "meeting_on": clock.today(),
        "meeting_people": "Lãnh đạo UBND, cán bộ nông nghiệp, đại diện thôn.",
    }
    commune.save_report(row, values=meeting, by=officer)
    commune.propose(row, by=leader, letter_number="12/TTr-UBND")
    row.refresh_from_db()
    assert (row.state, row.round, row.submissions.count()) == ("proposed", world.round, 2)


@pytest.mark.journey("III.2.a")
def test_association_may_apply_for_tourism_only(world: World):
    row = world.filled_dossier()
    change_form(
        world.producer, by=world["owner"], form="association", since=clock.today(), basis="Đổi loại hình"
    )
    with pytest.raises(Refused) as refused:
        dossier.submit(row, by=world["owner"])
    assert "eligibility.tourism_only" in [one.code for one in refused.value.refusals]


@pytest.mark.journey("IV.6.2:register")
def test_protected_mark_is_in_the_register_and_on_the_products_page(world: World):
    mark = Mark.objects.create(
        name="Nước mắm Kỳ Thử", kind="certification", status="confirmed", unit=world.province
    )
    use_mark(world.product, mark, by=world["advisory"])
    assert "Nước mắm Kỳ Thử" in page(world["advisory"], "/so/nhan-hieu/")
    row = world.walk_to("awaiting_decision")
    world.recognise(row)
    shown = Client().get(reverse("public:product", args=[world.product.public_code])).content.decode()
    assert mark.name in shown


def test_province_asks_for_more_and_the_dossier_comes_back_to_its_desk(world: World):
    row = world.walk_to("province_intake")
    province.ask_supplement(row, by=world["advisory"], reason="Bổ sung hợp đồng liên kết.")
    dossier.submit(row, by=world["owner"])
    row.refresh_from_db()
    assert row.state == "province_intake"


def test_wide_spread_forces_discussion_and_a_second_round(world: World):
    row = world.walk_to("in_session")
    item = world.extra["item"]
    world.mark(item, [90, 78, 78, 75])
    with pytest.raises(Refused) as refused:
        council.close_item(item, by=world["chair"])
    assert refused.value.code == "result.spread"
    council.save_discussion(item, text="Thống nhất lại cách hiểu tiêu chí 4.1.", by=world["secretary"])
    world.mark(item, [80, 78, 78, 75])
    result = council.close_item(item, by=world["chair"])
    row.refresh_from_db()
    assert (row.state, str(result.points), item.rounds.count()) == ("awaiting_decision", "77.75", 2)


def test_no_quorum_no_marking(world: World):
    row = world.walk_to("council_ready")
    session = world.open_session()
    item = world.put_on_agenda(row, session)
    absent = Seat.objects.filter(council=world.council, user__in=world.members[2:])
    Attendance.objects.filter(session=session, seat__in=absent).update(present=False)
    with pytest.raises(Refused) as refused:
        council.open_marking(item, by=world["secretary"])
    assert refused.value.code == "council.quorum"


def test_conflict_bars_the_member_and_only_that_member(world: World):
    row = world.walk_to("council_ready")
    item = world.put_on_agenda(row)
    barred = world.members[3]
    council.declare(item, by=barred, has_conflict=True, statement="Là người nhà của chủ cơ sở.")
    current = council.open_marking(item, by=world["secretary"])
    with pytest.raises(Forbidden):
        marking.save_sheet(current, by=barred, answers={})
    answers = answers_worth(world.criteria_set, 78)
    for member in world.members[:3]:
        marking.save_sheet(current, by=member, answers=answers)
        marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])
    item.refresh_from_db()
    assert council.close_item(item, by=world["chair"]).counted == 3


def test_nobody_sees_anothers_sheet_before_the_chair_closes(world: World):
    row = world.walk_to("council_ready")
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    marking.save_sheet(current, by=world.members[1], answers=answers_worth(world.criteria_set, 78))
    marking.submit_sheet(current, by=world.members[1])
    for name in ("chair", "secretary", "admin", "owner", "advisory"):
        assert not ScoreSheet.objects.visible_to(world[name]).filter(seat__user=world.members[1]).exists()
    for member in (world.members[0], *world.members[2:]):
        marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, 78))
        marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])
    assert ScoreSheet.objects.visible_to(world["chair"]).count() == 4
    assert ScoreSheet.objects.visible_to(world["admin"]).count() == 0


def test_confirmed_disqualifier_drops_the_dossier_and_gives_no_star(world: World):
    row = world.walk_to("council_ready")
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    ground = world.criteria_set.sheet.disqualifiers[0]
    for index, member in enumerate(world.members):
        ticks = (
            [
                {
                    "text": ground,
                    "reason": "Phiếu kiểm nghiệm không do đơn vị ghi trên phiếu cấp.",
                    "evidence": "Công văn xác minh",
                }
            ]
            if index == 1
            else None
        )
        answers = answers_worth(world.criteria_set, 78)
        marking.save_sheet(current, by=member, answers=answers, disqualifiers=ticks)
        marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])
    finding = item.disqualifier_findings.get()
    with pytest.raises(Refused):
        council.close_item(item, by=world["chair"])
    council.settle_finding(finding, confirmed=True, by=world["chair"])
    result = council.close_item(item, by=world["chair"])
    row.refresh_from_db()
    assert (result.outcome, result.stars, row.state) == ("disqualified", None, "to_be_told")
    make_result_letters(row, by=world["advisory"])
    decision.tell_result(row, by=world["advisory"])
    assert not Certificate.objects.filter(product=world.product).exists()


def test_potential_five_stars_goes_to_the_centre_and_an_old_star_runs_on(world: World):
    first = world.walk_to("awaiting_decision", points=78)
    (old,) = world.recognise(first)
    second = world.walk_to("in_session", points=94)
    world.mark(world.extra["item"], [94] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    decision.approve_for_centre(second, by=world["leader"])
    decision.send_to_centre(second, by=world["advisory"], document="15/UBND")
    old.refresh_from_db()
    assert old.state_on(clock.today()).value == "valid"


def test_withdrawn_dossier_ends_and_another_may_be_opened(world: World):
    row = world.walk_to("submitted")
    dossier.withdraw(row, by=world["owner"], reason="Chờ kết quả kiểm nghiệm mới.")
    again = world.open_dossier()
    assert again.pk != row.pk
