"""The decision's desk: drafts, numbers, the centre, letters. Art. 4, 7.3, 7.4 of Decision 26/2026."""

from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, decision
from ocop.evaluation.actions.letters import make_result_letters
from ocop.evaluation.actions.verbs import press
from ocop.evaluation.actions.whole import make_whole_dossier
from ocop.evaluation.models import DecisionDraft, Dossier
from ocop.evaluation.queries.drafts import drafts_for
from ocop.evaluation.tests.world import make_world
from ocop.files.disk import path_of
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition.models import Certificate
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def draft_of(world, row):
    return decision.draft_decision(
        province=world.province,
        issuer=world.committee,
        dossiers=[row],
        title="Công nhận",
        by=world["advisory"],
    )


def issue(world, draft, **changes):
    line = draft.lines.get()
    values = {
        "number": "1/QĐ-UBND",
        "issued_on": clock.today(),
        "certificate_numbers": {line.pk: "01/2026"},
        "by": world["clerk"],
    }
    return decision.issue_decision(draft, **{**values, **changes})


def test_two_stars_get_no_decision_and_are_told_in_writing(world):
    row = world.walk_to("in_session")
    world.mark(world.extra["item"], [40] * 4)
    result = council.close_item(world.extra["item"], by=world["chair"])
    row.refresh_from_db()
    assert (row.state, result.stars, result.outcome) == ("to_be_told", 2, "not_ranked")
    with pytest.raises(Refused) as refused:
        draft_of(world, row)
    assert refused.value.code == "draft.state"
    with pytest.raises(Refused) as refused:
        decision.tell_result(row, by=world["advisory"])
    assert refused.value.code == "letters.none"
    letters = make_result_letters(row, by=world["advisory"])
    assert [letter.file.name for letter in letters] == [
        f"thong-bao-{row.code}-xa.docx",
        f"thong-bao-{row.code}-chu-the.docx",
    ]
    decision.tell_result(row, by=world["advisory"])
    row.refresh_from_db()
    assert row.state == "not_ranked"
    assert Certificate.objects.count() == 0


def test_decision_is_not_issued_before_the_chair_approves(world):
    draft = draft_of(world, world.walk_to("awaiting_decision"))
    with pytest.raises(Refused) as refused:
        issue(world, draft)
    assert refused.value.code == "draft.open"


def test_only_the_leader_approves_and_only_the_clerk_numbers(world):
    draft = draft_of(world, world.walk_to("awaiting_decision"))
    with pytest.raises(Forbidden):
        decision.approve_draft(draft, by=world["clerk"])
    decision.approve_draft(draft, by=world["leader"])
    with pytest.raises(Forbidden):
        issue(world, draft, by=world["leader"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "decision.number"),
        ({"issued_on": "tomorrow"}, "decision.ahead"),
        ({"issued_on": "yesterday"}, "decision.before_approval"),
        ({"certificate_numbers": {}}, "certificate.number"),
    ],
)
def test_wrong_number_or_date_changes_nothing(world, changes, code):
    row = world.walk_to("awaiting_decision")
    draft = draft_of(world, row)
    decision.approve_draft(draft, by=world["leader"])
    days = {"tomorrow": 1, "yesterday": -1}
    if isinstance(changes.get("issued_on"), str):
        changes = {"issued_on": clock.today() + timedelta(days=days[changes["issued_on"]])}
    with pytest.raises(Refused) as refused:
        issue(world, draft, **changes)
    row.refresh_from_db()
    assert (refused.value.code, row.state, Certificate.objects.count()) == (code, "awaiting_decision", 0)


def test_issuing_twice_answers_the_first_certificates(world):
    draft = draft_of(world, world.walk_to("awaiting_decision"))
    decision.approve_draft(draft, by=world["leader"])
    first = issue(world, draft)
    assert issue(world, draft) == first


def test_dossier_sent_back_by_the_leader_leaves_its_draft(world):
    row = world.walk_to("awaiting_decision")
    draft = draft_of(world, row)
    press(row, "return_to_council", by=world["leader"], reason="Xem lại minh chứng tiêu chí 2.3.")
    assert (row.state, draft.lines.get().dropped_at is not None) == ("council_ready", True)


class TestPotentialFive:
    """Art. 7.4: 90 and more goes to the centre; the province recognises nothing yet."""

    @pytest.fixture
    def at_centre(self, world) -> Dossier:
        row = world.walk_to("in_session", points=94)
        world.mark(world.extra["item"], [94] * 4)
        result = council.close_item(world.extra["item"], by=world["chair"])
        row.refresh_from_db()
        assert (row.state, result.outcome) == ("awaiting_approval", "potential_five")
        decision.approve_for_centre(row, by=world["leader"])
        decision.send_to_centre(row, by=world["advisory"], document="15/UBND ngày hôm nay")
        return row

    def record(self, world, row, points, **more):
        return decision.record_centre_result(
            row,
            points=Decimal(points),
            document="99/BC-BNNMT",
            received_on=clock.today(),
            by=world["standing"],
            **more,
        )

    def test_minister_recognises_five_stars(self, world, at_centre):
        ministry = AgencyFactory(unit=None, kind=AgencyKind.MINISTRY, name="Bộ Nông nghiệp và Môi trường")
        self.record(
            world, at_centre, "91.50", decision_number="7/QĐ-BNNMT", decision_on=clock.today(), issuer=ministry,
            certificate_number="5S-01",
        )  # fmt: skip
        at_centre.refresh_from_db()
        assert at_centre.state == "recognised"
        assert Certificate.objects.get().stars == 5

    def test_five_stars_without_the_ministers_decision_changes_nothing(self, world, at_centre):
        with pytest.raises(Refused) as refused:
            self.record(world, at_centre, "91.50")
        at_centre.refresh_from_db()
        assert (refused.value.code, at_centre.state, at_centre.centre_results.count()) == (
            "centre.decision", "at_centre", 0,
        )  # fmt: skip

    def test_below_ninety_the_province_recognises_four(self, world, at_centre):
        self.record(world, at_centre, "85.25")
        decision.decide_on_centre_result(at_centre, by=world["leader"])
        (certificate,) = world.recognise(at_centre)
        assert certificate.stars == 4

    def test_below_ninety_the_leader_may_order_a_re_ranking(self, world, at_centre):
        self.record(world, at_centre, "69.00")
        decision.order_reranking(at_centre, by=world["leader"], reason="Chênh lệch lớn với kết quả tỉnh.")
        at_centre.refresh_from_db()
        assert at_centre.state == "council_ready"

    def test_centre_below_fifty_is_not_recognised_on_it(self, world, at_centre):
        self.record(world, at_centre, "45.00")
        with pytest.raises(Refused) as refused:
            decision.decide_on_centre_result(at_centre, by=world["leader"])
        assert refused.value.code == "centre.stars"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_pages_lead_from_draft_to_published_certificate(world):
    row = world.walk_to("awaiting_decision")
    advisory, leader, clerk = (client_of(world[name]) for name in ("advisory", "leader", "clerk"))
    made = advisory.post(
        reverse("evaluation:draft-create"), {"title": "Công nhận đợt 2", "dossiers": [row.pk]}
    )
    url = made["Location"]
    assert "Duyệt dự thảo" in leader.get(url).content.decode()
    leader.post(url + "duyet/")
    page = clerk.get(url)
    line = page.context["lines"][0]
    wrong = {"number": "12/QĐ-UBND", "issued_on": "2999-01-01", f"so_{line.pk}": "01/2026"}
    refused = clerk.post(url + "ban-hanh/", wrong)
    assert refused.status_code == 422
    assert 'value="12/QĐ-UBND"' in refused.content.decode()
    clerk.post(url + "ban-hanh/", {**wrong, "issued_on": clock.today().isoformat()})
    row.refresh_from_db()
    assert row.state == "recognised"
    assert Certificate.objects.get().number == "01/2026"
    clerk.post(url + "van-ban/")
    assert "du-thao-quyet-dinh" in clerk.get(url).content.decode()


@pytest.mark.parametrize("name", ["owner", "commune_officer", "stranger", "chair"])
def test_drafts_do_not_exist_for_others(world, name):
    draft = draft_of(world, world.walk_to("awaiting_decision"))
    assert client_of(world[name]).get(reverse("evaluation:draft-detail", args=[draft.pk])).status_code == 404


def test_whole_dossier_is_one_pdf_with_contents_and_forms(world):
    row = world.walk_to("proposed")
    paper = make_whole_dossier(row, by=world["advisory"])
    with pikepdf.open(path_of(paper.file.sha256)) as document:
        assert len(document.pages) == paper.file.pages
        assert paper.file.pages >= 3
        with document.open_outline() as outline:
            assert [item.title for item in outline.root][:2] == ["Mục lục", "Hồ sơ"]
            assert [item.title for item in outline.root[1].children] == [
                "Thông tin chung, phiếu đăng ký (mẫu 01)",
                "Báo cáo tự đánh giá (mẫu 02)",
                "Bảng tự chấm điểm",
                "Báo cáo đánh giá của UBND cấp xã (mẫu 03)",
            ]


def test_what_is_still_open_stands_first_and_says_whom_it_waits_for(world):
    first = draft_of(world, world.walk_to("awaiting_decision"))
    page = client_of(world["advisory"]).get(reverse("evaluation:draft-detail", args=[first.pk]))
    assert page.context["waits_for"] == "Chờ lãnh đạo UBND tỉnh duyệt dự thảo."
    assert page.context["waits_for"] in page.content.decode()
    leader = client_of(world["leader"]).get(reverse("evaluation:draft-detail", args=[first.pk]))
    assert page.context["waits_for"] not in leader.content.decode()
    decision.approve_draft(first, by=world["leader"])
    issue(world, first)
    second = DecisionDraft.objects.create(
        province=first.province, issuer=first.issuer, title="Cũ hơn", created_by=first.created_by,
        created_at=first.created_at - timedelta(days=9),
    )  # fmt: skip
    assert list(drafts_for(world["advisory"])) == [second, first]


def test_the_leader_decides_where_the_result_stands(world):
    row = world.walk_to("awaiting_decision")
    address = reverse("evaluation:dossier-outcome", args=[row.code])
    offered = {
        name: [offer.name for offer in client_of(world[name]).get(address).context["offers"]]
        for name in ("leader", "advisory", "clerk")
    }
    assert offered == {"leader": ["return_to_council"], "advisory": [], "clerk": []}
