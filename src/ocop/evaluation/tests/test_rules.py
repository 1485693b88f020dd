"""The flow table and the rules of completeness, case by case, with the article as id."""

import pytest

from ocop.evaluation.enums import DossierState
from ocop.evaluation.rules import completeness
from ocop.evaluation.rules.checklists import items_for
from ocop.evaluation.rules.facts import DossierFacts
from ocop.evaluation.rules.forms import STEPS
from ocop.evaluation.rules.workflow import FLOW_26_2026, WAITS_FOR
from ocop.kit.errors import Refusal
from ocop.kit.flow import moves_for

COMPLETE_01 = {"contact_position": "Chủ hộ", "commitment": "yes"}
COMPLETE_02 = {
    "spec": "Chai 330 ml",
    "material_area": "Cá cơm mua tại cảng",
    "material_local_share": 80,
    "labour_total": 5,
    "labour_local": 4,
    "technology": "Ủ chượp 12 tháng",
    "market": "Siêu thị",
    "output": "12.000 lít",
    "revenue": 900_000_000,
    "plan": "Mở thêm bể chượp",
}


def test_flow_has_no_dead_end_no_ambiguous_verb_and_a_basis_for_every_move():
    assert FLOW_26_2026.problems() == []


def test_every_state_says_whom_it_waits_for():
    assert set(WAITS_FOR) == set(DossierState)


@pytest.mark.parametrize(
    ("state", "roles", "verbs"),
    [
        pytest.param("draft", {"producer.owner"}, ["submit", "withdraw"], id="art-7.1-owner"),
        pytest.param("draft", {"producer.helper"}, ["submit"], id="art-7.1-helper-may-not-withdraw"),
        pytest.param("draft", {"commune_officer"}, [], id="art-7.1-commune-does-not-submit"),
        pytest.param(
            "submitted", {"commune_officer"}, ["receive", "return_to_producer"], id="art-7.2-intake"
        ),
        pytest.param("commune_review", {"commune_officer"}, ["return_to_producer"], id="art-7.2-officer"),
        pytest.param(
            "commune_review", {"commune_leader"}, ["return_to_producer", "propose"], id="art-7.2-leader"
        ),
        pytest.param("proposed", {"commune_leader"}, [], id="art-7.3-commune-is-done"),
        pytest.param(
            "province_intake", {"advisory_officer"}, ["ask_supplement", "hand_to_experts"], id="art-7.3-desk"
        ),
        pytest.param(
            "expert_review", {"expert_lead"}, ["ask_supplement", "report_to_chair"], id="art-7.3-experts"
        ),
        pytest.param("council_ready", {"council.member"}, [], id="art-7.3-member-does-not-set-the-agenda"),
        pytest.param("awaiting_decision", {"province_leader"}, ["return_to_council"], id="art-7.3-leader"),
        pytest.param("awaiting_decision", {"province_clerk"}, ["recognise"], id="art-7.3-clerk"),
        pytest.param(
            "awaiting_approval",
            {"province_leader"},
            ["return_to_council", "approve_for_centre"],
            id="art-7.4",
        ),
        pytest.param(
            "centre_below", {"province_leader"}, ["decide_on_centre_result", "order_reranking"], id="art-7.4g"
        ),
    ],
)
def test_who_is_offered_what(state, roles, verbs):
    assert [offer.name for offer in moves_for(FLOW_26_2026, state, roles, DossierFacts())] == verbs


@pytest.mark.parametrize(
    ("verb", "state", "facts", "code"),
    [
        pytest.param(
            "submit", "draft", DossierFacts(missing=(Refusal("x", "x"),)), "x", id="art-7.1-complete"
        ),
        pytest.param(
            "submit", "draft", DossierFacts(eligibility=(Refusal("e", "e"),)), "e", id="art-2-eligible"
        ),
        pytest.param(
            "propose",
            "commune_review",
            DossierFacts(proposal_letter=True, assessments_missing=("a",)),
            "report.missing",
            id="art-7.2-four-assessments",
        ),
        pytest.param("propose", "commune_review", DossierFacts(), "report.letter", id="art-7.2-proposal"),
        pytest.param(
            "propose",
            "commune_review",
            DossierFacts(proposal_letter=True, meeting_needed_and_missing=True),
            "report.meeting",
            id="art-7.2-meeting",
        ),
        pytest.param(
            "hand_to_experts",
            "province_intake",
            DossierFacts(samples_needed=5, samples_received=4, experts_assigned=True),
            "samples.missing",
            id="appendix-iii-five-samples",
        ),
        pytest.param(
            "hand_to_experts",
            "province_intake",
            DossierFacts(),
            "experts.none",
            id="art-7.3-experts-assigned",
        ),
        pytest.param(
            "report_to_chair", "expert_review", DossierFacts(), "experts.report", id="art-7.3-report"
        ),
        pytest.param(
            "recognise", "awaiting_decision", DossierFacts(), "draft.open", id="art-7.3-approved-draft"
        ),
        pytest.param("tell_result", "to_be_told", DossierFacts(), "letters.none", id="art-7.3-in-writing"),
    ],
)
def test_guards_refuse_with_their_code(verb, state, facts, code):
    transition = FLOW_26_2026.find(verb, state)
    assert [refusal.code for guard in transition.guards for refusal in guard(facts)] == [code]


def test_set_without_samples_goes_to_the_experts_without_samples():
    transition = FLOW_26_2026.find("hand_to_experts", "province_intake")
    facts = DossierFacts(samples_needed=0, experts_assigned=True)
    assert [refusal for guard in transition.guards for refusal in guard(facts)] == []


def test_complete_forms_have_no_gap():
    assert completeness.form_gaps(COMPLETE_01, COMPLETE_02) == []


def test_empty_forms_name_every_required_question_once_and_the_commitment():
    required = [f"{step.form}.{q.key}" for step in STEPS for q in step.questions if q.required]
    assert [gap.code for gap in completeness.form_gaps({}, {})] == [*required, "form01.commitment"]


def test_more_local_labour_than_labour_is_a_gap():
    gaps = completeness.form_gaps(COMPLETE_01, {**COMPLETE_02, "labour_local": 6})
    assert [gap.code for gap in gaps] == ["form02.labour"]


def test_zero_is_an_answer_in_a_figure():
    assert completeness.form_gaps(COMPLETE_01, {**COMPLETE_02, "material_local_share": 0}) == []


def test_unscored_criteria_and_a_missing_case_block():
    gaps = completeness.answer_gaps(["1.1"], case_needed=True, case=None, names={"1.1": "Nguồn gốc"})
    assert [(gap.code, gap.blocks) for gap in gaps] == [("answers.case", True), ("answers.1.1", True)]


def test_claimed_level_without_evidence_warns_and_does_not_block():
    gaps = completeness.evidence_gaps({"1.1": 2, "1.2": 0, "1.3": 1}, {"1.3"}, {})
    assert [(gap.code, gap.blocks) for gap in gaps] == [("evidence.1.1", False)]


def test_checklist_of_the_province_has_samples_only_where_samples_are_asked_for():
    assert [item.key for item in items_for(at_province=True, samples_needed=0)] == [
        "letter",
        "form03",
        "dossier",
    ]
    assert "samples" in [item.key for item in items_for(at_province=True, samples_needed=5)]
