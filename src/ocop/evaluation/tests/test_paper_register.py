"""The tab "Giấy tờ": every paper of the dossier that the reader may open, and no other."""

import pytest

from ocop.evaluation.actions import council, decision, province
from ocop.evaluation.actions.council_papers import make_minutes, make_score_sheets
from ocop.evaluation.actions.letters import make_decision_paper, make_result_letters
from ocop.evaluation.actions.papers import make_paper
from ocop.evaluation.actions.whole import make_whole_dossier
from ocop.evaluation.papers.decision import letter_context
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.paper_register import papers_of_dossier
from ocop.evaluation.queries.places import places_for
from ocop.evaluation.tests.test_commune_pages import client_of, url
from ocop.evaluation.tests.test_decision import draft_of, issue
from ocop.evaluation.tests.world import make_world
from ocop.kit.testing import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


EXPERTS = "Báo cáo thẩm định của Tổ tư vấn"


def labels(world, row, person) -> list[str]:
    user = world[person]
    return sorted(line.label for line in papers_of_dossier(row, user, roles_for(user, row)))


def test_papers_of_every_desk_are_listed_to_those_who_may_open_them(world):
    row = world.walk_to("awaiting_decision")
    item = world.extra["item"]
    make_paper(row, "form03", by=world["advisory"])
    make_minutes(item.session, by=world["secretary"])
    sheets = make_score_sheets(item, by=world["secretary"])
    draft = draft_of(world, row)
    make_decision_paper(draft, by=world["advisory"])
    make_whole_dossier(row, by=world["advisory"])
    decision.approve_draft(draft, by=world["leader"])
    certificate = issue(world, draft)[0]
    recognised = f"Giấy chứng nhận {certificate.stars} sao, số {certificate.number}"
    council_made = ["Biên bản họp Hội đồng", *["Phiếu chấm của thành viên"] * len(sheets)]
    form03, drafted = "Báo cáo đánh giá của cấp xã (mẫu 03)", "Dự thảo quyết định công nhận kèm phụ lục"
    assert labels(world, row, "advisory") == sorted(
        [*council_made, form03, drafted, EXPERTS, "Cả hồ sơ trong một tệp PDF", recognised]
    )
    assert labels(world, row, "owner") == [recognised]
    assert labels(world, row, "commune_officer") == sorted([form03, recognised])


def test_every_listed_paper_opens_and_says_who_made_it(world):
    row = world.walk_to("awaiting_decision")
    make_paper(row, "form03", by=world["advisory"])
    make_minutes(world.extra["item"].session, by=world["secretary"])
    user = world["advisory"]
    lines = papers_of_dossier(row, user, roles_for(user, row))
    assert [client_of(user).get(line.url).status_code for line in lines] == [200] * 3
    page = client_of(user).get(url("dossier-papers", row)).content.decode()
    shown = [line for line in lines if f"{line.by} · chưa đối chiếu mẫu gốc" in page]
    assert shown == [line for line in lines if line.label != EXPERTS]


def test_the_experts_report_is_listed_once_it_was_handed_in(world):
    row = world.walk_to("expert_review")
    province.save_expert_report(row, values={"findings": "Đủ hồ sơ."}, by=world["expert_lead"])
    assert labels(world, row, "advisory") == []
    province.report_to_chair(row, by=world["expert_lead"])
    assert labels(world, row, "advisory") == [EXPERTS]
    assert labels(world, row, "owner") == []


def test_the_letters_say_whom_they_address(world):
    row = world.walk_to("in_session")
    world.mark(world.extra["item"], [40] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    row.refresh_from_db()
    make_result_letters(row, by=world["advisory"])
    result = row.results.get()
    missed = letter_context(row, result, recipient="", issuer="")["missed"]
    assert len(missed) == len({one["criterion"] for one in result.missed}) < len(result.missed)
    letters = ["Thông báo kết quả – gửi UBND cấp xã", "Thông báo kết quả – gửi chủ thể"]
    assert labels(world, row, "owner") == sorted(letters)


def test_a_whole_dossier_opens_for_its_maker_alone(world):
    """It shows what its maker could see: a producer's own unsent words must not reach the commune by it."""
    row = world.walk_to("awaiting_decision")
    paper = make_whole_dossier(row, by=world["owner"])
    address = paper.file.get_absolute_url()
    assert content_of(client_of(world["owner"]).get(address))[:5] == b"%PDF-"
    assert client_of(world["commune_officer"]).get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "role", "label"),
    [
        ("to_be_told", "advisory_officer", "Lập thông báo kết quả"),
        ("approved_for_centre", "advisory_officer", "Gửi trung ương"),
        ("at_centre", "standing_officer", "Ghi kết quả trung ương"),
    ],
)
def test_the_record_page_leads_to_the_work_after_the_council(world, state, role, label):
    row = world.walk_to("draft")
    row.state = state
    assert [place["label"] for place in places_for(row, frozenset({role}))] == [label]
    assert places_for(row, frozenset({"province_clerk"})) == []
