"""The council's result (Decision 26/2026/QĐ-TTg, Articles 4 and 7; settings where the decision is silent)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.rulebook.rules.result import (
    MemberSheet,
    council_result,
    counted,
    mean_exact,
    minimum_verdicts,
    needs_discussion,
    quorum,
    round_half_up,
    spread,
)
from ocop.rulebook.rules.settings import ResultSettings
from ocop.rulebook.tests.factories import real_sheet, small_sheet, top_answers

SMALL = small_sheet()
TOP = {"a": 3, "b": 3, "c": 2}  # 100 points, every minimum
NO_FIVE = {"a": 3, "b": 2, "c": 2}  # 90 points, the minimum of 5 stars not met
NO_FOUR = {"a": 2, "b": 3, "c": 2}  # 90 points, the minimum of 4 stars not met
NO_THREE = {"a": 1, "b": 3, "c": 2}  # 70 points, the minimum of 3 stars not met


def sheets(*answers):
    return [MemberSheet(number, one) for number, one in enumerate(answers)]


@pytest.mark.parametrize(
    ("totals", "rounded"),
    [
        ([70, 70, 70], "70.00"),
        ([69, 70, 70], "69.67"),
        ([70, 70, 69], "69.67"),
        ([89, 90], "89.50"),
        ([70, 69, 69], "69.33"),
        ([Decimal("69.99"), Decimal("70.00")], "70.00"),
        ([Decimal("69.98"), Decimal("70.00")], "69.99"),
        ([0], "0.00"),
    ],
)
def test_mean_is_exact_then_rounded_half_up(totals, rounded):
    assert str(round_half_up(mean_exact(totals))) == rounded


@given(st.fractions(min_value=0, max_value=100))
def test_rounding_is_within_half_a_hundredth_and_never_down_at_the_half(value):
    rounded = Fraction(round_half_up(value))
    assert -Fraction(1, 200) < rounded - value <= Fraction(1, 200)


def test_no_totals_have_no_mean():
    with pytest.raises(ValueError):
        mean_exact([])


@pytest.mark.parametrize(
    ("totals", "gap", "again"),
    [([70, 80], 10, False), ([70, 81], 11, True), ([75], 0, False), ([], 0, False), ([60, 90, 75], 30, True)],
)
def test_spread_above_the_limit_forces_another_round(totals, gap, again):
    assert spread(totals) == gap
    assert needs_discussion(totals, Decimal(10)) is again


def test_counted_are_submitted_and_not_barred():
    rows = [
        MemberSheet("an", TOP),
        MemberSheet("binh", TOP, submitted=False),
        MemberSheet("chi", TOP, barred=True),
    ]
    assert [one.member for one in counted(rows)] == ["an"]


NINE = list("abcdefghi")


@pytest.mark.parametrize(
    ("present", "barred", "percent", "needs_lead", "met", "needed"),
    [
        pytest.param("abcdefg", "", 75, True, True, 7, id="7 of 9 is 77.8 %"),
        pytest.param("abcdef", "", 75, True, False, 7, id="6 of 9 is 66.7 %"),
        pytest.param("abcdef", "i", 75, True, True, 6, id="6 of 8 is exactly 75 %"),
        pytest.param("abcdefgi", "hi", 75, True, True, 6, id="a barred member present is not counted"),
        pytest.param("cdefghi", "", 75, True, False, 7, id="no chair, no deputy"),
        pytest.param("cdefghi", "", 75, False, True, 7, id="setting: no lead needed"),
        pytest.param("bcdefgh", "a", 75, True, True, 6, id="chair barred, deputy presides"),
        pytest.param("acdefgh", "ab", 75, True, False, 6, id="chair and deputy barred"),
        pytest.param("abcde", "", 50, True, True, 5, id="setting: 50 %"),
        pytest.param("abz", "cdefghi", 75, True, True, 2, id="strangers are not counted"),
        pytest.param("", "abcdefghi", 75, False, False, 0, id="nobody left"),
    ],
)
def test_quorum(present, barred, percent, needs_lead, met, needed):
    settings = ResultSettings(quorum_percent=percent, quorum_needs_lead=needs_lead)
    found = quorum(appointed=NINE, present=present, barred=barred, leads="ab", settings=settings)
    assert (found.met, found.needed) == (met, needed)


def unmet(answers, **options):
    return [(one.criterion, one.star) for one in minimum_verdicts(SMALL, answers, **options) if not one.met]


@pytest.mark.parametrize(
    ("answers", "options", "expected"),
    [
        pytest.param([TOP, TOP, NO_FIVE], {}, [], id="majority: 2 of 3 meet it"),
        pytest.param([TOP, NO_FIVE], {}, [("b", 5)], id="majority: a tie fails"),
        pytest.param([TOP, NO_FIVE, NO_FIVE], {}, [("b", 5)], id="majority: 1 of 3"),
        pytest.param([TOP, TOP, NO_FOUR, NO_FOUR], {}, [("a", 4)], id="majority: 2 of 4"),
        pytest.param(
            [TOP, TOP, NO_FIVE], {"policy": "mean_points"}, [("b", 5)], id="mean: (25+25+15)/3 < 25"
        ),
        pytest.param(
            [TOP, NO_THREE, TOP],
            {"policy": "mean_points"},
            [("a", 4)],
            id="mean: (40+10+40)/3 = 30 meets 3 stars",
        ),
        pytest.param(
            [TOP, TOP, TOP],
            {"policy": "agreed", "agreed": NO_FIVE},
            [("b", 5)],
            id="agreed sheet alone counts",
        ),
        pytest.param([NO_THREE], {"policy": "agreed", "agreed": TOP}, [], id="agreed sheet meets all"),
    ],
)
def test_minimums_over_sheets(answers, options, expected):
    assert unmet(answers, **options) == expected


def test_a_verdict_says_how_many_met_it():
    verdict = minimum_verdicts(SMALL, [TOP, TOP, NO_FIVE])[-1]
    assert (verdict.criterion, verdict.star, verdict.needed, verdict.needed_points) == ("b", 5, 3, 25)
    assert (verdict.met_by, verdict.sheets, verdict.mean_points) == (2, 3, Decimal("21.67"))


def test_the_agreed_policy_needs_the_agreed_sheet():
    with pytest.raises(ValueError):
        minimum_verdicts(SMALL, [TOP], policy="agreed")


@pytest.mark.parametrize(
    ("answers", "options", "ruling", "stars", "band", "total"),
    [
        pytest.param([TOP, TOP], {}, "potential_five", 5, 5, "100.00", id="art-7: to the centre"),
        pytest.param([NO_FIVE] * 3, {}, "stars", 4, 5, "90.00", id="90 without the 5-star minimums: four"),
        pytest.param(
            [NO_FIVE] * 3,
            {"settings": ResultSettings(five_star_needs_minimums=False)},
            "potential_five",
            4,
            5,
            "90.00",
            id="setting: 90 points are enough",
        ),
        pytest.param([NO_FOUR] * 3, {}, "stars", 3, 5, "90.00", id="4-star minimum missed: three"),
        pytest.param([NO_THREE] * 3, {}, "stars", 2, 4, "70.00", id="3-star minimum missed: two"),
        pytest.param([{"a": 1, "b": 1, "c": 1}], {}, "stars", 1, 1, "15.00", id="below 30: one"),
        pytest.param(
            [TOP, NO_FIVE, NO_FIVE],
            {"settings": ResultSettings(minimums_policy="agreed"), "agreed": TOP},
            "potential_five",
            5,
            5,
            "93.33",
            id="policy agreed",
        ),
    ],
)
def test_council_result(answers, options, ruling, stars, band, total):
    result = council_result(SMALL, sheets(*answers), **options)
    assert (result.ruling, result.stars, result.band, str(result.total)) == (ruling, stars, band, total)
    assert result.is_recognised_by_province is (ruling == "stars" and stars in (3, 4))


def test_a_disqualified_dossier_has_no_star_not_one_star():
    result = council_result(SMALL, sheets(TOP, TOP), disqualified=True)
    assert (result.ruling, result.stars, result.band) == ("disqualified", None, None)
    assert result.total == Decimal("100.00")
    assert council_result(SMALL, [], disqualified=True).total is None


def test_only_counted_sheets_make_the_result():
    rows = [
        MemberSheet("an", TOP),
        MemberSheet("binh", NO_THREE, barred=True),
        MemberSheet("chi", NO_THREE, submitted=False),
    ]
    result = council_result(SMALL, rows)
    assert (result.total, result.sheets, result.spread) == (Decimal("100.00"), 1, 0)
    with pytest.raises(ValueError):
        council_result(SMALL, rows[1:])


def test_banding_before_or_after_rounding():
    # 300 members, one of them a point lower: 69.9967 on average, 70.00 when rounded.
    sheet = real_sheet(1)
    top = top_answers(sheet)
    seventy = dict(top)
    points = 100
    for criterion in sheet.criteria:
        worth = criterion.levels[-1].points
        if points - worth >= 70:
            seventy[criterion.code] = 0
            points -= worth
    for criterion in sheet.criteria:
        levels = criterion.levels
        for place in range(len(levels), 0, -1):
            drop = levels[-1].points - levels[place - 1].points
            if seventy[criterion.code] and points - drop == 70:
                seventy[criterion.code], points = place, 70
    one_less = next(
        dict(seventy) | {c.code: seventy[c.code] - 1}
        for c in sheet.criteria
        if seventy[c.code] > 1
        and c.levels[seventy[c.code] - 1].points - c.levels[seventy[c.code] - 2].points == 1
    )
    rows = sheets(*[seventy] * 299, one_less)
    after = council_result(sheet, rows)
    before = council_result(sheet, rows, settings=ResultSettings(band_before_rounding=True))
    assert (after.exact, after.total) == (Fraction(20999, 300), Decimal("70.00"))
    assert (after.band, before.band) == (4, 3)
    assert after.total == before.total


@given(st.lists(st.sampled_from([TOP, NO_FIVE, NO_FOUR, NO_THREE]), min_size=1, max_size=9))
def test_one_more_top_sheet_never_lowers_the_total(answers):
    before = council_result(SMALL, sheets(*answers))
    after = council_result(SMALL, sheets(*answers, TOP))
    assert after.exact >= before.exact
    assert after.band >= before.band
    assert before.stars <= before.band
