"""The province's desk and the expert team: pages, presses, who may write."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ocop.evaluation.actions import province
from ocop.evaluation.models import ExpertReport
from ocop.evaluation.tests.test_commune_pages import client_of, url
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.kit.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_the_desk_from_receipt_to_the_experts(world):
    row = world.walk_to("proposed")
    client = client_of(world["advisory"])
    assert client.get(url("province-intake", row)).status_code == 200
    received = client.post(url("dossier-move", row), {"verb": "receive_at_province"})
    assert received.url == url("province-intake", row)
    page = client.get(url("province-intake", row))
    assert [refusal.code for refusal in page.context["hand_over"].refusals] == [
        "samples.missing",
        "experts.none",
    ]
    client.post(url("province-checks", row), {"verdict_letter": "ok"})
    client.post(url("province-samples", row), {"on": clock.today().isoformat(), "units": "5"})
    page = client.get(url("province-intake", row))
    assert (page.context["sample_units"], page.context["sample"].initial["units"]) == (5, None)
    lead, other = str(world["expert_lead"].pk), str(world["expert"].pk)
    client.post(url("province-assign", row), {"experts": [lead, other], "lead": lead})
    client.post(url("dossier-move", row), {"verb": "hand_to_experts"})
    row.refresh_from_db()
    assert row.state == "expert_review"
    assert list(row.intake_checks.values_list("item", "at_province", "verdict")) == [("letter", True, "ok")]
    assert [(one.expert, one.is_lead) for one in row.expert_assignments.order_by("pk")] == [
        (world["expert_lead"], True), (world["expert"], False),
    ]  # fmt: skip


def test_asking_for_more_needs_a_reason_and_goes_back(world):
    row = world.walk_to("province_intake")
    client = client_of(world["advisory"])
    assert client.post(url("province-ask", row), {"reason": ""}).status_code == 422
    assert client.post(url("province-ask", row), {"reason": "Thiếu công bố"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "returned_by_province"


def test_samples_are_returned_once_and_not_more_than_came(world):
    row = world.walk_to("province_intake")
    note = province.note_samples(row, units=5, by=world["advisory"])
    client = client_of(world["advisory"])
    today = clock.today().isoformat()
    more = client.post(url("province-samples-return", row, note.pk), {"on": today, "units": "6"})
    assert (more.status_code, "Chỉ trả được từ 1 đến 5" in more.content.decode()) == (422, True)
    assert (
        client.post(url("province-samples-return", row, note.pk), {"on": today, "units": "4"}).status_code
        == 302
    )
    with pytest.raises(Refused) as refused:
        province.return_samples(note, units=1, by=world["advisory"])
    note.refresh_from_db()
    assert (refused.value.code, note.returned_units) == ("samples.done", 4)


def test_set_26_asks_for_no_samples():
    world = make_world(set_number=26)
    assert world.criteria_set.sample_units in (0, None)


def test_samples_of_a_day_ahead_are_refused(world):
    row = world.walk_to("province_intake")
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    answer = client_of(world["advisory"]).post(url("province-samples", row), {"on": ahead, "units": "5"})
    assert (answer.status_code, row.samples.count()) == (422, 0)


def test_the_lead_is_one_of_the_assigned(world):
    row = world.walk_to("province_intake")
    sent = {"experts": [str(world["expert"].pk)], "lead": str(world["expert_lead"].pk)}
    answer = client_of(world["advisory"]).post(url("province-assign", row), sent)
    assert (answer.status_code, row.expert_assignments.count()) == (422, 0)


def test_an_assigned_expert_writes_and_the_lead_reports(world):
    row = world.walk_to("expert_review")
    expert = client_of(world["expert"])
    saved = expert.post(
        url("expert-report", row), {"version": 0, "findings": "Đủ.", "note_1_1": "Kiểm tra hợp đồng"}
    )
    assert saved.status_code == 302
    assert ExpertReport.objects.get(dossier=row).criterion_notes == {"1.1": "Kiểm tra hợp đồng"}
    assert expert.post(url("expert-to-chair", row), {}).status_code == 403
    lead = client_of(world["expert_lead"])
    kept = lead.post(url("expert-report", row), {"version": 1, "findings": "Đủ.", "next": "1"})
    assert kept.url == url("expert-report", row) + "#bao-cao"
    sent = lead.post(url("expert-to-chair", row), {}, follow=True)
    assert [str(one) for one in sent.context["messages"]] == [
        "Đã lưu báo cáo thẩm định.",
        "Đã báo cáo Chủ tịch Hội đồng; hồ sơ chờ đưa ra họp.",
    ]
    row.refresh_from_db()
    assert row.state == "council_ready"


def test_a_report_without_findings_does_not_go_to_the_chair(world):
    row = world.walk_to("expert_review")
    province.save_expert_report(row, values={"visit_notes": "Đã đến"}, by=world["expert"])
    answer = client_of(world["expert_lead"]).post(url("expert-to-chair", row), {})
    assert (answer.status_code, "Chưa có báo cáo thẩm định" in answer.content.decode()) == (422, True)


def test_an_expert_not_assigned_reads_but_does_not_write(world):
    row = world.walk_to("expert_review")
    row.expert_assignments.filter(expert=world["expert"]).delete()
    client = client_of(world["expert"])
    page = client.get(url("expert-report", row))
    assert (page.status_code, page.context["may_write"]) == (200, False)
    assert client.post(url("expert-report", row), {"version": 0, "findings": "x"}).status_code == 403
    assert not ExpertReport.objects.exists()


def test_two_experts_lose_nothing(world):
    row = world.walk_to("expert_review")
    province.save_expert_report(row, values={"findings": "Của bạn"}, by=world["expert_lead"])
    answer = client_of(world["expert"]).post(url("expert-report", row), {"version": 0, "findings": "Của tôi"})
    assert answer.status_code == 409
    assert answer.context["theirs"] == [("nhận xét hồ sơ", "Của bạn")]
    assert "Của tôi" in answer.content.decode()
    assert ExpertReport.objects.get(dossier=row).findings == "Của bạn"


def test_my_assigned_dossiers(world):
    row = world.walk_to("expert_review")
    page = client_of(world["expert"]).get(reverse("evaluation:expert-assigned"))
    assert [line["dossier"] for line in page.context["lines"]] == [row]
    assert client_of(world["owner"]).get(reverse("evaluation:expert-assigned")).status_code == 403


@pytest.mark.parametrize("name", ["province-intake", "expert-report"])
def test_who_gets_which_answer_on_the_provinces_pages(world, name):
    row = world.walk_to("expert_review")
    found = {
        person: client_of(world[person]).get(url(name, row)).status_code
        for person in ("other_officer", "stranger", "admin", "owner", "commune_officer")
    }
    assert found == {
        "other_officer": 404,
        "stranger": 404,
        "admin": 404,
        "owner": 403,
        "commune_officer": 403,
    }


@pytest.mark.parametrize("name", ["province-checks", "province-samples", "province-assign", "province-ask"])
def test_only_the_advisory_body_sends(world, name):
    row = world.walk_to("province_intake")
    found = {
        person: client_of(world[person]).post(url(name, row), {}).status_code
        for person in ("other_officer", "stranger", "owner", "commune_officer", "expert", "leader")
    }
    assert found == {
        "other_officer": 404, "stranger": 404, "owner": 403, "commune_officer": 403, "expert": 403, "leader": 403,
    }  # fmt: skip
