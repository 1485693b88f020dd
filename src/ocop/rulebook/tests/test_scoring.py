"""Scoring a sheet (Decision 26/2026/QĐ-TTg, Article 4; marks of Appendix II)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.rulebook.bench import filled_sheets, scoring_rate, simulate_bodies
from ocop.rulebook.rules.scoring import UnknownAnswer, band_of, evaluate, stars_of, what_unlocks
from ocop.rulebook.rules.sheet import Missed
from ocop.rulebook.tests.factories import real_sheet, small_sheet, top_answers

SMALL = small_sheet()


@pytest.mark.parametrize(
    ("points", "star"),
    [
        pytest.param(100, 5, id="art-4: 90-100 five"),
        pytest.param(90, 5, id="art-4: 90 is five"),
        pytest.param(Decimal("89.99"), 4, id="art-4: below 90 is four"),
        pytest.param(70, 4, id="art-4: 70 is four"),
        pytest.param(Decimal("69.99"), 3, id="art-4: below 70 is three"),
        pytest.param(50, 3, id="art-4: 50 is three"),
        pytest.param(Decimal("49.99"), 2, id="art-4: below 50 is two"),
        pytest.param(30, 2, id="art-4: 30 is two"),
        pytest.param(Decimal("29.99"), 1, id="art-4: below 30 is one"),
        pytest.param(0, 1, id="art-4: 0 is one"),
    ],
)
def test_band(points, star):
    assert band_of(SMALL.bands, points) == star


@pytest.mark.parametrize(
    ("band", "failing", "stars"),
    [
        pytest.param(5, set(), 5, id="all minimums met"),
        pytest.param(5, {5}, 4, id="5 fails"),
        pytest.param(5, {4}, 3, id="4 fails, 5 holds: cumulative"),
        pytest.param(5, {3}, 2, id="3 fails: two"),
        pytest.param(4, {5}, 4, id="5 fails above the band"),
        pytest.param(3, {3, 4, 5}, 2, id="3 fails in band 3"),
        pytest.param(2, {3, 4, 5}, 2, id="band 2 needs none"),
        pytest.param(1, {3, 4, 5}, 1, id="min(band, 2)"),
    ],
)
def test_stars_after_minimums(band, failing, stars):
    assert stars_of(band, failing) == stars


A3, A4, B4, B5 = ("a", 3, 2), ("a", 4, 3), ("b", 4, 2), ("b", 5, 3)


def missed(*rows):
    return tuple(Missed(*row) for row in rows)


@pytest.mark.parametrize(
    ("answers", "points", "sections", "band", "stars", "unscored", "failing"),
    [
        ({"a": 3, "b": 3, "c": 2}, 100, (40, 25, 35), 5, 5, (), ()),
        ({"a": 3, "b": 2, "c": 2}, 90, (40, 15, 35), 5, 4, (), ((*B5, 2),)),
        ({"a": 2, "b": 3, "c": 2}, 90, (30, 25, 35), 5, 3, (), ((*A4, 2),)),
        ({"a": 1, "b": 3, "c": 2}, 70, (10, 25, 35), 4, 2, (), ((*A3, 1), (*A4, 1))),
        ({"a": 3, "b": 1, "c": 2}, 75, (40, 0, 35), 4, 3, (), ((*B4, 1), (*B5, 1))),
        ({"a": 0, "b": 0, "c": 0}, 0, (0, 0, 0), 1, 1, (), ((*A3, 0), (*A4, 0), (*B4, 0), (*B5, 0))),
        (
            {"a": 1},
            10,
            (10, 0, 0),
            1,
            1,
            ("b", "c"),
            ((*A3, 1), (*A4, 1), (*B4, None), (*B5, None)),
        ),
        (
            {"a": None, "c": 2},
            35,
            (0, 0, 35),
            2,
            2,
            ("a", "b"),
            ((*A3, None), (*A4, None), (*B4, None), (*B5, None)),
        ),
    ],
)
def test_evaluate(answers, points, sections, band, stars, unscored, failing):
    outcome = evaluate(SMALL, answers)
    assert outcome.points == points
    assert outcome.sections == dict(zip("ABC", sections, strict=True))
    assert (outcome.band, outcome.stars) == (band, stars)
    assert outcome.unscored == unscored
    assert outcome.missed == missed(*failing)
    assert outcome.is_complete is (unscored == ())


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"a": 4}, "a"), ({"a": -1}, "a"), ({"x": 1}, "x"), ({"a": 1, "x": None}, "x")],
)
def test_an_answer_that_the_sheet_does_not_have_is_refused(answers, field):
    with pytest.raises(UnknownAnswer) as refused:
        evaluate(SMALL, answers)
    assert refused.value.field == field


def test_none_of_the_levels_differs_from_the_zero_level_and_from_not_scored():
    # 1.2 of set 1 prints a level of 0 points at place 1; 1.1 prints none.
    sheet = real_sheet(1)
    assert sheet.by_code["1.2"].prints_zero() is True
    assert sheet.by_code["1.1"].prints_zero() is False
    none = evaluate(sheet, {"1.1": 0, "1.2": 1})
    assert none.points == 0
    assert len(none.unscored) == len(sheet.criteria) - 2
    assert evaluate(sheet, {}).unscored == tuple(criterion.code for criterion in sheet.criteria)


@pytest.mark.parametrize("number", range(1, 27))
@pytest.mark.parametrize("slug", ["26-2026", "148-2023"])
def test_the_top_of_every_real_sheet(slug, number):
    sheet = real_sheet(number, slug)
    # Three sheets of 148 add to less than 100 in the only copy known; they are listed exceptions.
    top = {("148-2023", 11): 97, ("148-2023", 12): 97, ("148-2023", 13): 98}.get((slug, number), 100)
    for case in [one.number for one in sheet.cases] or [None]:
        outcome = evaluate(sheet, top_answers(sheet, case), case)
        assert (outcome.points, outcome.band, outcome.stars) == (top, 5, 5)
        assert (outcome.unscored, outcome.missed) == ((), ())


def test_set_26_needs_its_case():
    sheet = real_sheet(26)
    assert [case.number for case in sheet.cases] == [1, 2]
    with pytest.raises(UnknownAnswer) as refused:
        evaluate(sheet, {}, None)
    assert refused.value.field == "case"
    with pytest.raises(UnknownAnswer):
        evaluate(sheet, {}, 3)
    assert evaluate(real_sheet(1), {}, 7).points == 0


def test_148_set_26_cases_differ():
    sheet = real_sheet(26, "148-2023")
    # Criterion 15 has two levels in both cases, 8 has three: places count within the case.
    assert [level.place for level in sheet.by_code["8"].levels] == [1, 2, 3, 1, 2, 3]
    assert evaluate(sheet, {"8": 3}, 2).points == 3


def test_148_a_mark_on_the_criterion_itself_is_a_minimum():
    sheet = real_sheet(1, "148-2023")
    assert Missed("3.e", 4, 1, None) in evaluate(sheet, {}).missed
    assert [one for one in evaluate(sheet, {"3.e": 1}).missed if one.criterion == "3.e"] == []


def test_two_levels_of_the_same_points_keep_their_places():
    # Set 23, 6.2 prints 1, 1, 3, 5: the minimum of 4 stars is the third level.
    sheet = real_sheet(23)
    outcome = evaluate(sheet, {"6.2": 2})
    assert outcome.points == 1
    assert Missed("6.2", 4, 3, 2) in outcome.missed


def test_what_unlocks_names_points_and_levels():
    three, four, five = what_unlocks(SMALL, {"a": 1, "b": 2, "c": 2})
    assert (three.star, three.points_missing) == (3, 0)
    assert [(one.criterion, one.needed.place, one.given_points) for one in three.blockers] == [("a", 2, 10)]
    assert (four.points_missing, [(one.criterion, one.needed.place) for one in four.blockers]) == (
        10,
        [("a", 3)],
    )
    assert five.points_missing == 30
    assert [(one.criterion, one.section, one.needed.points) for one in five.blockers] == [
        ("a", "A", 40),
        ("b", "B", 25),
    ]
    assert [step.is_open for step in what_unlocks(SMALL, {"a": 3, "b": 3, "c": 2})] == [True, True, True]


def test_minimums_that_the_file_lists_are_those_of_the_marks():
    assert [str(one) for one in real_sheet(1).minimums(5)] == ["1.3>=3", "1.5>=3", "4.1>=5"]
    assert [str(one) for one in real_sheet(26).minimums(4, case=2)] == ["3.4>=3", "3.5>=2"]


REAL = [real_sheet(number) for number in (1, 13, 23, 26)]


@given(st.data())
def test_more_points_never_lower_band_or_stars(data):
    sheet = data.draw(st.sampled_from(REAL))
    case = data.draw(st.sampled_from([one.number for one in sheet.cases] or [None]))
    codes = {c.code: len(c.levels_of(case if c.has_cases else None)) for c in sheet.criteria}
    answers = {code: data.draw(st.integers(0, top)) for code, top in codes.items()}
    before = evaluate(sheet, answers, case)
    code = data.draw(st.sampled_from(list(codes)))
    raised = evaluate(
        sheet, answers | {code: max(answers[code], data.draw(st.integers(0, codes[code])))}, case
    )
    assert raised.points >= before.points
    assert raised.band >= before.band
    assert raised.stars >= before.stars
    assert {one[:2] for one in raised.missed} <= {one[:2] for one in before.missed}
    assert before.points == sum(before.sections.values())
    assert before.stars <= before.band


def test_the_bench_scores_full_sheets():
    for sheet, answers, case in filled_sheets(REAL, 8):
        assert evaluate(sheet, answers, case).is_complete
    assert scoring_rate(26).done >= 26
    bodies = simulate_bodies(26)
    assert [body["set"] for body in bodies] == list(range(1, 27))
    assert ["case" in body for body in bodies] == [False] * 25 + [True]
