"""Remedies, violations, a star looked into; papers."""

import io
from datetime import timedelta

import pypdf
import pytest
from docx import Document

from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.products.tests.factories import ProductFactory, stored_photo
from ocop.quality import papers
from ocop.quality.actions import outcomes, plans, visits
from ocop.quality.enums import ProposalState, RemedyState, VisitState
from ocop.quality.models import Proposal, Remedy, Violation
from ocop.recognition.models import Verification
from ocop.recognition.tests.factories import CertificateFactory


def remedy_of(world, visit, days=10):
    until = clock.today() + timedelta(days=days)
    return outcomes.require_remedy(
        visit, finding="Thiếu hạn dùng", requirement="In lại nhãn", required_by=until, by=world["health"]
    )


def test_a_remedy_is_reported_with_a_photograph_sent_back_confirmed_and_ends_the_visit(world):
    visit = world.visit(state="signed", answer="no")
    remedy = remedy_of(world, visit)
    assert (remedy.state, remedy.due_on) == (RemedyState.OPEN, remedy.required_by)
    assert Notice.objects.filter(to=world["owner"], kind="case.quality-remedies").count() == 1
    visits.conclude_visit(visit, outcome="remedies", conclusion="Phải sửa nhãn.", by=world["health"])
    assert (visit.state, visit.due_on) == (VisitState.CONCLUDED, remedy.required_by)
    with pytest.raises(Refused) as refused:
        outcomes.report_remedy(remedy, report="Đã in", by=world["owner"])
    assert refused.value.code == "remedy.photo"
    photo = stored_photo(world["owner"])
    outcomes.report_remedy(remedy, report="Đã in", files=[photo], by=world["owner"])
    with pytest.raises(Forbidden):
        outcomes.settle_remedy(remedy, "confirm", by=world["owner"])
    outcomes.settle_remedy(remedy, "send_back", reason="Ảnh mờ", by=world["health2"])
    outcomes.report_remedy(remedy, report="Đã in lại", by=world["owner"])
    outcomes.settle_remedy(remedy, "confirm", by=world["health"])
    visit.refresh_from_db()
    assert (remedy.state, visit.state, visit.due_on) == (RemedyState.DONE, VisitState.CLOSED, None)


def test_a_late_remedy_is_escalated_once(world):
    visit = world.visit(state="signed", answer="no")
    remedy = remedy_of(world, visit, days=0)
    assert outcomes.escalate_late_remedies() == 0
    tomorrow = clock.today() + timedelta(days=1)
    assert outcomes.escalate_late_remedies(today=tomorrow) == 1
    assert outcomes.escalate_late_remedies(today=tomorrow) == 0
    told = Notice.objects.filter(dedupe_key=f"remedy-late:{remedy.pk}").values_list("to__username", flat=True)
    assert set(told) == {"q-owner", "q-health", "q-standing", "q-commune"}
    assert (
        Notice.objects.filter(dedupe_key=f"remedy-late:{remedy.pk}")
        .first()
        .title.startswith("Khắc phục trễ 1 ngày")
    )


def test_a_remedy_is_asked_by_the_visits_people_for_a_day_to_come(world):
    visit = world.visit(state="signed")
    with pytest.raises(Forbidden):
        outcomes.require_remedy(
            visit, finding="x", requirement="y", required_by=clock.today(), by=world["trade"]
        )
    with pytest.raises(Refused) as refused:
        remedy_of(world, visit, days=-1)
    assert refused.value.code == "remedy.day"
    with pytest.raises(Forbidden):
        remedy_of(world, world.visit(state="announced"))


FACTS = {
    "act": "Nhãn không ghi hạn dùng", "legal_basis": "Nghị định 119/2017/NĐ-CP Điều 30", "sanction": "fine",
    "amount": 3_000_000, "decision_number": "8/QĐ-XPHC",
}  # fmt: skip


def test_a_violation_has_basis_amount_and_decision(world):
    visit, today = world.visit(state="signed"), clock.today()
    row = outcomes.record_violation(visit, facts={**FACTS, "decided_on": today}, by=world["health"])
    assert (row.producer, row.unit, row.amount) == (world.producer, world.commune, 3_000_000)
    other = ProductFactory()
    for bad, code in (
        ({"amount": 0}, "violation.amount"), ({"decided_on": today + timedelta(days=1)}, "violation.day"),
        ({"paid_on": today - timedelta(days=1)}, "violation.paid"), ({"product": other}, "violation.product"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            outcomes.record_violation(visit, facts={**FACTS, "decided_on": today, **bad}, by=world["health"])
        assert refused.value.code == code
    seen = {name for name in world.people if Violation.objects.all().visible_to(world[name]).exists()}
    assert seen == set(world.people) - {"stranger"}


def test_a_conclusion_is_proposed_to_the_advisory_body_which_opens_the_verification(world):
    visit = world.visit(state="signed", answer="no")
    facts = {"certificate": world.star, "ground": "c", "account": "Sai nhãn nhiều lô."}
    with pytest.raises(Forbidden):
        outcomes.propose_verification(visit, by=world["commune"], **facts)
    row = outcomes.propose_verification(visit, by=world["health"], **facts)
    assert (row.state, Verification.objects.count()) == (ProposalState.PROPOSED, 0)
    assert Notice.objects.get(kind="case.quality-proposals").to == world["advisory"]
    assert outcomes.propose_verification(visit, by=world["health"], **facts) == row
    with pytest.raises(Forbidden):
        outcomes.accept_proposal(row, by=world["health"])
    outcomes.accept_proposal(row, by=world["advisory"])
    opened = Verification.objects.get()
    assert (row.state, row.verification, opened.ground, opened.files.count()) == (
        ProposalState.OPENED, opened, "c", 1,
    )  # fmt: skip
    assert opened.account.startswith("Sai nhãn nhiều lô.\n\nTheo kết luận kiểm tra")


def test_a_proposal_needs_signed_minutes_and_a_star_of_the_producer(world):
    facts = {"ground": "c", "account": "x", "by": world["health"]}
    with pytest.raises(Refused) as refused:
        outcomes.propose_verification(world.visit(state="under_way"), certificate=world.star, **facts)
    assert refused.value.code == "proposal.early"
    with pytest.raises(Refused) as refused:
        outcomes.propose_verification(world.visit(state="signed"), certificate=CertificateFactory(), **facts)
    assert refused.value.code == "proposal.other"


def test_a_declined_proposal_says_why(world):
    row = outcomes.propose_verification(
        world.visit(state="signed"), certificate=world.star, ground="b", account="x", by=world["health"]
    )
    outcomes.decline_proposal(row, by=world["advisory"], reason="Đã khắc phục")
    assert (Proposal.objects.get().state, Verification.objects.count()) == (ProposalState.DECLINED, 0)
    assert not Proposal.objects.all().visible_to(world["owner"]).exists()


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_papers_say_who_when_what(world):
    visit = world.visit(state="signed", answer="no")
    remedy_of(world, visit)
    outcomes.record_violation(visit, facts={**FACTS, "decided_on": clock.today()}, by=world["health"])
    visits.conclude_visit(
        visit,
        outcome="violations",
        conclusion="Vi phạm về nhãn.",
        conclusion_number="9/KL-SYT",
        by=world["health"],
    )
    assert "Hợp tác xã Kỳ Thử" in text_of(papers.notice_docx(visit))
    assert {"Người health2", "Trưởng đoàn"} <= set(text_of(papers.decision_docx(visit)).splitlines())
    minutes = text_of(papers.minutes_docx(visit))
    assert "Trần Thị Lan" in minutes
    assert minutes.count("Không đạt") == 4
    conclusion = text_of(papers.conclusion_docx(visit))
    for words in ("Vi phạm về nhãn.", "3.000.000 đ", "In lại nhãn", "8/QĐ-XPHC"):
        assert words in conclusion
    pdf = pypdf.PdfReader(io.BytesIO(papers.minutes_pdf(visit)))
    assert "Trần Thị Lan" in "".join(page.extract_text() for page in pdf.pages)


def test_the_programme_lists_each_visit_with_both_agencies_and_the_reason_of_two(world):
    health, trade = world.plan("health", 3), world.plan("trade", 4, 11)
    programme = world.programme(health, trade)
    (overlap,) = programme.overlaps.all()
    plans.merge_overlap(overlap, keep="first", by=world["standing"])
    words = text_of(papers.programme_docx(programme))
    assert "Chương trình gồm 2 lượt kiểm tra theo kế hoạch của 2 cơ quan" in words
    assert "Sở Y tế tỉnh Thử; Sở Công Thương Thử" in words
    assert "dự kiến 1 lượt kiểm tra" in text_of(papers.plan_docx(health))


def test_remedies_wait_for_the_producer(world):
    remedy = remedy_of(world, world.visit(state="signed", answer="no"))
    assert Remedy.objects.all().visible_to(world["owner"]).get() == remedy
