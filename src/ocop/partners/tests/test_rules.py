"""Points, grades, needed numbers, consents: plain rules."""

import pytest

from ocop.accounts.enums import Role
from ocop.kit.flow import moves_for
from ocop.partners.enums import AgreedField, Grade, PartnerKind
from ocop.partners.rules.assessment import ASSESSMENT_FLOW, AssessmentFacts, Line, grade_of, total
from ocop.partners.rules.capacity import NEEDED, agreed, missing_numbers
from ocop.partners.rules.messages import MESSAGE_FLOW


@pytest.mark.parametrize(
    ("points", "most", "grade"),
    [(80, 100, Grade.GOOD), (79, 100, Grade.FAIR), (50, 100, Grade.FAIR), (49, 100, Grade.WEAK), (8, 10, Grade.GOOD),
     (0, 100, Grade.WEAK), (0, 0, Grade.NONE)],
)  # fmt: skip
def test_the_grade_follows_the_share_of_the_most_points(points, most, grade):
    assert grade_of(points, most, good=80, fair=50) == grade


def test_the_total_counts_what_is_not_marked_as_nothing():
    assert total([Line("a", "A", 15, 12), Line("b", "B", 20)]) == (12, 35)


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        (PartnerKind.CHAIN, {"areas": 3, "volume": 10, "staff": 4, "certificates": 0}, ()),
        (PartnerKind.CHAIN, {"areas": 3}, ("năng lực mỗi năm", "số nhân lực", "số chứng nhận, giấy phép")),
        (PartnerKind.FINANCE, {"areas": 1, "staff": 9}, ("năng lực mỗi năm",)),
        (PartnerKind.JOURNALIST, {"areas": 1}, ()),
        (PartnerKind.JOURNALIST, {}, ("số tỉnh, thành phố phục vụ",)),
    ],
)
def test_each_kind_states_its_numbers(kind, values, missing):
    assert missing_numbers(kind, values) == missing


def test_every_kind_has_needed_numbers():
    assert set(NEEDED) == set(PartnerKind.values)


def test_a_consent_keeps_the_order_of_the_page_and_knows_its_fields():
    assert agreed(["phone", "introduction"]) == (AgreedField.INTRODUCTION, AgreedField.PHONE)
    with pytest.raises(ValueError, match="secret"):
        agreed(["secret"])


FULL = AssessmentFacts(lines=(Line("a", "Tiêu chí A", 15, 12),), conclusion="Đạt.", consents=True)


def verbs(state, role, facts=FULL):
    return {offer.name: offer.allowed for offer in moves_for(ASSESSMENT_FLOW, state, {role}, facts)}


def test_who_may_do_what_in_an_assessment():
    advisory, standing = Role.ADVISORY_OFFICER.value, Role.STANDING_OFFICER.value
    assert verbs("draft", advisory) == {"mark": True, "propose": True}
    assert verbs("proposed", advisory) == {}
    assert verbs("proposed", standing) == {"return": True, "conclude": True, "drop": True}
    assert verbs("concluded", standing) == {"publish": True, "reopen": True}
    assert verbs("published", standing) == {}
    assert verbs("draft", Role.COMMUNE_OFFICER.value) == {}


@pytest.mark.parametrize(
    ("facts", "verb", "code"),
    [
        (AssessmentFacts(), "propose", "assessment.criteria"),
        (AssessmentFacts(lines=(Line("a", "A", 15),)), "propose", "assessment.points"),
        (AssessmentFacts(lines=(Line("a", "A", 15, 16),)), "propose", "assessment.most"),
        (AssessmentFacts(lines=(Line("a", "A", 15, 5),), numbers_missing=("số nhân lực",)), "propose",
         "assessment.numbers"),
        (AssessmentFacts(lines=(Line("a", "A", 15, 5),)), "conclude", "assessment.conclusion"),
        (AssessmentFacts(lines=(Line("a", "A", 15, 5),), conclusion="Đạt"), "publish", "assessment.consent"),
    ],
)  # fmt: skip
def test_what_stands_against_a_step(facts, verb, code):
    transition = next(one for one in ASSESSMENT_FLOW.transitions if one.name == verb)
    assert [refusal.code for refusal in transition.refusals(facts)] == [code]


@pytest.mark.parametrize("flow", [ASSESSMENT_FLOW, MESSAGE_FLOW])
def test_the_tables_have_no_dead_ends(flow):
    assert flow.problems() == []
