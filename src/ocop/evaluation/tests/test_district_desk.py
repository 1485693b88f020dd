"""The desk of a district on its pages (Decision 148/QĐ-TTg), the clock of the installation in 2024."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import commune, council, decision, dossier, province
from ocop.evaluation.models import Dossier
from ocop.evaluation.papers.decision import decision_context
from ocop.evaluation.tests.world import REPORT, World, make_world
from ocop.kit.registry import todos

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.OCOP_TODAY = date(2024, 6, 10)
    made = make_world(with_district=True)
    settings.OCOP_PROVINCE = made.province.code
    return made


def signed(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


def sent_to_district(world: World) -> Dossier:
    row = world.filled_dossier(61)
    dossier.submit(row, by=world["owner"])
    commune.receive(row, by=world["commune_officer"])
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    commune.propose(row, by=world["commune_leader"], letter_number="12/TTr-UBND")
    row.refresh_from_db()
    return row


def lines_of(world: World, name: str) -> list[tuple[str, str]]:
    """What "Việc của tôi" offers of dossiers: press and address."""
    source = next(one for one in todos if one.key == "evaluation.dossiers")
    return [(todo.action, todo.url) for todo in source.items(world[name], date(2024, 6, 10))]


def test_the_desk_receives_ticks_assigns_and_hands_over_on_its_pages(world: World) -> None:
    row = sent_to_district(world)
    desk = signed(world, "advisory")
    intake = reverse("evaluation:province-intake", args=[row.code])
    assert lines_of(world, "advisory") == [("Tiếp nhận", intake)]
    answer = desk.post(reverse("evaluation:dossier-move", args=[row.code]), {"verb": "receive_at_district"})
    assert answer.url == intake
    page = desk.get(intake)
    assert (page.context["open"], page.context["level"]) == (True, "huyện")
    assert "Huyện tiếp nhận" in page.content.decode()
    team = [world["expert_lead"].pk, world["expert"].pk]
    desk.post(reverse("evaluation:province-assign", args=[row.code]), {"experts": team, "lead": team[0]})
    desk.post(reverse("evaluation:dossier-move", args=[row.code]), {"verb": "hand_to_experts"})
    row.refresh_from_db()
    assert (row.state, row.expert_assignments.filter(at_district=True).count()) == (
        "district_expert_review",
        2,
    )
    assert lines_of(world, "expert") == [("Thẩm định", reverse("evaluation:expert-report", args=[row.code]))]
    assert lines_of(world, "advisory") == []


def test_a_supplement_goes_back_to_the_district_not_through_the_commune(world: World) -> None:
    row = sent_to_district(world)
    province.receive_at_province(row, by=world["advisory"])
    province.ask_supplement(row, by=world["advisory"], reason="Thiếu phiếu kiểm nghiệm.")
    row.refresh_from_db()
    assert row.state == "returned_by_district"
    text = signed(world, "owner").get(reverse("evaluation:dossier-write", args=[row.code])).content.decode()
    assert "Huyện" in text
    assert "Thiếu phiếu kiểm nghiệm." in text
    dossier.submit(row, by=world["owner"])
    row.refresh_from_db()
    assert (row.state, row.submissions.count()) == ("district_intake", 2)


def test_a_decision_paper_names_the_committee_and_the_law_of_its_day(world: World) -> None:
    row = sent_to_district(world)
    province.receive_at_province(row, by=world["advisory"])
    team = [world["expert_lead"], world["expert"]]
    province.assign_experts(row, experts=team, lead=team[0], by=world["advisory"])
    province.hand_to_experts(row, by=world["advisory"])
    province.save_expert_report(row, values={"findings": "Đủ."}, by=world["expert"])
    province.report_to_chair(row, by=world["expert_lead"])
    row.refresh_from_db()
    item = world.put_on_agenda(row)
    world.mark(item, [61] * 4)
    council.close_item(item, by=world["chair"])
    draft = decision.draft_decision(
        province=world.province,
        issuer=world.committee,
        dossiers=[row],
        title="Công nhận",
        by=world["advisory"],
    )
    context = decision_context(draft)
    assert (context["committee"], context["level"], context["law"]) == (
        "ỦY BAN NHÂN DÂN HUYỆN",
        "huyện",
        "Quyết định số 148/QĐ-TTg ngày 24 tháng 02 năm 2023 của Thủ tướng Chính phủ",
    )
